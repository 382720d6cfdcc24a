"""One recogniser for all tests of names: loading it takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.entities.recognizer import Recognizer


@pytest.fixture(scope="session")
def recogniser() -> Recognizer:
    return Recognizer()


@pytest.fixture(scope="session")
def islands_talks() -> str:
    """The text of the sample article about the talks in Tokyo."""
    seed = Path(__file__).parents[3] / "seeds" / "000_9df55ca59aaa8a9a.txt"
    return seed.read_text("utf-8")
