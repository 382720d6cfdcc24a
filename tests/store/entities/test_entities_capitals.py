"""Lines in capitals are read as the rest of the text is written, and not a letter moves."""

from __future__ import annotations

import pytest

from store.entities.capitals import recased
from store.entities.recognizer import Recognizer


def test_words_are_written_as_in_the_rest_of_the_text() -> None:
    text = "ABE AND PUTIN MEET AT NATO\nShinzo Abe and Vladimir Putin will meet at the seat of NATO."
    assert recased(text).split("\n")[0] == "Abe and Putin meet at NATO"
    assert recased(text).split("\n")[1] == text.split("\n")[1]


@pytest.mark.parametrize("text", ["", "No capitals here.", "STRASSE UND ŒUVRE İSTANBUL\nIn der Straße.", "A B\nI\n"])
def test_the_text_stays_as_long_as_it_was(text: str) -> None:
    assert len(recased(text)) == len(text)


def test_names_in_a_headline_in_capitals_are_found_as_such(recogniser: Recognizer) -> None:
    text = "JAPAN AND RUSSIA HOLD TALKS IN TOKYO\n\nJapan and Russia have pledged to talk on, in Tokyo, he said."
    found = [(text[m.start : m.end], m.label) for m in recogniser.recognise(text)]
    assert found[:3] == [("JAPAN", "GPE"), ("RUSSIA", "GPE"), ("TOKYO", "GPE")]
