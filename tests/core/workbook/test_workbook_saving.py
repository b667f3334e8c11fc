import io
import zipfile

from hmip_desktop.workbook.saving import of_no_system

WINDOWS, ELSEWHERE = 0, 3


def archive_made_on(system: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("xl/workbook.xml", "xl/sheet1.xml"):
            member = zipfile.ZipInfo(name)
            member.create_system = system
            archive.writestr(member, f"<{name}/>" * 50, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def test_a_workbook_does_not_tell_on_which_system_it_was_made() -> None:
    on_windows, elsewhere = archive_made_on(WINDOWS), archive_made_on(ELSEWHERE)
    assert on_windows != elsewhere
    assert of_no_system(on_windows) == of_no_system(elsewhere) == elsewhere


def test_nothing_is_lost_of_it() -> None:
    with zipfile.ZipFile(io.BytesIO(of_no_system(archive_made_on(WINDOWS)))) as archive:
        assert archive.testzip() is None
        assert archive.read("xl/sheet1.xml") == b"<xl/sheet1.xml/>" * 50
