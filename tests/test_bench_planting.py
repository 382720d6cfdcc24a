"""A bench's library may have its names planted: the indexer takes them for found, and no text is planted twice."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bench import subjects
from bench.make_library import samples, write_library
from bench.planting import names_in, plant
from store.article import Article, Mention
from store.catalog.analysis import AnalysisStore
from store.formats.registry import read

COUNT = 30


def _found(library: Path, home: Path, query: str) -> set[Path]:
    command = [str(subjects.DATELINE), "list", str(library), "--query", query, "--format", "paths"]
    done = subprocess.run(command, env=subjects.environment(home), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return {Path(line) for line in done.stdout.splitlines()}


def test_planted_names_are_people_places_and_days() -> None:
    text = "Mateo Moreau said in Lyon on Monday that Peru, of O'Brien, would go ahead with Anna O'Brien."
    found = [(text[one.start : one.end], one.label) for one in names_in(text)]
    assert found == [
        ("Mateo Moreau", "PERSON"),
        ("Lyon", "GPE"),
        ("Monday", "DATE"),
        ("Peru", "GPE"),
        ("Anna O'Brien", "PERSON"),
    ]


def test_the_indexer_enters_planted_names_and_finds_none_itself(tmp_path: Path, version: str) -> None:
    library, home = tmp_path / "articles", tmp_path / "home"
    write_library(COUNT, library)
    # No pipeline would find this name: it is there afterwards only if the text was not read for names.
    oddity = library / "000" / "oddity.md"
    oddity.write_text("---\ntitle: An oddity\n---\n\nIt was before the end of the month.\n")
    with oddity.open("rb") as stream:
        [text] = [item for item in read(stream, str(oddity)) if isinstance(item, Article)]
    kept = home / ".cache/dateline/analysis.sqlite3"
    kept.parent.mkdir(parents=True)
    store = AnalysisStore(kept)
    start = text.text.index("before the end")
    store.keep(version, {text.id: [Mention(start, start + len("before the end"), "PERSON")]})
    store.close()

    assert plant(library, home) == COUNT
    subjects.index(library, home, entities=True)

    assert _found(library, home, 'entity:"before the end"') == {oddity}
    person = next(one for one in names_in(next(samples(1)).text) if one.label == "PERSON")
    name = next(samples(1)).text[person.start : person.end]
    assert _found(library, home, f'person:"{name}"') == {
        library / one.path for one in samples(COUNT) if name in one.text
    }


def test_only_new_texts_are_planted(tmp_path: Path, version: str) -> None:
    library, home = tmp_path / "articles", tmp_path / "home"
    write_library(4, library)
    assert plant(library, home) == 4
    assert plant(library, home) == 0
    write_library(6, library)
    assert plant(library, home) == 2
