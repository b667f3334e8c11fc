"""What the workbook of a drawn sample says."""

from dataclasses import dataclass

from hmip_desktop.sampling import Drawn, Wish


@dataclass(frozen=True)
class DrawnBook:
    """Everything that the workbook says.

    Attributes:
        drawn: the sample.
        wish: what was wanted.
        fields: the fields of a case beside its reference, in the order of the long list.
        compare: those that the sample is compared by.
        list_name: the name of the long list's file.
        fingerprint: the SHA-256 of that file.
        version: of this program.
        remarks: what else must be known about this sample, a sentence each.
    """

    drawn: Drawn
    wish: Wish
    fields: tuple[str, ...]
    compare: tuple[str, ...]
    list_name: str
    fingerprint: str
    version: str
    remarks: tuple[str, ...]
