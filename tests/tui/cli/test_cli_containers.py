"""Files with many articles on the command line: each article has its place, and keeps what is noted on it."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Dateline

WORDS = "The ministers met in Tokyo on Monday. They talked about the islands for three hours, and parted as friends."


def line(number: int, words: str = WORDS) -> str:
    return (
        json.dumps({"id": f"n{number}", "title": f"Title {number}", "text": f"{words} It was the {number}th."}) + "\n"
    )


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "news.jsonl").write_text("".join(line(n) for n in range(12)))
    return folder / "news.jsonl"


def noted(dateline: Dateline, *words: str | Path) -> list[tuple[str, str, int | None]]:
    """Return passage, title and start of each note of these places."""
    shape = json.loads(dateline("list", *words, "--format", "json").out)
    return [
        (note["quote"], article["title"], note["start"]) for article in shape["articles"] for note in article["notes"]
    ]


def test_a_note_on_one_article_of_a_file_survives_whatever_happens_to_the_file(dateline: Dateline, many: Path) -> None:
    place = f"{many}#n3"
    assert dateline("note", place, "--text", "mine", "--quote", "about the islands").code == 0
    assert dateline("tag", place, "--", "+isles").code == 0
    (before,) = noted(dateline, many)
    assert before[:2] == ("about the islands", "Title 3")
    with many.open("a") as file:
        file.write(line(99))
    assert noted(dateline, many) == [before]

    # The article itself is edited: the note goes along with its passage.
    text = many.read_text().replace(line(3), line(3, f"A word before. {WORDS}"))
    many.write_text(text)
    (after,) = noted(dateline, many)
    assert after == ("about the islands", "Title 3", (before[2] or 0) + len("A word before. "))

    # The file moves, into an archive at last, and the index is deleted.
    many.rename(many.with_name("renamed.jsonl"))
    assert noted(dateline, many.parent) == [after]
    with zipfile.ZipFile(many.with_name("all.zip"), "w") as archive:
        archive.write(many.with_name("renamed.jsonl"), "deep/renamed.jsonl")
    many.with_name("renamed.jsonl").unlink()
    shutil.rmtree(os.environ["XDG_CACHE_HOME"])
    assert noted(dateline, many.parent) == [after]
    (tagged,) = dateline("list", many.parent, "-q", "tag:isles").lines
    assert "Title 3" in tagged
    shown = dateline("show", f"{many.parent}/all.zip#deep/renamed.jsonl#n3")
    assert shown.code == 0 and "A word before." in shown.out


def test_a_file_with_many_articles_has_to_be_told_which(dateline: Dateline, many: Path) -> None:
    ran = dateline("note", many, "--text", "x")
    assert ran.code == 2
    assert "holds 12 articles; name one" in ran.talk and f"{many}#n0" in ran.talk
    gone = dateline("note", f"{many}#none", "--text", "x")
    assert gone.code != 0 and "no such article" in gone.talk


def test_a_tag_on_a_file_is_on_all_its_articles(dateline: Dateline, many: Path) -> None:
    assert dateline("tag", many, "--", "+all").code == 0
    assert len(dateline("list", many, "-q", "tag:all").lines) == 12
    assert len(dateline("list", many, "-q", "path:n7").lines) == 1


def test_what_cannot_be_read_of_a_file_is_named_with_its_place(dateline: Dateline, many: Path) -> None:
    with many.open("a") as file:
        file.write('{"id": "oops\n')
    ran = dateline("index", many.parent)
    assert f"{many}#line 13: It is no valid JSON: it is cut short." in ran.talk
    assert f"{many}#line 13" in dateline("doctor", many.parent).out


def test_the_config_gives_fields_their_names(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps({"nr": 7, "kopf": {"titel": "Gipfel"}, "inhalt": WORDS}) + "\n")
    assert dateline("list", folder).code == 1
    config = tmp_path / "config.toml"
    config.write_text('[json]\ntitle = "kopf.titel"\ntext = "inhalt"\nid = "nr"\n')
    config.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_CONFIG", str(config))
        (row,) = dateline("list", folder).lines
        assert row.endswith("Gipfel")
        assert dateline("note", f"{folder}/a.jsonl#7", "--text", "x").code == 0
