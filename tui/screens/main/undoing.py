"""Undo, redo, and the list of what was done; the screen goes to what changed."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING

from store.article import ArticleId
from store.library import UNDONE_UNASKED, Receipt, UndoEntry
from tui.commands.registry import BY_ID
from tui.screens.main import reading, saving, status
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("undo.undo")
def undo(screen: MainScreen, _: str) -> None:
    """Take back the newest change; a large one, or one of an earlier session, only at the second key."""
    asked = screen.status.undo_asked if screen.host.previous.endswith(".undo") else ""
    screen.status.undo_asked = ""
    if _refused(screen):
        return
    future = screen.library.undo(expected=asked) if asked else screen.library.undo(most=UNDONE_UNASKED)

    def done(receipt: Receipt) -> None:
        if receipt.asks is not None:
            screen.status.saving -= 1
            screen.status.undo_asked = receipt.asks.id
            keys = screen.host.keys_of(BY_ID["undo.undo"])
            screen.say(question(keys[0] if keys else "Undo", receipt.asks, datetime.now().astimezone()))
        else:
            _done(screen, receipt, "nothing to undo")

    saving.follow_change(screen, future, done)


@does("undo.redo")
def redo(screen: MainScreen, _: str) -> None:
    """Do again what was undone last."""
    if not _refused(screen):
        _follow(screen, screen.library.redo(), "nothing to do again")


def play_entry(screen: MainScreen, entry: UndoEntry) -> None:
    """Undo one change alone, or do an undone one again."""
    if not _refused(screen):
        library = screen.library
        _follow(screen, library.redo_entry(entry.id) if entry.undone else library.undo_entry(entry.id), "")


def question(key: str, entry: UndoEntry, now: datetime) -> str:
    """Say what a second key undoes, and when that was done."""
    from tui.render.ago import ago  # a start undoes nothing

    return f"{key} again undoes “{entry.sentence}”, {ago(entry.at, now)}"


@does("undo.history")
def history(screen: MainScreen, _: str) -> None:
    """List the changes, newest first."""

    def show() -> None:
        from tui.screens.history import HistoryScreen

        screen.status.message = ""
        screen.app.push_screen(HistoryScreen(screen))

    screen.once_loaded(show)


def _refused(screen: MainScreen) -> bool:
    if screen.library.read_only:
        screen.say(f"not undone: {screen.library.read_only}")
    return bool(screen.library.read_only)


def _follow(screen: MainScreen, future: Future[Receipt], nothing: str) -> None:
    saving.follow_change(screen, future, lambda receipt: _done(screen, receipt, nothing))


def _done(screen: MainScreen, receipt: Receipt, nothing: str) -> None:
    saving.saved(screen, receipt)
    if not receipt.sentence:
        screen.say(nothing)
    else:
        _go_to(screen, receipt)


# ---- going to what changed -------------------------------------------------------------------------------------------
def _go_to(screen: MainScreen, receipt: Receipt) -> None:
    """Go to the article that changed, and to the passage of a note; of several none is gone to."""
    here = screen.opened.stored.article.id if screen.opened is not None else None
    if len(receipt.articles) > 1:
        if here is not None and here not in receipt.articles:
            _add(screen, "not this article")
        return
    for article in receipt.articles:
        if article == here or _opened(screen, article):
            _to_passage(screen, receipt)


def _opened(screen: MainScreen, article: ArticleId) -> bool:
    key = screen.library.key_of(article)
    if key is None or screen.articles.keys.row_of(key) is None:
        title = screen.library.title_of(article)
        _add(screen, f"“{title}”, {'not in this list' if key is not None else 'not in this library'}")
        return False
    reading.remember(screen)
    reading.point_at(screen, key)
    said = screen.status.message
    shown = reading.show(screen, key, deliberately=screen.in_reader)
    if shown:
        screen.say(said)
    return shown


def _to_passage(screen: MainScreen, receipt: Receipt) -> None:
    passage, opened = receipt.passage, screen.opened
    if passage is None or opened is None:
        return
    # On a text that has changed since, its old place says nothing.
    if opened.stored.article.text[passage.start : passage.end] == passage.quote:
        # After the frame, when the pane has its size: where one pane is shown at a time it had none.
        screen.call_after_refresh(screen.reader.reveal, passage.start, passage.end)


def _add(screen: MainScreen, words: str) -> None:
    screen.status.message += f" · {words}"
    status.show(screen)
