"""The words of a case file as people read them, in their language.

What a file holds stays as it is: a word that another program wrote, or that a sample brought, is
shown as it came.
"""

from collections.abc import Mapping

from hmip_desktop.casefile.records import Role
from hmip_desktop.language import mark, tr

_ROLES = {
    Role.LEAD: mark("Lead inspector"),
    Role.DEPUTY: mark("Deputy lead"),
    Role.INSPECTOR: mark("Inspector"),
    Role.LOCAL_ASSESSOR: mark("Local assessor"),
    Role.SUPPORT: mark("Support officer"),
    Role.OBSERVER: mark("Observer"),
}
_MARKS = {
    "good practice": mark("Good practice"),
    "urgent concern": mark("Urgent concern"),
    "line of enquiry": mark("Line of enquiry"),
}
_SOURCES = {
    "file": mark("File"),
    "interview": mark("Interview"),
    "judgement": mark("Judgement"),
}
_FIELDS = {
    "reference": mark("Reference"),
    "ldu": mark("LDU"),
    "case_type": mark("Case type"),
    "rosh": mark("RoSH"),
    "gender": mark("Gender"),
    "ethnicity": mark("Ethnicity"),
    "principal_offence": mark("Principal offence"),
    "offender_manager": mark("Offender manager"),
    "tier": mark("Tier"),
    "sentence_date": mark("Sentence date"),
}


def role_label(role: Role) -> str:
    """What a team member does."""
    return tr(_ROLES[role])


def mark_label(name: str) -> str:
    """A mark on a case."""
    return _label(_MARKS, name)


def source_label(name: str) -> str:
    """On what an answer rests."""
    return _label(_SOURCES, name)


def field_label(name: str) -> str:
    """A field of the sample."""
    return _label(_FIELDS, name)


def _label(known: Mapping[str, str], name: str) -> str:
    return tr(known[name]) if name in known else name.replace("_", " ").capitalize()
