"""The team, for the lead."""

from PySide6.QtWidgets import QWidget


class TeamPage(QWidget):
    """x."""

    def __init__(self, session, language):
        super().__init__()

    def refresh(self):
        pass

    def merge(self, files):
        pass
