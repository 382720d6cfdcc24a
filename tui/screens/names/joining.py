"""Saying that two names mean the same, and taking joined ones apart: asked for, told with numbers, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len

from store.article import fold_name
from store.library import JoinEntities, PartEntities
from tui.commands.command import Context
from tui.render.counted import counted
from tui.render.list_row import fit
from tui.render.safe import safe
from tui.screens.key_words import key_of
from tui.screens.main import saving
from tui.screens.names.who import Who, decided_pairs
from tui.widgets.choice_list import Choice
from tui.widgets.prompt import Prompt
from tui.widgets.question import Offer, Proposal, Proposals, Question

if TYPE_CHECKING:
    from store.library import EntityCard, EntityList, EntityRow, Likely
    from tui.screens.main.screen import MainScreen

PROPOSED = 9


class Asker(Protocol):
    """The screen in front: the main one, or one that is laid over it."""

    @property
    def prompt(self) -> Prompt:
        """Its one-line question."""

    def say(self, words: str, /) -> None:
        """Tell something."""


def offer(asker: Asker, main: MainScreen, who: Who) -> None:
    """Ask which name means the same; of one that others were joined with, offer first to take them apart."""
    if main.library.read_only:
        asker.say(f"not saved: {main.library.read_only}")
        return

    def know(card: EntityCard | None) -> None:
        if not _is_there(asker, main):
            return
        if card is None:
            asker.say(f"no article names {who.name} any more")
        elif card.aliases:
            _offer_to_part(asker, main, card)
        else:
            _ask(asker, main, card)

    main.when_done(main.library.entity(who.key), know, held=True)


def _is_there(asker: Asker, main: MainScreen) -> bool:
    """Tell whether the screen that asks has not been closed meanwhile."""
    screens: Sequence[object] = main.app.screen_stack
    return asker in screens


# ---- taking apart ----------------------------------------------------------------------------------------------------
def _offer_to_part(asker: Asker, main: MainScreen, card: EntityCard) -> None:
    rows = [Choice("Same as yet another name…", "join"), Choice(f"Joined in {card.name}", heading=True)]
    rows += [Choice(f"Take apart: {alias.name}", alias.key, counted(alias.mentions, "mention"))
             for alias in card.aliases]  # fmt: skip
    if len(card.aliases) > 1:
        rows.append(Choice(f"Take all {len(card.aliases)} apart", card.key))

    def chosen(value: object) -> None:
        if value == "join" and _is_there(asker, main):
            _ask(asker, main, card)
        elif isinstance(value, str):
            key = next((alias.key for alias in card.aliases if alias.key == value), card.key)
            saving.save(main, PartEntities(key), "taking apart…")

    main.choose(f"{card.name}: {counted(card.mentions, 'mention')}", rows, Context.OVERLAY, chosen)


# ---- joining ---------------------------------------------------------------------------------------------------------
def _ask(asker: Asker, main: MainScreen, card: EntityCard) -> None:
    library = main.library
    known: dict[str, EntityRow] = {}

    def propose(rows: Sequence[EntityRow], whys: dict[str, str], size: int, answer: Offer) -> None:
        rows = [row for row in rows if row.key != card.key][:PROPOSED]
        names = [_label(row, rows) for row in rows]
        known.update(zip(map(fold_name, names), rows, strict=True))
        answer(Proposals(0, size, tuple(
            Proposal(name, f"{row.mentions:,}", " · ".join(part for part in (row.kind, whys.get(row.key, "")) if part))
            for name, row in zip(names, rows, strict=True)
        )))  # fmt: skip

    def look_up(text: str, _: int, answer: Offer) -> None:
        if text.strip():

            def listed(found: EntityList) -> None:
                propose(found.rows, {}, len(text), answer)

            main.when_done(library.entities(text, limit=PROPOSED + 1), listed, lambda _: None)
            return

        def likely(pairs: Sequence[Likely]) -> None:
            others = [(pair.second if pair.first.key == card.key else pair.first, pair.why) for pair in pairs]
            propose([row for row, _ in others], {row.key: why for row, why in others}, len(text), answer)

        found = library.likely_same(card.key, limit=PROPOSED, decided=decided_pairs(library))
        main.when_done(found, likely, lambda _: None)

    def take(text: str) -> None:
        words = text.strip()
        row = known.get(fold_name(words))
        if row is not None:
            _confirm(main, card, row)
        elif words:
            _resolve(asker, main, card, words, lambda found: _confirm(main, card, found))

    asker.prompt.ask(Question(f"{_short(card.name, main.size.width)} is the same as:", take, look_up=look_up))
    asker.say("")


def _label(row: EntityRow, among: Sequence[EntityRow]) -> str:
    """Return a name, with its kind where another one of the same name is proposed."""
    twice = sum(fold_name(other.name) == fold_name(row.name) for other in among) > 1
    return f"{row.name} ({row.kind})" if twice else row.name


def _resolve(
    asker: Asker, main: MainScreen, card: EntityCard, words: str, then: Callable[[EntityRow], None]
) -> None:
    """Find the name that was written, where none of the proposed ones was taken: the same words, else the only one."""

    def listed(found: EntityList) -> None:
        rows = [row for row in found.rows if row.key != card.key]
        exact = [row for row in rows if fold_name(row.name) == fold_name(words)]
        # Of the same words as person and as place, the one of the same kind is meant.
        exact.sort(key=lambda row: row.kind != card.kind)
        if exact or len(rows) == 1:
            then((exact or rows)[0])
        elif rows:
            asker.say(f"several names have “{words}”: {key_of(main, 'prompt.complete')} takes one of those proposed")
        else:
            asker.say(f"no name “{words}” in this library")

    main.when_done(main.library.entities(words, limit=50), listed, held=True)


def _confirm(main: MainScreen, card: EntityCard, row: EntityRow) -> None:
    """Say what will be one, and let the user choose under which name."""
    one, other = Who(card.key, card.name, card.kind), Who(row.key, row.name, row.kind)
    counts = {one.key: card.mentions, other.key: row.mentions}
    total = counted(sum(counts.values()), "mention")
    into = sorted((other, one), key=lambda who: -counts[who.key])
    rows = [Choice(f"Count both as {who.name} ({who.kind})", who.key, counted(counts[who.key], "mention"))
            for who in into]  # fmt: skip
    rows.append(Choice("Leave them apart", ""))

    def chosen(value: object) -> None:
        if value in counts:
            kept, gone = (one, other) if value == one.key else (other, one)
            saving.save(main, JoinEntities(((gone.key, gone.name),), kept.key, kept.name), "joining…")

    main.choose(f"{one.name} and {other.name}: {total} of one name", rows, Context.OVERLAY, chosen)


def _short(name: str, width: int) -> str:
    """Cut a name so that it leaves room for the answer on a line of `width` cells."""
    most = max(8, width // 3)
    return name if cell_len(name) <= most else fit(safe(name), most).rstrip()
