"""Editing a note where it is listed: beside the list or in $EDITOR, with a draft from the first second on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.library import DropDraft, Note, Receipt, SaveDraft, SaveNote, Target
from store.library.note_rows import NoteRow
from tui.screens.drafting import Draft, ask_to_discard
from tui.screens.in_editor import write_in_editor
from tui.screens.main import saving
from tui.screens.notes import lines
from tui.widgets.note_pane import NotePane

if TYPE_CHECKING:
    from tui.screens.notes.screen import NotesScreen


@dataclass(slots=True)
class Writing:
    """The note being edited."""

    note: Note
    target: Target
    base_revision: int
    """The revision of the note that the writing started from, be it before a draft was put aside."""
    draft: Draft


def _begin(screen: NotesScreen, row: NoteRow) -> tuple[Writing, str] | None:
    if screen.library.read_only:
        screen.say(f"no notes now: {screen.library.read_only}")
        return None
    note, draft = row.note, screen.library.draft(row.target.id)
    if draft is not None and draft.note == note.id:
        # Where the note was changed since, both texts are kept when this one is saved.
        return Writing(note, row.target, draft.base_in(note), Draft(draft.body, draft.id)), draft.body
    return Writing(note, row.target, note.revision, Draft(note.body)), note.body


def edit(screen: NotesScreen, row: NoteRow) -> None:
    """Open the note for writing, in the place of the page beside the list."""
    begun = _begin(screen, row)
    if begun is not None:
        _begin_writing(screen, *begun)


def _begin_writing(screen: NotesScreen, writing: Writing, body: str) -> None:
    screen.writing = writing
    if screen.pane is not None:
        _open(screen, body)
        return

    async def put_in() -> None:
        await screen.query_one("#side").mount(NotePane())
        _open(screen, body)
        screen.preparing = False
        screen.host.release_keys()

    screen.preparing = True
    screen.call_next(put_in)


def _open(screen: NotesScreen, body: str) -> None:
    pane, writing = screen.pane, screen.writing
    if pane is None or writing is None:
        return
    screen.add_class("-inside")
    screen.page.display = False
    pane.open(f"note on: {writing.target.title}", body)
    lines.show(screen)


def edited(screen: NotesScreen) -> None:
    """See to it that what was just typed is kept within a second."""
    writing = screen.writing
    if writing is not None:
        writing.draft.edited(screen, lambda: keep_draft(screen))


def keep_draft(screen: NotesScreen) -> None:
    """Write the draft to disk, if it is another than there."""
    writing, pane = screen.writing, screen.pane
    if writing is not None and pane is not None:
        _keep(screen, writing, pane.text)


def _keep(screen: NotesScreen, writing: Writing, body: str, said: str = "draft kept") -> None:
    change = SaveDraft(writing.target, body, writing.note.id, None, writing.base_revision, writing.draft.resumed)
    writing.draft.keep(screen.main, body, change, said)


def _close(screen: NotesScreen) -> None:
    writing, pane = screen.writing, screen.pane
    screen.writing = None
    if writing is not None:
        writing.draft.stop()
    screen.page.display = True
    screen.go_inside(False)
    if pane is not None:
        pane.close()


def save(screen: NotesScreen) -> None:
    """Save what was written and close; an emptied note is deleted, an emptied highlight stays one."""
    writing, pane = screen.writing, screen.pane
    if writing is not None and pane is not None:
        body = pane.text
        _close(screen)
        _save_text(screen, writing, body)


def _save_text(screen: NotesScreen, writing: Writing, body: str) -> None:
    note = writing.note
    if body.strip() == note.body.strip():
        if writing.draft.on_disk:
            screen.library.change(DropDraft(writing.target, note.id, writing.draft.resumed))
        screen.say("note unchanged")
    else:
        _write(screen, writing, body)


def _write(screen: NotesScreen, writing: Writing, body: str) -> None:
    main = screen.main
    main.status.saving += 1
    screen.say("saving the note…")

    def saved(receipt: Receipt) -> None:
        saving.saved(main, receipt)
        if receipt.conflict:
            both = f"another session changed this note: both are kept; {screen.key_of('notes.texts')} compares"
            screen.say(both if body.strip() else receipt.sentence)

    def failed(error: BaseException) -> None:
        # The words are more than a message: they go back on the screen, where they can be saved again.
        saving.not_saved(main, error)
        if screen.is_open and screen.writing is None:
            screen.writing = writing
            _open(screen, body)
        else:
            _keep(screen, writing, body)

    change = SaveNote(writing.target, body, writing.note.id, writing.base_revision, draft=writing.draft.resumed)
    main.when_done(main.library.change(change), saved, failed)


def discard(screen: NotesScreen) -> None:
    """Ask, then throw away what was written."""
    writing, pane = screen.writing, screen.pane
    if writing is None or pane is None:
        return

    def drop() -> None:
        _close(screen)
        dropped = screen.library.change(DropDraft(writing.target, writing.note.id, writing.draft.resumed))
        screen.main.when_done(dropped, lambda _: None)

    if pane.text.strip() == writing.note.body.strip():
        drop()
    else:
        ask_to_discard(screen, pane, drop)


def in_editor(screen: NotesScreen, row: NoteRow | None) -> None:
    """Edit in $EDITOR: a note of the list, or what is being written."""
    writing, pane = screen.writing, screen.pane
    if writing is not None and pane is not None:
        body = pane.text
    else:
        begun = _begin(screen, row) if row is not None else None
        if begun is None:
            return
        writing, body = begun

    def rescue(written: str, why: str) -> None:
        _keep(screen, writing, written, why)
        _begin_writing(screen, writing, written)

    text = write_in_editor(screen, body, rescue)
    if text is None:
        return
    if screen.writing is not None:
        _close(screen)
    _save_text(screen, writing, text)
