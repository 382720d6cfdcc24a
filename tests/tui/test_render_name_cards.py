"""The head of a name's page and the card of a likely pair keep within their room, whatever they tell of."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.screens.names import HOSTILE
from tui.render.entity_head import Head, head_lines
from tui.render.pair_card import card
from tui.render.pieces import ASCII

TEXT = st.text(max_size=60) | st.sampled_from(HOSTILE)
COMMANDING = "\x1b\x07\x9b\x9d\u202e\u2066\u2028\n\t"


@given(TEXT, TEXT, st.lists(TEXT, max_size=4), st.integers(10, 130), st.integers(1, 8))
def test_the_head_keeps_within_its_room(name: str, note: str, names: list[str], width: int, most: int) -> None:
    counted = [(each, 3) for each in names]
    head = Head(12, 3, date(2017, 1, 2), date(2019, 3, 4), counted, counted, "35.7° N", tuple(names), note)
    lines = head_lines(head, name, width, most)
    assert 1 <= len(lines) <= most
    assert all(line.cell_length <= width for line in lines)
    assert not any(character in line.plain for line in lines for character in COMMANDING)


@given(TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=3), st.integers(10, 80), st.integers(3, 30), st.booleans())
def test_a_card_keeps_within_its_room(
    name: str, sentences: list[tuple[str, str]], width: int, height: int, stays: bool
) -> None:
    examples = [(sentence, (0, min(5, len(sentence))), where) for sentence, where in sentences]
    lines = card("1", name, "person", (12, 3), (date(2017, 1, 2), None), examples, width, height, stays=stays)
    assert 1 <= len(lines) <= height
    assert all(line.cell_length <= width for line in lines)
    assert not any(character in line.plain for line in lines for character in COMMANDING)


def test_the_head_tells_counts_span_and_other_names() -> None:
    head = Head(
        214, 57, date(2012, 1, 5), date(2019, 3, 1), [("S. Abe", 12)], [("Shinzo Abe", 90), ("Abe", 88)], "",
        ("japan",), "ask\nAnna",
    )  # fmt: skip
    assert [line.plain for line in head_lines(head, "Shinzo Abe", 100, 6)] == [
        "57 articles · 214 mentions · 5 Jan 2012 – 1 Mar 2019",
        "joined: S. Abe 12  written: Abe 88",
        "#japan",
        "✎ ask Anna",
    ]
    assert [line.plain for line in head_lines(head, "Shinzo Abe", 100, 2, ASCII)] == [
        "57 articles - 214 mentions - 5 Jan 2012 - 1 Mar 2019",
        "joined: S. Abe 12  written: Abe 88",
    ]


def test_the_name_is_marked_in_its_sentence() -> None:
    lines = card("2", "Abe", "person", (4, 3), (None, None), [("When Abe came", (5, 8), "A title, undated")], 40, 20,
                 stays=True)  # fmt: skip
    assert [line.plain for line in lines] == [
        "2 Abe · stands for both", "person · 4 mentions · 3 articles", "", "  When Abe came", "  A title, undated",
    ]  # fmt: skip
    (span,) = [span for span in lines[3].spans if "underline" in str(span.style)]
    assert lines[3].plain[span.start : span.end] == "Abe"
