"""Selecting a passage by key: where a selection begins, how it grows, how much it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.article import count_words
from store.sentences import first_sentence_between, sentence_at, sentences
from tui.render.hits import Span
from tui.screens.main.handlers import does
from tui.widgets.reader_steps import Unit, trimmed

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

COUNTED = 50_000
"""Characters up to which a selection is told in sentences and words."""


@does("select.begin")
def begin(screen: MainScreen, _: str) -> None:
    """Select what is under the cursor, or end the selection."""
    reader = screen.reader
    if reader.selected is not None:
        reader.clear_selection()
        return
    span = _first_span(screen)
    if span is None:
        screen.say("nothing to select here")
    else:
        screen.enter(reader)
        reader.select(*span)
        reader.keep_in_sight(span[0])


def _first_span(screen: MainScreen) -> Span | None:
    """Return the note gone to, the word found, the current name, else the first whole sentence on screen."""
    reader, opened = screen.reader, screen.opened
    if opened is None:
        return None
    article = opened.stored.article
    start, end = reader.on_screen
    if reader.passage is not None:
        return reader.passage.span
    hit = reader.current_hit
    if hit is not None and hit[0] < end and hit[1] > start:
        return hit
    if reader.current is not None:
        return reader.current.start, reader.current.end
    span = first_sentence_between(article, start, end) or sentence_at(article, start)
    return trimmed(article.text, *span)


def _mover(command: str, unit: Unit, by: int) -> None:
    @does(command)
    def move(screen: MainScreen, _: str) -> None:
        """Move one end of the selection."""
        screen.reader.move_selection(unit, by)


for _command, _unit, _by in (
    ("select.down", Unit.SENTENCE, 1), ("select.up", Unit.SENTENCE, -1),
    ("select.word-next", Unit.WORD, 1), ("select.word-previous", Unit.WORD, -1),
    ("select.right", Unit.CHARACTER, 1), ("select.left", Unit.CHARACTER, -1),
):  # fmt: skip
    _mover(_command, _unit, _by)


@does("select.paragraph")
def paragraph(screen: MainScreen, _: str) -> None:
    """Select the whole paragraph, then the next one too."""
    screen.reader.move_selection(Unit.PARAGRAPH, 1 if screen.reader.moves_end else -1)


@does("select.other-end")
def other_end(screen: MainScreen, _: str) -> None:
    """Move the other end from now on."""
    screen.reader.change_ends()


def selected_span(screen: MainScreen) -> Span | None:
    """Return the selected passage, without white space at its ends; None when nothing is selected."""
    span, opened = screen.reader.selected, screen.opened
    return trimmed(opened.stored.article.text, *span) if span is not None and opened is not None else None


def status_words(screen: MainScreen) -> str:
    """Tell how much is selected: "2 sentences, 41 words"; empty when nothing is."""
    span, opened = selected_span(screen), screen.opened
    if span is None or opened is None:
        return ""
    key = (opened.stored.article.id, *span)
    if screen.status.measured[0] != key:
        screen.status.measured = key, _measure(screen, *span)
    return screen.status.measured[1]


def _measure(screen: MainScreen, start: int, end: int) -> str:
    opened = screen.opened
    if opened is None or end - start > COUNTED:
        return f"{end - start:,} characters selected"
    text = opened.stored.article.text
    count = count_words(text[start:end])
    words = f"{count:,} word{'' if count == 1 else 's'}"
    blocks = [(block.start, block.end) for block in opened.stored.article.blocks] or [(0, len(text))]
    within = [(max(start, a), min(end, b)) for a, b in blocks if a < end and b > start]
    found = sum(len(sentences(text, *each)) for each in within)
    if found == 1 and sentence_at(opened.stored.article, start) != (start, end):
        return f"{words} selected"
    return f"{found:,} sentence{'' if found == 1 else 's'}, {words}"
