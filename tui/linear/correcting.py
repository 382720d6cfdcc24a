"""Names put right by words: another kind, no name, other words, one that was not found; and taking that back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from store.article import Mention, key_of_entity
from store.errors import NotFoundError, UsageError
from store.library import (
    LABELS,
    Correction,
    CorrectionKind,
    CorrectName,
    CorrectNames,
    Scope,
    WithdrawCorrections,
    group_of,
    group_title,
    make_anchor,
    normal_surface,
    words_for,
)
from store.library.same_names import LONGEST_NAME, free_places, same_mentions
from tui.linear import words
from tui.linear.heard import number_in
from tui.linear.quoting import whole_words
from tui.linear.reading import open_key
from tui.linear.session import PAGE, Session
from tui.linear.spoken import without_arrows
from tui.render.corrections import said

word = partial(words.word, group="Correcting names")

_SCOPES = {"here": Scope.HERE, "article": Scope.ARTICLE, "library": Scope.LIBRARY}
_SCOPE = re.compile(rf"(.*?),\s*({'|'.join(_SCOPES)})", re.DOTALL)
_IN = {Scope.HERE: "one place", Scope.ARTICLE: "an article", Scope.LIBRARY: "the library"}
_NOTHING = ("none", "no name", "nothing")

Span = tuple[int, int]


@word(
    "correct",
    "Put a name right, by its number or its words: correct 2 as place says what it is, correct 2 as none that it is "
    "no name, correct Abe to Shinzo Abe how far it reaches. Words of the text that are no name yet become one. It "
    "holds in the article; with a comma and here in the paragraph read last, with library in all articles: correct 2 "
    "as none, library. Alone it reads the kinds.",
    takes="(N | WORDS) (as KIND | as none | to WORDS)[, here | article | library]",
    does=("correct.drop", "correct.label", "correct.add"),
)
def correct(session: Session, rest: str) -> None:
    """Put a name right."""
    if not rest:
        for label in [one for labels in LABELS.values() for one in labels]:
            session.say(f"{label}: {group_of(label)}: {words_for(label)}")
        return
    scoped = _SCOPE.fullmatch(rest)
    scope = _SCOPES[scoped[2]] if scoped else Scope.ARTICLE
    what, how, new = _parted(scoped[1] if scoped else rest)
    change = _extent(session, what, new, scope) if how == "to" else _labelled(session, what, label_of(new), scope)
    session.tell(session.save(change), "It is so already.")
    session.corrected_as = f" {how} {new}{scoped[0][len(scoped[1]):] if scoped else ''}" if how == "as" else ""
    session.last = None
    session.reading.selected = None


def _parted(written: str) -> tuple[str, str, str]:
    """Part `2 as place` or `Abe to Shinzo Abe`; the name is empty where the selection is meant."""
    for how, found in (("as", written.rpartition(" as ")), ("to", written.partition(" to "))):
        if found[1]:
            return found[0].strip(), how, found[2].strip()
    if written.startswith("as "):
        return "", "as", written[3:].strip()
    raise UsageError("Write what it is, as in: correct 2 as place, correct 2 as none, correct Abe to Shinzo Abe. "
                     "correct alone reads the kinds.")  # fmt: skip


def label_of(written: str) -> str:
    """Return the label that is meant by a kind, `place`, `river` or `LOC`; empty for none.

    Raises:
        UsageError: no kind is called so.
    """
    wanted = written.casefold()
    if wanted in _NOTHING:
        return ""
    labels = [(group, label) for group, known in LABELS.items() for label in known]
    ways = (
        lambda group, label: label.casefold() == wanted,
        lambda group, label: wanted in (group.value, group_title(group)),
        lambda group, label: wanted in re.findall(r"\w+", words_for(label)) or wanted == words_for(label),
        lambda group, label: group_title(group).startswith(wanted) or group.value.startswith(wanted),
    )
    for means in ways:
        for group, label in labels:
            if wanted and means(group, label):
                return label
    raise UsageError(f"{written} is no kind of name. There are {', '.join(group_title(one) for one in LABELS)}, and "
                     "none; correct alone reads them all.")  # fmt: skip


# ---- what is meant ---------------------------------------------------------------------------------------------------
def _meant(session: Session, what: str) -> list[Mention]:
    """Return the mentions in the article of a name, by its number in the names read last or by its words."""
    text, mentions = session.reading.stored.article.text, session.names()
    if what.isdecimal():
        number = number_in(what, "name")
        if number > len(session.heard.names):
            raise UsageError(f"No name that was read has the number {number}. names reads those of the article.")
        key, joined = session.heard.names[number - 1], session.library.joined()
        found = []
        for one in mentions:
            own = key_of_entity(group_of(one.label), one.entity or _written(text, one))
            if joined.get(own, own) == key:
                found.append(one)
        if not found:
            raise UsageError("The article that is open does not have this name.")
        return found
    wanted = normal_surface(what).casefold()
    exact = [one for one in mentions if _written(text, one).casefold() == wanted]
    return exact or [one for one in mentions if one.entity.casefold() == wanted]


def _written(text: str, one: Mention) -> str:
    return normal_surface(text[one.start : one.end])


def _here(session: Session, spans: Sequence[Span]) -> Span:
    """Return the one of some places that is in the paragraph read last.

    Raises:
        UsageError: none is.
    """
    opened = session.reading
    if len(spans) == 1:
        return spans[0]
    if 0 <= opened.at < len(opened.paragraphs):
        block = opened.paragraphs.blocks[opened.at]
        for span in spans:
            if block.start <= span[0] < block.end:
                return span
    raise UsageError("It is not in the paragraph that was read last; read on to it, or leave out here.")


# ---- what becomes of it ----------------------------------------------------------------------------------------------
def _labelled(session: Session, what: str, label: str, scope: Scope) -> CorrectName | CorrectNames:
    """Return how a name gets a kind, or is none; words that are no name become one."""
    opened = session.reading
    selected = opened.selected if not what else None
    if not what and selected is None:
        raise UsageError("Which name? Write its number or its words, or select some words first.")
    text, mentions = opened.stored.article.text, session.names()
    if selected is not None:
        meant = [one for one in mentions if (one.start, one.end) == selected]
        what = normal_surface(text[slice(*selected)])
    else:
        meant = _meant(session, what)
    if not meant:
        if not label:
            raise NotFoundError(f"{what} is no name in this article.")
        return _added(session, what, label, scope, selected)
    kind = CorrectionKind.LABEL if label else CorrectionKind.DROP
    target = session.target if scope is not Scope.LIBRARY else None
    if scope is Scope.HERE:
        at = selected or _here(session, [(one.start, one.end) for one in meant])
        one = next(one for one in meant if (one.start, one.end) == at)
        return CorrectName(target, kind, scope, _written(text, one), one.label, label, make_anchor(text, *at))
    spellings = {(_written(text, one).casefold(), one.label): (_written(text, one), one.label) for one in meant}
    wrong = [each for each in spellings.values() if each[1] != label]
    if not wrong:
        raise UsageError(f"{what} is that already.")
    count = _count(session, mentions, wrong, scope)
    each = tuple(CorrectName(target, kind, scope, name, old, label, mentions=count) for name, old in wrong)
    return each[0] if len(each) == 1 else CorrectNames(each)


def _count(session: Session, mentions: Sequence[Mention], names: list[tuple[str, str]], scope: Scope) -> int:
    """Count the mentions that a correction touches; 0 where there may be more."""
    if scope is Scope.LIBRARY:
        count, whole = session.wait(session.library.count_same(names))
        return count if whole else 0
    text = session.reading.stored.article.text
    return sum(len(same_mentions(text, mentions, *name)) for name in names)


def _added(session: Session, what: str, label: str, scope: Scope, selected: Span | None) -> CorrectName:
    text, mentions = session.reading.stored.article.text, session.names()
    name = normal_surface(what)
    if not any(map(str.isalnum, name)) or len(name) > LONGEST_NAME:
        raise UsageError(f"That is no name: a name has letters, and {LONGEST_NAME} characters at most.")
    free = free_places(text, mentions, name)
    if not free:
        if whole_words(text, name):
            raise UsageError(f"{name} overlaps a name; correct NAME to {name} lets that reach so far.")
        raise NotFoundError(f"{name} is not in this article.")
    at = selected or (_here(session, free) if scope is Scope.HERE else free[0])
    count = len(free)
    if scope is Scope.LIBRARY:
        found, whole = session.wait(session.library.count_places(name))
        count = found if whole else 0
    return CorrectName(
        session.target if scope is not Scope.LIBRARY else None, CorrectionKind.ADD, scope, text[slice(*at)], "", label,
        extent=make_anchor(text, *at), mentions=count if scope is not Scope.HERE else 0,
    )  # fmt: skip


def _extent(session: Session, what: str, new: str, scope: Scope) -> CorrectName:
    """Return how a name comes to reach further, or less far."""
    text, mentions = session.reading.stored.article.text, session.names()
    meant = _meant(session, what)
    if not meant:
        raise NotFoundError(f"{what} is no name in this article.")
    places = {
        (one.start, one.end): span
        for one in meant
        for span in whole_words(text, new)
        if span[0] < one.end and one.start < span[1]
    }
    if not places:
        raise NotFoundError(f"{new} is nowhere that {what} is; its own words and those around it are wanted.")
    at = _here(session, list(places)) if scope is Scope.HERE else next(iter(places))
    one = next(one for one in meant if (one.start, one.end) == at)
    count = 0 if scope is Scope.HERE else _count(session, mentions, [(_written(text, one), one.label)], scope)
    return CorrectName(
        session.target if scope is not Scope.LIBRARY else None, CorrectionKind.EXTENT, scope, _written(text, one),
        one.label, one.label, make_anchor(text, *at), make_anchor(text, *places[at]), count,
    )  # fmt: skip


# ---- the list --------------------------------------------------------------------------------------------------------
@word("corrections", "Read your corrections of names, newest first; open and a number goes to the place of one.",
      does=("correct.list", "corrections.open"))  # fmt: skip
def corrections(session: Session, rest: str) -> None:
    """Read the corrections."""
    if rest:
        raise UsageError("corrections reads them all; withdraw N takes one back.")
    _read(session, session.library.corrections()[::-1], 0)


def _read(session: Session, listed: list[Correction], skip: int) -> None:
    for number, one in enumerate(listed[skip : skip + PAGE], skip + 1):
        text = session.library.text_of(one.article) if one.article is not None else None
        title = session.library.title_of(text) if text is not None else ""
        where = "its place is gone" if one.lost else f"in {_IN[one.scope]}"
        session.say(f"{number}. {without_arrows(said(one))}; {where}{f'; {title}' if title else ''}")
    left = len(listed) - skip - PAGE
    if left > 0:
        session.say(f"{left:,} more; more reads on.")
    elif not listed:
        session.say("You have corrected no names yet. correct 2 as place puts the second name right.")

    def go_to(number: int) -> bool:
        if not 0 < number <= len(listed):
            return False
        _go_to(session, listed[number - 1])
        return True

    over = partial(session.say, "Those were the corrections.")
    more = partial(_read, session, listed, skip + PAGE) if left > 0 else over
    session.hear(go_to, more, corrections=[one.id for one in listed])


def _go_to(session: Session, one: Correction) -> None:
    text = session.library.text_of(one.article) if one.article is not None else None
    key = session.library.key_of(text) if text is not None else None
    if one.scope is Scope.LIBRARY or one.article is None:
        raise UsageError(f"It holds in the library; filter {one.surface} lists the articles with these words.")
    if key is None:
        raise NotFoundError("Its article is not in this library.")
    anchor = one.extent or one.anchor
    open_key(session, key, anchor.start if anchor is not None and not one.lost else None)


@word("withdraw", "Take back the correction with this number in the corrections read last.", takes="N",
      does=("corrections.withdraw",))  # fmt: skip
def withdraw(session: Session, rest: str) -> None:
    """Withdraw a correction."""
    number = number_in(rest, "correction")
    if number > len(session.heard.corrections):
        raise UsageError(f"No correction that was read has the number {number}. corrections reads them.")
    session.tell(session.save(WithdrawCorrections((session.heard.corrections[number - 1],))), "It is gone already.")


