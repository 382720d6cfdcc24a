"""A file with many articles: shown while it is read, followed when it changes, each article at a place of its own."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from indexer_session import FAKE_RECOGNISER, Session, command, hello, library

from store.indexer import client, supervision
from store.indexer.protocol import Articles, Begin, Idle, Mentions, Progress, Ready, Replaced, Trouble
from store.indexer.supervision import patience

FAULTY_MEMBERS = """
import os, re, time
import store.formats.record as record
import store.formats.text as text
article_well, read_well = record.article, text.read

def brought_down(words):
    if "STUCK" in words: time.sleep(3600)
    if "HANG" in words: re.match(r"(a|a)+$", "a" * 60 + "b")
    if "CRASH" in words: os.kill(os.getpid(), 9)

def article(record, *rest, **more):
    brought_down(record["text"])
    return article_well(record, *rest, **more)

def read(stream, path, limits):
    brought_down(path)
    yield from read_well(stream, path, limits)

record.article, text.read = article, read
"""
"""Members that bring their reader down, by what is in them or by their names."""


def line(number: int, words: str = "Text") -> str:
    return json.dumps({"id": f"n{number}", "title": f"Title {number:06}", "text": f"{words} {number}."}) + "\n"


async def test_a_broken_line_is_told_and_the_rest_is_found_at_its_place(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.jsonl": line(1) + '{"id": "oops\n' + line(2)})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        assert session.titles() == ["Title 000001", "Title 000002"]
        (trouble,) = session.all(Trouble)
        assert (trouble.source, trouble.member, trouble.stage) == (str(root / "a.jsonl"), "line 2", "read")
        reader = session.reader()
        (problem,) = reader.problems()
        assert (problem.member, problem.reason) == ("line 2", "It is no valid JSON: it is cut short.")
        (key,) = reader.locate(f"{root}/a.jsonl#n2")
        assert len(reader.locate(f"{root}/a.jsonl")) == 2
        # The text comes from the index: the file is not needed any more.
        shutil.rmtree(root)
        stored = reader.article(key)
        assert stored is not None
        assert (stored.article.text, stored.article.member) == ("Title 000002\n\nText 2.", "n2")


async def test_a_line_added_changed_or_taken_leaves_the_others_with_their_rows_and_names(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.jsonl": "".join(line(n, "In Tokyo") for n in range(50))})
    async with Session(hello(tmp_path, everything=True), command(tmp_path, FAKE_RECOGNISER)) as session:
        await session.next(Idle)
        reader = session.reader()
        before = {row.title: row.key for row in reader.first_page()}
        assert all(len(reader.mentions(key)) == 1 for key in before.values())
        seen = len(session.all(Mentions))
        with (root / "a.jsonl").open("a") as file:
            file.write(line(50, "New"))
        session.client.rescan()
        await session.next(Idle)
        after = {row.title: row.key for row in reader.first_page()}
        assert after.items() > before.items() and len(after) == 51
        assert all(len(reader.mentions(key)) == 1 for key in before.values())
        assert session.all(Replaced) == [] and len(session.all(Mentions)) == seen

        (root / "a.jsonl").write_text("".join(line(n, "In Tokyo" if n != 7 else "Not") for n in range(10)))
        session.client.rescan()
        replaced = await session.next(Replaced)
        assert replaced.source == (str(root / "a.jsonl"), "n7")
        await session.next(Idle)
        last = {row.title: row.key for row in reader.first_page()}
        assert len(last) == 10
        assert {title for title, key in last.items() if before[title] != key} == {"Title 000007"}


async def test_lines_that_have_not_changed_are_not_read_again(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.jsonl": "".join(line(n) for n in range(20)) + '{"id": "oops\n'})
    with zipfile.ZipFile(root / "b.zip", "w") as archive:
        archive.writestr("lines.jsonl", line(100) + line(101))
    parsed = tmp_path / "parsed"
    tell = f"""
import store.formats.record as record
article_well = record.article
def article(record, *rest, **more):
    open({str(parsed)!r}, "a").write(record["id"] + " ")
    return article_well(record, *rest, **more)
