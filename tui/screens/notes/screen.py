"""The screen that lists all notes: the list, the note under the cursor in full, and who carries out which key."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.content import Content
from textual.widgets import Static

from store.article import ArticleKey, StoredArticle
from store.library.note_rows import NoteRow
from tui.commands.command import Command, Context
from tui.commands.registry import BY_ID
from tui.render.note_page import note_page
from tui.screens.frames import draw_only_changes
from tui.screens.key_words import key_of, shows_all
from tui.screens.labels import Target
from tui.screens.main.waiting import in_background
from tui.screens.notes import lines
from tui.screens.notes.listing import Listing, Only
from tui.screens.notes.parts import NotesParts
from tui.widgets.lines import TagBar
from tui.widgets.note_list import NoteList
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.screens.notes.editing import Writing

MANY = 2_000
"""Notes from which on they are narrowed on a thread, so that no key waits."""


class NotesScreen(NotesParts):
    """Laid over the main screen, whose library, words and ways of saving it uses."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (150, "-broad")]  # noqa: RUF012 - Textual's own shape
    DEFAULT_CSS = """
    NotesScreen { background: $background; color: $foreground; }
    NotesScreen #body { height: 1fr; }
    NotesScreen NoteList { width: 1fr; height: 1fr; }
    NotesScreen #side { display: none; width: 1fr; height: 1fr; }
    NotesScreen #page { height: 1fr; padding: 1 2; background: $background; scrollbar-size: 0 0; }
    NotesScreen #page Static { height: auto; background: $background; }
    NotesScreen NotePane { height: 1fr; width: 1fr; }
    NotesScreen.-prompting StatusLine { display: none; }
    NotesScreen.-wide NoteList { width: 50; }
    NotesScreen.-broad NoteList { width: 64; }
    NotesScreen.-wide #side { display: block; border-left: solid $rule; }
    NotesScreen.-inside #side { display: block; }
    NotesScreen.-narrow.-inside NoteList { display: none; }
    NotesScreen.-narrow TagBar { display: none; }
    """

    def __init__(self, main: MainScreen, listing: Listing) -> None:
        super().__init__()
        draw_only_changes(self)
        self.main = main
        self.library = main.library
        self.listing = listing
        self.rows: list[NoteRow] = []
        """Every note there is, newest first."""
        self.seen = -1
        """The library's `note_changes` when the rows were made."""
        self.gathering = True
        self.writing: Writing | None = None
        self.preparing = False
        """What the next keys are meant for is on its way."""
        self._article: StoredArticle | None = None

    # ---- keys ------------------------------------------------------------------------------------------------------
    @property
    def holds_keys(self) -> bool:
        """Whether keys have to wait: what they are meant for is on its way."""
        return self.gathering or self.preparing or self.prompt.preparing

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up."""
        if self.prompt.asking:
            return (Context.PROMPT,)
        pane = self.pane
        if pane is not None and pane.is_open and self.focused is not None and pane in self.focused.ancestors:
            return (Context.EDITOR,)
        return (Context.NOTES,)

    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command."""
        from tui.screens.notes.actions import ACTIONS

        self.main.status.message = ""
        action = ACTIONS.get(command.id)
        if action is not None:
            action(self, key)
        lines.show(self)

    def given(self, command: Command, argument: str) -> None:
        """Carry out a command of which the argument was written on the command line."""
        from tui.screens.notes import actions

        self.main.status.message = ""
        actions.given(self, command, argument)
        lines.show(self)

    def choosable(self) -> list[Target]:
        """Return the notes in sight, to be labelled."""
        return [Target(self.notes, at, partial(self.notes.choose, note)) for at, note in self.notes.shown()]

    def say(self, words: str) -> None:
        """Tell something in the status line, until the next key."""
        self.main.status.message = words
        lines.show(self)

    def key_of(self, command_id: str) -> str:
        """Return the key of a command, for words that name it."""
        return key_of(self, command_id)

    # ---- what is listed --------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """List the notes as soon as they are gathered."""
        self.main.told.append(self._told)
        self.set_focus(self.notes, scroll_visible=False)
        lines.show(self)
        self.read_notes()
        self.set_interval(1.0, self._told)

    def on_unmount(self) -> None:
        """Let the main screen speak for itself again."""
        if self._told in self.main.told:
            self.main.told.remove(self._told)

    def read_notes(self) -> None:
        """Gather the notes anew, on a thread: those that changed, and what became of their articles."""
        in_background(self, self._read, "notes", exclusive=True)

    async def _read(self) -> None:
        seen = self.library.note_changes
        self.rows = await asyncio.to_thread(self.library.note_rows, self.rows)
        self.seen = seen
        if any(row.gone and row.ours for row in self.rows):
            # A question about them lets the library know what is left of each.
            await asyncio.wrap_future(self.library.search("is:gone"))
        found = await self._listed()
        self._load(found, keep=not self.gathering)
        if self.gathering:
            self.gathering = False
            self.host.release_keys()

    def relist(self, listing: Listing, *, keep: bool = True) -> None:
        """List other notes, or in another order."""
        self.listing = listing
        if len(self.rows) <= MANY:
            self._load(listing.of(self.rows), keep=keep)
        else:
            in_background(self, partial(self._relist, keep), "notes list", exclusive=True)

    async def _relist(self, keep: bool) -> None:
        self._load(await self._listed(), keep=keep)

    async def _listed(self) -> list[NoteRow]:
        if len(self.rows) <= MANY:
            return self.listing.of(self.rows)
        return await asyncio.to_thread(self.listing.of, self.rows)

    def _load(self, rows: Sequence[NoteRow], *, keep: bool) -> None:
        if not self.is_open:
            return
        words = self.listing.nothing(shows_all(self, "notes.close", "notes.find"))
        if not self.listing.everywhere and self.listing.only is Only.ALL and len(self.rows):
            words += f"; {self.key_of('notes.everywhere')} shows those of other libraries"
        elif self.listing.only in (Only.LOST, Only.TWICE) and not self.listing.words.strip():
            words += f"; {self.key_of('notes.which')} lists others"
        self.notes.load(rows, words=words, keep=keep)
        self.show_note()
        lines.show(self)

    def _told(self) -> None:
        """Follow what the main screen tells: what was saved, here or in another session."""
        if not self.is_open:
            return
        if self.library.note_changes != self.seen and not self.gathering:
            self.seen = self.library.note_changes
            self.read_notes()
        lines.show(self)

    # ---- the note in full ------------------------------------------------------------------------------------------
    def article_of(self, row: NoteRow) -> StoredArticle | None:
        """Return a note's article with its text, if it is in the open library; of one that is gone, what is left."""
        key = self.key_of_article(row)
        if key is None:
            return None
        if self._article is None or self._article.key != key or self._article.article.id != row.target.id:
            self._article = self.library.article(key)
        return self._article

    def key_of_article(self, row: NoteRow) -> ArticleKey | None:
        """Return by which key a note's article is opened, if it can be."""
        return row.key if row.key is not None else self.library.key_of(row.target.id)

    def show_note(self) -> None:
        """Set the note under the cursor beside the list."""
        if not (self.laid_out and self.is_open):
            return
        side = self.query_one("#side")
        if not side.display or self.page.size.width < 8:
            return
        row = self.current
        text = self.page.query_one(Static)
        if row is None:
            text.update(Content(""))
            return
        stored = self.article_of(row)
        width = self.page.size.width - 4
        page = note_page(
            row, stored.article if stored else None, width, keys=self.key_of, ascii_only=self.main.ascii_only
        )
        text.update(Content("\n").join(page))

    def go_inside(self, inside: bool) -> None:
        """Give the note the focus, or the list."""
        self.set_class(inside, "-inside")
        self.set_focus(self.page if inside else self.notes, scroll_visible=False)
        self.call_after_refresh(self.show_note)
        lines.show(self)

    def on_resize(self, _: events.Resize) -> None:
        """Set the note at its new width."""
        self.call_after_refresh(self.show_note)

    # ---- what the widgets tell -------------------------------------------------------------------------------------
    @on(NoteList.Moved)
    def _moved(self) -> None:
        self.page.scroll_home(animate=False)
        self.show_note()
        lines.show(self)

    @on(NoteList.Opened)
    def _opened(self) -> None:
        if self.app.screen is self:  # a third click comes when the second has closed it
            self.host.perform(BY_ID["notes.open"])

    @on(Prompt.Proposed)
    def _proposed(self, event: Prompt.Proposed) -> None:
        if self.prompt.asking:
            self.query_one(TagBar).show_proposals(event, takes=self.key_of("prompt.complete"))

    @on(Prompt.Prepared)
    def _prepared(self) -> None:
        self.host.release_keys()

    @on(Prompt.Closed)
    def _prompt_closed(self) -> None:
        if self.prompt.keeps_focus:
            self.go_inside(False)
        lines.show(self)

    def on_note_pane_edited(self) -> None:
        """Keep a draft of what is being written."""
        from tui.screens.notes import editing

        editing.edited(self)

    def keep_draft(self) -> None:
        """Keep what is being written, since Dateline is told to go."""
        from tui.screens.notes import editing

        editing.keep_draft(self)

    def narrow(self, words: str) -> None:
        """Narrow the list to notes with these words."""
        self.relist(self.listing.replace(words=words), keep=False)
