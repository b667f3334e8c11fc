"""The team, for the lead."""

from PySide6.QtWidgets import QWidget


class ResultsPage(QWidget):
    """x."""

    def __init__(self, session, settings):
        super().__init__()

    def refresh(self):
        pass

    def merge(self, files):
        pass