record.article = article
"""
    async with Session(hello(tmp_path), command(tmp_path, tell)) as session:
        await session.next(Idle)
        assert len(parsed.read_text().split()) == 22
        parsed.write_text("")
        text = (root / "a.jsonl").read_text()
        # A line before the others, one changed, one that takes the id of another, one that goes.
        text = line(50) + line(3, "Other") + text.replace(line(7), line(7, "New")).replace(line(9), "") + line(51)
        (root / "a.jsonl").write_text(text)
        with zipfile.ZipFile(root / "b.zip", "w") as archive:
            archive.writestr("lines.jsonl", line(100) + line(102))
        session.client.rescan()
        await session.next(Idle)
        assert sorted(parsed.read_text().split()) == ["n102", "n3", "n3", "n50", "n51", "n7"]
        reader = session.reader()
        shown = {(row.source.member, row.title) for row in reader.first_page()}
        numbers = [n for n in range(20) if n not in (3, 9)] + [50, 51]
        expected = {(f"n{n}", f"Title {n:06}") for n in numbers}
        expected |= {("lines.jsonl#n100", "Title 000100"), ("lines.jsonl#n102", "Title 000102"), ("n3", "Title 000003")}
        assert {pair for pair in shown if "@" not in pair[0]} == expected
        assert [title for member, title in shown if member.startswith("n3@")] == ["Title 000003"]
        (problem,) = reader.problems()
        assert problem.member == "line 22"


async def test_members_of_an_archive_that_have_not_changed_are_not_unpacked_again(tmp_path: Path) -> None:
    root = library(tmp_path, {})
    read = tmp_path / "read"
    tell = f"""
import store.formats.text as text
read_well = text.read
def read(stream, path, limits):
    open({str(read)!r}, "a").write(path + " ")
    yield from read_well(stream, path, limits)
