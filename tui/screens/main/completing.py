"""What an argument on the command line can be: what completes it, and what is wrong with it, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from store.config import GROUPINGS, NARROWEST, ORDERS, WIDEST
from store.errors import DatelineError, QueryError
from store.library import check_query, read_day
from store.record import Record
from tui.commands.command import Kind
from tui.commands.tag_words import tag_words
from tui.screens.main import listing
from tui.screens.main.piping import FORMATS
from tui.screens.main.proposals import propose_tags, query_proposals
from tui.widgets.question import Proposal, Proposals

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

Offer = Callable[[Proposals], None]

SETTINGS: dict[str, tuple[str, ...]] = {
    "width": tuple(map(str, range(50, WIDEST + 1, 10))), "order": ORDERS, "group": GROUPINGS, "theme": (),
}  # fmt: skip
"""What `set` takes, and what each may be; a width is any number in its limits."""
_DAYS = ("today", "yesterday")
_MOST = 40


class Kinds(Record):
    """How one kind of argument is completed and looked at."""

    propose: Callable[[MainScreen, str, int, Offer], None]
    """Offers what can stand at the cursor, at once or later."""
    wrong: Callable[[MainScreen, str], str] = lambda _screen, _text: ""
    """Says what is wrong with an argument; empty where it will do."""
    whole: bool = False
    """Whether a proposal is all that there is to say, so that taking it runs the command."""


def _words(begun: str, known: Sequence[str]) -> tuple[Proposal, ...]:
    first = [one for one in known if one.startswith(begun)]
    return tuple(Proposal(one) for one in [*first, *(one for one in known if begun in one and one not in first)])


# ---- the kinds -------------------------------------------------------------------------------------------------------
def _nothing(_: MainScreen, __: str, ___: int, offer: Offer) -> None:
    offer(Proposals())


def _tags(screen: MainScreen, text: str, at: int, offer: Offer) -> None:
    # Where another screen lies between the line and the article, what is written is not for the article.
    in_sight = screen.opened is not None and screen.app.screen_stack[-2] is screen
    own = screen.library.marks(screen.opened.stored.article.id).tags if in_sight and screen.opened is not None else ()
    start, words = propose_tags(text, at, [use.name for use in screen.library.tags()], own)
    offer(Proposals(start, at, tuple(map(Proposal, words))))


def _wrong_tags(_: MainScreen, text: str) -> str:
    try:
        tag_words(text)
    except DatelineError as error:
        return str(error)
    return ""


def _query(screen: MainScreen, text: str, at: int, offer: Offer) -> None:
    found = screen.library.complete(text, at)
    screen.when_done(found, lambda completion: offer(query_proposals(completion)), lambda _: None)


def _wrong_query(screen: MainScreen, text: str) -> str:
    try:
        check_query(text, {search.name: search.query for search in screen.library.searches()})
    except QueryError as error:
        return listing.explanation(error)
    return ""


def _day(_: MainScreen, text: str, __: int, offer: Offer) -> None:
    offer(Proposals(0, len(text), _words(text.strip().casefold(), _DAYS)))


def _wrong_day(_: MainScreen, text: str) -> str:
    try:
        read_day(text, date.today())
    except DatelineError as error:
        return str(error)
    return ""


def _theme(screen: MainScreen, text: str, _: int, offer: Offer) -> None:
    offer(Proposals(0, len(text), _words(text.strip().casefold(), screen.host.theme_names)))


def _wrong_theme(screen: MainScreen, text: str) -> str:
    names = screen.host.theme_names
    return "" if text.strip() in names else f"there is no such theme; there are {', '.join(names)}"


def _order(_: MainScreen, text: str, __: int, offer: Offer) -> None:
    offer(Proposals(0, len(text), _words(text.strip().casefold(), ORDERS)))


def _wrong_order(_: MainScreen, text: str) -> str:
    return "" if text.strip() in ORDERS else f"the list can be in the order of {', '.join(ORDERS)}"


def _values(screen: MainScreen, name: str) -> Sequence[str]:
    return screen.host.theme_names if name == "theme" else SETTINGS.get(name, ())


def _setting(screen: MainScreen, text: str, _: int, offer: Offer) -> None:
    name, blank, value = text.partition(" ")
    if blank:
        offer(Proposals(len(name) + 1, len(text), _words(value.strip(), _values(screen, name))))
    else:
        offer(Proposals(0, len(text), _words(name, tuple(SETTINGS))))


def _wrong_setting(screen: MainScreen, text: str) -> str:
    name, _, value = text.strip().partition(" ")
    value = value.strip()
    if name not in SETTINGS:
        return f"there is {', '.join(SETTINGS)} to set"
    if name == "width":
        fits = value.isascii() and value.isdigit() and NARROWEST <= int(value) <= WIDEST
        return "" if fits else f"width takes a number from {NARROWEST} to {WIDEST}"
    known = _values(screen, name)
    return "" if value in known else f"{name} takes {', '.join(known)}"


def _shell(screen: MainScreen, text: str, at: int, offer: Offer) -> None:
    known = [*(f"{form}:" for form in FORMATS), *reversed(screen.piped)]
    offer(Proposals(0, len(text), tuple(Proposal(one) for one in known if one.startswith(text[:at]))))


def _export(screen: MainScreen, text: str, at: int, offer: Offer) -> None:
    start = text.rfind(" ", 0, at) + 1
    before = text[:start].split()
    known = screen.host.exporter.words_after(before)
    offer(Proposals(start, at, tuple(Proposal(one) for one in known if one.startswith(text[start:at]))))


def _wrong_export(screen: MainScreen, text: str) -> str:
    return screen.host.exporter.wrong(text)


def _names(screen: MainScreen, text: str, _: int, offer: Offer) -> None:
    found = screen.library.entities(text.strip(), limit=_MOST)
    screen.when_done(found, lambda names: offer(Proposals(0, len(text), tuple(
        Proposal(row.name, f"{row.articles:,}", row.kind) for row in names.rows
    ))), lambda _: None)  # fmt: skip


KINDS: dict[Kind, Kinds] = {
    Kind.DAY: Kinds(_day, _wrong_day, whole=True),
    Kind.EXPORT: Kinds(_export, _wrong_export),
    Kind.NAME: Kinds(_names, whole=True),
    Kind.ORDER: Kinds(_order, _wrong_order, whole=True),
    Kind.PIPE: Kinds(_shell),
    Kind.QUERY: Kinds(_query, _wrong_query),
    Kind.SETTING: Kinds(_setting, _wrong_setting),
    Kind.TAGS: Kinds(_tags, _wrong_tags),
    Kind.TEXT: Kinds(_nothing),
    Kind.THEME: Kinds(_theme, _wrong_theme, whole=True),
    Kind.THING: Kinds(_nothing),
    Kind.TOPIC: Kinds(_nothing),
    Kind.WORDS: Kinds(_nothing),
}
