"""Neither a passphrase nor a note is anywhere but on the screen and in encrypted files."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import gui_desk
import pytest
import small_inspection as small
from small_inspection import PASSPHRASE

from hmip_desktop.casefile.document import Document

DAY = Path(__file__).with_name("a_whole_day.py")
BEGIN = """
import os, resource, sys
from {door} import main
sys.argv = ["program", "--version"]
try:
    main()
except SystemExit:
    pass
print(resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))
"""
NOTE = f"planted {secrets.token_hex(8)} where nobody may read it"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are the folder's there")
def test_a_whole_day_leaves_nothing_that_can_be_read(tmp_path: Path) -> None:
    known = {
        name: str(tmp_path / folder)
        for name, folder in (
            ("HOME", "user"),
            ("TMPDIR", "temporary"),
            ("HMIP_HOME", "home of the program"),
            ("XDG_CONFIG_HOME", "user/config"),
            ("XDG_CACHE_HOME", "user/cache"),
            ("XDG_DATA_HOME", "user/data"),
            ("XDG_RUNTIME_DIR", "user/run"),
        )
    }
    for name in ("user/run", "temporary", "desk"):
        (tmp_path / name).mkdir(parents=True, mode=0o700)
    passed = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    env = {**passed, **known, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, DAY, tmp_path],
        env=env,
        input=f"{gui_desk.WORDS}\n{NOTE}\n",
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert NOTE not in done.stdout + done.stderr
    assert gui_desk.WORDS not in done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert said["found"] == []
    assert said["outside"] == []
    assert said["told to other programs"] == 0
    assert said["core"] == [0, 0]
    assert said["copies"] >= 2
    assert said["files"] > 10
    plain = tmp_path / "plain"
    assert any(NOTE.encode() in one.read_bytes() for one in plain.rglob("*.csv"))
    assert (plain / "case.pdf").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither")
@pytest.mark.parametrize("door", ["hmip_desktop.cli", "ui.app"])
def test_both_programs_begin_by_asking_for_privacy(door: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN.format(door=door)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout.strip().endswith("(0, 0) 0o77")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are the folder's there")
def test_every_file_that_is_made_is_its_owners_alone(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.hmip"
    before = os.umask(0)
    try:
        with small.document(path) as document:
            document.write(small.OWNER, [(small.QUESTION_ONE, "yes")])
            document.copy_to(tmp_path / "copy.hmip")
            document.back_up()
            document._connection.execute("begin immediate")
            document._connection.execute("insert into document values ('a', 'b')")
            made = [*tmp_path.glob("*.hmip*"), *(home / "backups").iterdir()]
            assert {one.name for one in made} >= {"a.hmip", "a.hmip-journal", "copy.hmip"}
            open_to_others = {one.name for one in made if one.stat().st_mode & 0o077}
            assert open_to_others <= {
                ".a.hmip.open"
            }  # says who has the file, to whom it may concern
            document._connection.execute("rollback")
    finally:
        os.umask(before)


def test_the_cipher_is_as_the_document_says_and_sorts_in_memory(tmp_path: Path) -> None:
    with small.document(tmp_path / "a.hmip") as document:

        def said(pragma: str) -> object:
            return document._connection.execute(f"pragma {pragma}").fetchone()[0]

        assert said("temp_store") == 2  # memory
        assert said("cipher_page_size") in (4096, "4096")
        assert said("cipher_hmac_algorithm") == "HMAC_SHA512"
        assert said("cipher_kdf_algorithm") == "PBKDF2_HMAC_SHA512"
        assert said("cipher_use_hmac") in (1, "1")
        assert said("kdf_iter") in (256_000, "256000")
        assert said("synchronous") == 3  # extra
        assert said("trusted_schema") == 0
    connection = small.raw(tmp_path / "a.hmip")
    assert connection.execute("select count(*) from document").fetchone() == (3,)
    connection.close()


def test_a_passphrase_shows_itself_nowhere() -> None:
    assert small.WORDS not in repr(PASSPHRASE)
    assert small.WORDS not in str(vars(Document))
