"""The software bill of materials (CycloneDX) of a frozen program, from the list that it carries.

`sbom.py FROZEN OUT.cdx.json`. The same program gives the same bytes: its date is the last
commit's, its number the hash of what is listed.
"""

import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from allowed import listed  # noqa: E402

from hmip_desktop.operations.licences import PROGRAM, Shipped  # noqa: E402

SCHEMA = SchemaVersion.V1_6


def committed() -> datetime:
    """When this was last committed."""
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(git, capture_output=True, text=True, check=False)  # noqa: S603
    return datetime.fromtimestamp(int(done.stdout.strip() or 1_700_000_000), UTC)


def kind(name: str) -> str:
    """Where a thing comes from, in the words of package URLs: scanners look it up by that."""
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return "generic"
    return "pypi"


def component(one: Shipped) -> Component:
    """One thing that is shipped."""
    is_program = one.name == PROGRAM
    return Component(
        type=ComponentType.APPLICATION if is_program else ComponentType.LIBRARY,
        name=one.name,
        version=one.version,
        licenses=[LicenseFactory().make_from_string(one.licence)],
        purl=PackageURL(kind(one.name), name=one.name, version=one.version),
        bom_ref=f"{one.name}@{one.version}",
    )


def bill(things: tuple[Shipped, ...]) -> str:
    """The bill as JSON.

    Raises:
        ValueError: it does not follow the schema of CycloneDX.
    """
    made = Bom()
    parts = {one: component(one) for one in things}
    program = next(part for one, part in parts.items() if one.name == PROGRAM)
    others = [part for part in parts.values() if part is not program]
    made.metadata.component = program
    made.metadata.timestamp = committed()
    made.components.update(others)
    made.dependencies.update(Dependency(part.bom_ref) for part in others)
    made.dependencies.add(
        Dependency(program.bom_ref, [Dependency(part.bom_ref) for part in others])
    )
    made.serial_number = uuid5(NAMESPACE_URL, "\n".join(f"{p.name} {p.version}" for p in things))
    text = make_outputter(made, OutputFormat.JSON, SCHEMA).output_as_string(indent=2)
    if wrong := JsonStrictValidator(SCHEMA).validate_str(text):
        raise ValueError(str(wrong))
    return text + "\n"


def main(frozen: Path, out: Path) -> None:
    """Write the bill."""
    things = listed(frozen)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(bill(things), encoding="utf-8")
    sys.stdout.write(f"{out}: {len(things)} components\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