text.read = read
"""

    def pack(members: dict[str, str]) -> None:
        with zipfile.ZipFile(root / "a.zip", "w") as archive:
            for name, words in members.items():
                archive.writestr(name, f"{words}\n\nText.")

    pack({"a.txt": "One", "b.txt": "Two", "c.txt": "Three"})
    async with Session(hello(tmp_path), command(tmp_path, tell)) as session:
        await session.next(Idle)
        read.write_text("")
        pack({"b.txt": "Two", "c.txt": "Changed", "d.txt": "New", "e.txt": "Two"})
        session.client.rescan()
        await session.next(Idle)
        assert read.read_text().split() == ["c.txt", "d.txt", "e.txt"]
        assert session.titles() == ["Changed", "New", "Two"]
        places = {s.member for row in session.reader().first_page() for s in session.reader().sources(row.key)}
        assert places == {"b.txt", "c.txt", "d.txt", "e.txt"}


async def test_a_file_with_many_articles_is_shown_while_it_is_read(tmp_path: Path) -> None:
    library(tmp_path, {"a.jsonl": "".join(line(n) for n in range(4000))})
    async with Session(hello(tmp_path)) as session:
        first = await session.next(Articles)
        assert 0 < first.n < 4000
        assert session.reader().first_page(1)
        await session.next(Idle)
        assert session.reader().counts().articles == 4000
        told = [message.n for message in session.all(Articles)]
        assert told == sorted(told) and len(told) > 2


async def test_what_is_on_screen_is_looked_after_while_a_file_is_read(tmp_path: Path) -> None:
    library(tmp_path, {"a.jsonl": "".join(line(n, "In Tokyo") for n in range(6000))})
    async with Session(hello(tmp_path), command(tmp_path, FAKE_RECOGNISER)) as session:
        await session.next(Articles)
        row = session.reader().first_page(1)[0]
        session.client.show(row.id)
        named = await session.next(Mentions)
        assert named.id == row.id and len(named.rows) == 1
        assert session.reader().counts().articles < 6000
        await session.next(Idle)
        assert session.reader().counts().articles == 6000


async def test_a_kill_in_the_middle_costs_nothing(tmp_path: Path) -> None:
    library(tmp_path, {"a.jsonl": "".join(line(n) for n in range(4000))})
    async with Session(hello(tmp_path)) as session:
        await session.next(Articles)
        os.kill(session.client.pid or 0, 9)
        await session.next(Ready)
        await session.next(Idle)
        assert session.reader().counts().articles == 4000
        keys = [row.key for row in session.reader().first_page(4000)]
        assert sorted(keys) == list(range(1, 4001)), "what was read before the kill keeps its rows"


async def test_a_file_that_moves_or_goes_takes_its_articles_along(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.jsonl": "".join(line(n) for n in range(1000)), "b.txt": "B\n\nText."})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        reader = session.reader()
        before = {row.id: row.key for row in reader.first_page(2000)}
        (root / "a.jsonl").rename(root / "moved.jsonl")
        session.client.rescan()
        await session.next(Idle)
        after = {row.id: row for row in reader.first_page(2000)}
        assert {text: row.key for text, row in after.items()} == before
        assert {Path(row.source.path).name for row in after.values()} == {"moved.jsonl", "b.txt"}
        (root / "moved.jsonl").unlink()
        session.client.rescan()
        await session.next(Idle)
        assert session.titles() == ["B"]
        assert session.reader().counts().articles == 1


async def test_archives_are_read_like_what_is_in_them(tmp_path: Path) -> None:
    root = library(tmp_path, {"plain.txt": "Plain\n\nText."})
    with zipfile.ZipFile(root / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/plain.txt", "Plain\n\nText.")
        archive.writestr("lines.jsonl", line(1) + line(2))
    (root / "b.jsonl.gz").write_bytes(gzip.compress(line(3).encode()))
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        assert session.titles() == ["Plain", "Title 000001", "Title 000002", "Title 000003"]
        reader = session.reader()
        places = {(Path(s.path).name, s.member) for row in reader.first_page() for s in reader.sources(row.key)}
        assert places == {
            ("plain.txt", ""),
            ("a.zip", "deep/plain.txt"),
            ("a.zip", "lines.jsonl#n1"),
            ("a.zip", "lines.jsonl#n2"),
            ("b.jsonl.gz", "n3"),
        }
        assert len(reader.locate(f"{root}/a.zip#lines.jsonl#n2")) == 1


async def test_other_names_of_fields_make_the_files_be_read_anew(tmp_path: Path) -> None:
    library(tmp_path, {"a.json": json.dumps([{"kopf": "Gipfel", "inhalt": "Sie trafen sich."}])})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        assert session.titles() == []
        (problem,) = session.reader().problems()
        assert problem.reason.startswith("This JSON holds no articles")
    named = hello(tmp_path).replace(json=("title=kopf", "text=inhalt"))
    async with Session(named) as session:
        await session.next(Idle)
        assert session.titles() == ["Gipfel"]
        assert session.reader().problems() == []


async def test_a_member_that_hangs_or_crashes_its_reader_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    root = library(tmp_path, {"a.jsonl": line(1) + line(2, "HANG") + line(3) + line(4, "CRASH") + line(5)})
    with zipfile.ZipFile(root / "b.zip", "w") as archive:
        archive.writestr("6.txt", "Title 000006\n\nText.")
        archive.writestr("CRASH.txt", "Title 000007\n\nText.")
        archive.writestr("lines.jsonl", line(8, "CRASH") + line(9))
    async with Session(hello(tmp_path), command(tmp_path, FAULTY_MEMBERS)) as session:
        await session.next(Idle)
        assert session.titles() == [f"Title 00000{number}" for number in (1, 3, 5, 6, 9)]
        assert {(Path(one.path).name, one.member): one.reason for one in session.reader().problems()} == {
            ("a.jsonl", "line 2"): "It took longer than 5 s.",
            ("a.jsonl", "line 4"): "It made the indexer crash.",
            ("b.zip", "CRASH.txt"): "It made the indexer crash.",
            ("b.zip", "lines.jsonl#line 1"): "It made the indexer crash.",
        }
        # It is not tried again until the file changes.
        deaths = len(session.all(Trouble))
        session.client.rescan()
        await session.next(Idle)
        assert len(session.all(Trouble)) == deaths


async def test_what_nothing_comes_of_is_left_alone_until_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def little(begin: Begin) -> float | None:
        """Wait a second for what never comes, and as long as ever for all else, however busy the machine is."""
        return 1.0 if begin.member == "line 2" or Path(begin.source).name == "STUCK.txt" else patience(begin)

    for module in (supervision, client):
        monkeypatch.setattr(module, "patience", little)
    root = library(tmp_path, {"a.jsonl": line(1) + line(2, "STUCK") + line(3), "STUCK.txt": "Title 000004\n\nText."})
    reason = "Nothing came of it for 1 s. It is tried again at the next start."
    async with Session(hello(tmp_path), command(tmp_path, FAULTY_MEMBERS)) as session:
        await session.next(Idle)
        assert session.titles() == ["Title 000001", "Title 000003"]
        problems = {(Path(one.path).name, one.member): one.reason for one in session.reader().problems()}
        assert problems == {("a.jsonl", "line 2"): reason, ("STUCK.txt", ""): reason}
        deaths = len(session.all(Trouble))
        session.client.rescan()
        await session.next(Idle)
        assert len(session.all(Trouble)) == deaths
        (root / "STUCK.txt").rename(root / "well.txt")
        session.client.rescan()
        await session.next(Idle, lambda _: len(session.titles()) == 3)
    # As after a drive on the network has come back.
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        assert session.titles() == [f"Title 00000{number}" for number in (1, 2, 3, 4)]
        assert session.reader().problems() == []


async def test_progress_counts_articles_and_guesses_how_many_are_to_come(tmp_path: Path) -> None:
    library(tmp_path, {"a.jsonl": "".join(line(n) for n in range(4000)), "b.txt": "B\n\nText."})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        told = [(one.done, one.total) for one in session.all(Progress) if one.stage == "read"]
        assert told[-1] == (4001, 4001)
        middle = [total for done, total in told if 0 < done < 3000]
        assert middle and all(2000 < total < 8000 for total in middle[1:])
