"""The note on a name: written on its page or in $EDITOR, with a draft from the first second on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.library import DropNameDraft, Receipt, SaveNameDraft, WriteEntityNote
from tui.screens.drafting import Draft, ask_to_discard
from tui.screens.in_editor import write_in_editor
from tui.screens.main import saving

if TYPE_CHECKING:
    from tui.screens.names.page import EntityScreen
    from tui.screens.names.who import Who


@dataclass(slots=True)
class Writing:
    """The note being written."""

    who: Who
    body: str
    """As it was when the writing began."""
    revision: int
    draft: Draft


def begin(screen: EntityScreen) -> None:
    """Open the note for writing, in the place of the lists."""
    if screen.library.read_only:
        screen.say(f"no notes now: {screen.library.read_only}")
        return
    writing, body = _begun(screen)
    _open(screen, writing, body)
    if body != writing.body:
        screen.say("this note was not finished; here it goes on")


def page_shown(screen: EntityScreen) -> None:
    """Tell of a draft that waits on the name whose page is shown."""
    if screen.writing is None and screen.library.name_draft(screen.who.key) is not None:
        screen.say(f"the note on this name was not finished; {screen.key_of('entity.note')} goes on with it")


def _begun(screen: EntityScreen) -> tuple[Writing, str]:
    """Return what is to be written: the draft, if one waits, else the note."""
    record = screen.library.entity_record(screen.who.key)
    draft = screen.library.name_draft(screen.who.key)
    body, revision = (record.body, record.revision) if record else ("", 0)
    if draft is not None:
        # Where the note was changed since, both texts are kept when this one is saved.
        return Writing(screen.who, body, draft.base_revision, Draft(draft.body, draft.id)), draft.body
    return Writing(screen.who, body, revision, Draft(body)), body


def _open(screen: EntityScreen, writing: Writing, body: str) -> None:
    screen.writing = writing
    screen.add_class("-writing")
    screen.pane.open(f"note on: {writing.who.name}", body)
    screen.show_lines()


def _close(screen: EntityScreen) -> None:
    if screen.writing is not None:
        screen.writing.draft.stop()
    screen.writing = None
    screen.remove_class("-writing")
    screen.pane.close()
    screen.set_focus(screen.listed, scroll_visible=False)
    screen.show_lines()


def edited(screen: EntityScreen) -> None:
    """See to it that what was just typed is kept within a second."""
    writing = screen.writing
    if writing is not None:
        writing.draft.edited(screen, lambda: keep_draft(screen))


def keep_draft(screen: EntityScreen) -> None:
    """Write the draft to disk, if it is another than there."""
    writing = screen.writing
    if writing is not None:
        _keep(screen, writing, screen.pane.text)


def _keep(screen: EntityScreen, writing: Writing, body: str, said: str = "draft kept") -> None:
    change = SaveNameDraft(writing.who.key, body, writing.revision, writing.draft.resumed)
    writing.draft.keep(screen.main, body, change, said)


def _drop(screen: EntityScreen, writing: Writing) -> None:
    """Forget the draft, if there is one."""
    if writing.draft.on_disk:
        dropped = screen.library.change(DropNameDraft(writing.who.key, writing.draft.resumed))
        screen.main.when_done(dropped, lambda _: None)


def save(screen: EntityScreen) -> None:
    """Save what was written and close; an emptied note is taken away."""
    writing = screen.writing
    if writing is not None:
        body = screen.pane.text
        _close(screen)
        _write(screen, writing, body)


def _change(writing: Writing, body: str) -> WriteEntityNote:
    who, draft = writing.who, writing.draft.resumed
    return WriteEntityNote(who.key, who.name, who.kind, body.strip("\n"), writing.revision, draft)


def _write(screen: EntityScreen, writing: Writing, body: str) -> None:
    if body.strip() == writing.body.strip():
        _drop(screen, writing)
        screen.say("note unchanged")
        return
    main = screen.main
    main.status.saving += 1
    screen.say("saving the note…")

    def saved(receipt: Receipt) -> None:
        saving.saved(main, receipt)
        if receipt.conflict:
            screen.say("another session changed this note: both texts are in it, one below the other")

    def failed(error: BaseException) -> None:
        # The words are more than a message: they go back on the screen, where they can be saved again.
        saving.not_saved(main, error)
        if screen.is_attached and screen.writing is None:
            _open(screen, writing, body)
        else:
            _keep(screen, writing, body)

    main.when_done(main.library.change(_change(writing, body)), saved, failed)


def discard(screen: EntityScreen) -> None:
    """Ask, then throw away what was written."""
    writing = screen.writing
    if writing is None:
        return

    def drop() -> None:
        _close(screen)
        _drop(screen, writing)

    if screen.pane.text.strip() == writing.body.strip():
        drop()
    else:
        ask_to_discard(screen, screen.pane, drop)


def in_editor(screen: EntityScreen) -> None:
    """Go on in $EDITOR."""
    writing = screen.writing
    if writing is None:
        return

    def rescue(written: str, why: str) -> None:
        _keep(screen, writing, written, why)
        _open(screen, writing, written)

    text = write_in_editor(screen, screen.pane.text, rescue)
    if text is None:
        return
    _close(screen)
    _write(screen, writing, text)
