"""What is done with a passage: highlight it, tag it, write on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import DatelineError
from store.library import Anchor, NoteId, Receipt, SaveNote, TagNote, make_anchor
from store.sentences import paragraph_at, sentence_at
from tui.commands.tag_words import signed, tag_words
from tui.render.hits import Span
from tui.screens.key_words import key_of
from tui.screens.main import notes_here, saving
from tui.screens.main.handlers import does
from tui.screens.main.proposals import TAGS, propose_tags
from tui.screens.main.selection import selected_span
from tui.screens.main.tagging import digit_question
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


# ---- what a note is written on ---------------------------------------------------------------------------------------
def subject(screen: MainScreen) -> tuple[NoteId | None, Span | None]:
    """Return the note that a key means, or the passage for a new one; neither: the article.

    That is the selection, else the note gone to or around the current name, else the name's sentence.
    """
    reader, opened = screen.reader, screen.opened
    if not screen.in_reader or opened is None:
        return None, None
    span = selected_span(screen)
    if span is not None:
        there = reader.passages.exactly(*span)
        return (there.note, None) if there is not None else (None, span)
    around = reader.passage_around
    if around is not None:
        return around.note, None
    if reader.current is not None:
        return None, _sentence_of(screen, reader.current.start, reader.current.end)
    return None, None


def _sentence_of(screen: MainScreen, start: int, end: int) -> Span:
    """Return the sentence of a name, and all of the name where it reaches on."""
    assert screen.opened is not None
    article = screen.opened.stored.article
    first = sentence_at(article, start)
    last = sentence_at(article, end - 1)
    if paragraph_at(article, start) != paragraph_at(article, end - 1):
        return start, end
    return min(start, first[0]), max(end, last[1])


def resumed(text: str, anchor: Anchor, body: str) -> tuple[Anchor | None, str]:
    """Return the passage of a draft in the present text; where it is not to be found, its quote goes into the note."""
    if text.startswith(anchor.quote, anchor.start):
        return anchor, body
    if text.count(anchor.quote) == 1:
        start = text.index(anchor.quote)
        return make_anchor(text, start, start + len(anchor.quote)), body
    return None, f"> {' '.join(anchor.quote.split())}\n\n{body}"


def show_written_on(screen: MainScreen, note: NoteId | None, anchor: Anchor | None) -> None:
    """Show in the text what is being written on, beside the pane or above it."""
    reader = screen.reader
    span: Span | None = None
    if note is not None:
        passage = reader.take_passage(note)
        span = passage.span if passage is not None else None
    elif anchor is not None:
        span = anchor.start, anchor.end
        reader.clear_selection()
        reader.show_written_on(span)
    if span is not None:
        # When the panes have the sizes that writing gives them.
        screen.call_after_refresh(reader.reveal, *span)


# ---- what is done with it --------------------------------------------------------------------------------------------
@does("passage.highlight")
def highlight(screen: MainScreen, _: str) -> None:
    """Highlight the selection."""
    screen.once_loaded(lambda: put_on(screen))


def put_on(screen: MainScreen, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> None:
    """Change the tags of the note that is meant; where there is none, highlight the selection with them."""
    opened = screen.opened
    note, span = subject(screen)
    if opened is None or (note is None and span is None):
        screen.say(f"nothing selected; {key_of(screen, 'select.begin')} selects")
        return
    if screen.library.read_only:
        screen.say(f"not saved: {screen.library.read_only}")
        return
    words = signed(add, remove)
    screen.reader.clear_selection()
    if note is not None:
        if words:
            saving.save(screen, TagNote((note,), add, remove), f"tag: {words}")
        else:
            screen.reader.take_passage(note)
            screen.say("this passage is marked already")
    elif span is not None and (add or not remove):
        anchor = make_anchor(opened.stored.article.text, *span)
        change = SaveNote(opened.target(screen.library), "", anchor=anchor, tags=add)

        def saved(receipt: Receipt) -> None:
            saving.saved(screen, receipt)
            if add:
                screen.say(f"{receipt.sentence}: {' '.join(add)}")

        if add:
            saving.remember(screen, TagNote((), add))
        saving.follow_change(screen, screen.library.change(change), saved)


@does("passage.tag")
def ask_tags(screen: MainScreen, _: str) -> None:
    """Ask for tags of the passage."""

    def ask() -> None:
        note, span = subject(screen)
        if note is None and span is None:
            screen.say(f"nothing selected; {key_of(screen, 'select.begin')} selects")
            return
        there = notes_here.note_with(screen, note)
        uses = [use.name for use in screen.library.tags()]
        own = there.tags if there is not None else ()

        def take(text: str) -> None:
            try:
                words = tag_words(text)
            except DatelineError as error:
                screen.say(str(error))
                return
            if any(words):
                _on_same(screen, note, span, lambda: put_on(screen, *words))

        label = "tag the note:" if there is not None and there.body else "tag the passage:"
        question = Question(label, take, propose=lambda text, at: propose_tags(text, at, uses, own), hint=TAGS)
        _ask(screen, span, question)

    screen.once_loaded(ask)


def _ask(screen: MainScreen, span: Span | None, question: Question) -> None:
    """Ask about a passage, which stays in sight: the line to write on takes the selection away."""

    def answered(text: str) -> None:
        screen.reader.show_written_on(None)
        question.then(text)

    def cancelled() -> None:
        screen.reader.show_written_on(None)
        if span is not None:
            screen.enter(screen.reader)
            screen.reader.select(*span)

    screen.prompt.ask(question.replace(then=answered, cancelled=cancelled))
    screen.reader.show_written_on(span)


def _on_same(screen: MainScreen, note: NoteId | None, span: Span | None, act: Callable[[], None]) -> None:
    """Do something with the passage that a question was about, wherever the focus went meanwhile."""
    screen.enter(screen.reader)
    if span is not None:
        screen.reader.select(*span)
    elif note is not None and screen.reader.selected is None:
        screen.reader.take_passage(note)
    act()


@does("passage.digit")
def digit(screen: MainScreen, key: str) -> None:
    """Put the tag of a number on the passage, or take it off; a free number asks once which tag it shall carry."""
    if len(key) != 1:
        screen.say("press a number from 1 to 9")
        return

    def act() -> None:
        note, span = subject(screen)
        tag = screen.library.digits.get(int(key))
        if tag is None:
            _ask_digit(screen, int(key), note, span)
            return
        there = notes_here.note_with(screen, note)
        having = there is not None and tag in there.tags
        put_on(screen, () if having else (tag,), (tag,) if having else ())

    screen.once_loaded(act)


def _ask_digit(screen: MainScreen, number: int, note: NoteId | None, span: Span | None) -> None:
    def put_tag(tag: str) -> None:
        _on_same(screen, note, span, lambda: put_on(screen, (tag,)))

    _ask(screen, span, digit_question(screen, number, f"tag for {number}:", put_tag, screen.say))
