"""Names that mean the same: joined, taken apart, and gone through in pairs; tags and notes on a name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store.article import EntityKey, fold_name
from store.errors import NotFoundError, UsageError
from store.library import JoinEntities, JudgeEntities, PartEntities, TagEntity, Verdict, WriteEntityNote
from tui.commands.tag_words import tag_words
from tui.linear import words
from tui.linear.heard import number_in
from tui.linear.listing import set_filter
from tui.linear.session import Session
from tui.linear.spoken import capital
from tui.render.counted import counted

if TYPE_CHECKING:
    from store.library import EntityCard, EntityRow

word = partial(words.word, group="Names")
corrects = partial(words.word, group="Correcting names")

_PAIRS = 100
"""Pairs that are looked for."""
_ANSWERS = ("same", "different", "unsure", "later", "stop")
_MONTHS = 24
"""Months beyond which years are read."""


def meant(session: Session, what: str) -> EntityCard:
    """Return the name with a number in the names read last, or with these words.

    Raises:
        UsageError: several have them, or nothing is written.
        NotFoundError: none has.
    """
    if not what:
        raise UsageError("Which name? Write its number in the names that were read last, or its words.")
    if what.isdecimal():
        number = number_in(what, "name")
        if number > len(session.heard.names):
            raise UsageError(f"No name that was read has the number {number}. names reads those of the article.")
        card = session.wait(session.library.entity(session.heard.names[number - 1]))
        if card is None:
            raise NotFoundError("This name is not counted yet; wait waits for the names of all articles.")
        return card
    rows = session.wait(session.library.entities(what, limit=50)).rows
    exact = [row for row in rows if fold_name(row.name) == fold_name(what)] or rows
    if not exact:
        raise NotFoundError(f"Nobody and nothing is known as {what}.")
    if len(exact) > 1:
        told = ", ".join(f"{row.kind} {row.name}" for row in exact[:5])
        raise UsageError(f"{what} could be {told}. names library {what} reads them with numbers.")
    card = session.wait(session.library.entity(exact[0].key))
    assert card is not None, "it was counted just now"
    return card


# ---- joining and parting ---------------------------------------------------------------------------------------------
@corrects("join", "Let two names count as one, under the second, each by its number in the names read last or by its "
          "words: join Abe with Shinzo Abe.", takes="(N | WORDS) with (N | WORDS)",
          does=("name.join", "entity.join"))  # fmt: skip
def join(session: Session, rest: str) -> None:
    """Join two names."""
    first, between, second = rest.partition(" with ")
    if not between:
        raise UsageError("Join which names? Write both, as in: join Abe with Shinzo Abe.")
    gone, kept = meant(session, first.strip()), meant(session, second.strip())
    if gone.key == kept.key:
        raise UsageError("They are one name already.")
    session.tell(session.save(JoinEntities(((gone.key, gone.name),), kept.key, kept.name)), "They are one already.")


@corrects("part", "Take joined names apart: a name that was joined in another, or all that were joined in it.",
          takes="N | WORDS")  # fmt: skip
def part(session: Session, rest: str) -> None:
    """Take joined names apart."""
    for one in session.library.entity_decisions():
        if one.verdict is Verdict.SAME and fold_name(one.key_name) == fold_name(rest):
            session.tell(session.save(PartEntities(one.key)), "They are apart already.")
            return
    card = meant(session, rest)
    if not card.aliases:
        raise UsageError(f"Nothing was joined with {card.name}.")
    session.tell(session.save(PartEntities(card.key)), "They are apart already.")


@corrects("merge", "Go through names that are likely the same: each pair is read, and you say whether they are.",
          does=("name.likely", "entity.likely", "likely.same", "likely.different", "likely.unsure", "likely.undo",
                "likely.next"))  # fmt: skip
def merge(session: Session, rest: str) -> None:
    """Ask for each likely pair."""
    pairs = session.wait(session.library.likely_same(limit=_PAIRS))
    if not pairs:
        session.say("No names that are likely the same and undecided.")
        return
    session.say(f"{counted(len(pairs), 'pair')}. stop ends it, and undo then takes the last answer back.")
    for number, pair in enumerate(pairs, 1):
        stays, goes = sorted((pair.first, pair.second), key=lambda row: -row.mentions)
        session.say(f"{number}. {_counted(stays)}; and {_counted(goes)}: {pair.why}.")
        answer = _answer(session)
        if answer == "same":
            session.tell(session.save(JoinEntities(((goes.key, goes.name),), stays.key, stays.name)), "They are so.")
        elif answer in ("different", "unsure"):
            names = (pair.first.name, pair.second.name)
            verdict = Verdict(answer)
            session.tell(session.save(JudgeEntities(pair.first.key, pair.second.key, verdict, names)), "They are so.")
        elif answer == "stop":
            return
    session.say("Those were the pairs.")


def _counted(row: EntityRow) -> str:
    return f"{row.kind} {row.name}, {counted(row.mentions, 'mention')}"


def _answer(session: Session) -> str:
    """Ask until one of the answers is given, or its beginning; nothing is to stop."""
    question = f"{', '.join(_ANSWERS[:-1])} or {_ANSWERS[-1]}:"
    while True:
        written = session.ask(capital(question)).casefold()
        found = [one for one in _ANSWERS if one.startswith(written)]
        if not written:
            return "stop"
        if len(found) == 1:
            return found[0]


# ---- a name's own ----------------------------------------------------------------------------------------------------
@word("tagname", "Tag a name: its number in the names read last, then words to add, -word to remove.",
      takes="N +a -b ...", does=("entity.tag",))  # fmt: skip
def tag_name(session: Session, rest: str) -> None:
    """Tag a name."""
    what, _, tags = rest.partition(" ")
    card = meant(session, what)
    add, remove = tag_words(tags)
    if not add and not remove:
        raise UsageError("Which tags? Write them behind the number, as in: tagname 2 +diplomat.")
    session.tell(session.save(TagEntity(card.key, card.name, card.kind, add, remove)), "It is tagged so already.")


@word("notename", "Write the note on a name: its number in the names read last, then what to say of it.",
      takes="N TEXT", does=("entity.note",))  # fmt: skip
def note_name(session: Session, rest: str) -> None:
    """Write the note on a name."""
    what, _, text = rest.partition(" ")
    card, record = meant(session, what), None
    record = session.library.entity_record(card.key)
    if not text.strip():
        session.say(f"Your note on it: {record.body}" if record is not None and record.body else "It has no note.")
        return
    revision = record.revision if record is not None else 0
    body = f"{record.body}\n\n{text.strip()}" if record is not None and record.body else text.strip()
    change = WriteEntityNote(card.key, card.name, card.kind, body, revision)
    session.tell(session.save(change), "It says so already.")


@word("times", "Read in how many articles of each month, or year, a name is mentioned.", takes="N | WORDS",
      does=("entity.plot", "entity.later", "entity.earlier"))  # fmt: skip
def times(session: Session, rest: str) -> None:
    """Read when a name is mentioned."""
    card = meant(session, rest)
    counts = [one for one in session.wait(session.library.months(card.key)) if one[1]]
    if len(counts) > _MONTHS:
        counts = [one for one in session.wait(session.library.months(card.key, by="year")) if one[1]]
    for when, articles in counts:
        session.say(f"{when}: {counted(articles, 'article')}")
    if not counts:
        session.say("None of its articles has a date.")


@word("only", "Filter the list to the articles with a name, or with all of several, by their numbers in the names "
      "read last: only 2 5.", takes="N ... | WORDS",
      does=("name.filter", "entity.filter", "entity.mark"))  # fmt: skip
def only(session: Session, rest: str) -> None:
    """Filter the list to names."""
    parts = rest.split() if all(part.isdecimal() for part in rest.split()) else [rest]
    keys: list[EntityKey] = [meant(session, one).key for one in parts or [""]]
    set_filter(session, session.library.with_all(keys))
