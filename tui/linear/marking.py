"""Tags, stars, read marks, and taking back: each says what it did."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from store.errors import AnnotationsError, UsageError
from store.library import Read, Star, Tag
from tui.commands.tag_words import tag_words
from tui.linear import words
from tui.linear.session import Session
from tui.linear.spoken import sentence
from tui.render.counted import counted

word = partial(words.word, group="Tags and marks")

MANY = 20
"""Articles and notes up to which a change is undone without asking."""


@word("tag", "Tag the article: words to add, -word to remove. Alone it reads the article's tags.",
      takes="[+a -b ...]", short="t")  # fmt: skip
def tag(session: Session, rest: str) -> None:
    """Tag the article."""
    if not rest:
        own = session.marks.tags
        session.say(sentence(f"Tagged {', '.join(own)}") if own else "The article has no tags.")
        return
    target = session.target
    add, remove = tag_words(rest)
    receipt = session.save(Tag((target,), add, remove))
    session.tell(receipt, "Nothing to change: it is tagged so already.")


@word("tags", "Read all your tags, the last used first, with how many articles bear each.")
def tags(session: Session, rest: str) -> None:
    """Read all tags."""
    uses = session.library.tags()
    for one in uses:
        more = [*([counted(one.notes, "note")] if one.notes else []), *([f"number {one.digit}"] if one.digit else [])]
        session.say(f"{one.name}: {', '.join([counted(one.articles, 'article'), *more])}")
    if not uses:
        session.say("You have no tags yet. tag japan tags the article with japan.")


@word("star", "Star the article.")
def star(session: Session, rest: str) -> None:
    """Star the article."""
    session.tell(session.save(Star((session.target,), True)), "It is starred already.")


@word("unstar", "Take the star off.")
def unstar(session: Session, rest: str) -> None:
    """Take the star off."""
    session.tell(session.save(Star((session.target,), False)), "It is not starred.")


@word("read", "Mark the article read. It becomes so by itself once you leave it after its end or half its time.")
def read(session: Session, rest: str) -> None:
    """Mark the article read."""
    session.tell(session.save(Read((session.target,), True)), "It is marked read already.")


@word("unread", "Mark the article unread; it stays so when you leave it.")
def unread(session: Session, rest: str) -> None:
    """Mark the article unread."""
    session.tell(session.save(Read((session.target,), False)), "It is unread already.")
    session.reading.kept_unread = True


@word("undo", "Take back your last change. One of an earlier session, or of many articles, is told first, and taken "
      "back by a second undo.", short="u")  # fmt: skip
def undo(session: Session, rest: str) -> None:
    """Take back the newest change."""
    _refuse_read_only(session)
    asked, session.undo_asked = session.undo_asked, ""
    future = session.library.undo(expected=asked) if asked else session.library.undo(most=MANY)
    receipt = future.result()
    if receipt.asks is None:
        session.tell(receipt, "There is nothing to undo.")
        return
    from tui.render.ago import ago  # with Rich, which little here needs

    session.undo_asked = receipt.asks.id
    when = ago(receipt.asks.at, datetime.now().astimezone())
    session.say(f"undo again takes back “{receipt.asks.sentence}”, {when}.")


@word("redo", "Do again what you undid.")
def redo(session: Session, rest: str) -> None:
    """Do again what was undone last."""
    _refuse_read_only(session)
    session.tell(session.library.redo().result(), "There is nothing to do again.")


def _refuse_read_only(session: Session) -> None:
    if session.library.read_only:
        raise AnnotationsError(f"Not undone: {session.library.read_only}")


@word("searches", "Read your saved searches; filter search:NAME takes one.")
def searches(session: Session, rest: str) -> None:
    """Read the saved searches."""
    if rest:
        raise UsageError(f"searches reads them all; filter search:{rest} takes one.")
    saved = session.library.searches()
    for one in saved:
        session.say(f"{one.name}: {one.query}")
    if not saved:
        session.say("You have saved no searches. dateline searches save NAME QUERY saves one.")
