"""What our layers cost over the bare libraries: compare the two rows of each group.

`make bench` runs them; the ratio is what counts, not the milliseconds of one machine.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from elementpath import XPathContext
from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop import paths
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.form import xlsform
from hmip_desktop.form.routing import Routing
from hmip_desktop.form.xpath import OdkParser
from hmip_desktop.operations import allocating, assess, collate, demo, handing_out, set_up
from hmip_desktop.operations.reading import Reading

PASSPHRASE = Passphrase("words that do not belong together")


@pytest.fixture(scope="session")
def lead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Merseyside inspection, allocated but not answered."""
    path = tmp_path_factory.mktemp("bench") / "lead.hmip"
    set_up.new_inspection(path, PASSPHRASE, demo.plan())
    with Document.open(path, PASSPHRASE) as document:
        allocating.allocate(document, seed=1)
    return path


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Any]:
    """A table like ours in SQLCipher, with nothing of ours around it."""
    connection = sqlcipher.connect(str(tmp_path / "bare.db"), isolation_level=None)
    connection.execute(f'pragma key = "{PASSPHRASE.key(bytes(16))}"')
    connection.execute("pragma locking_mode = EXCLUSIVE")
    connection.execute("pragma synchronous = EXTRA")
    connection.execute("create table entry (id text primary key, field text, value text)")
    yield connection
    connection.close()


@pytest.mark.benchmark(group="one answer on the disk")
def test_bare_sqlcipher_inserts_one_row(benchmark: Any, bare: Any) -> None:
    numbers = iter(range(10_000_000))

    def insert() -> None:
        bare.execute("begin immediate")
        bare.execute("insert into entry values (?, 'q', 'yes')", (str(next(numbers)),))
        bare.execute("commit")

    benchmark(insert)


@pytest.mark.benchmark(group="one answer on the disk")
def test_our_answer_is_checked_journalled_and_saved(
    benchmark: Any, lead: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(lead, tmp_path))
    with Document.open(copy, PASSPHRASE) as document:
        reading = Reading(document)
        values = iter(["yes", "no"] * 1_000_000)
        benchmark(lambda: assess.answer(reading, "MER-001", "q1_1_01", next(values)))


@pytest.fixture(scope="session")
def routing() -> Routing:
    """The routing of the whole question bank."""
    return Routing(xlsform.compiled(xlsform.load(paths.resource(*demo.FORM))))


@pytest.mark.benchmark(group="routing of a case")
def test_bare_elementpath_evaluates_every_expression(benchmark: Any, routing: Routing) -> None:
    parser = OdkParser()
    texts = [text for question in routing.form.questions for text in question.relevant]
    tokens = [parser.parse(text) for text in texts]
    context = XPathContext(ET.ElementTree(ET.Element("data")))
    benchmark(lambda: [token.evaluate(context) for token in tokens])


@pytest.mark.benchmark(group="routing of a case")
def test_our_routing_remembers(benchmark: Any, routing: Routing) -> None:
    benchmark(lambda: routing.state({"q1_1_01": "yes", "q1_1_02": "written_full"}))


@pytest.mark.benchmark(group="merging a file")
def test_bare_sqlcipher_copies_as_many_rows(benchmark: Any, bare: Any) -> None:
    numbers = iter(range(100_000_000))

    def insert() -> None:
        bare.execute("begin immediate")
        rows = [(str(next(numbers)), "q", "yes") for _ in range(1000)]
        bare.executemany("insert into entry values (?, ?, ?)", rows)
        bare.execute("commit")

    benchmark(insert)


@pytest.mark.benchmark(group="merging a file")
def test_our_merge_of_a_thousand_new_entries(benchmark: Any, lead: Path, tmp_path: Path) -> None:
    handed_in = _file_with_a_thousand_answers(lead, tmp_path / "out")
    merge, prepare = _merging(lead, handed_in, tmp_path)
    benchmark.pedantic(merge, setup=prepare, rounds=5)


def _merging(
    lead: Path, handed_in: Path, folder: Path
) -> tuple[Callable[[Document], None], Callable[[], tuple[tuple[Document], dict[str, Any]]]]:
    def prepare() -> tuple[tuple[Document], dict[str, Any]]:
        copy = Path(shutil.copy(lead, folder / "merged.hmip"))
        return (Document.open(copy, PASSPHRASE),), {}

    def merge(document: Document) -> None:
        assert collate.merge(document, [handed_in]).files[0].new >= 1000
        document.close()

    return merge, prepare


def _file_with_a_thousand_answers(lead: Path, folder: Path) -> Path:
    own = Path(shutil.copy(lead, folder.with_name("lead.hmip")))  # it remembers what was handed out
    with Document.open(own, PASSPHRASE) as document:
        handed_out = handing_out.hand_out(document, folder)
    path = handed_out[0].path
    with Document.open(path, PASSPHRASE) as document:
        reading = Reading(document)
        questions = [q.name for q in reading.form.answerable if q.choices]
        keys = list(reading.assessments)
        fields = [key.answer(name) for key in keys for name in questions]
        document.write(document.about.owner, [(field, "yes") for field in fields[:1000]])
    return path
