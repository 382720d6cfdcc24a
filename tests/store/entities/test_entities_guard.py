"""Any text can be analysed in bounded work, and offsets stay."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from store.entities.guard import RUN, SIGNS, guarded, is_wrap, unwrapped
from store.entities.recognizer import Recognizer

_LINE = "The foreign minister of the islands said after the talks that Fumio"


@given(st.text(alphabet=st.sampled_from("a[(=.é\u0301 \n→"), max_size=900))
def test_guarding_keeps_every_offset_and_leaves_no_run_of_signs(text: str) -> None:
    safe = guarded(text)
    assert len(safe) == len(text)
    assert all(was == now or now == " " for was, now in zip(text, safe, strict=True))
    for run in re.findall(r"\S+", safe):
        assert sum(not c.isalnum() and c != "\u0301" for c in run) <= SIGNS


def test_usual_text_is_left_as_it_is() -> None:
    text = "“U.S.-led” (so-called) talks… https://example.org/a-b_c?d=e&f=g $5m--no! " * 40
    assert guarded(text) == text
    assert guarded("x" * 10 * RUN) == "x" * 10 * RUN


def test_forty_thousand_brackets_are_a_handful_of_tokens(recogniser: Recognizer) -> None:
    text = "[" * 40_000 + " Shinzo Abe went to Tokyo. " + "([=" * 10_000
    tokens = recogniser._nlp.make_doc(guarded(text))
    # Peeled off one by one they would be 70,000, each at the cost of all that follow.
    assert len(tokens) < 50
    assert [text[m.start : m.end] for m in recogniser.recognise(text)] == ["Shinzo Abe", "Tokyo"]


def test_a_line_broken_for_width_is_no_border() -> None:
    text = f"{_LINE}\nKishida will go to Tokyo.\nNext line"
    assert unwrapped(text) == f"{_LINE} Kishida will go to Tokyo.\nNext line"
    assert is_wrap(text, len(_LINE))


@given(st.text(alphabet=st.sampled_from("ab .\n\t-é"), max_size=300), st.integers(0, 4))
def test_joining_lines_changes_only_line_breaks(filler: str, times: int) -> None:
    text = filler + (_LINE + "\n") * times + filler
    flat = unwrapped(text)
    assert len(flat) == len(text)
    assert all(was == now or (was, now) == ("\n", " ") for was, now in zip(text, flat, strict=True))
    assert flat.split() == text.split()
    assert unwrapped(text.replace("\n", "\n\n")) == text.replace("\n", "\n\n")
