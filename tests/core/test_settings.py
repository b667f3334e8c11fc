import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import small_inspection
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from hmip_desktop import paths, settings
from hmip_desktop.casefile import backups
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.settings import Settings

IN_ONE_HOME = examples(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def write(content: str) -> Path:
    path = paths.settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_nothing_kept_is_the_defaults() -> None:
    assert settings.load() == Settings()


def test_what_is_saved_is_loaded_and_no_part_is_left(tmp_path: Path) -> None:
    chosen = Settings(order="journey", text_size=150).with_recent(tmp_path / "a.hmip")
    settings.save(chosen)
    assert settings.load() == chosen
    assert [path.name for path in paths.home().iterdir()] == ["settings.json"]


def test_what_this_program_does_not_know_falls_back() -> None:
    write(json.dumps({"appearance": "sepia", "order": "dice", "lock_after": -3, "text_size": 900}))
    assert settings.load() == Settings(text_size=settings.LARGEST_TEXT)
    write(json.dumps({"appearance": "dark", "order": "journey", "lock_after": 0}))
    assert settings.load() == Settings(appearance="dark", order="journey", lock_after=0)


@pytest.mark.parametrize("content", ["", "{", "\x00", "7", "null", '"recent"'])
def test_a_broken_file_is_set_aside(content: str) -> None:
    path = write(content)
    assert settings.load() == Settings()
    assert not path.exists()
    assert path.with_suffix(".broken.json").read_text(encoding="utf-8") == content


@pytest.mark.parametrize("content", ["[]", "[1]"])
def test_a_list_is_a_broken_file(content: str) -> None:
    path = write(content)
    settings.load()
    settings.save(Settings(order="journey"))
    assert settings.load() == Settings(order="journey")
    assert path.with_suffix(".broken.json").exists()


def test_keys_of_a_newer_program_stay() -> None:
    path = write('{"owls": ["barn"], "order": "journey"}')
    settings.save(settings.load())
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept == {**asdict(Settings(order="journey")), "recent": [], "owls": ["barn"]}


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.text())
)
KEYS = st.sampled_from([*asdict(Settings()), "owls"])


@IN_ONE_HOME
@given(st.dictionaries(KEYS, VALUES))
def test_odd_values_never_stop_the_program(data: dict[str, object]) -> None:
    write(json.dumps(data))
    loaded = settings.load()
    settings.save(loaded)
    assert settings.load() == loaded


def test_a_home_that_cannot_be_written_costs_a_preference_only() -> None:
    paths.home().write_text("not a folder")
    settings.save(Settings())
    assert settings.load() == Settings()


def test_recent_files_are_eight_newest_first_each_once(tmp_path: Path) -> None:
    chosen = Settings()
    for number in [*range(10), 4]:
        chosen = chosen.with_recent(tmp_path / f"{number}.hmip")
    assert [Path(one).stem for one in chosen.recent] == ["4", "9", "8", "7", "6", "5", "3", "2"]
    assert Settings().with_text_size(20).text_size == 80


NOW = datetime(2013, 5, 17, 12, 0, tzinfo=UTC)
AGES = st.lists(st.integers(-100, 24 * 400), max_size=60, unique=True)


def copy(hours: int) -> Path:
    return Path(f"a--{NOW - timedelta(hours=hours):%Y%m%dT%H%M%SZ}.hmip")


@given(AGES)
def test_thinning_keeps_the_newest_and_all_of_the_last_day(ages: list[int]) -> None:
    extra = set(backups.superfluous([copy(age) for age in ages], NOW))
    left = [age for age in ages if copy(age) not in extra]
    assert all(age in left for age in ages if age < 24)
    assert not ages or min(ages) in left
    assert backups.superfluous([copy(age) for age in left], NOW) == ()


