"""`dateline entities` finds in the user's own article who, where and what it names."""

from __future__ import annotations

import json
from pathlib import Path

from tests.tui.cli.conftest import Dateline

OWN = "000_9df55ca59aaa8a9a.txt"
NAMED = {
    "person": {"Sergei Lavrov", "Fumio Kishida", "Shinzo Abe", "Vladimir Putin"},
    "place": {"Japan", "Russia", "Tokyo", "Moscow", "North Korea", "Hokkaido"},
    "organisation": {"UN Security Council"},
    "other": {"World War II"},
}


def test_the_names_of_the_users_article_are_found_at_their_places(dateline: Dateline, seeds: Path) -> None:
    ran = dateline("entities", seeds, "--format", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert found["schema"] == 1
    own = [one for one in found["mentions"] if one["path"] == str(seeds / OWN)]
    text = (seeds / OWN).read_text()
    for one in own:
        assert text[one["start"] : one["end"]] == one["text"]
        assert set(one) == {"start", "end", "text", "label", "entity", "kind", "article", "path", "title"}
    for kind, names in NAMED.items():
        assert names <= {one["entity"] for one in own if one["kind"] == kind}


def test_labels_and_groups_narrow(dateline: Dateline, seeds: Path) -> None:
    def labels(*words: str) -> set[str]:
        lines = dateline("entities", seeds, "--format", "jsonl", *words).lines
        return {json.loads(line)["label"] for line in lines}

    assert labels("--label", "gpe") == {"GPE"}
    assert labels("--label", "dates") == {"DATE"}
    assert labels("--label", "places") <= {"GPE", "LOC", "FAC"}
    assert labels("--label", "person", "--label", "ORG") == {"PERSON", "ORG"}
    assert len(labels()) > 6


def test_the_table_counts_mentions_and_articles(dateline: Dateline, seeds: Path) -> None:
    lines = dateline("entities", seeds / OWN, "--label", "people").lines
    assert lines[0].split() == ["5", "1", "PERSON", "Fumio", "Kishida"]


def test_a_group_that_is_none_is_told(dateline: Dateline, seeds: Path) -> None:
    ran = dateline("entities", seeds, "--label", "crowds")
    assert ran.code == 2
    assert "people, organisations, places" in ran.talk


def test_a_label_that_nothing_has_finds_nothing(dateline: Dateline, seeds: Path) -> None:
    ran = dateline("entities", seeds, "--label", "LANGUAGE_OF_BIRDS", "--format", "csv")
    assert ran.code == 1
    assert ran.lines == ["article,path,start,end,text,label,entity,kind"]


def test_what_was_not_analysed_is_said(dateline: Dateline, articles: Path) -> None:
    dateline("list", articles)
    ran = dateline("entities")
    assert ran.code == 1
    assert "3 of 3 articles are not analysed; run `dateline index`" in ran.talk


def test_a_language_that_no_model_reads_is_told(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "cs.txt").write_text("Vláda v úterý oznámila, že knihovny v Praze zůstanou otevřené i v neděli.")
    ran = dateline("entities", folder)
    assert (ran.code, ran.out) == (1, "") and "no model reads the language of 1" in ran.talk
    ran = dateline("show", folder / "cs.txt", "--entities")
    assert ran.code == 0 and "no model reads Czech" in ran.talk
