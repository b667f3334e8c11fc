"""Identities: their types, fresh ones, and names made from content."""

import hashlib
import json
import uuid
from typing import NewType

InspectionId = NewType("InspectionId", str)
CaseId = NewType("CaseId", str)
MemberId = NewType("MemberId", str)
SessionId = NewType("SessionId", str)
EntryId = NewType("EntryId", str)
AreaTableId = NewType("AreaTableId", str)
FormHash = NewType("FormHash", str)

PRACTICE = InspectionId("practice")
"""What practice files say in the place of their inspection: no inspection can come to it."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def fresh() -> str:
    """A new identity that no other laptop can come to (a random UUID, 32 hex digits)."""
    return uuid.uuid4().hex


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces, so that equal values hash equally."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def content_hash(value: object) -> str:
    """The SHA-256 of a value's canonical JSON, 64 hex digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