@given(AGES)
def test_thinning_leaves_a_copy_of_every_day_and_older_week(ages: list[int]) -> None:
    extra = set(backups.superfluous([copy(age) for age in ages], NOW))
    left = [NOW - timedelta(hours=age) for age in ages if copy(age) not in extra]
    for when in (NOW - timedelta(hours=age) for age in ages):
        if NOW - when <= timedelta(days=30):
            assert when.date() in {one.date() for one in left}
        else:
            assert when.isocalendar()[:2] in {one.isocalendar()[:2] for one in left}


def _copier(source: Path) -> Callable[[Path], None]:
    def copy_to(target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)

    return copy_to


def test_copies_of_files_of_one_name_in_two_places_stay_apart(tmp_path: Path) -> None:
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "Ann.hmip").write_text(place)
        backups.keep(tmp_path / place / "Ann.hmip", NOW, _copier(tmp_path / place / "Ann.hmip"))
    (copy_,) = backups.of(tmp_path / "a" / "Ann.hmip")
    assert copy_.read_text() == "a"
    assert backups.has_one_of_today(tmp_path / "a" / "Ann.hmip", NOW)
    assert not backups.has_one_of_today(tmp_path / "a" / "Ann.hmip", NOW + timedelta(days=1))


def test_copies_go_where_the_user_chose_and_to_the_usual_place_when_that_is_away(
    tmp_path: Path,
) -> None:
    ann, stick = tmp_path / "Ann.hmip", tmp_path / "stick"
    ann.write_text("all of it")
    stick.mkdir()
    settings.save(Settings().with_backups(stick))
    assert backups.keep(ann, NOW, _copier(ann)).parent == stick
    assert backups.has_one_of_today(ann, NOW)
    assert backups.folder_away() is None

    stick.rename(tmp_path / "in a pocket")
    assert backups.folder_away() == stick
    assert not backups.has_one_of_today(ann, NOW)
    assert backups.keep(ann, NOW, _copier(ann)).parent == paths.backups()
    assert backups.has_one_of_today(ann, NOW)
    assert not stick.exists()


def test_a_folder_that_refuses_costs_no_copy(tmp_path: Path) -> None:
    ann, stick = tmp_path / "Ann.hmip", tmp_path / "stick"
    ann.write_text("all of it")
    stick.mkdir()
    settings.save(Settings().with_backups(stick))
    copier = _copier(ann)

    def full_stick(target: Path) -> None:
        if target.parent == stick:
            raise Refused(Code.DISK, "The stick is full.")
        copier(target)

    kept = backups.keep(ann, NOW, full_stick)
    assert (kept.parent, kept.read_text()) == (paths.backups(), "all of it")
    assert list(stick.iterdir()) == []


def test_only_a_folder_that_can_be_written_to_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    for folder in (tmp_path / "not there", tmp_path / "a file"):
        with pytest.raises(Refused) as refused:
            Settings().with_backups(folder)
        assert refused.value.code is Code.DISK
    paths.backups().mkdir(parents=True)
    assert Settings(backups="x").with_backups(paths.backups()) == Settings()
    assert list(paths.backups().iterdir()) == []


def test_a_case_file_opened_anywhere_is_copied_to_the_chosen_folder(tmp_path: Path) -> None:
    path, stick = small_inspection.filled(tmp_path / "a.hmip"), tmp_path / "stick"
    stick.mkdir()
    settings.save(Settings().with_backups(stick))
    for _ in range(2):
        open_case_file(path, small_inspection.PASSPHRASE).close()
    (copy_,) = stick.iterdir()
    with open_case_file(copy_, small_inspection.PASSPHRASE, write=False) as document:
        assert len(document.journal) == 40
    assert not paths.backups().exists()


def test_each_purpose_has_the_folder_that_it_was_last_saved_in(tmp_path: Path) -> None:
    settings.keep_folder("workbook", tmp_path)
    settings.save(Settings(text_size=120))
    assert settings.folder_for("workbook") == str(tmp_path.resolve())
    assert settings.folder_for("summary") == ""
    assert settings.load().text_size == 120


def test_a_folder_that_is_away_is_not_proposed(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.keep_folder("hand in", stick)
    stick.rmdir()
    assert settings.folder_for("hand in") == ""
