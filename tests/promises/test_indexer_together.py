"""Several processes make the index that one alone makes, and what brings one of them down costs that document only."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from indexer_session import FAULTY_READER, command, hello, library
from test_indexer_containers import FAULTY_MEMBERS

from store.catalog.articles import CatalogReader
from store.catalog.opening import add_functions
from store.indexer.foreground import run_in_foreground
from store.indexer.protocol import Hello, Message, Progress, Trouble, encode

HERE = Path(__file__).parents[2]
ALIKE = (
    "article", "body", "file", "source", "problem", "entity", "entity_form", "entity_word", "mention",
    "article_entity", "signature", "band", "copy",
)  # fmt: skip
"""The tables of an index that follow from the files and their order alone."""


def line(number: int, text: str) -> str:
    return json.dumps({"id": f"n{number}", "title": f"Title {number}", "text": text}) + "\n"


def mixed(tmp_path: Path) -> Path:
    """Make a folder with every format there is, copies, broken files, odd names and files with many articles."""
    paragraph = "The harbour of Osaka was closed on Monday, and nobody could say for how long it would be. " * 8
    files = {f"{n % 7}/{n:03}.txt": f"Article {n}\n\n{paragraph}\n\nNumber {n % 90}." for n in range(150)}
    files |= {f"same/{n}.md": "# The same\n\nIn two places." for n in range(3)}
    files |= {f"empty/{n}.txt": "" for n in range(3)}
    files["many.jsonl"] = "".join(line(n, f"Tokyo, {n}.") for n in range(700)) + '{"id": "oops\n' + line(3, "Other.")
    root = library(tmp_path, files)
    shutil.copytree(HERE / "tests/fixtures/formats", root / "formats")
    shutil.copytree(HERE / "seeds", root / "seeds")
    (root / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    (root / os.fsdecode(b"odd\xff.txt")).write_bytes(b"Odd\n\nText.")
    (root / "gone.txt").symlink_to("nowhere")
    return root


def change(root: Path) -> None:
    """Edit, move, copy and delete some of it, so many that several processes are used."""
    for n in range(0, 150, 2):
        (root / f"{n % 7}/{n:03}.txt").write_text(f"Edited {n}\n\nOtherwise.")
    (root / "1/001.txt").rename(root / "moved.txt")
    (root / "3/003.txt").unlink()
    (root / "same/0.md").unlink()
    (root / "empty/0.txt").write_text("No longer\n\nempty.")
    text = (root / "many.jsonl").read_text()
    (root / "many.jsonl").write_text(line(9000, "Before.") + text.replace(line(7, "Tokyo, 7."), line(7, "Changed.")))


def rows(index: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(index)) as db:
        add_functions(db)
        found: dict[str, list[Any]] = {}
        for table in ALIKE:
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "added"]
            found[table] = sorted(db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=repr)
        found["fulltext"] = db.execute("SELECT rowid FROM fulltext WHERE fulltext MATCH 'harbour'").fetchall()
        db.execute("INSERT INTO fulltext(fulltext, rank) VALUES('integrity-check', 1)")
    return found


SPELLER = """
import store.entities.recognizer as recognizer
from store.article import Mention
import re, time

class Recognizer:
    "Finds towns, however they are written, in a time that hangs on the text."
    def __init__(self, pipeline):
        self.version = recognizer.version_of(pipeline)
    def recognise_many(self, texts):
        for text in texts:
            time.sleep(len(text) % 7 / 500)
            yield [Mention(m.start(), m.end(), "GPE") for m in re.finditer("(?i)tokyo|osaka", text)]

