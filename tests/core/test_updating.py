"""A later version of the program takes the place of this one whole, or not at all."""

import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import made_packs as made
import pytest

from hmip_desktop import __version__
from hmip_desktop.cli import hmip
from hmip_desktop.cli.ending import run
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import updating
from hmip_desktop.operations.updating import CaseFiles
from hmip_desktop.updating import installed, linux, starting, unpacking, windows
from hmip_desktop.updating.installed import Facts, Installed, Way, own_facts
from hmip_desktop.updating.linux import LinuxFolder
from hmip_desktop.updating.windows import WindowsSetup

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a folder of a user's on Linux")
LATER = (*own_facts().case_file_format, "m0099_more")


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key whose public part the program trusts."""
    path, publisher = made.key(tmp_path / "key")
    made.trust(monkeypatch, tmp_path / "publishers", publisher)
    return path


@pytest.fixture
def program(tmp_path: Path) -> LinuxFolder:
    return LinuxFolder(made.program_folder(tmp_path / "apps" / "hmip"))


def prepared(program: LinuxFolder, stick: Path) -> None:
    pack = updating.look_at(stick)
    program.prepare(pack, pack.manifest.file_for(installed.this_platform()))


def as_of_now(program: LinuxFolder) -> LinuxFolder:
    """The program that lies there after an update, as it sees itself."""
    folder = program.folder
    facts = Facts(made.says(folder), own_facts().case_file_format)
    return LinuxFolder(Installed(Way.LINUX_FOLDER, folder, facts))


def beside(program: LinuxFolder) -> set[str]:
    return {path.name for path in program.folder.parent.iterdir()}


def test_a_later_version_takes_its_place_and_the_one_before_is_kept(
    secret: Path, program: LinuxFolder, tmp_path: Path
) -> None:
    prepared(program, made.program_pack(tmp_path / "stick", secret))
    assert made.says(program.folder) == __version__
    program.take(reopen=False)
    assert made.says(program.folder) == made.NEXT
    assert beside(program) == {"hmip", "hmip before"}
    now = as_of_now(program)
    assert now.before() == program.installed.facts
    now.go_back(reopen=False)
    assert made.says(program.folder) == __version__
    back = program.before()
    assert back is not None
    assert back.version == made.NEXT
    program.go_back(reopen=False)
    assert made.says(program.folder) == made.NEXT
    assert beside(program) == {"hmip", "hmip before"}


def test_two_versions_are_kept_and_no_third(
    secret: Path, program: LinuxFolder, tmp_path: Path
) -> None:
    now = program
    for version in ("7.0", "8.0", "9.0"):
        prepared(now, made.program_pack(tmp_path / version, secret, version=version))
        now.take(reopen=False)
        now = as_of_now(now)
    kept = now.before()
    assert made.says(now.folder) == "9.0"
    assert kept is not None
    assert (kept.version, made.says(now.other)) == ("8.0", "8.0")
    assert beside(now) == {"hmip", "hmip before"}


def test_files_that_somebody_keeps_in_the_programs_folder_are_never_lost(
    secret: Path, program: LinuxFolder, tmp_path: Path
) -> None:
    stick = made.program_pack(tmp_path / "stick", secret)
    own = program.folder / "lead.hmip"
    own.touch()
    assert refused(lambda: prepared(program, stick)) is Code.PROGRAM_FIXED
    assert beside(program) == {"hmip"}
    own.unlink()
    program.other.mkdir()
    (program.other / "holiday.jpg").touch()
    assert refused(lambda: prepared(program, stick)) is Code.PROGRAM_FIXED
    assert (program.other / "holiday.jpg").exists()
    (program.other / "holiday.jpg").unlink()
    program.other.rmdir()
    prepared(program, stick)
    program.take(reopen=False)
    now = as_of_now(program)
    own.touch()
    assert refused(lambda: now.go_back(reopen=False)) is Code.PROGRAM_FIXED
    own.unlink()
    (program.other / "holiday.jpg").touch()
    later = made.program_pack(tmp_path / "later", secret, version="9.0")
    assert refused(lambda: prepared(now, later)) is Code.PROGRAM_FIXED
    assert (program.other / "holiday.jpg").exists()
    assert made.says(program.folder) == made.NEXT


def test_it_opens_again_when_that_is_wanted(
    secret: Path, program: LinuxFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    prepared(program, made.program_pack(tmp_path / "stick", secret))
    (tmp_path / "opened").unlink()  # it was asked for its version
    program.take(reopen=True)
    until((tmp_path / "opened").exists)


def until(done: Callable[[], bool]) -> None:
    for _ in range(500):
        if done():
            return
        time.sleep(0.01)
    raise AssertionError("it does not happen")


def test_going_back_needs_something_to_go_back_to(program: LinuxFolder) -> None:
    assert refused(lambda: program.go_back(reopen=False)) is Code.NOTHING_BEFORE
    assert made.says(program.folder) == __version__


def refused(does: Callable[[], object]) -> Code:
    with pytest.raises(Refused) as refusal:
        does()
    return refusal.value.code


def top() -> str:
    return f"hmip-desktop-{made.NEXT}"


def link(tar: tarfile.TarFile, name: str, to: str) -> None:
    made.add(tar, f"{top()}/{name}", type=tarfile.SYMTYPE, linkname=to)


def behind_a_link(tar: tarfile.TarFile) -> None:
    link(tar, "in", ".")
    made.add(tar, f"{top()}/in/file", b"x")


@pytest.mark.parametrize(
    "change",
    [
        lambda tar: made.add(tar, "../outside", b"x"),
        lambda tar: made.add(tar, "/tmp/outside", b"x"),
        lambda tar: made.add(tar, f"hmip-desktop-{made.NEXT}/../../outside", b"x"),
        lambda tar: made.add(tar, "a second folder/file", b"x"),
        lambda tar: made.add(tar, f"hmip-desktop-{made.NEXT}/hmip", b"twice"),
        lambda tar: link(tar, "out", "/etc"),
        lambda tar: link(tar, "out", "../../outside"),
        behind_a_link,
        lambda tar: made.add(tar, f"{top()}/l", type=tarfile.LNKTYPE, linkname=f"{top()}/hmip"),
        lambda tar: made.add(tar, f"{top()}/l", type=tarfile.LNKTYPE, linkname="/etc/passwd"),
        lambda tar: made.add(tar, f"{top()}/pipe", type=tarfile.FIFOTYPE),
        lambda tar: made.add(tar, f"{top()}/disk", type=tarfile.BLKTYPE, devmajor=8),
        lambda tar: made.add(tar, f"{top()}/null", type=tarfile.CHRTYPE, devmajor=1, devminor=3),
    ],
)
def test_an_archive_reaches_nothing_outside_its_folder(
    secret: Path,
    program: LinuxFolder,
    tmp_path: Path,
    change: Callable[[tarfile.TarFile], None],
) -> None:
    stick = made.program_pack(tmp_path / "stick", secret, made.program_tar(made.NEXT, change))
    assert refused(lambda: prepared(program, stick)) is Code.PROGRAM_UNSOUND
    assert beside(program) == {"hmip"}
    assert not (tmp_path / "outside").exists()
    assert made.says(program.folder) == __version__


def test_links_within_the_program_stay(secret: Path, program: LinuxFolder, tmp_path: Path) -> None:
    content = made.program_tar(made.NEXT, lambda tar: link(tar, "lib/../other", "hmip"))
    stick = made.program_pack(tmp_path / "odd", secret, content)
    assert refused(lambda: prepared(program, stick)) is Code.PROGRAM_UNSOUND
    content = made.program_tar(made.NEXT, lambda tar: link(tar, "other", "hmip"))
    prepared(program, made.program_pack(tmp_path / "stick", secret, content))
    program.take(reopen=False)
    assert (program.folder / "other").readlink() == Path("hmip")


@pytest.mark.parametrize(
    "content",
    [
        b"no archive",
        b"",
        made.program_tar(made.NEXT)[:-40],
        made.program_tar("6.6"),
        made.program_tar(made.NEXT).replace(b"\x1f\x8b", b"\x1f\x8c"),
    ],
    ids=["none", "empty", "cut short", "another version", "another kind"],
)
def test_a_program_that_does_not_start_is_not_taken(
    secret: Path, program: LinuxFolder, tmp_path: Path, content: bytes
) -> None:
    stick = made.program_pack(tmp_path / "stick", secret, content or b"\0")
    assert refused(lambda: prepared(program, stick)) is Code.PROGRAM_UNSOUND
    assert made.says(program.folder) == __version__
    assert beside(program) == {"hmip"}


def test_a_version_before_that_no_longer_starts_is_not_gone_back_to(
    secret: Path, program: LinuxFolder, tmp_path: Path
) -> None:
    prepared(program, made.program_pack(tmp_path / "stick", secret))
    program.take(reopen=False)
    (program.other / "hmip").unlink()
    now = as_of_now(program)
    assert refused(lambda: now.go_back(reopen=False)) is Code.PROGRAM_UNSOUND
    assert made.says(program.folder) == made.NEXT


def test_a_program_that_is_open_twice_is_not_replaced(
    secret: Path, program: LinuxFolder, tmp_path: Path
) -> None:
    prepared(program, made.program_pack(tmp_path / "stick", secret))
    (program.folder / "sleeper").write_bytes(Path("/bin/sleep").read_bytes())
    (program.folder / "sleeper").chmod(0o755)
    with subprocess.Popen([program.folder / "sleeper", "60"]) as other:
        until(lambda: starting.others_in(program.folder))
        assert refused(lambda: program.take(reopen=False)) is Code.PROGRAM_IN_USE
        other.kill()
    assert made.says(program.folder) == __version__
    program.take(reopen=False)
    assert made.says(program.folder) == made.NEXT


def test_folders_change_places_where_the_disk_knows_only_renaming(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for path in (one, other):
        path.mkdir()
        (path / path.name).touch()
    linux.exchange_by_renaming(one, other)
    assert (one / "other").exists()
    assert (other / "one").exists()
    linux.exchange(one, other)
    assert (one / "one").exists()
    with pytest.raises(OSError, match="nothing"):
        linux.exchange_by_renaming(one, tmp_path / "nothing")
    assert (one / "one").exists()
    assert {path.name for path in tmp_path.iterdir()} >= {"one", "other"}


def test_a_kill_at_any_point_leaves_one_whole_program(secret: Path, tmp_path: Path) -> None:
    stick = made.program_pack(tmp_path / "stick", secret)
    (publisher,) = (tmp_path / "publishers").iterdir()
    here = Path(__file__).parent
    found = (here.parents[1], here.parent)
    done = subprocess.run(
        [sys.executable, here / "killed_updates.py", tmp_path / "runs", stick, publisher],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, found))},
    )
    *ends, last = done.stdout.split()
    assert set(ends) == {str(-signal.SIGKILL)}
    assert last == "0"
    assert len(ends) > 8
    seen = set()
    for number, _ in enumerate(ends, 1):
        now = as_of_now(LinuxFolder(made.there(tmp_path / "runs" / str(number) / "hmip")))
        version = made.says(now.folder)
        seen.add(version)
        assert starting.says_version(now.folder, version)
        if version == made.NEXT:
            now._tidy()
        else:
            prepared(now, stick)
            now.take(reopen=False)
        assert made.says(now.folder) == made.NEXT
        assert as_of_now(now).before() is not None
        assert beside(now) == {"hmip", "hmip before"}
    assert seen == {__version__, made.NEXT}


def test_what_an_update_means_for_case_files(
    secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen(monkeypatch, made.program_folder(tmp_path / "apps" / "hmip").folder)
    stick = made.program_pack(tmp_path / "stick", secret)
    offer = updating.offered(updating.look_at(stick))
    assert (offer.before, offer.version, offer.is_back) == (__version__, made.NEXT, False)
    assert offer.case_files is CaseFiles.SAME
    assert updating.other_kept() is None
    own = own_facts().case_file_format
    assert updating._meaning(own, LATER) is CaseFiles.NEWER_FORMAT
    assert updating._meaning(LATER, own) is CaseFiles.NOT_ALL_OPEN
    assert updating._meaning(own, ()) is CaseFiles.UNKNOWN


def frozen(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Run as the program that lies in a folder."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "hmip"))


def test_what_cannot_be_taken(
    secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def code(stick: Path) -> Code:
        return refused(lambda: updating.offered(updating.look_at(stick)))

    stick = made.program_pack(tmp_path / "stick", secret)
    assert code(stick) is Code.PROGRAM_FIXED  # a checkout
    assert code(made.form_pack(tmp_path / "form", secret)) is Code.PACK_UNFIT
    for version in (__version__, "0.0.1"):
        older = made.program_pack(tmp_path / version, secret, version=version)
        assert code(older) is Code.PACK_UNFIT
    assert refused(lambda: updating.form_of(updating.look_at(stick))) is Code.PACK_UNFIT
    monkeypatch.setattr(installed, "this_platform", lambda: "macos-aarch64")
    assert code(stick) is Code.PACK_UNFIT


def test_a_program_of_the_system_is_not_ours_to_replace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(updating.program) is Code.PROGRAM_FIXED
    frozen(monkeypatch, Path("/usr/lib/hmip-desktop"))
    assert refused(updating.program) is Code.PROGRAM_FIXED
    frozen(monkeypatch, Path("/nowhere/hmip"))
    assert refused(updating.program) is Code.PROGRAM_FIXED
    assert updating.other_kept() is None


def test_an_update_on_the_command_line(
    secret: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def says(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["hmip", "update", *map(str, words)])
        capsys.readouterr()
        return run(hmip), capsys.readouterr().out

    stick = made.program_pack(tmp_path / "stick", secret)
    program = LinuxFolder(made.program_folder(tmp_path / "apps" / "hmip"))
    assert says(stick)[0] == 1  # from a checkout
    frozen(monkeypatch, program.folder)
    assert says()[0] == 2
    assert says(stick, "--back")[0] == 2
    assert says("--back")[0] == 1
    status, text = says(stick, "--dry-run")
    assert status == 0
    assert "It starts faster." in text
    assert f"{__version__} > {made.NEXT}" in text
    assert (made.says(program.folder), beside(program)) == (__version__, {"hmip"})
    assert says(stick)[0] == 0
    assert made.says(program.folder) == made.NEXT
    assert says("--back", "--dry-run")[0] == 0
    assert made.says(program.folder) == made.NEXT
    (program.other / "version.json").unlink()
    assert says("--back")[0] == 1
    program.installed.facts.save(program.other)
    assert says("--back")[0] == 0
    assert made.says(program.folder) == __version__


def test_on_windows_the_setups_of_two_versions_are_kept(secret: Path, tmp_path: Path) -> None:
    facts = Facts("1.0", ("m0001_journal",))
    program = WindowsSetup(Installed(Way.WINDOWS_SETUP, tmp_path / "program", facts))
    assert refused(lambda: program.go_back(reopen=True)) is Code.NOTHING_BEFORE
    for version in ("0.9", "1.0"):
        windows.setup_of(version).parent.mkdir(parents=True)
        windows.setup_of(version).write_bytes(b"MZ")
    kept = program.before()
    assert kept == Facts("0.9")
    pack = updating.look_at(made.program_pack(tmp_path / "stick", secret, version="1.10"))
    program.prepare(pack, pack.manifest.file_for("windows-x86_64"))
    assert windows.setup_of("1.10").read_bytes() == b"MZ a setup of 1.10"
    assert {one.version for one in windows.kept()} == {"1.0", "1.10"}
    coming = program.before()
    assert coming is not None
    assert coming.version == "1.10"
    later = WindowsSetup(Installed(Way.WINDOWS_SETUP, tmp_path / "program", coming))
    assert later.before() == facts


def test_on_windows_the_setup_asks_nothing_and_waits_for_the_program() -> None:
    setup = windows.setup_of("1.10")
    assert windows.command(setup, reopen=True) == [str(setup), "/S", "/AFTER", "/OPEN"]
    assert windows.command(setup, reopen=False) == [str(setup), "/S", "/AFTER"]


def test_another_program_does_not_get_the_places_of_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = {
        "HOME": "/home/a",
        "_PYI_APPLICATION_HOME_DIR": "/old/_internal",
        "LD_LIBRARY_PATH": "/old/_internal",
        "LD_LIBRARY_PATH_ORIG": "/opt/lib",
    }
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert starting.environment(own) == {
        "HOME": "/home/a",
        "LD_LIBRARY_PATH": "/opt/lib",
        "PYINSTALLER_RESET_ENVIRONMENT": "1",
    }
    del own["LD_LIBRARY_PATH_ORIG"]
    assert "LD_LIBRARY_PATH" not in starting.environment(own)


def test_a_disk_that_takes_nothing_leaves_the_program(
    secret: Path, program: LinuxFolder, tmp_path: Path
) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    program.folder.parent.chmod(0o500)
    try:
        stick = made.program_pack(tmp_path / "stick", secret)
        assert refused(lambda: prepared(program, stick)) is Code.DISK
    finally:
        program.folder.parent.chmod(0o700)


def test_an_archive_without_end_is_not_unpacked(
    secret: Path, program: LinuxFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 2)
    content = made.program_tar(made.NEXT, lambda tar: made.add(tar, f"{top()}/third", b"x"))
    stick = made.program_pack(tmp_path / "stick", secret, content)
    assert refused(lambda: prepared(program, stick)) is Code.PROGRAM_UNSOUND
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 3)
    monkeypatch.setattr(unpacking, "LARGEST", 50)
    assert refused(lambda: prepared(program, stick)) is Code.PROGRAM_UNSOUND
