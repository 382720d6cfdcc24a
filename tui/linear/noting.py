"""Notes: on the article, on the paragraph that was read last, and reading, changing and deleting them."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from functools import partial

from store.errors import DatelineError, NotFoundError, UsageError
from store.library import (
    Anchor,
    DeleteNote,
    Draft,
    DropDraft,
    Note,
    Receipt,
    SaveDraft,
    SaveNote,
    Target,
    make_anchor,
)
from store.library.note_rows import narrowed
from tui.editor import EditorError, edit_text
from tui.linear import words
from tui.linear.reading import open_key, read_on
from tui.linear.selecting import noted, taken
from tui.linear.session import PAGE, Session
from tui.linear.signals import Ended
from tui.linear.spoken import capital

word = partial(words.word, group="Notes")

_END = "."
"""A line with nothing else ends a note."""
_MOMENT = 0.2
"""Seconds that the disk has for the line written last, when the session is told to end."""


@word("note", "Write a note on what is selected, else on the article. Alone it takes lines until one that is only a "
      "full stop; ctrl+c puts what was written aside, and note goes on with it.", takes="[TEXT]", short="a",
      does=("note.write", "note.save"))  # fmt: skip
def note(session: Session, rest: str) -> None:
    """Write a note on the selection, or on the article."""
    opened, target = session.reading, session.target
    if rest:
        _save(session, SaveNote(target, rest, anchor=taken(session)))
        return
    draft = session.library.draft(opened.stored.article.id)
    resumed = draft if draft is not None and draft.body.strip() else None
    _write(session, target, resumed, taken(session) if resumed is None else None)


@word("drop", "Forget the note on this article that was put aside.", does=("note.discard",))
def drop(session: Session, rest: str) -> None:
    """Forget what was being written."""
    draft = session.library.draft(session.reading.stored.article.id)
    if draft is None:
        session.say("No note was put aside here.")
        return
    session.save(DropDraft(session.target, draft.note, draft.id))
    session.say("It is forgotten.")


@word("mark", "Highlight what is selected, else the paragraph that was read last; with words, write them as a note "
      "on it.", takes="[TEXT]", does=("passage.highlight",))  # fmt: skip
def mark(session: Session, rest: str) -> None:
    """Highlight the selection or the paragraph, or write a note on it."""
    opened, target = session.reading, session.target
    selected = taken(session)
    if selected is not None:
        _save(session, SaveNote(target, rest, anchor=selected))
        return
    if not 0 <= opened.at < len(opened.paragraphs):
        raise UsageError("No paragraph was read yet; more reads one.")
    block = opened.paragraphs.blocks[opened.at]
    _save(session, SaveNote(target, rest, anchor=make_anchor(opened.stored.article.text, block.start, block.end)))


@word("notes", "Read the notes and highlights of the article, or with all those of all articles, newest first: all, "
      "or those with some words.", takes="[all [WORDS]]",
      does=("note.list", "notes.open", "notes.find", "passage.next", "passage.previous"))  # fmt: skip
def notes(session: Session, rest: str) -> None:
    """Read notes."""
    first, _, wanted = rest.partition(" ")
    if first not in ("", "all"):
        raise UsageError("notes, notes all, or notes all and some words.")
    if rest:
        _read_all(session, wanted, 0)
        return
    opened = session.reading
    here = session.library.notes(opened.stored.article.id)
    for number, one in enumerate(here, 1):
        session.say(f"{number}. {_said(one)}")
    if not here:
        session.say("The article has no notes. note and some words writes one; mark highlights the paragraph.")

    def go_to(number: int) -> bool:
        if not 0 < number <= len(here) or session.opened is not opened:
            return False
        anchor = here[number - 1].anchor
        if anchor is not None and not here[number - 1].lost:
            opened.at = opened.paragraphs.at(anchor.start) - 1
            read_on(session, 1)
        else:
            session.say(_said(here[number - 1]))
        return True

    session.hear(go_to, notes=[one.id for one in here])


@word("edit", "Write the note with this number in the notes read last anew, in your editor; without a number a new "
      "one on what is selected, else on the article.", takes="[N]",
      does=("note.editor", "note.continue", "notes.edit", "notes.editor", "passage.edit"))  # fmt: skip
def edit(session: Session, rest: str) -> None:
    """Edit a note in the user's editor, or write one there."""
    if not rest:
        target, anchor = session.target, taken(session)
        body = _edited(session, SaveNote(target, "", anchor=anchor))
        if not body and anchor is None:
            session.say("Nothing was written.")
        else:
            _save(session, SaveNote(target, body, anchor=anchor))
        return
    wanted = noted(session, rest)
    found = next((each for each in session.library.all_notes() if each[1].id == wanted), None)
    if found is None:
        raise UsageError("This note is gone.")
    of, one = found
    before = SaveNote(of, one.body, one.id, one.revision, anchor=one.anchor)
    _save(session, before.replace(body=_edited(session, before)))


def _edited(session: Session, before: SaveNote) -> str:
    """Return what the user makes of a text in their editor; that of one that failed is kept as a draft."""
    if not session.commands.person:
        raise UsageError("An editor needs a terminal.")
    session.need_writable()
    session.voice.flush()
    try:
        with session.signals.lent():
            return edit_text(before.body, session.library.config.editor).strip("\n")
    except EditorError as error:
        if error.written is not None:
            anchor = before.anchor if before.note is None else None
            draft = SaveDraft(before.target, error.written, before.note, anchor, before.base_revision)
            session.library.change(draft)
        raise UsageError(f"{capital(str(error))}.") from error