recognizer.Recognizer = Recognizer
"""


def test_several_processes_make_the_index_that_one_makes(tmp_path: Path) -> None:
    root = mixed(tmp_path)
    for n in range(40):
        spelt = "".join(c.upper() if n >> at & 1 else c for at, c in enumerate("tokyo"))
        (root / f"spelt {n}.txt").write_text(f"Spelt {n}\n\nThe train to {spelt} was late" + " again" * n + ".")
    how = command(tmp_path, SPELLER)
    one, several = hello(tmp_path, cache="one"), hello(tmp_path, cache="several")
    told: dict[int, list[Message]] = {1: [], 3: []}

    def index_all() -> None:
        for jobs, greeting in ((1, one), (3, several)):
            told[jobs].clear()
            heard = told[jobs].append
            assert run_in_foreground(greeting, everything=True, jobs=jobs, progress=heard, command=how) == ""
        assert rows(Path(one.index)) == rows(Path(several.index))
        problems = [[m for m in heard if isinstance(m, Trouble)] for heard in told.values()]
        assert problems[0] == problems[1]

    index_all()
    found = rows(Path(several.index))
    assert len(found["article"]) > 900 and len(found["copy"]) > 50 and len(found["problem"]) > 4
    assert len(found["fulltext"]) >= 90 and len(found["mention"]) > 1500
    towns = {name for _, kind, name, *_ in found["entity"] if kind == "place"}
    assert {name.casefold() for name in towns} == {"tokyo", "osaka"} and len(found["entity_form"]) > 20
    change(root)
    index_all()
    assert rows(Path(several.index)) != found


def test_files_that_bring_readers_down_are_left_out_and_no_others(tmp_path: Path) -> None:
    files = {f"{n:03}.txt": f"Article {n}\n\nText {n}." for n in range(200)}
    bad = {f"{name} {n}.txt": "Bad\n\nText." for name in ("hang", "crash") for n in range(2)}
    root = library(tmp_path, files | {f"at/{n:02}/{name}": text for n, (name, text) in enumerate(bad.items())})
    (root / "100 hang.txt").write_text("Not the name\n\nText.")
    heard: list[Message] = []
    how = command(tmp_path, FAULTY_READER)
    assert run_in_foreground(hello(tmp_path), jobs=2, progress=heard.append, command=how) == ""
    books = CatalogReader(Path(hello(tmp_path).index))
    assert books.counts().articles == 201
    assert {Path(problem.path).name: problem.reason for problem in books.problems()} == {
        name: "It took longer than 1 s." if name.startswith("hang") else "It made the indexer crash." for name in bad
    }
    assert {Path(m.source).name for m in heard if isinstance(m, Trouble) and m.stage == "read"} == set(bad)
    last = [m for m in heard if isinstance(m, Progress) and m.stage == "read"][-1]
    assert (last.done, last.total) == (205, 205)
    heard.clear()
    assert run_in_foreground(hello(tmp_path), jobs=2, progress=heard.append, command=how) == ""
    assert [m for m in heard if isinstance(m, Trouble)] == [], "a second start does not try them again"


def test_a_slow_start_of_a_reader_is_blamed_on_no_file(tmp_path: Path) -> None:
    library(tmp_path, {f"{n:03}.txt": f"Article {n}\n\nText {n}." for n in range(200)})
    slow = """
import time, store.indexer.supervision as supervision, store.entities.language as language
supervision.READ_SECONDS = 0.5
load = language.Detector._load
language.Detector._load = lambda self: (time.sleep(1.5), load(self))[1]
"""
    heard: list[Message] = []
    assert run_in_foreground(hello(tmp_path), jobs=2, progress=heard.append, command=command(tmp_path, slow)) == ""
    assert [m for m in heard if isinstance(m, Trouble)] == []
    assert CatalogReader(Path(hello(tmp_path).index)).counts().articles == 200


def test_an_article_of_many_that_crashes_its_reader_is_left_out_alone(tmp_path: Path) -> None:
    files = {f"{n:03}.txt": f"Article {n}\n\nText {n}." for n in range(200)}
    records = [line(n, "CRASH" if n == 30 else f"Text of record {n}.") for n in range(60)]
    root = library(tmp_path, files | {"150.jsonl": "".join(records)})
    how = command(tmp_path, FAULTY_MEMBERS)
    assert run_in_foreground(hello(tmp_path), jobs=2, command=how) == ""
    books = CatalogReader(Path(hello(tmp_path).index))
    assert books.counts().articles == 259
    [problem] = books.problems()
    assert (problem.path, problem.reason) == (str(root / "150.jsonl"), "It made the indexer crash.")


NO_READER = """
import os, store.indexer.worker as worker
worker.Worker.run = lambda self: os._exit(1)
"""


def test_where_no_other_process_lives_the_indexer_reads_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(tmp_path, {f"{n:03}.txt": f"Article {n}\n\nText {n}." for n in range(200)})
    heard: list[Message] = []
    how = command(tmp_path, NO_READER, "import store.indexer.supervision as s\ns._LONGEST_WAIT = 0.0\n")
    assert run_in_foreground(hello(tmp_path), jobs=2, progress=heard.append, command=how) == ""
    assert CatalogReader(Path(hello(tmp_path).index)).counts().articles == 200
    assert "left stopped" in [m for m in heard if isinstance(m, Trouble)][-1].reason


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
def test_readers_end_with_the_indexer_they_read_for(tmp_path: Path) -> None:
    from test_indexer_kills import children_of, ended

    library(tmp_path, {f"{n:03}.txt": f"Article {n}\n\nText {n}." for n in range(200)})
    library(tmp_path, {"zz/slow.txt": "Slow\n\nText."})
    pipe = Path(os.environ["HOME"]) / "pipe"
    os.mkfifo(pipe)
    greeting: Hello = hello(tmp_path).replace(jobs=2)
    writer = subprocess.Popen(command(tmp_path, FAULTY_READER), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert writer.stdin is not None
    writer.stdin.write(encode(greeting))
    writer.stdin.flush()
    pipe.read_text()
    readers = [os.pidfd_open(pid) for pid in children_of(writer.pid)]
    assert len(readers) == 2
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdin.close()
    for reader in readers:
        ended(reader)
