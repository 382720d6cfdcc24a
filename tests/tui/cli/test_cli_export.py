"""`export`, `import` and `merge`: data on stdout, counts on stderr, files whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from store.annotations.records import Anchor, SaveNote, Tag
from store.annotations.store import AnnotationStore
from store.library.direct import read_file, target_of
from tests.tui.cli.conftest import Dateline


@pytest.fixture
def noted(dateline: Dateline, articles: Path) -> Path:
    """Return the three articles, of which two bear notes, one of them a private one."""
    ferry, court = articles / "ferry.txt", articles / "court.txt"
    assert dateline("tag", articles, "--", "+news").code == 0
    assert dateline("note", ferry, "--quote", "began in Kirkwall", "--text", "=1+1").code == 0
    assert dateline("note", court, "--text", "which judge?", "--tag", "private").code == 0
    return articles


def test_a_dossier_of_what_matches_goes_to_stdout_and_the_counts_to_stderr(dateline: Dateline, noted: Path) -> None:
    ran = dateline("export", noted, "-q", "tag:news", "--group", "tag")
    assert ran.code == 0
    assert "> The strike **began in Kirkwall** on Friday." in ran.out
    assert "- =1+1" in ran.lines
    assert "*Ferry strike in Orkney* · published 2024-11-23 · retrieved 20" in ran.out
    assert f"`{noted / 'ferry.txt'}` · tags: news" in ran.out
    assert "which judge" not in ran.out
    counts = "1 passage and 1 note of 1 article, by tag"
    assert ran.talk == f"{counts}; 1 private note left out; 1 more article without notes\n"
    assert "which judge?" in dateline("export", noted, "--private").out


def test_everything_without_a_path_also_of_articles_that_are_gone(dateline: Dateline, noted: Path) -> None:
    (noted / "ferry.txt").unlink()
    dateline("list", noted)
    ran = dateline("export", "--format", "html")
    assert "The strike <b" in ran.out
    assert "began in Kirkwall</b> on Friday." in ran.out


def test_people_are_looked_for_when_the_dossier_is_by_person(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "a.txt").write_text("Talks\n\nShinzo Abe met Vladimir Putin in Nagato. It rained in Tokyo.\n")
    dateline("note", folder / "a.txt", "--quote", "met", "--text", "when?")
    dateline("note", folder / "a.txt", "--quote", "rained", "--text", "much?")
    ran = dateline("export", folder, "--group", "person")
    headings = [line for line in ran.lines if line.startswith("## ")]
    assert headings == ["## Shinzo Abe", "## Vladimir Putin", "## No person named"]
    assert "names are not known" not in ran.talk


def test_the_format_is_what_the_file_is_called(dateline: Dateline, noted: Path, tmp_path: Path) -> None:
    for name, begins in (
        ("x.md", "# Dossier, by article"), ("x.html", "<!doctype html>"), ("x.jsonl", '{"schema": 1, "kind": "export"'),
        ("x.csv", "article,title,"), ("x.jsonld", '{"@context": "http://www.w3.org/ns/anno.jsonld"'),
    ):  # fmt: skip
        ran = dateline("export", noted, "-o", tmp_path / name)
        assert (ran.code, ran.out) == (0, "")
        assert ran.talk.endswith(f"written to {tmp_path / name}\n")
        assert (tmp_path / name).read_text().startswith(begins)
    assert not list(tmp_path.glob("*.tmp-*"))
    assert (tmp_path / "x.md").stat().st_mode & 0o777 == 0o600


def test_a_spreadsheet_runs_nothing(dateline: Dateline, noted: Path) -> None:
    ran = dateline("export", "--format", "csv")
    assert b"\r\n" in ran.data
    (row,) = list(csv.DictReader(io.StringIO(ran.out)))
    assert (row["body"], row["quote"], row["sentence"]) == (
        "'=1+1", "began in Kirkwall", "The strike began in Kirkwall on Friday.",
    )  # fmt: skip


def test_web_annotations_are_one_collection(dateline: Dateline, noted: Path) -> None:
    found = json.loads(dateline("export", "--format", "webannotation", "--private").out)
    assert found["type"] == "AnnotationCollection"
    assert len(found["first"]["items"]) == found["total"] == 5
    assert {str(one["motivation"]) for one in found["first"]["items"]} == {
        "tagging", "commenting", "['commenting', 'tagging']",
    }  # fmt: skip


def test_what_cannot_be_exported_is_said(dateline: Dateline, noted: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.md"
    target.write_text("as it was")
    for words, code, message in (
        (["-q", "submarine"], 1, "no notes and highlights to export"),
        (["--format", "spacy", "-q", "submarine"], 1, "nothing to export"),
        (["--format", "pdf"], 2, "is none of markdown, html, jsonl, csv, webannotation"),
        (["--format", "csv", "--group", "tag"], 2, "--group is for markdown and html"),
        (["-q", "submarine", "-o", str(target)], 1, "no notes"),
        (["-o", str(tmp_path)], 2, "is a folder"),
        (["-o", str(tmp_path / "no" / "x.md")], 3, "its folder is not there"),
    ):
        ran = dateline("export", noted, *words)
        assert (ran.code, ran.out) == (code, ""), words
        assert message in ran.talk
    assert target.read_text() == "as it was"


def test_the_annotation_file_is_never_written_over(dateline: Dateline, noted: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    dateline("tag", "--db", own, noted, "--", "+x")
    before = own.read_bytes()
    (tmp_path / "link.md").symlink_to(own)
    for words in (["export", "--db", own, "--format", "jsonl", "-o", tmp_path / "link.md"],
                  ["import", "--db", own, own], ["merge", own, own, "-o", tmp_path / "new"]):  # fmt: skip
        assert dateline(*words).code == 2
        assert own.read_bytes() == before


def test_an_export_is_imported_once_and_undone_from_the_reader(dateline: Dateline, noted: Path, tmp_path: Path) -> None:
    first, other = tmp_path / "first.jsonl", tmp_path / "other.json"
    assert "3 articles with 2 notes; 1 private note put in" in dateline("export", "-o", first).talk
    dry = dateline("import", "--db", other, "--dry-run", first)
    assert (dry.code, dry.talk) == (0, "Would import 2 notes, 4 tags on 3 articles; nothing was.\n")
    assert not other.exists()
    assert dateline("import", "--db", other, first).talk.startswith("Imported 2 notes, 4 tags on 3 articles.")
    assert dateline("import", "--db", other, first).talk == "Nothing new: all of it is here.\n"
    assert dateline("export", "--db", other, "--format", "jsonl").data == first.read_bytes()
    store = AnnotationStore(other)
    assert store.undo().sentence == "Undone: Imported 2 notes, 4 tags on 3 articles"
    store.close()
    assert dateline("notes", "--db", other).code == 1


def test_what_an_import_cannot_use_is_refused_with_its_line(dateline: Dateline, noted: Path, tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    dateline("export", "-o", whole)
    before = dateline("export", "--format", "jsonl").data
    cut.write_bytes(whole.read_bytes()[:-30])
    ran = dateline("import", cut)
    assert (ran.code, ran.out) == (3, "")
    assert f"{cut}, line 6: it is no JSON" in ran.talk
    cut.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:-1]))
    assert "is not whole: its first line tells of 2 tags, and 1 follow" in dateline("import", cut).talk
    assert dateline("import", noted / "ferry.txt").code == 3
    assert dateline("import", tmp_path / "nowhere").code == 3
    assert dateline("import").code == 2
    assert dateline("export", "--format", "jsonl").data == before


def test_two_files_are_merged_into_a_third(dateline: Dateline, articles: Path, tmp_path: Path) -> None:
    ((article, source),) = read_file(str(articles / "ferry.txt"))
    target = target_of(article, source)
    for name in ("one", "two"):
        store = AnnotationStore(tmp_path / name)
        store.apply(Tag((target,), (name,)))
        store.apply(SaveNote(target, f"note {name}", anchor=Anchor("strike", "Ferry ", " in", 6, 12)))
        store.close()
    ran = dateline("merge", tmp_path / "one", tmp_path / "two", "-o", tmp_path / "both")
    assert (ran.code, ran.out) == (0, "")
    assert f"1 article and 2 notes written to {tmp_path / 'both'}." in ran.talk
    assert len(json.loads(dateline("notes", "--db", tmp_path / "both", "--format", "json").out)["notes"]) == 2
    again = dateline("merge", tmp_path / "one", tmp_path / "two", "-o", tmp_path / "both")
    assert (again.code, "exists already" in again.talk) == (2, True)


def test_terminal_commands_in_notes_and_paths_stay_data(dateline: Dateline, articles: Path, tmp_path: Path) -> None:
    evil = articles / "e\x1b]0;x\x07vil.txt"
    evil.write_text("Evil\n\nA sentence with some words.\n")
    dateline("note", evil, "--quote", "some", "--text", "\x1b]52;c;UFdORUQ=\x07 \x9b31m \u202e")
    for format in ("markdown", "html", "jsonl", "csv", "webannotation"):
        ran = dateline("export", "--format", format)
        assert ran.code == 0
        assert not set("\x1b\x07\x9b\u202e") & set(ran.out + ran.talk), format
    file = tmp_path / "e.jsonl"
    dateline("export", "-o", file)
    dateline("import", "--db", tmp_path / "other.json", file)
    (found,) = json.loads(dateline("notes", "--db", tmp_path / "other.json", "--format", "json").out)["notes"]
    assert found["body"] == "\x1b]52;c;UFdORUQ=\x07 \x9b31m \u202e"
    assert found["path"] == str(evil)
