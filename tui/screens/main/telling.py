"""News: what no key asked for. It takes the line where answers to keys stand only while none stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.record import Record
from tui.screens.main import status

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class Told(Record):
    """Something to tell once."""

    words: str
    kind: str
    """What is told anew takes the place of older news of its kind."""
    article: str = ""
    """The article that has to be on screen; empty for any."""


def tell(screen: MainScreen, words: str, kind: str, article: str = "") -> None:
    """Tell something as soon as the line is free; the next key takes it away."""
    told, state = Told(words, kind, article), screen.status
    at = next((at for at, each in enumerate(state.news) if each.kind == kind), None)
    if at is None:
        state.news.append(told)
    else:
        state.news[at] = told
    status.show(screen)


def forget(screen: MainScreen, kind: str) -> None:
    """Leave untold what is no longer so."""
    screen.status.news = [each for each in screen.status.news if each.kind != kind]
