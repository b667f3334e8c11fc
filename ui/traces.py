"""What Qt itself keeps about this user: it is not to tell where case files lie."""

from PySide6.QtCore import QSettings

# Where Qt's own dialog for files remembers, for every program of this user, the folders it showed.
_ORGANISATION = "QtProject"
_FOLDERS = ("FileDialog/lastVisited", "FileDialog/history")


def forget_folders() -> None:
    """Take away the folders that the dialog for files remembered."""
    kept = QSettings(QSettings.Scope.UserScope, _ORGANISATION)
    for key in _FOLDERS:
        if kept.contains(key):
            kept.remove(key)