@word("delete", "Delete the note with this number in the notes read last; undo brings it back.", takes="N",
      does=("passage.delete", "notes.delete"))  # fmt: skip
def delete(session: Session, rest: str) -> None:
    """Delete a note."""
    session.tell(session.save(DeleteNote(noted(session, rest))), "It is gone already.")


# ---- writing ---------------------------------------------------------------------------------------------------------
def _write(session: Session, target: Target, draft: Draft | None, anchor: Anchor | None) -> None:
    """Take the lines of a note; what is written is kept from the first line on."""
    session.need_writable()
    lines = draft.body.split("\n") if draft is not None else []
    if draft is not None:
        on = f"on “{' '.join(draft.anchor.quote.split())}”" if draft.anchor is not None else ""
        session.say(f"You were writing {on}:".replace(" :", ":"))
        session.say(draft.body)
    if session.commands.person:
        session.say("Write your note; a line with only a full stop ends it.")
    anchor = draft.anchor if draft is not None else anchor
    edited = draft.note if draft is not None else None
    base = _revision(session, draft) if draft is not None else 0
    resumed = draft.id if draft is not None else ""
    kept: Future[Receipt] | None = None
    told = ""
    while True:
        session.voice.flush()
        try:
            line = session.commands.read("note: ", remember=False)
        except KeyboardInterrupt:
            _put_aside(session, lines, kept)
            return
        except Ended:
            _tell_lost(session, lines, kept)
            raise
        if line is None or line.rstrip() == _END:
            break
        lines.append(line)
        if kept is not None and kept.done() and (wrong := _wrong(kept)) != told:
            told = wrong
            again = "What you write is kept again."
            session.say(f"{wrong} What you write is not kept yet; each line tries again." if wrong else again)
        # Not waited for: the next line is taken at once, and what ends the session waits for the disk.
        kept = session.library.change(SaveDraft(target, "\n".join(lines), edited, anchor, base, resumed))
    body = "\n".join(lines).strip("\n")
    if not body.strip():
        session.save(DropDraft(target, edited, resumed))
        session.say("Nothing was written.")
        return
    _save(session, SaveNote(target, body, edited, base, anchor, draft=resumed))


def _put_aside(session: Session, lines: list[str], kept: Future[Receipt] | None) -> None:
    """Stop writing; where the disk does not have what was written, say it, so that it is not lost."""
    wrong = ""
    try:
        if kept is not None:
            session.wait(kept)
    except DatelineError as error:
        wrong = str(error)
    except KeyboardInterrupt:
        wrong = "The disk has not answered yet."
    except Ended:
        _tell_lost(session, lines, kept)
        raise
    if wrong:
        session.say(f"\nThe note is not put aside. {wrong}")
        session.say("\n".join(["The note was:", *lines]))
    else:
        session.say("\nThe note is put aside." + (" note goes on with it, drop forgets it." if lines else ""))


def _tell_lost(session: Session, lines: list[str], kept: Future[Receipt] | None) -> None:
    """Say what was written where the disk does not have it, before the session ends."""
    if kept is None:
        return
    with suppress(TimeoutError):
        if kept.exception(min(_MOMENT, session.signals.left / 4)) is None:
            return
    session.say("\n".join(["The note was:", *lines]))
    with suppress(OSError):
        session.voice.flush()


def _wrong(kept: Future[Receipt]) -> str:
    """Say why a draft is not on disk; empty where it is."""
    error = kept.exception()
    return str(error) if error is not None else ""


def _revision(session: Session, draft: Draft) -> int:
    """Return the revision of the note that a draft of it was begun on: where it has another since, both are kept."""
    there = session.library.notes(session.reading.stored.article.id)
    return next((draft.base_in(one) for one in there if one.id == draft.note), draft.base_revision or 0)


def _save(session: Session, change: SaveNote) -> None:
    try:
        receipt = session.save(change)
    except (DatelineError, Ended):
        # What was written must not be lost with the disk that would not take it.
        session.say(f"The note was:\n{change.body}")
        raise
    session.tell(receipt, "It says so already.")


# ---- reading ---------------------------------------------------------------------------------------------------------
def _said(one: Note) -> str:
    quote = f"on “{' '.join(one.anchor.quote.split())}”" if isinstance(one.anchor, Anchor) else "on the article"
    tags = f" Tagged {', '.join(one.tags)}." if one.tags else ""
    lost = " Its passage is not in the text any more." if one.lost else ""
    end = "" if not (lost or tags) or one.body.endswith((".", "!", "?", "…", "”")) else "."
    return f"Note {quote}: {one.body}{end}{lost}{tags}" if one.body else f"Highlight {quote}.{lost}{tags}"


def _read_all(session: Session, wanted: str, skip: int) -> None:
    rows = narrowed(session.library.note_rows(), wanted)
    for number, row in enumerate(rows[skip : skip + PAGE], skip + 1):
        session.say(f"{number}. {row.target.title}{'; gone' if row.gone else ''}. {_said(row.note)}")
    left = len(rows) - skip - PAGE
    if left > 0:
        session.say(f"{left:,} more; more reads on.")
    elif not rows:
        session.say(f"No note has the words {wanted}." if wanted else "There are no notes yet.")

    def go_to(number: int) -> bool:
        if not 0 < number <= len(rows):
            return False
        row = rows[number - 1]
        if row.key is None:
            raise NotFoundError("The article of this note is not in this library.")
        open_key(session, row.key, row.note.anchor.start if row.note.anchor is not None else None)
        return True

    over = partial(session.say, "Those were the notes.")
    more = partial(_read_all, session, wanted, skip + PAGE) if left > 0 else over
    session.hear(go_to, more, notes=[row.note.id for row in rows])
