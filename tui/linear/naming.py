"""Names in plain words: those of the article, those of the library, and where one of them is mentioned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from store.article import EntityKey, key_of_entity
from store.errors import UsageError
from store.library import Group, group_of, group_title, group_words
from tui.linear import words
from tui.linear.heard import number_in
from tui.linear.reading import open_key
from tui.linear.session import PAGE, Session
from tui.linear.spoken import capital, day_said, sentence
from tui.render.counted import counted

word = partial(words.word, group="Names")

_NAMES = 20
"""Names of an article that are read at a time."""
_COMPANY = 5
"""Names that are told of those that a name is most often named with."""

Named = tuple[EntityKey, str, Group, int]
"""Who or what is named, by which name, of which kind, how often."""


@word("names", "Read the names of the article by kind, with how often each is mentioned. A kind, as in names people, "
      "reads those; names all every kind; names library those of all articles, or those with some words.",
      takes="[KIND | all | library [WORDS]]", does=("name.panel", "name.all", "entity.kind"))  # fmt: skip
def names(session: Session, rest: str) -> None:
    """Read names."""
    first, _, behind = rest.partition(" ")
    if first == "library":
        _library(session, behind.strip())
        return
    named = _named(session)
    kinds = list(Group) if rest == "all" else _kinds(session, rest)
    listed = [one for kind in kinds for one in named if one[2] is kind]
    if not named:
        session.say("No names were found in this article.")
        return
    counts = Counter(one[2] for one in named)
    told = ", ".join(f"{group_title(kind)} {counts[kind]}" for kind in Group if counts[kind])
    session.say(sentence(capital(told)))
    _read_named(session, listed, 0)


def _read_named(session: Session, listed: Sequence[Named], skip: int) -> None:
    """Read names of an article, so many at a time."""
    for number, one in enumerate(listed[skip : skip + _NAMES], skip + 1):
        session.say(f"{number}. {one[2]}: {one[1]}, {counted(one[3], 'time')}")
    left = len(listed) - skip - _NAMES
    if left > 0:
        session.say(f"{left} more; more reads on.")
    more = partial(_read_named, session, listed, skip + _NAMES) if left > 0 else None
    if skip and more is None:
        more = partial(session.say, "Those were the names.")
    _hear(session, [key for key, _, _, _ in listed], more)


@word("name", "Tell of a name, by its number in the names read last or by its words: how often and since when, and "
      "every mention in its sentence, across the library.", takes="N | WORDS",
      also=("entities",),
      does=("name.page", "name.go", "name.same-next", "name.same-previous", "entity.open",
            "entity.next-part"))  # fmt: skip
def name(session: Session, rest: str) -> None:
    """Tell of one name."""
    if not rest:
        raise UsageError("Which name? Write its number in the names that were read last, or its words.")
    if rest.isdecimal():
        number = number_in(rest, "name")
        if number > len(session.heard.names):
            raise UsageError(f"No name that was read has the number {number}. names reads those of the article.")
        tell_of(session, session.heard.names[number - 1])
        return
    found = session.wait(session.library.entities(rest, limit=PAGE)).rows
    if not found:
        session.say(f"Nobody and nothing is known as {rest}.{_so_far(session)}")
    elif len(found) == 1 or found[0].name.casefold() == rest.casefold():
        tell_of(session, found[0].key)
    else:
        _read_rows(session, rest, PAGE)


# ---- the names of the article ----------------------------------------------------------------------------------------
def _named(session: Session) -> list[Named]:
    """Return the names of the article, most often mentioned first; waits until they are found."""
    opened = session.reading
    session.names()
    if not opened.stored.analysed:
        session.say("Names are being looked for; one moment.")
        session.voice.flush()
        article = opened.stored.article.id

        def there() -> bool:
            told = session.background.names_of(article)
            return told is not None and told.complete

        with session.signals.waiting():
            session.background.wait(there)
    mentions = session.names()
    if session.background.trouble and not opened.stored.analysed:
        raise UsageError(f"Names cannot be found: {session.background.trouble}")
    if opened.stored.no_model:
        session.say("No model reads the language of this article; dateline doctor says what would.")
    joined = session.library.joined()
    into = {one.into: one.into_name for one in session.library.entity_decisions()}
    counts: Counter[EntityKey] = Counter()
    called: dict[EntityKey, tuple[str, Group]] = {}
    text = opened.stored.article.text
    for one in mentions:
        kind = group_of(one.label)
        spelled = one.entity or " ".join(text[one.start : one.end].split())
        own = key_of_entity(kind, spelled)
        key = joined.get(own, own)
        counts[key] += 1
        called.setdefault(key, (into.get(key, spelled) if key != own else spelled, kind))
    return [(key, *called[key], n) for key, n in counts.most_common()]


def _kinds(session: Session, rest: str) -> Sequence[Group]:
    if not rest:
        return [kind for kind in Group if kind in session.library.config.shown]
    wanted = rest.casefold()
    called = {kind: (kind.value, *group_words(kind)) for kind in Group}
    found = [kind for kind in Group if any(name.startswith(wanted) for name in called[kind])]
    if not found:
        known = ", ".join(group_title(kind) for kind in Group)
        raise UsageError(f"{rest} is no kind of name. There are {known}.")
    return found


# ---- the names of the library ----------------------------------------------------------------------------------------
def _library(session: Session, words: str) -> None:
    counts = session.library.counts()
    if counts.analysed < counts.articles:
        session.say(f"Names are known of {counts.analysed:,} of {counts.articles:,} articles so far.")
    _read_rows(session, words, PAGE)


def _read_rows(session: Session, words: str, limit: int) -> None:
    """Read names with some words, most articles first: the last ten of `limit`."""
    rows = session.wait(session.library.entities(words, limit=limit)).rows
    for number, row in enumerate(rows[limit - PAGE :], limit - PAGE + 1):
        session.say(f"{number}. {row.kind}: {row.name}, in {counted(row.articles, 'article')}")
    if len(rows) == limit:
        session.say("more reads on.")
    elif len(rows) <= limit - PAGE:
        session.say("Those were the names." if rows else "No names are known yet.")
    more = partial(_read_rows, session, words, limit + PAGE) if len(rows) == limit else None
    _hear(session, [row.key for row in rows], more or partial(session.say, "Those were the names."))


def _hear(session: Session, keys: list[EntityKey], more: partial[None] | None = None) -> None:
    def open_name(number: int) -> bool:
        if not 0 < number <= len(keys):
            return False
        tell_of(session, keys[number - 1])
        return True

    session.hear(open_name, more, names=keys)


def _so_far(session: Session) -> str:
    counts = session.library.counts()
    if counts.analysed >= counts.articles:
        return ""
    return f" Names are known of {counts.analysed:,} of {counts.articles:,} articles so far."


# ---- one name --------------------------------------------------------------------------------------------------------
def tell_of(session: Session, key: EntityKey) -> None:
    """Tell who or what is named, and read the newest mentions."""
    card = session.wait(session.library.entity(key))
    if card is None:
        session.say(f"This name is not counted yet.{_so_far(session)}")
        return
    record = session.library.entity_record(card.key)
    many = f"{counted(card.mentions, 'mention')} in {counted(card.articles, 'article')}"
    span = f", from {day_said(card.first)} to {day_said(card.last)}" if card.first and card.last else ""
    if card.first == card.last and card.first is not None:
        span = f", on {day_said(card.first)}"
    forms = [form for form, _ in card.forms if form != card.name][:5]
    joined = [alias.name for alias in card.aliases]
    session.say(f"{card.kind}: {card.name}. {many}{span}.")
    for label, told in (("Also written", forms), ("Joined with it", joined)):
        if told:
            session.say(sentence(f"{label}: {', '.join(told)}"))
    if record is not None and record.tags:
        session.say(sentence(f"You tagged it {', '.join(record.tags)}"))
    if record is not None and record.body:
        session.say(f"Your note on it: {record.body}")
    company = session.wait(session.library.together(card.key, limit=_COMPANY)).rows
    if company:
        session.say(sentence(f"Most often with {', '.join(f'{one.kind} {one.name}' for one in company)}"))
    _read_mentions(session, card.key, 0)


def _read_mentions(session: Session, key: EntityKey, skip: int) -> None:
    lines = session.wait(session.library.mention_lines(key, skip=skip, limit=PAGE + 1))
    for number, line in enumerate(lines[:PAGE], skip + 1):
        session.say(f"{number}. {line.title}, {day_said(line.published)}: {line.sentence}")
    if len(lines) > PAGE:
        session.say("more reads on; open and a number goes there.")
    elif not skip and lines:
        session.say("open and a number goes there.")
    before = session.heard.open if skip else None
    shown = lines[:PAGE]

    def go_to(number: int) -> bool:
        if not skip < number <= skip + len(shown):
            return before(number) if before is not None and number <= skip else False
        line = shown[number - skip - 1]
        open_key(session, line.article, line.start)
        return True

    over = partial(session.say, "Those were the mentions.")
    more = partial(_read_mentions, session, key, skip + PAGE) if len(lines) > PAGE else over
    session.hear(go_to, more)
