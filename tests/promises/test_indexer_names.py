"""Names found by the real spaCy: once for each text, whatever is opened, and never again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from indexer_session import Session, command, hello, library

from store.entities.labels import Group
from store.indexer.protocol import Idle, Mentions, Ready, Trouble
from store.indexer.spawning import log_file

TEXT = "Talks in Tokyo\n\nSergei Lavrov met Fumio Kishida in Tokyo. Lavrov will return to Moscow."
LOGGED = (sys.executable, "-X", "importtime", "-P", "-m", "store.indexer")
"""Python's own account of every module that is imported."""
ANOTHER_LINKING = "import store.entities.link as link\nlink.LINK_VERSION = 'another'\n"
NO_SPACY = "import sys\nsys.modules['spacy'] = None\n"


def imported() -> set[str]:
    """Return the modules that the indexer has imported, of the packages at their top."""
    lines = log_file().read_text().splitlines()
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if line.startswith("import time:")}


async def test_names_are_found_once_and_a_second_start_imports_no_spacy(tmp_path: Path) -> None:
    root = library(tmp_path, {"talks.txt": TEXT})
    greeting = hello(tmp_path, everything=True)
    async with Session(greeting, LOGGED) as session:
        await session.next(Idle)
        [row] = session.reader().first_page()
        stored = session.reader().article(row.key)
        assert stored is not None and stored.analysed
        assert all(stored.article.text[m.start : m.end] for m in stored.mentions)
        names = {entity.name: entity for entity in session.reader().entities()}
        assert names["Sergei Lavrov"].mentions == 2 and names["Sergei Lavrov"].kind == Group.PERSON
        assert names["Tokyo"].mentions == 2 and names["Tokyo"].kind == Group.PLACE
    assert "spacy" in imported()

    log_file().unlink()
    async with Session(greeting, LOGGED) as session:
        await session.next(Idle)
        session.client.show(row.id)
        assert (await session.next(Mentions)).rows == stored.mentions, "what is known is sent when it is shown"
    assert "store" in imported() and not imported() & {"spacy", "thinc", "numpy"}

    # Another library with the same text, another linking, and a deleted index: all without spaCy.
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "same.txt").write_bytes((root / "talks.txt").read_bytes())
    for where, changes in ((copy, NO_SPACY), (root, NO_SPACY + ANOTHER_LINKING)):
        (tmp_path / "cache" / "library.sqlite3").unlink()
        async with Session(hello(tmp_path, where, everything=True), command(tmp_path, changes)) as session:
            await session.next(Idle)
            assert session.all(Trouble) == []
            assert {entity.name for entity in session.reader().entities()} == set(names)
    async with Session(greeting, command(tmp_path, NO_SPACY)) as session:
        await session.next(Idle)
        stored = session.reader().article(session.reader().first_page()[0].key)
        assert stored is not None and stored.mentions, "linked again when the linking changes back"


async def test_without_a_pipeline_everything_but_names_works(tmp_path: Path) -> None:
    library(tmp_path, {"talks.txt": TEXT})
    async with Session(hello(tmp_path, everything=True, model="en_core_web_lg")) as session:
        assert (await session.next(Ready)).role == "writer"
        told = await session.next(Trouble)
        assert told.stage == "load" and "en_core_web_lg" in told.reason
        await session.next(Idle)
        assert session.titles() == ["Talks in Tokyo"]
        session.client.show(session.reader().first_page()[0].id)
        session.client.rescan()
        await session.next(Trouble)
        await session.next(Idle)
        assert session.all(Mentions) == []


async def test_a_pipeline_that_crashes_while_it_is_loaded_leaves_reading_alone(tmp_path: Path) -> None:
    library(tmp_path, {"talks.txt": TEXT})
    crash = (
        "import os\n"
        "import store.entities.recognizer as recognizer\n"
        "class Recognizer:\n"
        "    def __init__(self, *_): os.kill(os.getpid(), 9)\n"
        "recognizer.Recognizer = Recognizer\n"
    )
    async with Session(hello(tmp_path, everything=True), command(tmp_path, crash)) as session:
        await session.next(Trouble, lambda t: t.stage == "load")
        await session.next(Idle)
        assert session.titles() == ["Talks in Tokyo"]


def test_the_client_imports_nothing_heavy() -> None:
    code = "import sys, store.indexer.client; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert not {"spacy", "trafilatura", "tinydb", "orjson", "sqlite3", "numpy"} & set(done.stdout.split())
