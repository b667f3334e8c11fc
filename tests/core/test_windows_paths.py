from pathlib import PurePosixPath, PureWindowsPath

from hmip_desktop.casefile.opening import address


def test_sqlite_is_told_of_a_file_in_a_folder_of_the_network_without_a_server() -> None:
    shared = PureWindowsPath(r"\\office server\team\Môn 50%.hmip")
    assert address(shared, "rw") == "file:////office%20server/team/M%C3%B4n%2050%25.hmip?mode=rw"


def test_sqlite_is_told_of_a_file_on_a_disk() -> None:
    assert address(PureWindowsPath(r"C:\week 1\a?.hmip"), "ro") == (
        "file:///C:/week%201/a%3F.hmip?mode=ro"
    )
    assert address(PurePosixPath("/home/week 1/a#.hmip"), "ro") == (
        "file:///home/week%201/a%23.hmip?mode=ro"
    )
