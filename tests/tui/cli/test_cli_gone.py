"""What was written on an article stays in reach of every command when its file is gone; dates are the user's."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from store.article import ArticleKey
from store.config import Config
from store.library import Library, SetPublished
from tests.tui.cli.conftest import Dateline


@pytest.fixture
def gone(dateline: Dateline, articles: Path) -> str:
    """Annotate the article about a ferry, delete its file, and return its id."""
    dateline("tag", "-q", "ferry", articles, "--", "+islands")
    dateline("note", articles / "ferry.txt", "--text", "Ask the harbour master")
    found = json.loads(dateline("list", articles, "-q", "ferry", "--format", "json").out)
    (articles / "ferry.txt").unlink()
    return str(found["articles"][0]["id"])


def test_it_is_listed_with_its_last_place(dateline: Dateline, articles: Path, gone: str) -> None:
    (article,) = json.loads(dateline("list", articles, "-q", "is:gone", "--format", "json").out)["articles"]
    assert (article["id"], article["gone"], article["title"]) == (gone, True, "Ferry strike in Orkney")
    assert article["path"] == str(articles / "ferry.txt")
    assert [note["body"] for note in article["notes"]] == ["Ask the harbour master"]
    assert "Ferry strike" in dateline("list", articles, "-q", "is:gone tag:islands").out
    assert dateline("list", articles, "-q", "is:gone -tag:islands").code == 1
    assert "Ferry" not in dateline("list", articles).out


def test_it_is_shown_by_its_id_and_by_the_path_it_had(dateline: Dateline, articles: Path, gone: str) -> None:
    assert dateline("list", articles).code == 0
    by_id = dateline("show", gone[:8])
    assert by_id.code == 0
    assert by_id.out.startswith("Ferry strike in Orkney")
    by_path = json.loads(dateline("show", articles / "ferry.txt", "--format", "json").out)
    assert (by_path["id"], by_path["gone"]) == (gone, True)
    assert dateline("show", articles / "never.txt").code == 1


def test_its_notes_are_listed_and_it_can_be_tagged(dateline: Dateline, articles: Path, gone: str) -> None:
    assert "Ask the harbour master" in dateline("notes", articles, "-q", "is:gone").out
    assert dateline("tag", articles, "-q", "is:gone", "--", "+lost", "-islands").code == 0
    assert dateline("note", gone[:8], "--text", "Another").code == 0
    (article,) = json.loads(dateline("list", articles, "-q", "is:gone tag:lost", "--format", "json").out)["articles"]
    assert len(article["notes"]) == 2


def test_a_date_set_by_hand_is_in_every_format(dateline: Dateline, articles: Path) -> None:
    with Library.open([articles], Config()) as library:
        library.bring_up_to_date()
        library.load_annotations().result()
        (key,) = library.search("court").result().keys
        library.change(SetPublished((library.target(ArticleKey(key)),), date(2017, 3, 20))).result()
    assert "2017-03-20  Court halts" in dateline("list", articles, "-q", "date:2017").out
    assert ",2017-03-20," in dateline("list", articles, "-q", "court", "--format", "csv").out
    court = articles / "court.txt"
    shown = json.loads(dateline("show", court, "--format", "json").out)
    assert (shown["published"], shown["published_by"]) == ("2017-03-20", "user")
    assert "2017-03-20" in dateline("show", court, "--format", "markdown").out
    assert "2017-03-20" in dateline("show", court, "--format", "html").out
    (ferry,) = json.loads(dateline("list", articles, "-q", "ferry", "--format", "json").out)["articles"]
    assert ferry["published_by"] == "file"


def test_an_annotation_file_that_cannot_be_used_keeps_nobody_from_reading(dateline: Dateline, articles: Path) -> None:
    broken = articles.parent / "broken.json"
    broken.write_text("{")
    ran = dateline("show", articles / "court.txt", "--format", "markdown", "--db", broken)
    assert ran.code == 0
    assert "Court halts" in ran.out
    assert "broken.json" in ran.talk
