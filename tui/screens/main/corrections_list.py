"""From the main screen to the list of corrections and back: to the place of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.library import Correction, Scope
from tui.screens.key_words import key_of
from tui.screens.main import listing, reading
from tui.screens.main.handlers import does
from tui.screens.main.views import quoted

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("correct.list")
def all_corrections(screen: MainScreen, _: str) -> None:
    """List all corrections, once the annotations are read."""

    def show() -> None:
        from tui.screens.corrections import CorrectionsScreen

        screen.status.message = ""
        screen.app.push_screen(CorrectionsScreen(screen, lambda one: go_to(screen, one)))

    screen.once_loaded(show)


def go_to(screen: MainScreen, one: Correction) -> None:
    """Go to the place of a correction; of one of the whole library, to the articles with its words."""
    if one.scope is Scope.LIBRARY or one.article is None:
        screen.filter = quoted(one.surface)
        screen.enter(screen.articles)
        listing.run(screen, keep=True)
        screen.say(f"articles with “{one.surface}”; {key_of(screen, 'step.out')} takes the filter off")
        return
    text = screen.library.text_of(one.article)
    key = screen.library.key_of(text) if text is not None else None
    if key is None:
        screen.say("its article is not in this library")
        return
    anchor = one.extent or one.anchor
    reading.remember(screen)
    reading.point_at(screen, key)
    if not reading.show(screen, key, position=0, deliberately=True):
        return
    screen.enter(screen.reader)
    if anchor is None:
        screen.reader.find(one.surface)
    elif one.lost:
        screen.say("its place is not in the present text")
    else:
        screen.call_after_refresh(screen.reader.reveal, anchor.start, anchor.end)
