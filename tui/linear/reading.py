"""Reading an article by paragraphs: open, more, page, back, again, top, where, find."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

from store.article import Mention
from store.errors import DatelineError, UsageError
from store.library import Anchor, Note, Position, Read, found_in, group_of
from store.sentences import sentence_at
from tui.linear import words
from tui.linear.heard import Opened, number_in
from tui.linear.session import Session
from tui.linear.spoken import capital, day_said, sentence
from tui.linear.text import Paragraphs, minutes
from tui.render.counted import counted
from tui.render.hits import FoldedText, phrase_pattern

word = partial(words.word, group="Reading")

PAGE_WORDS = 200
"""Words after which a page ends with the paragraph."""
_MOST_FOUND = 20
"""Places that are read out of what `find` finds."""


# ---- opening and leaving ---------------------------------------------------------------------------------------------
def open_key(session: Session, key: int, offset: int | None = None) -> None:
    """Open an article and read its head and first paragraph, or the one at an offset."""
    stored = session.stored(key)
    leave(session)
    if session.opened is not None and session.opened.stored.key != key:
        session.visited.append((session.opened.stored.key, session.opened.offset))
    opened = Opened(stored, Paragraphs(stored.article), time.monotonic())
    session.opened = opened
    session.at = session.keys.row_of(key)
    if session.at is not None:
        session.next_at = session.at + 1
    session.background.want_names(stored.article.id)
    session.say(head_said(session))
    position = session.library.marks(stored.article.id).position if offset is None else offset
    at = opened.paragraphs.at(position)
    if offset is None and 0 < at < len(opened.paragraphs) - 1:
        session.say(f"You had read up to paragraph {at + 1} of {len(opened.paragraphs)}; top begins at the start.")
    opened.at = max(0, at) - 1
    read_on(session, 1)


def leave(session: Session) -> None:
    """Keep the place in the article that is read, and mark it read if it was."""
    opened = session.opened
    if opened is None or session.library.read_only:
        return
    try:
        _keep(session, opened)
    except DatelineError as error:
        # A full disk must not keep one from reading on.
        session.say(str(error))


def _keep(session: Session, opened: Opened) -> None:
    marks, target, library = session.marks, session.target, session.library
    if opened.offset != marks.position:
        session.save(Position(target, opened.offset))
    half = minutes(opened.stored.words, library.config.pace) * 30
    if not marks.read and not opened.kept_unread and (opened.ended or time.monotonic() - opened.since >= half):
        session.save(Read((target,), True, automatic=True))


def head_said(session: Session) -> str:
    """Return what stands at the head of the article that is read."""
    opened, marks = session.reading, session.marks
    article = opened.stored.article
    notes = len(session.library.notes(article.id))
    pace = session.library.config.pace
    where = f"Article {session.at + 1} of {len(session.keys)}: " if session.at is not None else ""
    facts = [
        *([f"By {article.byline.removeprefix('By ').removeprefix('by ')}"] if article.byline else []),
        capital(day_said(article.published)),
        f"{counted(minutes(opened.stored.words, pace), 'minute')}, {counted(len(opened.paragraphs), 'paragraph')}",
        *(["Starred"] if marks.starred else []),
        *([f"Tagged {', '.join(marks.tags)}"] if marks.tags else []),
        *([counted(notes, "note or highlight", "notes and highlights")] if notes else []),
        *(["Its text has changed since you noted on it"] if marks.changed else []),
        *(["Its file is gone; this is the text that was kept"] if opened.stored.key < 0 else []),
    ]
    return f"{where}{sentence(article.title)}\n{' '.join(sentence(fact) for fact in facts)}"


# ---- reading on ------------------------------------------------------------------------------------------------------
@word("more", "Read on: the next paragraph of the article, or of whatever list was read last. An empty line does "
      "the same. A number reads so many paragraphs.", takes="[N]", short="m")  # fmt: skip
def more(session: Session, rest: str) -> None:
    """Read on."""
    if rest:
        read_on(session, len(session.reading.paragraphs) if rest == "all" else number_in(rest, "number of paragraphs"))
    elif session.heard.more is not None:
        session.heard.more()
    else:
        read_on(session, 1)


@word("page", f"Read on by a page, about {PAGE_WORDS} words.", does=("read.page",))
def page(session: Session, rest: str) -> None:
    """Read paragraphs until a page is full."""
    opened = session.reading
    count = words = 0
    while words < PAGE_WORDS and opened.at + count + 1 < len(opened.paragraphs):
        count += 1
        words += len(opened.paragraphs.bare(opened.at + count).split())
    read_on(session, max(1, count))


@word("again", "Read the paragraph again, and go on with the article from there.")
def again(session: Session, rest: str) -> None:
    """Read the paragraph again."""
    session.reading.at = max(-1, session.reading.at - 1)
    read_on(session, 1)


@word("back", "Read the paragraph before.", short="b")
def back(session: Session, rest: str) -> None:
    """Read the paragraph before."""
    if session.reading.at <= 0:
        session.say("This is the first paragraph.")
        return
    session.reading.at -= 2
    read_on(session, 1)


@word("top", "Read the article from its start.")
def top(session: Session, rest: str) -> None:
    """Begin at the start."""
    session.reading.at = -1
    read_on(session, 1)


def read_on(session: Session, count: int) -> None:
    """Read so many paragraphs; what stands in one as a note is read behind it."""
    opened = session.reading
    paragraphs = opened.paragraphs
    session.hear(more=partial(read_on, session, 1))
    if opened.at + 1 >= len(paragraphs):
        opened.ended = True
        session.say("End of the article. next opens the next one.")
        return
    names = _marked(session)
    notes = session.library.notes(opened.stored.article.id)
    for _ in range(min(count, len(paragraphs) - opened.at - 1)):
        opened.at += 1
        session.say(paragraphs.said(opened.at, names))
        block = paragraphs.blocks[opened.at]
        for note in notes:
            if note.anchor is not None and not note.lost and block.start <= note.anchor.start < block.end:
                session.say(noted(note, note.anchor))
    opened.ended = opened.ended or opened.at + 1 >= len(paragraphs)


def noted(note: Note, anchor: Anchor) -> str:
    """Return a note behind its paragraph."""
    quote = " ".join(anchor.quote.split())
    return f"Your note on “{quote}”: {note.body}" if note.body else f"You highlighted “{quote}”."


def _marked(session: Session) -> Sequence[Mention]:
    if not session.marks_names:
        return ()
    shown = session.library.config.shown
    return [name for name in session.names() if group_of(name.label) in shown]


@word("marks", "Mark names in what is read, as in [person Shinzo Abe], or do not.", takes="on|off",
      also=("highlight",), does=("name.shown",))  # fmt: skip
def marks(session: Session, rest: str) -> None:
    """Switch the marks of names on or off."""
    if rest not in ("", "on", "off"):
        raise UsageError("marks on, or marks off.")
    session.marks_names = rest == "on" or (not rest and not session.marks_names)
    session.say("Names are marked from now on." if session.marks_names else "Names are not marked any more.")


@word("where", "Say where you are: which article of which list, which paragraph, how much is left.", short="w")
def where(session: Session, rest: str) -> None:
    """Say where one is."""
    query = f", filtered by {session.query}" if session.query else ""
    if session.opened is None:
        session.say(f"In the list of {counted(len(session.keys), 'article')}{query}. No article is open.")
        return
    opened = session.opened
    total = len(opened.paragraphs)
    place = f"Article {session.at + 1} of {len(session.keys)}{query}" if session.at is not None else "Not in the list"
    left = opened.paragraphs.words_behind(opened.at)
    end = f"about {counted(minutes(left, session.library.config.pace), 'minute')} left" if left else "at the end"
    share = round(100 * (opened.at + 1) / max(1, total))
    session.say(f"{place}: {sentence(opened.stored.article.title)}")
    session.say(f"Paragraph {opened.at + 1} of {total}, {share} percent, {end}.")


# ---- finding ---------------------------------------------------------------------------------------------------------
@word("find", "Find words in the article, and read each sentence that has them. Without words, those of the filter.",
      takes="[WORDS]", short="/", does=("find.text",))  # fmt: skip
def find(session: Session, rest: str) -> None:
    """Read the sentences of the article with some words."""
    opened = session.reading
    article = opened.stored.article
    if rest:
        pattern = phrase_pattern([rest], whole_words=False)
        spans: Sequence[tuple[int, int]] = FoldedText(article.text).spans(pattern) if pattern else ()
    elif session.found:
        spans = found_in(article.text, session.found)
    else:
        raise UsageError("Find what? Write the words behind it, as in: find Kuril islands")
    places = list(dict.fromkeys(sentence_at(article, start) for start, _ in spans))
    if not places:
        session.say(f"{rest or 'The words of the filter'}: not in this article.")
        return
    opened.hits, opened.hit = places, -1
    session.say(f"{counted(len(spans), 'time')}, in {counted(len(places), 'sentence')}.")
    for number, (start, end) in enumerate(places[:_MOST_FOUND], 1):
        at = opened.paragraphs.at(start)
        session.say(f"{number}. Paragraph {at + 1}: {' '.join(article.text[start:end].split())}")

    def go_to(number: int) -> bool:
        if not 0 < number <= len(places) or session.opened is not opened:
            return False
        go_to_hit(session, number - 1)
        return True

    session.hear(go_to)


@word("hit", "Go to the next place that find found, and read its paragraph; hit back to the one before.",
      takes="[back]", does=("find.next", "find.previous"))  # fmt: skip
def hit(session: Session, rest: str) -> None:
    """Go from one found place to the next."""
    opened = session.reading
    if rest not in ("", "back"):
        raise UsageError("hit, or hit back.")
    if not opened.hits:
        raise UsageError("Nothing was found in this article; find and some words looks for them.")
    paragraphs = [opened.paragraphs.at(start) for start, _ in opened.hits]
    at = opened.hit
    if not 0 <= at < len(paragraphs) or paragraphs[at] != opened.at:
        # From where one has read on to, in whatever way; what was found there was heard with it.
        before = sum(1 for one in paragraphs if one < opened.at)
        at = before if rest else before + paragraphs.count(opened.at) - 1
    at += -1 if rest else 1
    if not 0 <= at < len(paragraphs):
        session.say("This is the last place found." if not rest else "This is the first place found.")
    elif paragraphs[at] == opened.at:
        # Not the whole paragraph a second time.
        opened.hit = at
        found = opened.stored.article.text[slice(*opened.hits[at])]
        session.say(f"Place {at + 1} of {len(paragraphs)}, in this paragraph: {' '.join(found.split())}")
    else:
        go_to_hit(session, at)


def go_to_hit(session: Session, number: int) -> None:
    """Read the paragraph of a found place."""
    opened = session.reading
    opened.hit = number
    opened.at = opened.paragraphs.at(opened.hits[number][0]) - 1
    session.say(f"Place {number + 1} of {len(opened.hits)}.")
    read_on(session, 1)
