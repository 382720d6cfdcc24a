"""`dateline rules` tags what is new to a saved search, once, and leaves alone what the user has decided."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.annotations.search_records import SaveSearch
from store.annotations.store import AnnotationStore
from store.formats.saved import Saved, with_head
from tests.tui.cli.conftest import Dateline


def arrive(folder: Path, name: str, retrieved: str) -> None:
    """Put an article into a library that was first seen at a time."""
    text = f"The {name} ferry sailed again, with bread and post for the isles."
    page = f"<title>{name} ferry</title><p>{text}</p>".encode()
    (folder / f"{name}.html").write_bytes(with_head(Saved("https://example.org/" + name, retrieved), page))


@pytest.fixture
def library(dateline: Dateline, articles: Path) -> Path:
    assert dateline("list", articles).code == 0
    dateline("searches", "save", "boats", "ferry", "--tag", "sea", "--tag", "news/boats")
    return articles


def tagged(dateline: Dateline) -> set[str]:
    return {line.split("  ")[-1] for line in dateline("list", "-q", "tag:sea").lines}


def test_only_what_comes_after_the_rule_is_new_to_it_and_only_once(dateline: Dateline, library: Path) -> None:
    ran = dateline("rules", library)
    assert (ran.code, ran.talk.strip()) == (1, "Rule boats: nothing new")
    arrive(library, "later", "2199-01-01T00:00:00+00:00")
    arrive(library, "earlier", "2000-01-01T00:00:00+00:00")
    dry = dateline("rules", library, "--dry-run")
    assert len(dry.lines) == 1 and "would tag 1 article: sea, news/boats" in dry.talk
    assert tagged(dateline) == set()
    assert "Rule boats tagged 1 article: sea, news/boats" in dateline("rules").talk
    assert len(tagged(dateline)) == 1


def test_a_tag_that_was_taken_off_is_not_put_on_again(dateline: Dateline, library: Path) -> None:
    arrive(library, "later", "2199-01-01T00:00:00+00:00")
    dateline("rules", library)
    dateline("tag", "-q", "tag:sea", "--", "-sea", "-news/boats")
    assert dateline("rules").talk.strip() == "Rule boats: nothing new"
    assert tagged(dateline) == set()


def test_without_rules_it_says_how_to_make_one(dateline: Dateline, articles: Path) -> None:
    ran = dateline("rules", articles)
    assert ran.code == 1 and "searches save NAME QUERY --tag TAG" in ran.talk


def test_a_rule_whose_query_has_become_wrong_does_not_stop_the_others(dateline: Dateline, library: Path) -> None:
    dateline("searches", "save", "base", "ferry")
    dateline("searches", "save", "above", "search:base", "--tag", "x")
    dateline("searches", "delete", "base")
    arrive(library, "later", "2199-01-01T00:00:00+00:00")
    ran = dateline("rules", library)
    assert "the rule above is wrong and was left out" in ran.talk
    assert "Rule boats tagged 1 article" in ran.talk


def test_the_hour_that_comes_twice_in_autumn_hides_no_arrival(
    dateline: Dateline, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        made = datetime(2024, 10, 27, 0, 45, tzinfo=UTC)  # 2:45, summer time
        store = AnnotationStore(tmp_path / "own.json", clock=lambda: made)
        store.apply(SaveSearch("boats", "ferry", tags=("sea",)))
        store.close()
        arrive(articles, "before", "2024-10-27T00:30:00+00:00")
        arrive(articles, "later", "2024-10-27T01:15:00+00:00")  # 2:15, winter time
        dry = dateline("rules", articles, "--dry-run", "--db", tmp_path / "own.json")
        assert [line.split("  ")[-1] for line in dry.lines if "later" in line or "before" in line] == ["later ferry"]
        found = dateline("list", "-q", "added:2024-10-27")
        assert len(found.lines) == 2
    finally:
        monkeypatch.undo()
        time.tzset()
