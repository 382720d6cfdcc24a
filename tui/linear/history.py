"""Taking back, doing again, and making the last change again elsewhere."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from store.errors import AnnotationsError, UsageError
from store.library import UNDONE_UNASKED, Read, Receipt, SetPublished, Star, Tag, TagEntity, TagNote, UndoEntry, Whose
from tui.linear import correcting, words
from tui.linear.heard import number_in
from tui.linear.joining import meant
from tui.linear.selecting import noted
from tui.linear.session import PAGE, Session
from tui.linear.spoken import without_arrows

word = partial(words.word, group="Taking back")

@word("undo", "Take back your last change. One of an earlier session, or of many articles, is told first, and taken "
      "back by a second undo. With a number it takes back that one of the changes read last, or does it again.",
      takes="[N]", short="u", does=("undo.undo", "history.undo", "entity.undo", "notes.undo", "searches.undo",
                                    "corrections.undo"))  # fmt: skip
def undo(session: Session, rest: str) -> None:
    """Take back the newest change, or one by its number."""
    _refuse_read_only(session)
    asked, session.undo_asked = session.undo_asked, ""
    if rest:
        _undo_one(session, number_in(rest, "change"), asked)
        return
    future = session.library.undo(expected=asked) if asked else session.library.undo(most=UNDONE_UNASKED)
    receipt = session.saved(future)
    if receipt.asks is None:
        _tell(session, receipt, "There is nothing to undo.")
    else:
        _ask_again(session, receipt.asks, "undo")


def _ask_again(session: Session, entry: UndoEntry, command: str) -> None:
    from tui.render.ago import ago  # with Rich, which little here needs

    session.undo_asked = entry.id
    when = ago(entry.at, datetime.now().astimezone())
    session.say(f"{command} again takes back “{without_arrows(entry.sentence)}”, {when}.")


def _undo_one(session: Session, number: int, asked: str) -> None:
    if number > len(session.heard.changes):
        raise UsageError(f"No change that was read has the number {number}. changes reads them.")
    wanted = session.heard.changes[number - 1].id
    entry = next((one for one in session.library.history() if one.id == wanted), None)
    if entry is None:
        raise UsageError("This change cannot be taken back any more.")
    if entry.undone:
        _tell(session, session.saved(session.library.redo_entry(entry.id)), "It is done already.")
        return
    whose = session.library.whose(entry)
    if (whose is Whose.ENDED or entry.articles > UNDONE_UNASKED) and asked != entry.id:
        _ask_again(session, entry, f"undo {number}")
        return
    _tell(session, session.saved(session.library.undo_entry(entry.id)), "It is undone already.")


def _tell(session: Session, receipt: Receipt, nothing: str) -> None:
    session.refresh()
    session.tell(receipt, nothing)


@word("redo", "Do again what you undid.", does=("undo.redo", "entity.redo", "notes.redo", "searches.redo",
                                                "corrections.redo"))  # fmt: skip
def redo(session: Session, rest: str) -> None:
    """Do again what was undone last."""
    _refuse_read_only(session)
    _tell(session, session.saved(session.library.redo()), "There is nothing to do again.")


@word("changes", "Read your changes, newest first; undo and a number takes one back alone, or does it again.",
      does=("undo.history",))  # fmt: skip
def changes(session: Session, rest: str) -> None:
    """Read the changes."""
    _read(session, session.library.history(), 0)


def _read(session: Session, entries: list[UndoEntry], skip: int) -> None:
    from tui.render.ago import ago

    now = datetime.now().astimezone()
    for number, one in enumerate(entries[skip : skip + PAGE], skip + 1):
        title = session.library.about(one)
        about = [title] if title else []
        parts = [without_arrows(one.sentence), *about, ago(one.at, now), *(["undone"] if one.undone else [])]
        session.say(f"{number}. {'; '.join(parts)}")
    left = len(entries) - skip - PAGE
    if left > 0:
        session.say(f"{left:,} more; more reads on.")
    elif not entries:
        session.say("Nothing was changed yet.")

    def no_article(number: int) -> bool:
        if 0 < number <= len(entries):
            raise UsageError(f"This is a change: undo {number} takes it back alone, or does it again.")
        raise UsageError(f"No change that was read has the number {number}. list reads the articles.")

    over = partial(session.say, "Those were the changes.")
    more = partial(_read, session, entries, skip + PAGE) if left > 0 else over
    session.hear(no_article if entries else None, more, changes=entries)


@word("repeat", "Make the last change of tags, star, read mark or date again on the article that is open. After one of "
      "a note or a name, or a correction, a number says on which: repeat 3.", takes="[N]",
      does=("change.repeat", "tag.next"))  # fmt: skip
def repeat(session: Session, rest: str) -> None:
    """Make the last change again."""
    last = session.last
    match last:
        case Tag() | Star() | Read() | SetPublished():
            _tell(session, session.save(last.replace(targets=(session.target,))), "It is so already.")
            if isinstance(last, Read):
                session.reading.kept_unread = not last.on
        case TagNote():
            session.tell(session.save(TagNote((noted(session, rest),), last.add, last.remove)), "It is so already.")
        case TagEntity():
            card = meant(session, rest)
            change = TagEntity(card.key, card.name, card.kind, last.add, last.remove)
            session.tell(session.save(change), "It is so already.")
        case _ if session.corrected_as:
            if not rest:
                raise UsageError("Which name? Write its number or its words behind repeat.")
            correcting.correct(session, f"{rest}{session.corrected_as}")
        case _:
            session.say("There is nothing to do again yet: repeat repeats a tag, star, read mark, date or correction.")


def _refuse_read_only(session: Session) -> None:
    if session.library.read_only:
        raise AnnotationsError(f"Not undone: {session.library.read_only}")
