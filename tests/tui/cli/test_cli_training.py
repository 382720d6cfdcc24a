"""`dateline export` makes training data that `spacy train` takes as it is, and `--model` takes what that makes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.annotations.name_records import CorrectionKind, CorrectName, Scope
from store.config import Config
from store.library import Library
from tests.tui.cli.conftest import Dateline

SENTENCES = (
    "Rondeltap has opened an office in Kirkwall.", "The board of Rondeltap met on Friday.",
    "Nobody at Rondeltap would speak of it.", "He left Rondeltap in May.", "Rondeltap said nothing.",
    "A lawyer for Rondeltap came to Kirkwall.", "They sold it to Rondeltap.", "Rondeltap is small.",
)  # fmt: skip
TINY = (
    "--training.max_steps=120", "--training.eval_frequency=60", "--training.patience=0",
    "--components.tok2vec.model.encode.width=32", "--components.tok2vec.model.embed.width=32",
    "--components.tok2vec.model.encode.depth=2", "--training.dropout=0.0",
    "--components.ner.model.tok2vec.width=32", "--nlp.batch_size=16",
)  # fmt: skip
"""A network of a few thousand weights, trained for seconds."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "firm.txt").write_text("Office in Kirkwall\n\n" + "\n\n".join(SENTENCES))
    (made / "other.txt").write_text("Ferries\n\nThe ferries to Orkney stood still in Kirkwall on Saturday.")
    return made


def correct(folder: Path) -> None:
    """Say that Rondeltap is an organisation, wherever it stands."""
    with Library.open([folder], Config()) as library:
        library.load_annotations().result()
        for label in ("PERSON", "GPE", "PRODUCT"):
            change = CorrectName(None, CorrectionKind.LABEL, Scope.LIBRARY, "Rondeltap", label, "ORG")
            library.change(change).result()
        library.change(CorrectName(None, CorrectionKind.ADD, Scope.LIBRARY, "Rondeltap", label="ORG")).result()


def test_corrected_articles_are_written_and_others_counted(dateline: Dateline, folder: Path, tmp_path: Path) -> None:
    dateline("index", folder)
    ran = dateline("export", folder, "--format", "spacy")
    assert ran.code == 1 and "--all" in ran.talk
    correct(folder)
    ran = dateline("export", folder, "--format", "spacy")
    [line] = [json.loads(line) for line in ran.lines]
    assert line["schema"] == 1 and line["language"] == "en"
    marked = [(line["text"][start:end], label) for start, end, label in line["entities"]]
    assert marked.count(("Rondeltap", "ORG")) == len(SENTENCES)
    assert "left out: 1 article in which you corrected no name" in ran.talk
    assert len(dateline("export", folder, "--format", "spacy", "--all").lines) == 2
    ran = dateline("export", folder, "--format", "conll", "-q", "title:office", "-o", tmp_path / "out.conll")
    assert ran.code == 0 and ran.out == ""
    assert (tmp_path / "out.conll").read_text().count("Rondeltap B-ORG") == len(SENTENCES)


def test_what_does_not_go_together_is_refused(dateline: Dateline, folder: Path, tmp_path: Path) -> None:
    for words in (
        ["--format", "spacy", "-o", tmp_path / "x.txt"], ["--format", "conll", "--group", "tag"],
        ["--format", "jsonl", "--all"],
    ):  # fmt: skip
        ran = dateline("export", folder, *words)
        assert ran.code == 2 and ran.out == "", ran.talk
    assert not (tmp_path / "x.txt").exists()


def test_a_training_takes_it_as_it_is_and_its_result_finds_the_names(
    dateline: Dateline, folder: Path, tmp_path: Path
) -> None:
    dateline("index", folder)
    correct(folder)
    data, config, made = tmp_path / "train.spacy", tmp_path / "config.cfg", tmp_path / "made"
    ran = dateline("export", folder, "-o", data)
    assert ran.code == 0 and "ORG" in ran.talk and data.stat().st_size > 500, ran.talk
    spacy("init", "config", config, "--lang", "en", "--pipeline", "ner")
    paths = (f"--paths.train={data}", f"--paths.dev={data}")
    spacy("train", config, f"--output={made}", *paths, *TINY)
    (folder / "new.txt").write_text("News\n\nThe board of Rondeltap met in Kirkwall.")
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('names = "mine.csv"\n')
    settings.chmod(0o600)
    (settings.parent / "mine.csv").write_text("Kirkwall,FAC\n")
    # A text of which the corrections say nothing: in a library of its own with other annotations.
    ran = dateline("index", folder, "--model", made / "model-last", "--db", tmp_path / "empty.json")
    assert ran.code == 0 and "names found in 3" in ran.talk
    with Library.open([folder], Config(), annotations=tmp_path / "empty.json") as library:
        [row] = [row for row in library.first_page() if row.title == "News"]
        stored = library.article(row.key)
    assert stored is not None
    found = {(stored.article.text[m.start : m.end], m.label) for m in stored.mentions}
    assert found >= {("Rondeltap", "ORG"), ("Kirkwall", "FAC")}, "one's own names go over any model's"


def spacy(*words: str | Path) -> None:
    """Run a command of spaCy's own."""
    command = [sys.executable, "-m", "spacy", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr
