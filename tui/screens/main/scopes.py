"""The one line that asks how far a correction of a name reaches, with the number of mentions that each reach has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from rich.cells import cell_len

from store.library import Scope
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_WORDS = {
    Scope.HERE: ("1", "here", "here"),
    Scope.ARTICLE: ("2", "this article", "article"),
    Scope.LIBRARY: ("3", "the library", "library"),
}
"""The number that chooses it, and what it is called where there is room, and where there is not."""
_ROOM = 4
"""Columns for the answer."""


def words_of(scope: Scope) -> str:
    """Say how far a correction reaches: `in this article`."""
    return _WORDS[scope][1] if scope is Scope.HERE else f"in {_WORDS[scope][1]}"


def line(what: str, counts: Mapping[Scope, str], first: Scope, width: int) -> str:
    """Write the question: the scope used last comes first, and enter takes it."""
    order = sorted(counts, key=lambda scope: (scope is not first, _WORDS[scope][0]))
    for named, mark in ((1, " (enter)"), (2, " ⏎"), (2, "")):
        parts = [f"{_WORDS[one][0]} {_WORDS[one][named]}{_counted(counts[one])}" for one in order]
        found = f"{what}:  {parts[0]}{mark}  " + "  ".join(parts[1:])
        if cell_len(found) + _ROOM <= width:
            return found
    return "  ".join(parts)


def _counted(count: str) -> str:
    return f" {count}" if count else ""


def ask(
    screen: MainScreen,
    what: str,
    counts: Mapping[Scope, int],
    later: Callable[[], Future[tuple[int, bool]]],
    take: Callable[[Scope, int], None],
    left: Callable[[], None] = lambda: None,
) -> None:
    """Ask how far a correction reaches; a number answers at once, and enter takes what was used last.

    `counts` are the mentions that are known, `later` counts those of the library. `take` is given the scope and how
    many mentions that touches, 0 where it is not known yet; `left` is called when nothing was chosen.
    """
    shown = {scope: f"{counts[scope]:,}" if scope is not Scope.HERE else "" for scope in counts}
    shown[Scope.LIBRARY] = "…"
    known = dict(counts)
    first = screen.status.scope if screen.status.scope in shown else Scope.ARTICLE
    answered = False

    def label() -> str:
        return line(what, shown, first, screen.size.width)

    def choose(scope: Scope) -> None:
        nonlocal answered
        answered = True
        screen.prompt.cancel()
        screen.status.scope = scope
        take(scope, known.get(scope, 0))

    def edited(text: str) -> None:
        scope = _scope(text, shown)
        if scope is not None:
            choose(scope)
        elif text.strip():
            screen.prompt.explain(f"a number: {', '.join(sorted(_WORDS[one][0] for one in shown))}")

    def given(text: str) -> None:
        choose(_scope(text, shown) or first)

    def cancelled() -> None:
        if not answered:
            left()
            screen.say("nothing corrected")

    def counted(found: tuple[int, bool]) -> None:
        count, whole = found
        known[Scope.LIBRARY] = count if whole else 0
        shown[Scope.LIBRARY] = f"{count:,}" if whole else f">={count:,}"
        if not answered:
            screen.prompt.relabel(label())

    asked = label()
    screen.prompt.ask(Question(asked, given, edited=edited, cancelled=cancelled,
                               keys=((" ".join(sorted(_WORDS[one][0] for one in shown)), "choose"), ("⏎", "the first")),
                               about="" if asked.startswith(what) else what,
                               refuse=lambda text: 0 if text.strip() and _scope(text, shown) is None else None))
    screen.when_done(later(), counted, lambda _: None)


def _scope(text: str, among: Mapping[Scope, str]) -> Scope | None:
    return next((scope for scope in among if _WORDS[scope][0] == text.strip()), None)
