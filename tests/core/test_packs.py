"""A pack from a stick is verified whole before anything of it is used."""

import json
import os
import stat
import struct
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import made_packs as made
import pytest
import small_inspection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_inspection import SetClock

from hmip_desktop.cli import hmip
from hmip_desktop.cli.ending import run
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import packing, updating
from hmip_desktop.operations.packing import Wanted
from hmip_desktop.updating import making, manifest, pack, publishers
from hmip_desktop.updating.manifest import ANY, Kind, Manifest, Packed

SMALL_ORDER = bytes(32)  # a key that some libraries let sign anything


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key whose public part the program trusts."""
    path, publisher = made.key(tmp_path / "key")
    made.trust(monkeypatch, tmp_path / "publishers", publisher)
    return path


def refused(path: Path) -> Code:
    with pytest.raises(Refused) as refusal:
        updating.look_at(path)
    return refusal.value.code


def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object
) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["hmip", *map(str, words)])
    capsys.readouterr()
    return run(hmip), capsys.readouterr().out


def test_a_form_is_carried_on_a_stick(secret: Path, tmp_path: Path) -> None:
    found = updating.look_at(made.form_pack(tmp_path / "stick", secret))
    assert found.publisher.name == "The Inspectorate"
    assert found.manifest.version == "2"
    assert found.manifest.news_in("cy") == ("Mae cwestiwn newydd.",)
    assert found.manifest.news_in("en")[0] == "A question about time is new."
    form = updating.form_of(found)
    assert form.name == "small.csv"
    assert form.content == made.FORM.encode()
    assert found.content(found.manifest.files[0]) == form.content


def test_the_same_files_make_the_same_pack(secret: Path, tmp_path: Path) -> None:
    form = tmp_path / "small.csv"
    form.write_text(made.FORM, encoding="utf-8")
    wanted = Wanted(Kind.FORM, "2", ("New.",), (), (form,))
    outs = [tmp_path / "a.hmip-pack", tmp_path / "b.hmip-pack"]
    for out in outs:
        packing.make(out, secret, made.WORDS, wanted, SetClock())
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_nobody_is_trusted_until_somebody_is(
    secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = made.form_pack(tmp_path / "stick", secret)
    made.trust(monkeypatch, tmp_path / "nobody")
    assert refused(stick) is Code.PACK_UNTRUSTED


def test_the_program_is_shipped_without_a_private_key() -> None:
    for path in publishers.folder().iterdir():
        assert "PRIVATE" not in path.read_text(encoding="utf-8").replace("PRIVATE.pem", "")


def test_a_stranger_is_not_believed_whatever_name_they_give(secret: Path, tmp_path: Path) -> None:
    theirs, _ = made.key(tmp_path / "stranger", "The Inspectorate")
    stick = made.form_pack(tmp_path / "stick", theirs)
    assert refused(stick) is Code.PACK_UNTRUSTED
    signed = made.parts(made.form_pack(tmp_path / "good", secret))
    for key in (SMALL_ORDER, signed["manifest.sig"][:32]):
        forged = {**made.parts(stick), "manifest.sig": key + made.parts(stick)["manifest.sig"][32:]}
        there = made.zipped(tmp_path / f"{key[0]}.hmip-pack", forged)
        assert refused(there) in (Code.PACK_UNTRUSTED, Code.PACK_CHANGED)


def test_files_of_two_packs_cannot_be_mixed(secret: Path, tmp_path: Path) -> None:
    one = made.parts(made.form_pack(tmp_path / "one", secret))
    later = made.FORM.replace("small,2,", "small,3,")
    other = made.parts(made.form_pack(tmp_path / "other", secret, later, "3"))
    assert one.keys() == other.keys()
    for name in one:
        mixed = made.zipped(tmp_path / f"{name}.hmip-pack", {**one, name: other[name]})
        assert refused(mixed) is Code.PACK_CHANGED


@pytest.mark.parametrize(
    "change",
    [
        {"more.txt": b"more"},
        {"../small.csv": b"outside"},
        {"small.csv/": b""},
        {"SMALL.CSV": b"twice on Windows"},
        {"small.csv": None},
        {"manifest.sig": None},
        {"manifest.json": None},
        {"manifest.sig": b"short"},
        {"manifest.json": b" " * (pack.LARGEST_MANIFEST + 1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_pack_holds_exactly_what_it_declares(
    secret: Path, tmp_path: Path, change: dict[str, bytes | None]
) -> None:
    whole = {**made.parts(made.form_pack(tmp_path / "stick", secret)), **change}
    left = {name: content for name, content in whole.items() if content is not None}
    assert refused(made.zipped(tmp_path / "a.hmip-pack", left)) is Code.PACK_CHANGED


@pytest.mark.parametrize(
    "facts",
    [
        {"compress_type": zipfile.ZIP_DEFLATED},
        {"external_attr": (stat.S_IFLNK | 0o777) << 16},
        {"external_attr": (stat.S_IFIFO | 0o777) << 16},
    ],
    ids=["packed tight, as bombs are", "links", "pipes"],
)
def test_a_pack_holds_plain_stored_files(
    secret: Path, tmp_path: Path, facts: dict[str, object]
) -> None:
    whole = made.parts(made.form_pack(tmp_path / "stick", secret))
    assert refused(made.zipped(tmp_path / "a.hmip-pack", whole, **facts)) is Code.PACK_CHANGED


def test_a_name_is_there_once(secret: Path, tmp_path: Path) -> None:
    whole = made.parts(made.form_pack(tmp_path / "stick", secret))
    out = made.zipped(tmp_path / "a.hmip-pack", whole)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("small.csv", b"another")
    assert refused(out) is Code.PACK_CHANGED


def test_nothing_stands_before_or_after_a_pack(secret: Path, tmp_path: Path) -> None:
    good = made.form_pack(tmp_path / "stick", secret).read_bytes()
    path = tmp_path / "a.hmip-pack"
    for content in (good + b"more", b"PK\3\4" + good, good[:-1], good[: len(good) // 2], good[:9]):
        path.write_bytes(content)
        assert refused(path) is Code.PACK_CHANGED


def test_a_list_of_names_without_end_is_not_read(tmp_path: Path, secret: Path) -> None:
    path = tmp_path / "a.hmip-pack"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, pack.LARGEST_LIST + 1, 4, 0)
    path.write_bytes(b"PK\3\4" + b" " * (pack.LARGEST_LIST + 1) + end)
    assert refused(path) is Code.PACK_CHANGED


def test_a_list_of_names_is_where_the_end_says(tmp_path: Path, secret: Path) -> None:
    good = made.form_pack(tmp_path / "stick", secret).read_bytes()
    *begin, listed, at, remark = struct.unpack("<4s4H2LH", good[-22:])
    elsewhere = struct.pack("<4sLQL", b"PK\6\7", 0, 4, 1)
    end = struct.pack("<4s4H2LH", *begin, listed + len(elsewhere), at, remark)
    path = tmp_path / "a.hmip-pack"
    path.write_bytes(good[:-22] + elsewhere + end)
    assert refused(path) is Code.PACK_CHANGED


def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path, secret: Path) -> None:
    path = tmp_path / "a.hmip-pack"
    for content in (b"", b"a letter", b"\0" * 5000):
        path.write_bytes(content)
        assert refused(path) is Code.PACK_NOT_ONE
    assert refused(tmp_path) is Code.PACK_NOT_ONE
    assert refused(tmp_path / "gone.hmip-pack") is Code.FILE_MISSING
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.hmip-pack")
        assert refused(tmp_path / "pipe.hmip-pack") is Code.PACK_NOT_ONE


def test_a_flipped_bit_anywhere_changes_nothing_or_is_found(secret: Path, tmp_path: Path) -> None:
    stick = made.form_pack(tmp_path / "stick", secret)
    good, whole = stick.read_bytes(), updating.look_at(stick)
    content = whole.content(whole.manifest.files[0])
    found = 0
    for at in range(0, len(good), 3):
        stick.write_bytes(good[:at] + bytes([good[at] ^ (1 << at % 8)]) + good[at + 1 :])
        try:
            read = updating.look_at(stick)
        except Refused:
            found += 1
            continue
        assert (read.manifest, read.publisher) == (whole.manifest, whole.publisher)
        assert read.content(read.manifest.files[0]) == content
    assert found > len(good) // 3 * 0.8


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_whatever_bytes_come_there_is_a_sentence(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.hmip-pack"
    for one in (content, b"PK\3\4" + content):
        path.write_bytes(one)
        refused(path)


def test_a_stick_that_changes_after_the_look_is_found_out(secret: Path, tmp_path: Path) -> None:
    stick = made.form_pack(tmp_path / "stick", secret)
    seen = updating.look_at(stick)
    whole = made.parts(stick)
    made.zipped(stick, {**whole, "small.csv": whole["small.csv"].replace(b"report", b"parrot")})
    with pytest.raises(Refused) as refusal:
        updating.form_of(seen)
    assert refusal.value.code is Code.PACK_CHANGED
    to = tmp_path / "copied"
    with pytest.raises(Refused):
        seen.copy(seen.manifest.files[0], to)
    assert not to.exists()


def signed(secret: Path, out: Path, content: bytes, **files: bytes) -> Path:
    """A pack with whatever manifest, which a trusted publisher has signed all the same."""
    key = making.read_key(secret, made.WORDS)
    own = making.public(key, "-").key
    return made.zipped(
        out, {"manifest.json": content, "manifest.sig": own + key.sign(content), **files}
    )


@pytest.mark.parametrize(
    "change",
    [
        {"format": "hmip-pack/0"},
        {"format": "hmip-pack/2"},
        {"kind": "virus"},
        {"version": ""},
        {"version": 2},
        {"version": "2\n"},
        {"news": {}},
        {"news": {"en": ["New."], "fr": ["Nouveau."]}},
        {"news": {"en": ["x" * 501]}},
        {"news": {"en": ["New.\x1b[31m"]}},
        {"files": []},
        {"files": [{"name": "../a.csv", "platform": "any", "size": 1, "sha256": "0" * 64}]},
        {"files": [{"name": "a.csv", "platform": "linux-x86_64", "size": 1, "sha256": "0" * 64}]},
        {"files": [{"name": "a.csv", "platform": "any", "size": True, "sha256": "0" * 64}]},
        {"files": [{"name": "a.csv", "platform": "any", "size": -1, "sha256": "0" * 64}]},
        {"case_file_format": ["m0001_journal"]},
        {"more": 1},
    ],
    ids=str,
)
def test_a_manifest_is_as_this_program_writes_them(
    secret: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    data = json.loads(made.parts(made.form_pack(tmp_path / "stick", secret))["manifest.json"])
    text = json.dumps({**data, **change}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    path = signed(secret, tmp_path / "a.hmip-pack", text.encode() + b"\n")
    assert refused(path) is Code.PACK_FORMAT


@pytest.mark.parametrize("content", [b"[]", b"{", b"\xff", b"[" * 100_000, b"null", b'{"a":1}'])
def test_a_manifest_that_is_none_is_refused(secret: Path, tmp_path: Path, content: bytes) -> None:
    assert refused(signed(secret, tmp_path / "a.hmip-pack", content)) is Code.PACK_FORMAT


names = st.from_regex(r"[a-z][a-z0-9]{0,9}\.csv", fullmatch=True)
sentences = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40),
    min_size=1,
    max_size=5,
).map(tuple)


@given(
    news=sentences,
    news_cy=sentences,
    name=names,
    size=st.integers(1, manifest.LARGEST_FILE),
    version=st.from_regex(r"20\d\d\.[0-9]{1,2}", fullmatch=True),
)
def test_a_manifest_is_read_as_it_was_written(
    news: tuple[str, ...], news_cy: tuple[str, ...], name: str, size: int, version: str
) -> None:
    file = Packed(name, ANY, size, "0" * 64)
    said = Manifest(Kind.FORM, version, "2026-11-23", news, news_cy, (file,))
    assert manifest.read(manifest.written(said)) == said
    for wrong in (replace(said, files=(file, file)), replace(said, made="today")):
        with pytest.raises(Refused):
            manifest.read(manifest.written(wrong))


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=2, max_size=2))
def test_versions_are_numbers_and_not_words(two: list[tuple[int, int]]) -> None:
    one, other = (manifest.order(f"{a}.{b}") for a, b in two)
    assert (one < other) == (two[0] < two[1])
    assert manifest.order("1.0") == manifest.order("1.0.0") < manifest.order("1.0.1")


def test_a_key_is_encrypted_and_never_written_over(tmp_path: Path) -> None:
    path, publisher = made.key(tmp_path)
    assert b"ENCRYPTED" in path.read_bytes()
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert publishers.from_line(publisher.line + "\n") == publisher
    with pytest.raises(Refused) as again:
        made.key(tmp_path)
    assert again.value.code is Code.FILE_EXISTS
    with pytest.raises(Refused) as wrong:
        making.read_key(path, "another")
    assert wrong.value.code is Code.KEY_UNUSABLE


@pytest.mark.parametrize("line", ["", "hmip-publisher", "hmip-publisher AAAA A", "ssh-ed25519 A B"])
def test_a_line_that_holds_no_key_counts_for_nothing(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.pub").write_text(line, encoding="utf-8")
    assert publishers.from_line(line) is None


def test_a_pack_is_not_made_of_what_does_not_fit(secret: Path, tmp_path: Path) -> None:
    form = tmp_path / "small.csv"
    form.write_text(made.FORM, encoding="utf-8")
    odd, setup = tmp_path / "program.bin", tmp_path / "a-1.0-windows-setup.exe"
    for path in (odd, setup):
        path.write_bytes(b"MZ")
    out = tmp_path / "a.hmip-pack"
    news = ("New.",)
    for wanted in (
        Wanted(Kind.FORM, "3", news, (), (form,)),
        Wanted(Kind.FORM, "2", news, (), (form, form)),
        Wanted(Kind.FORM, "2", ("\n",), (), (form,)),
        Wanted(Kind.PROGRAM, "1.0", news, (), (odd,)),
        Wanted(Kind.PROGRAM, "1.1", news, (), (setup,)),
        Wanted(Kind.PROGRAM, "one", news, (), (setup,)),
        Wanted(Kind.PROGRAM, "1.0", news, (), (setup, setup)),
    ):
        with pytest.raises(Refused) as refusal:
            packing.make(out, secret, made.WORDS, wanted)
        assert refusal.value.code is Code.PACK_UNFIT
    assert not list(tmp_path.glob("*.hmip-pack*"))
    assert not list(tmp_path.glob(".*"))


def test_the_lead_takes_a_form_into_use_from_a_stick_on_the_command_line(
    secret: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lead = small_inspection.inspection(tmp_path / "week").lead
    stick = made.form_pack(tmp_path / "stick", secret)
    monkeypatch.setenv("HMIP_PASSPHRASE", small_inspection.WORDS)
    change = ("form", "change", lead, stick)
    status, text = command(monkeypatch, capsys, *change, "--dry-run", "--json")
    told: dict[str, Any] = json.loads(text)
    assert status == 0
    assert (told["form"], told["before"], told["after"]) == ("small", "7", "2")
    assert command(monkeypatch, capsys, *change)[0] == 0
    assert command(monkeypatch, capsys, *change)[0] == 1  # in use already
    stick.write_bytes(stick.read_bytes().replace(b"report", b"parrot"))
    assert command(monkeypatch, capsys, *change)[0] == 1


def test_a_publishers_day_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    form, private, out = (tmp_path / name for name in ("small.csv", "k.pem", "q.hmip-pack"))
    form.write_text(made.FORM, encoding="utf-8")

    def says(*words: object) -> tuple[int, str]:
        return command(monkeypatch, capsys, *words)

    assert says("pack", "key", private, "--name", "Research")[0] == 1  # without a passphrase
    monkeypatch.setenv("HMIP_PASSPHRASE", "12345")
    assert says("pack", "key", private, "--name", "Research")[0] == 1
    monkeypatch.setenv("HMIP_PASSPHRASE", made.WORDS)
    status, line = says("pack", "key", private, "--name", "Research and Analysis")
    publisher = publishers.from_line(line)
    assert status == 0
    assert publisher is not None
    made.trust(monkeypatch, tmp_path / "trusted", publisher)
    wanted = ("--key", private, "--kind", "form", "--version", "2", "--says", "One question more.")
    assert says("pack", "make", out, form, *wanted) == (0, f"{out}\n")
    assert says("pack", "make", out, form, *wanted)[0] == 1
    monkeypatch.delenv("HMIP_PASSPHRASE")
    status, text = says("pack", "show", out, "--json")
    shown: dict[str, Any] = json.loads(text)
    assert status == 0
    assert shown["publisher"] == "Research and Analysis"
    assert (shown["kind"], shown["version"]) == ("form", "2")
    assert shown["news"]["en"] == ["One question more."]
    assert publisher.fingerprint in says("pack", "show", out)[1]
    out.write_bytes(out.read_bytes().replace(b"report", b"parrot"))
    assert says("pack", "show", out)[0] == 1
