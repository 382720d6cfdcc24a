"""Writing notes in the pane beside the text, with a draft from the first second on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.library import Anchor, DropDraft, NoteId, Receipt, SaveDraft, SaveNote, Target, make_anchor
from tui.render.hits import Span
from tui.screens.drafting import Draft, ask_to_discard
from tui.screens.key_words import key_of
from tui.screens.main import notes_here, passages, saving
from tui.screens.main.handlers import does, given

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@dataclass(slots=True)
class Writing:
    """The note being written."""

    target: Target
    note: NoteId | None
    base_revision: int
    before: str
    """The text it began with."""
    anchor: Anchor | None = None
    """The passage it is on; None for one on the whole article."""
    draft: Draft = field(default_factory=lambda: Draft(""))

    @property
    def heading(self) -> str:
        """Say what is written, and on what."""
        kind = "note" if self.note is not None else "new note"
        if self.anchor is None:
            return f"{kind} on the article: {self.target.title}"
        return f"{kind} on: “{' '.join(self.anchor.quote[:300].split())}”"


def article_shown(screen: MainScreen) -> None:
    """Tell of a draft that waits on the article now on screen."""
    if screen.opened is None or not screen.library.annotations_ready or screen.writing is not None:
        return
    article = screen.opened.stored.article.id
    if screen.library.draft(article) is not None:
        from tui.screens.main import resuming, telling

        if screen.status.message == resuming.CUT_OFF:
            # It says as much, and what to press.
            screen.say(_unfinished(screen))
        else:
            telling.tell(screen, _unfinished(screen), "draft", article)


def _unfinished(screen: MainScreen) -> str:
    return f"a note on this article was not finished; {key_of(screen, 'note.write')} goes on with it"


def offer_draft(screen: MainScreen) -> None:
    """Tell of a draft once the annotations are known."""
    article_shown(screen)
    from tui.screens.main import status

    status.show(screen)


def begin(screen: MainScreen, note: NoteId | None) -> tuple[Writing, str] | None:
    """Find what is to be written on: a draft first, else the note, else the passage under the cursor."""
    if screen.library.read_only:
        screen.say(f"no notes now: {screen.library.read_only}")
        return None
    if not screen.in_reader and note is None:
        from tui.screens.main import reading

        reading.follow(screen)
    if screen.opened is None:
        screen.say("no article to write a note on")
        return None
    article = screen.opened.stored.article
    draft = screen.library.draft(article.id)
    span: Span | None = None
    if note is None:
        note, span = passages.subject(screen)
    if draft is not None and note is None and (span is None or draft.note is None):
        # What was not finished comes before another new note, which would take the place of its draft.
        note, span = draft.note, None
    old = notes_here.note_with(screen, note)
    target = screen.opened.target(screen.library)
    if old is not None:
        before = old.body
        writing = Writing(target, old.id, old.revision, before, old.anchor)
    else:
        # One that was deleted while its draft waited is saved anew.
        before = ""
        writing = Writing(target, note, 0, before, make_anchor(article.text, *span) if span else None)
    body, resumed = before, ""
    if draft is not None and draft.note == writing.note:
        body, resumed = draft.body, draft.id
        # Where the note was changed since, both texts are kept when this one is saved.
        writing.base_revision = draft.base_in(old) if old is not None else draft.base_revision or 0
        if old is None and draft.anchor is not None:
            writing.anchor, body = passages.resumed(article.text, draft.anchor, body)
    writing.draft = Draft(body, resumed)
    return writing, body


# ---- the pane --------------------------------------------------------------------------------------------------------
@does("note.write")
def write(screen: MainScreen, _: str) -> None:
    """Open the pane for a new note, or for the draft that waits."""
    screen.once_loaded(lambda: open_pane(screen, None))


@given("note.write")
def write_words(screen: MainScreen, text: str) -> None:
    """Write a note without the pane; to a note that is there already the words are added, after an empty line."""
    screen.once_loaded(lambda: _write_words(screen, text.strip()))


def _write_words(screen: MainScreen, text: str) -> None:
    opened = screen.opened
    if opened is not None and screen.library.draft(opened.stored.article.id) is not None:
        screen.say(_unfinished(screen))
        return
    begun = begin(screen, None)
    if begun is not None:
        writing, before = begun
        screen.reader.clear_selection()
        save_text(screen, writing, f"{before.rstrip()}\n\n{text}" if before.strip() else text)


def edit_note(screen: MainScreen, note: str) -> None:
    """Open the pane for a note that exists."""
    open_pane(screen, NoteId(note))


def open_pane(screen: MainScreen, note: NoteId | None) -> None:
    """Open the pane."""
    begun = begin(screen, note)
    if begun is not None:
        show_pane(screen, *begun)


def show_pane(screen: MainScreen, writing: Writing, body: str) -> None:
    """Open the pane with a text, which may be another than the note says."""
    from tui.screens.main import telling

    screen.writing = writing
    telling.forget(screen, "draft")
    title = writing.heading
    passages.show_written_on(screen, writing.note, writing.anchor)

    if screen.note_pane is not None:
        screen.note_pane.open(title, body)
        screen.show_panes()
        return

    async def show() -> None:
        from tui.widgets.note_pane import NotePane  # the text area behind it is a tenth of a start

        pane = NotePane(id="note")
        await screen.query_one("#reading").mount(pane)
        pane.open(title, body)
        screen.show_panes()
        screen.preparing_note = False
        screen.host.release_keys()

    screen.preparing_note = True
    screen.call_next(show)


def edited(screen: MainScreen) -> None:
    """See to it that what was just typed is kept within a second."""
    writing = screen.writing
    if writing is not None:
        writing.draft.edited(screen, lambda: keep_draft(screen))


def keep_draft(screen: MainScreen) -> None:
    """Write the draft to disk, if it is another than there; and those of notes that were not saved."""
    for unsaved, body in screen.unsaved:
        keep(screen, unsaved, body)
    writing, pane = screen.writing, screen.note_pane
    if writing is None:
        return
    if pane is None or not pane.is_open:
        writing.draft.stop()
        return
    keep(screen, writing, pane.text)


def keep(screen: MainScreen, writing: Writing, body: str, said: str = "draft kept") -> None:
    """Write a text to disk as the draft of a note, if it is another than there."""
    anchor = writing.anchor if writing.note is None else None
    change = SaveDraft(writing.target, body, writing.note, anchor, writing.base_revision, writing.draft.resumed)
    writing.draft.keep(screen, body, change, said)


def close(screen: MainScreen) -> None:
    """Close the pane, whatever becomes of what was written."""
    writing, pane = screen.writing, screen.note_pane
    screen.writing = None
    if writing is not None:
        writing.draft.stop()
    if pane is not None:
        pane.close()
    screen.reader.show_written_on(None)
    screen.enter(screen.reader)
    screen.show_panes()
    if screen.unsaved:
        show_pane(screen, *screen.unsaved.pop(0))


@does("note.save")
def save(screen: MainScreen, _: str) -> None:
    """Save what was written and close the pane; an emptied note is deleted, but for the highlight it is on."""
    writing, pane = screen.writing, screen.note_pane
    if writing is not None and pane is not None:
        body = pane.text
        close(screen)  # another may stand in the pane after that
        save_text(screen, writing, body)


def save_text(screen: MainScreen, writing: Writing, body: str) -> None:
    """Save a text as the note; nothing is done where the note says just that."""
    if body.strip() == writing.before.strip():
        if writing.draft.on_disk:
            screen.library.change(_forgotten(writing))
        screen.say("nothing written" if not body.strip() else "note unchanged")
    else:
        _save_note(screen, writing, body)


def _forgotten(writing: Writing) -> DropDraft:
    return DropDraft(writing.target, writing.note, writing.draft.resumed)


def _save_note(screen: MainScreen, writing: Writing, body: str) -> None:
    anchor = writing.anchor if writing.note is None else None
    note, base, draft = writing.note, writing.base_revision, writing.draft.resumed
    change = SaveNote(writing.target, body, note, base, anchor, draft=draft)
    screen.status.saving += 1
    screen.say("saving the note…")

    def saved(receipt: Receipt) -> None:
        saving.saved(screen, receipt)
        if receipt.conflict:
            both = "another session changed this note: both texts are kept, as two notes"
            screen.say(both if body.strip() else receipt.sentence)

    def failed(error: BaseException) -> None:
        # The words are more than a message: they go back on the screen, where they can be saved again.
        saving.not_saved(screen, error)
        if screen.writing is None:
            show_pane(screen, writing, body)
        else:
            screen.unsaved.append((writing, body))

    screen.when_done(screen.library.change(change), saved, failed)


@does("note.discard")
def discard(screen: MainScreen, _: str) -> None:
    """Ask, then throw away what was written."""
    writing, pane = screen.writing, screen.note_pane
    if writing is None or pane is None:
        return

    def drop() -> None:
        close(screen)
        screen.when_done(screen.library.change(_forgotten(writing)), lambda _: None)

    if pane.text.strip() == writing.before.strip():
        drop()
    else:
        ask_to_discard(screen, pane, drop)
