"""A lead and a deputy work on copies of one file, and a very large inspection is merged."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from independent_scores import made_answers, scores, write_form
from test_held_out_inspection import (
    TEAM,
    Fieldwork,
    Office,
    assert_same,
    assess_everything,
    assignments,
    import_answers,
    set_up,
    table,
)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Fieldwork:
    office = set_up(tmp_path_factory.mktemp("two leads") / "office", "criteria", "form.csv")
    return assess_everything(office, "criteria")


def in_conflict(work: Fieldwork, folder: Path) -> tuple[Path, Path, str]:
    """One answer given differently in two copies of a file; the case that it is about."""
    person = work.files[0].stem
    case = next(case for case, who, order in work.answers if (who, order) == (person, "first"))
    sides = []
    for name, value in (("one", "yes"), ("other", "no")):
        copy = Office(folder / name, work.office.passphrase)
        copy.folder.mkdir(parents=True)
        file = copy.folder / f"{person}.hmip"
        file.write_bytes(work.handed_in(person).read_bytes())
        copy.run("reopen", file, case, "--why", "seen again")
        copy.run("answer", file, case, "q2_1_01", value)
        sides.append(file)
    return sides[0], sides[1], case


def test_a_deputys_copy_merges_back_like_any_other(week: Fieldwork, tmp_path: Path) -> None:
    lead = week.office.apart(tmp_path / "lead")
    deputy = week.office.apart(tmp_path / "deputy")
    lead.run("merge", lead.lead, *week.files[:2])
    deputy.run("merge", deputy.lead, *week.files[1:])
    merged = lead.value("merge", lead.lead, deputy.lead)
    assert merged["files"][0]["status"] == "merged"
    assert merged["conflicts"] == []
    assert_same(lead.value("scores", lead.lead), scores(week.firsts(), "criteria"))
    again = lead.value("merge", lead.lead, deputy.lead)["files"][0]
    assert (again["new"], again["refused"]) == (0, 0)
    deputy.run("merge", deputy.lead, lead.lead)
    assert deputy.value("scores", deputy.lead) == lead.value("scores", lead.lead)


def test_a_conflict_settled_by_one_of_them_is_settled_for_both(
    week: Fieldwork, tmp_path: Path
) -> None:
    lead = week.office.apart(tmp_path / "lead")
    lead.run("merge", lead.lead, *week.files, *in_conflict(week, tmp_path)[:2])
    (conflict,) = lead.value("conflicts", lead.lead)
    deputy = lead.apart(tmp_path / "deputy")
    keep = next(side["entry"] for side in conflict["sides"] if side["value"] == "no")
    deputy.run("settle", deputy.lead, conflict["id"], "--keep", keep, "--why", "the later one")
    assert lead.value("merge", lead.lead, deputy.lead)["conflicts"] == []
    assert lead.value("scores", lead.lead) == deputy.value("scores", deputy.lead)


def test_settled_differently_by_both_it_is_a_conflict_of_the_leads(
    week: Fieldwork, tmp_path: Path
) -> None:
    lead = week.office.apart(tmp_path / "lead")
    lead.run("merge", lead.lead, *week.files, *in_conflict(week, tmp_path)[:2])
    (conflict,) = lead.value("conflicts", lead.lead)
    deputy = lead.apart(tmp_path / "deputy")
    for office, value in ((lead, "yes"), (deputy, "no")):
        keep = next(side["entry"] for side in conflict["sides"] if side["value"] == value)
        office.run("settle", office.lead, conflict["id"], "--keep", keep, "--why", value)
    found = lead.value("merge", lead.lead, deputy.lead)["conflicts"]
    (open_now,) = [one for one in found if one["question"] == "q2_1_01"]
    assert {side["value"] for side in open_now["sides"]} == {"yes", "no"}
    assert lead.value("scores", lead.lead)["provisional"]


@pytest.mark.parametrize("cases", [9, 500])
def test_any_number_of_cases_merges_in_any_order_to_the_same_scores(
    cases: int, tmp_path: Path
) -> None:
    office = Office(tmp_path / "office")
    office.folder.mkdir()
    table(office.folder / "sample.csv", ["reference"], [[f"L-{n:03}"] for n in range(cases)])
    table(office.folder / "team.csv", ["name", "role"], [list(pair) for pair in TEAM.items()])
    write_form(office.folder / "form.csv", "questions")
    office.run(
        *("new", office.lead, "--title", "Large", "--area", "Everywhere", "--form", "form.csv"),
        *("--sample", "sample.csv", "--team", "team.csv"),
    )
    office.run("allocate", office.lead, "--seed", "3")
    office.run("hand-out", office.lead, "out")
    given = {whose: made_answers(place) for place, whose in enumerate(assignments(office))}
    files = sorted((office.folder / "out").iterdir())
    for file in files:
        mine = {case: answers for (case, who, _), answers in given.items() if who == file.stem}
        import_answers(office, file, mine)
        office.run("sign-off", file, *mine)
    expected = scores(list(given.values()), "questions")
    random.Random(cases).shuffle(files)
    office.run("merge", office.lead, *files[:1])
    office.run("merge", office.lead, *files)
    assert_same(office.value("scores", office.lead), expected)
