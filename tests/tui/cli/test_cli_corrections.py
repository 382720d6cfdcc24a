"""`dateline corrections` lists what was put right, and every command that tells names tells the right ones."""

from __future__ import annotations

import json
from pathlib import Path

from store import paths
from store.annotations.anchors import make_anchor
from store.annotations.name_records import CorrectionKind, CorrectName, Scope
from store.annotations.records import Target
from store.annotations.store import AnnotationStore
from tests.tui.cli.conftest import Dateline


def test_corrections_are_listed_and_names_are_corrected_everywhere(dateline: Dateline, seeds: Path) -> None:
    article = json.loads(dateline("list", seeds, "-q", "China-backed", "--format", "json").out)["articles"][0]
    file = Path(article["path"])
    shown = json.loads(dateline("show", file, "--format", "json", "--entities").out)
    text, named = shown["text"], {one["text"] for one in shown["entities"]}
    assert {"Kishida", "Shinzo Abe"} <= named
    assert dateline("corrections").code == 1
    store = AnnotationStore(paths.annotations_file())
    target = Target(article["id"], article["title"])
    start = text.index("turbulence")
    store.apply(CorrectName(target, CorrectionKind.ADD, Scope.HERE, "turbulence", label="EVENT",
                            extent=make_anchor(text, start, start + 10)))  # fmt: skip
    store.apply(CorrectName(None, CorrectionKind.DROP, Scope.LIBRARY, "Kishida", "PERSON"))
    store.close()

    newest, oldest = dateline("corrections").lines
    assert "library  Kishida: no name, was person" in newest
    assert "here     turbulence: added, event  [Amid China-backed turbulence" in oldest
    found = json.loads(dateline("corrections", "--format", "json").out)["corrections"]
    assert [(one["what"], one["scope"], one["article"], one["start"]) for one in found] == [
        ("drop", "library", None, None), ("add", "here", article["id"], start),
    ]  # fmt: skip
    assert dateline("corrections", "--format", "csv").lines[0].startswith("id,what,scope,surface")
    assert len(dateline("corrections", "--format", "jsonl").lines) == 2

    after = json.loads(dateline("show", file, "--format", "json", "--entities").out)["entities"]
    assert {one["text"] for one in after} == named - {"Kishida"} | {"turbulence"}
    rows = [json.loads(line) for line in dateline("entities", seeds, "--format", "jsonl").lines]
    assert "Kishida" not in {row["text"] for row in rows if row["label"] == "PERSON"}


def test_what_is_said_of_names_alone_is_exported_and_imported(dateline: Dateline, tmp_path: Path) -> None:
    assert dateline("export", "--format", "jsonl").code == 1
    store = AnnotationStore(paths.annotations_file())
    store.apply(CorrectName(None, CorrectionKind.DROP, Scope.LIBRARY, "Kishida", "PERSON"))
    store.close()
    file = tmp_path / "names.jsonl"
    assert dateline("export", "--format", "jsonl", "-o", file).code == 0
    elsewhere = tmp_path / "other.json"
    assert dateline("import", file, "--db", elsewhere).code == 0
    assert "Kishida: no name" in dateline("corrections", "--db", elsewhere).out
