"""Names put right by key: not a name, another kind, another extent, one that was not found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from store.article import Mention, StoredArticle
from store.library import (
    Anchor,
    CorrectionKind,
    CorrectName,
    CorrectNames,
    Scope,
    group_of,
    group_title,
    labels_of,
    make_anchor,
    normal_surface,
    words_for,
)
from store.library import Group as NameGroup
from store.library.same_names import LONGEST_NAME, free_places, same_mentions
from store.record import Record
from tui.commands.command import Context
from tui.render.hits import Span
from tui.screens.key_words import key_of
from tui.screens.main import saving, scopes
from tui.screens.main.handlers import does
from tui.screens.main.selection import selected_span
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class Meant(Record):
    """What a key is about."""

    stored: StoredArticle
    mentions: tuple[Mention, ...]
    """The name under the cursor, those that the selection touches, or all of the one chosen among the names."""
    span: Span | None = None
    """What is selected."""
    whole: bool = False
    """It is a name as such, with all its spellings, and not one mention."""

    def words(self, mention: Mention) -> str:
        """Return a mention as it is written."""
        return normal_surface(self.stored.article.text[mention.start : mention.end])

    def spellings(self) -> list[tuple[str, str]]:
        """Return how the mentions are written, with their labels, each once."""
        return list({(self.words(one).casefold(), one.label): (self.words(one), one.label) for one in self.mentions}
                    .values())  # fmt: skip

    def anchor(self, span: Span) -> Anchor:
        """Return what is kept of a place."""
        return make_anchor(self.stored.article.text, *span)


def meant(screen: MainScreen) -> Meant | None:
    """Return what a key is about: the name chosen in the panel, the selection, else the current name."""
    opened = screen.opened
    if opened is None:
        return None
    stored = opened.stored
    chosen = screen.panel.chosen
    if screen.focused is screen.panel:
        if chosen is None or not isinstance(chosen.value, Mention):
            return None
        one = chosen.value
        same = tuple(each for each in stored.mentions if _who(each) == _who(one))
        return Meant(stored, same or (one,), whole=True)
    span = selected_span(screen)
    if span is not None:
        touched = tuple(one for one in stored.mentions if one.start < span[1] and span[0] < one.end)
        return Meant(stored, touched, span)
    current = screen.reader.current
    return Meant(stored, (current,)) if current is not None else None


def _who(mention: Mention) -> tuple[str, str]:
    return group_of(mention.label), mention.entity.casefold()


# ---- commands --------------------------------------------------------------------------------------------------------
@does("correct.drop")
def drop(screen: MainScreen, _: str) -> None:
    """Say that something is no name."""
    screen.once_loaded(lambda: _with_name(screen, _drop))


def _drop(screen: MainScreen, about: Meant) -> None:
    name = about.words(about.mentions[0])
    _ask(screen, about, f"{_short(name)} is no name", CorrectionKind.DROP, "")


@does("correct.label")
def relabel(screen: MainScreen, _: str) -> None:
    """Say what kind of name something is."""

    def act() -> None:
        about = meant(screen)
        if about is not None and about.span is not None and not about.mentions:
            _add(screen, about)
        else:
            _with_name(screen, _relabel)

    screen.once_loaded(act)


def _relabel(screen: MainScreen, about: Meant) -> None:
    one = about.mentions[0]
    other = about.span is not None and about.span != (one.start, one.end)
    name = normal_surface(_selected(about)) if other else about.words(one)

    def take(label: str) -> None:
        if label == one.label and not other:
            screen.say(f"{name} is that already")
            return
        kind = CorrectionKind.EXTENT if other else CorrectionKind.LABEL
        _ask(screen, about, f"{_short(name)}: {words_for(label)}", kind, label)

    _choose_label(screen, f"{_short(name)} is", one.label, take)


@does("correct.add")
def add(screen: MainScreen, _: str) -> None:
    """Add what is selected as a name; over a name, let that be what is selected."""

    def act() -> None:
        about = meant(screen)
        if about is None or about.span is None:
            screen.say(
                f"nothing selected; {key_of(screen, 'select.begin')} selects, "
                f"then {key_of(screen, 'correct.add')} adds it as a name"
            )
        elif not about.mentions:
            _add(screen, about)
        elif about.span == (about.mentions[0].start, about.mentions[0].end):
            screen.say(
                f"{_short(about.words(about.mentions[0]))} is a name already; "
                f"{key_of(screen, 'correct.label')} says of what kind"
            )
        else:
            old, new = about.words(about.mentions[0]), normal_surface(_selected(about))
            label = about.mentions[0].label
            _ask(screen, about, f"{_short(old)} → {_short(new)}", CorrectionKind.EXTENT, label)

    screen.once_loaded(act)


def _add(screen: MainScreen, about: Meant) -> None:
    name = normal_surface(_selected(about))
    if not any(map(str.isalnum, name)) or len(name) > LONGEST_NAME:
        screen.say(
            f"that is no name: select a word or some, with {key_of(screen, 'select.begin')} "
            f"and {key_of(screen, 'select.word-next')}"
        )
        return

    def take(label: str) -> None:
        _ask(screen, about, f"{_short(name)}: {words_for(label)}", CorrectionKind.ADD, label)

    _choose_label(screen, f"{_short(name)} is", "", take)


def _with_name(screen: MainScreen, act: Callable[[MainScreen, Meant], None]) -> None:
    """Do something with the one name that is meant, or say why there is none."""
    about = meant(screen)
    if about is None or not about.mentions:
        screen.say(f"no name under the cursor; {key_of(screen, 'name.next')} goes to the next one")
    elif about.span is not None and len(about.mentions) > 1:
        screen.say(f"{len(about.mentions)} names are selected; {key_of(screen, 'name.next')} goes from one to the next")
    else:
        act(screen, about)


# ---- what is asked ---------------------------------------------------------------------------------------------------
def _choose_label(screen: MainScreen, title: str, present: str, take: Callable[[str], None]) -> None:
    """Let a label be chosen, by its meaning in plain words."""
    rows: list[Choice] = []
    for group in NameGroup:
        for label in labels_of(group):
            mark = "  (as it is)" if label == present else ""
            rows.append(Choice(f"{words_for(label)}{mark}", label, label, search=group_title(group)))

    def chosen(value: object) -> None:
        if isinstance(value, str):
            take(value)

    screen.choose(title, rows, Context.CHOICE, chosen)


def _ask(screen: MainScreen, about: Meant, what: str, kind: CorrectionKind, label: str) -> None:
    """Ask how far the correction reaches, then make it."""
    text, mentions = about.stored.article.text, about.stored.mentions
    if kind is CorrectionKind.ADD:
        words = normal_surface(_selected(about))
        inside = len(free_places(text, mentions, words))
        later = partial(screen.library.count_places, words)
    else:
        names = about.spellings()
        inside = sum(len(same_mentions(text, mentions, *name)) for name in names)
        later = partial(screen.library.count_same, names)
    counts = {Scope.ARTICLE: inside} if about.whole else {Scope.HERE: 1, Scope.ARTICLE: inside}
    span = about.span
    if span is not None:
        screen.reader.show_written_on(span)

    def left() -> None:
        screen.reader.show_written_on(None)
        if span is not None:
            screen.enter(screen.reader)
            screen.reader.select(*span)

    def take(scope: Scope, count: int) -> None:
        screen.reader.show_written_on(None)
        screen.reader.clear_selection()
        saving.save(screen, _change(screen, about, kind, label, scope, count))

    scopes.ask(screen, what, counts, later, take, left)


# ---- again -----------------------------------------------------------------------------------------------------------
def repeat(screen: MainScreen, last: CorrectName) -> None:
    """Correct the name that is meant as another one was: with the same kind, as far; a selection becomes a name."""
    if last.kind in (CorrectionKind.DROP, CorrectionKind.LABEL):
        _with_name(screen, lambda screen, about: _repeat(screen, about, last.kind, last))
        return
    about = meant(screen)
    if about is None or about.span is None:
        screen.say(f"nothing selected: {key_of(screen, 'select.begin')} selects what is to be a name")
    elif len(about.mentions) > 1:
        screen.say(f"{len(about.mentions)} names are selected; select one, or a part of the text without")
    else:
        _repeat(screen, about, CorrectionKind.EXTENT if about.mentions else CorrectionKind.ADD, last)


def _repeat(screen: MainScreen, about: Meant, kind: CorrectionKind, last: CorrectName) -> None:
    label = about.mentions[0].label if kind is CorrectionKind.EXTENT else last.label
    if kind is CorrectionKind.LABEL and all(one.label == label for one in about.mentions):
        screen.say(f"{about.words(about.mentions[0])} is that already")
        return
    scope = Scope.ARTICLE if about.whole and last.scope is Scope.HERE else last.scope
    name = normal_surface(_selected(about)) if about.span is not None else about.words(about.mentions[0])
    what = " is no name" if kind is CorrectionKind.DROP else f": {words_for(label)}"
    screen.reader.clear_selection()
    change = _change(screen, about, kind, label, scope, 0)
    saving.save(screen, change, f"again: {_short(name)}{what}, {scopes.words_of(scope)}", keep=True)


def _change(
    screen: MainScreen, about: Meant, kind: CorrectionKind, label: str, scope: Scope, count: int
) -> CorrectName | CorrectNames:
    opened = screen.opened
    target = opened.target(screen.library) if opened is not None and scope is not Scope.LIBRARY else None
    if kind is CorrectionKind.ADD:
        extent = about.anchor(about.span) if about.span is not None else None
        return CorrectName(target, kind, scope, _selected(about), "", label, extent=extent, mentions=count)
    if about.whole:
        each = [
            CorrectName(target, kind, scope, words, old, label, mentions=count) for words, old in about.spellings()
            if old != label
        ]  # fmt: skip
        return each[0] if len(each) == 1 else CorrectNames(tuple(each))
    one = about.mentions[0]
    anchor = about.anchor((one.start, one.end))
    extent = about.anchor(about.span) if kind is CorrectionKind.EXTENT and about.span is not None else None
    return CorrectName(target, kind, scope, about.words(one), one.label, label, anchor, extent, count)


def _selected(about: Meant) -> str:
    assert about.span is not None
    return about.stored.article.text[slice(*about.span)]


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
