"""Corrected names as training data, from the box that exports. What needs spaCy runs in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from store.errors import ExchangeError
from store.library import Library
from tui.widgets.choice_list import Choice

FORMATS = (("for spaCy", "spacy"), ("a word a line (CoNLL)", "conll"))
"""How they are called, and the ending of their files."""


def rows() -> list[Choice]:
    """Return what can be chosen."""
    shown = [Choice("Names you corrected, to train a model with", heading=True)]
    return shown + [Choice(name, suffix, search="names training") for name, suffix in FORMATS]


def write(library: Library, keys: Sequence[int], format: str, path: Path) -> str:
    """Write the names of those of these articles in which some were corrected; returns how many there are.

    Raises:
        ExchangeError: there are none, or they cannot be written.
    """
    from store.library.exchanging import counted, new_file
    from store.library.training import TrainingData, write_in_words

    data = TrainingData(library, keys)
    if next(iter(data), None) is None:
        raise ExchangeError("nothing to export: no article shown has a name that you corrected")
    with new_file(path, never=library.annotations_file) as sink:
        written = write_in_words(format, data.examples(), sink.write)
    left = f", {written.misaligned_count} within a word" if written.misaligned_count else ""
    return f"{counted(written.names, 'name')}{left} of {counted(data.articles, 'article')}"
