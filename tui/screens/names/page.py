"""The page of a name: its mentions in their sentences, when, with whom and what; and what the user says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.commands.command import Command, Context
from tui.screens.main import entity_pages, listing
from tui.screens.names import joining, tagging, writing
from tui.screens.names.page_parts import ORDERS, View
from tui.screens.names.page_questions import PageQuestions
from tui.screens.names.who import Who
from tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class EntityScreen(PageQuestions):
    """One page after the other: what one goes to from a page takes its place, and one comes back."""

    IS_PAGE = True
    """Tells the place that is kept that this is somebody's page, and not a list on which somebody is chosen."""
    ACTIONS: ClassVar[dict[str, str]] = {
        "entity.open": "open",
        "entity.next-part": "next_part",
        "entity.filter": "show_articles",
        "entity.mark": "mark",
        "entity.join": "join",
        "entity.likely": "likely",
        "entity.tag": "tag",
        "change.repeat": "tag_again",
        "entity.note": "write",
        "entity.order": "change_order",
        "entity.plot": "change_plot",
        "entity.later": "later",
        "entity.earlier": "earlier",
        "entity.everywhere": "change_scope",
        "entity.back": "go_back",
        "entity.undo": "undo",
        "entity.redo": "redo",
        "note.save": "save_note",
        "note.discard": "discard_note",
        "note.continue": "note_in_editor",
    }

    def __init__(self, main: MainScreen, view: View) -> None:
        super().__init__(main, view)
        self.writing: writing.Writing | None = None

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up: while the note is written, keys are text."""
        writes = self.writing is not None and not self.prompt.asking
        return (Context.EDITOR,) if writes else super().contexts()

    # ---- which page --------------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """Show the page."""
        self.focus_list()
        self.look()
        writing.page_shown(self)

    def show(self, view: View) -> None:
        """Show another page; its name stands there at once, and the rest as it comes."""
        self.begin(view)
        self.others.load([])
        self.mentions.load([])
        self.focus_list()
        self.look()
        writing.page_shown(self)

    # ---- commands: going about ---------------------------------------------------------------------------------------
    def open(self, _: str) -> None:
        """Open the article at the mention, or the page of the one it appears with."""
        if not self.view.aside:
            if self.mention is not None:
                entity_pages.open_mention(self.main, self.here(), self.mention)
        elif self.other is not None:
            self.go_to(self.other)

    def here(self) -> View:
        """Return the page as it is, to come back to it."""
        line = self.mentions.chosen
        at = line.value if line is not None and isinstance(line.value, int) else 0
        return self.view.replace(at=at)

    def go_to(self, who: Who) -> None:
        """Show the page of another name; the way back leads here."""
        self.trail.append(self.here())
        self.show(View(who, order=self.view.order, listed_only=self.view.listed_only))

    def go_back(self, _: str) -> None:
        """Go back to the page before; from the first one to where it was opened."""
        if self.trail:
            self.show(self.trail.pop())
        else:
            self.dismiss(None)

    def turn_to(self, rows: ChoiceList) -> None:
        """Let keys move in the list that was clicked."""
        if (rows is self.others) is not self.view.aside:
            self.next_part("")

    def next_part(self, _: str) -> None:
        """Go from the mentions to what the name appears with, or back."""
        self.view = self.here().replace(aside=not self.view.aside)
        self.focus_list()

    def change_order(self, _: str) -> None:
        """List the mentions in the next order."""
        orders = list(ORDERS)
        order = orders[(orders.index(self.view.order) + 1) % len(orders)]
        self.view = self.view.replace(order=order, at=0)
        self.ask_mentions()
        self.show_page()

    def change_plot(self, _: str) -> None:
        """Plot it the next way."""
        chosen = self.plotted.query
        self.plotted.next()
        self.plotted.ask(self.show_page)
        self.show_page()
        if chosen:
            self._narrow()

    def later(self, _: str) -> None:
        """Show the mentions in articles of the next time in the plot only; after the last one, all."""
        self._choose_time(1)

    def earlier(self, _: str) -> None:
        """The same for the time before."""
        self._choose_time(-1)

    def _choose_time(self, by: int) -> None:
        if not self.plotted.step(by):
            self.say("there is no plot to choose a time in")
            return
        self._narrow()
        self.show_page()

    def _narrow(self) -> None:
        self.view = self.view.replace(at=0)
        self.ask_mentions()

    def change_scope(self, _: str) -> None:
        """Show mentions in the whole library, or in the articles of the list."""
        if not self.view.listed_only and not listing.query_of(self.main):
            self.say(f"the list shows the whole library; {self.key_of('find.filter')} there filters it first")
            return
        self.view = self.view.replace(listed_only=not self.view.listed_only, at=0)
        self.ask_mentions()

    def show_articles(self, _: str) -> None:
        """Filter the list to the articles with the name, and with all that are marked."""
        entity_pages.filter_to(self.main, [self.who, *self.view.marked])

    # ---- commands: what the user says --------------------------------------------------------------------------------
    def mark(self, _: str) -> None:
        """Mark one of those it appears with, or take the mark off."""
        other = self.other
        if not self.view.aside or other is None:
            self.say(f"{self.key_of('entity.next-part')} goes to what it appears with, where names are marked")
            return
        marked = [who for who in self.view.marked if who.key != other.key]
        if len(marked) == len(self.view.marked):
            marked.append(other)
        self.view = self.view.replace(marked=tuple(marked))
        self.show_others()
        self.others.move(1)

    def join(self, _: str) -> None:
        """Join the name, or the one under the cursor, with another; or take joined ones apart."""
        joining.offer(self, self.main, (self.view.aside and self.other) or self.who)

    def likely(self, _: str) -> None:
        """Go through the names that may be this one."""
        entity_pages.open_likely(self.main, self.who)

    def tag(self, _: str) -> None:
        """Tag the name."""
        tagging.ask(self, self.who)

    def given(self, command: Command, argument: str) -> None:
        """Tag the name with tags that were written on the command line."""
        if command.id == "entity.tag":
            tagging.change(self, self.who, argument)
        else:
            super().given(command, argument)

    def tag_again(self, _: str) -> None:
        """Change the tags of the name as others were changed last."""
        tagging.repeat(self, self.who)

    def write(self, _: str) -> None:
        """Write a note on the name."""
        writing.begin(self)

    def save_note(self, _: str) -> None:
        """Save the note and close it."""
        writing.save(self)

    def discard_note(self, _: str) -> None:
        """Throw away what was written."""
        writing.discard(self)

    def note_in_editor(self, _: str) -> None:
        """Go on in $EDITOR."""
        writing.in_editor(self)

    def keep_draft(self) -> None:
        """Keep what is being written, since Dateline is told to go."""
        writing.keep_draft(self)

    def on_note_pane_edited(self) -> None:
        """Keep a draft of what is being written."""
        writing.edited(self)
