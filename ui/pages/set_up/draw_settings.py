"""What sample is wanted: how large, of which strata, by which lot (the seed of the draw)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from hmip_desktop.casefile.labels import field_label
from hmip_desktop.language import tr
from hmip_desktop.operations.draw_sample import RESERVE, reserve_of
from hmip_desktop.sampling import MOST_PER_OFFICER, Wish
from ui.models import drawing
from ui.theme import scaled
from ui.widgets.boxes import NumberBox
from ui.widgets.flow import Flow, side_by_side
from ui.widgets.parts import captioned, empty, label, margins

_USUAL_SIZE = 60
_LARGEST = 9_999
_LARGEST_SEED = 2_147_483_647  # the most that a field for numbers holds


class DrawSettings(QFrame):
    """Asks for all that a sample depends on beside its list.

    `changed` tells of any change, `entered` that Enter was pressed in a field.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.size_wanted = self._number(tr("Size of the sample"), 1, _USUAL_SIZE, _LARGEST)
        self.seed = self._number(tr("Lot number"), 0, drawing.proposed_seed(), _LARGEST_SEED)
        self.most = self._number(tr("Most cases of one officer"), 1, MOST_PER_OFFICER, _LARGEST)
        self.reserve = QLineEdit(RESERVE)
        self.reserve.setAccessibleName(tr("Reserve, as a percentage or a number of cases"))
        self.reserve.setFixedWidth(scaled(80))
        self.reserve.textChanged.connect(lambda _: self.changed.emit())
        self.reserve.returnPressed.connect(self.entered)
        self._fields = QWidget()
        self._fields.setProperty("role", "clear")
        self._flow = Flow(self._fields)
        self._boxes: dict[str, QCheckBox] = {}
        self._lay_out()

    @property
    def wish(self) -> Wish:
        """What is wanted.

        Raises:
            Refused: VALUE_UNUSABLE of the reserve.
        """
        size = self.size_wanted.value()
        return Wish(
            size=size,
            seed=self.seed.value(),
            by=tuple(name for name, box in self._boxes.items() if box.isChecked()),
            most_per_officer=self.most.value(),
            reserve=reserve_of(self.reserve.text(), size),
        )

    def box(self, name: str) -> QCheckBox:
        """What says whether a field makes strata."""
        return self._boxes[name]

    def show_fields(self, fields: tuple[str, ...]) -> None:
        """Offer the fields of another list for its strata; what was chosen stays chosen."""
        usual = drawing.strata_to_begin_with(fields)
        chosen = {name: box.isChecked() for name, box in self._boxes.items()}
        empty(self._flow)
        self._boxes = {}
        for name in dict.fromkeys((*usual, *fields)):
            box = QCheckBox(field_label(name))
            box.setProperty("role", "tick")
            box.setChecked(chosen.get(name, name in usual))
            box.toggled.connect(lambda _: self.changed.emit())
            self._boxes[name] = box
            self._flow.addWidget(box)

    def _number(self, name: str, least: int, value: int, most: int) -> QSpinBox:
        field = NumberBox()
        field.setAccessibleName(name)
        field.lineEdit().setTextMargins(scaled(6), 0, 0, 0)
        field.setRange(least, most)
        field.setValue(value)
        field.valueChanged.connect(lambda _: self.changed.emit())
        field.lineEdit().returnPressed.connect(self.entered)
        return field

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        margins(inside, 16, 12, 16, 12, 8)
        inside.addWidget(
            side_by_side(
                captioned(tr("Size:"), self.size_wanted),
                captioned(tr("Reserve:"), self.reserve),
                captioned(tr("Most of one officer:"), self.most),
                captioned(tr("Lot number:"), self.seed),
            )
        )
        said = tr("The same list, settings and lot number draw the same sample again.")
        inside.addWidget(label(said, "small", wrap=True))
        inside.addWidget(label(tr("Keep the shares of the list in:"), wrap=True))
        inside.addWidget(self._fields)
