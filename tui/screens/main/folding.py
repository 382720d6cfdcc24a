"""Near copies in the list: folded to one of each group, unfolded, or shown beneath one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.library import KeyList
from tui.commands.registry import BY_ID
from tui.screens.main import listing, selecting
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("list.fold")
def fold(screen: MainScreen, _: str) -> None:
    """Fold the list, or show every article again."""
    folds = screen.articles.folds
    folds.on = not folds.on
    folds.forget()
    listing.run(screen, keep=True, then=lambda: screen.say(_sentence(screen)))


@does("list.copies")
def copies(screen: MainScreen, _: str) -> None:
    """Show the copies of the article under the cursor beneath it, or fold them again."""
    articles = screen.articles
    row = articles.current
    if row is None:
        return
    if not articles.folds.on:
        screen.say(f"no copies are folded: {_key(screen)} folds them")
        return
    first = articles.folds.toggle(row.key)
    before = articles.keys

    def put(keys: KeyList) -> None:
        if articles.keys is not before:
            return  # another list, which knows what is spread
        if len(keys) == len(before):
            screen.say("no copies of this article are folded")
            return
        listing.put(screen, keys, cursor=keys.row_of(first) or 0, hold=first == row.key)
        if articles.marked:
            selecting.count_shown(screen)

    screen.work_held(articles.folds.shown, put)


def _sentence(screen: MainScreen) -> str:
    folds = screen.articles.folds
    if not folds.on:
        return "every copy is shown"
    if not folds.hidden:
        return "no near copies in this list"
    copies = "1 copy is" if folds.hidden == 1 else f"{folds.hidden:,} copies are"
    keys = screen.host.keys_of(BY_ID["list.copies"])
    return f"{copies} folded" + (f": {keys[0]} on a row shows its copies" if keys else "")


def _key(screen: MainScreen) -> str:
    keys = screen.host.keys_of(BY_ID["list.fold"])
    return keys[0] if keys else "“Fold near copies”"
