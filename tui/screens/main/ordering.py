"""In which order the list is, and in which groups: chosen by key, kept for the next start.

The order is the list's own and holds in every view, but where a query says another: `sort:` in the filter or in a saved
search. What is chosen here takes the place of what the filter says; over a saved search's order it is written into the
filter, so that filter, saved search and the list's first line always tell the same.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store.library import GROUPINGS, SORTS, sort_of, with_sort
from tui.commands.command import Context
from tui.render.list_row import long_date
from tui.screens.key_words import key_of
from tui.screens.main import listing
from tui.screens.main.handlers import does, given
from tui.screens.main.status import ORDERS
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_GROUPED = {"none": "not grouped", "day": "by day", "folder": "by folder"}


def order_of(screen: MainScreen) -> str:
    """Return the order that the list is asked for in."""
    return sort_of(screen.view.query, screen.filter) or screen.order


def written(screen: MainScreen, query: str) -> str:
    """Return a query that is to be saved with the order that its list has, where that is not the usual one."""
    return query if screen.order == "date" or sort_of(query) else with_sort(query, screen.order)


@does("list.order")
def choose(screen: MainScreen, _: str) -> None:
    """Offer every order and every grouping."""
    here, grouping = order_of(screen), screen.grouping
    rows = [Choice("Order", heading=True)]
    for name in SORTS:
        told = ORDERS.get(name, name)
        if name == "relevance":
            told += ", where words are looked for"
        rows.append(Choice(f"  {told}", ("order", name), "now" if name == here else f"sort:{name}", name))
    rows.append(Choice("Groups", heading=True))
    rows += [
        Choice(f"  {_GROUPED[name]}", ("grouping", name), "now" if name == grouping else "", f"group {told}")
        for name, told in GROUPINGS.items()
    ]

    def chosen(value: object) -> None:
        if isinstance(value, tuple) and value[0] == "order":
            set_order(screen, value[1])
        elif isinstance(value, tuple):
            set_grouping(screen, value[1])

    screen.choose("Order and groups", rows, Context.CHOICE, chosen)


@given("list.order")
def set_order(screen: MainScreen, order: str) -> None:
    """Put the list into an order."""
    order = order.strip()
    screen.order = order
    by_view = sort_of(screen.view.query)
    screen.filter = with_sort(screen.filter, order if by_view and by_view != order else "")
    listing.run(screen, keep=True)


def set_grouping(screen: MainScreen, grouping: str) -> None:
    """Put the list into groups."""
    screen.grouping = grouping
    listing.run(screen, keep=True)


def name_of_group(screen: MainScreen, name: str) -> str:
    """Write a group's name as its heading shows it: a date, or a folder as its root's user knows it."""
    if screen.groups_by == "day":
        return long_date(date.fromisoformat(name) if name else None)
    for root in screen.library.roots:
        if f"{root}/" == name:
            return f"{root.name or root}/"
        if name.startswith(f"{root}/"):
            inside = name[len(str(root)) + 1 :].rstrip("/")
            return inside if len(screen.library.roots) == 1 else f"{root.name}/{inside}"
    return name or "no folder"


# ---- from group to group ---------------------------------------------------------------------------------------------
@does("list.group-next", "list.group-previous")
def jump(screen: MainScreen, _: str) -> None:
    """Go to the first article of the next group, or of this one and then of the one before."""
    by = 1 if screen.host.command == "list.group-next" else -1
    if not screen.articles.grouped:
        screen.say(f"the list is not grouped; {key_of(screen, 'list.order')} groups it")
    elif not screen.articles.jump_group(by):
        screen.say(f"no more groups {'below' if by > 0 else 'above'}")
