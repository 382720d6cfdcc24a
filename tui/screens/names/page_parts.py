"""The parts of a name's page, and how what is known of the name is shown in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from store.record import Record
from tui.commands.command import Context
from tui.render.counted import counted
from tui.render.entity_head import Head, head_lines
from tui.render.list_row import ASCII as LIST_ASCII
from tui.render.list_row import UNICODE as LIST_UNICODE
from tui.render.list_row import long_date
from tui.render.pieces import ASCII, UNICODE
from tui.screens.names.page_rows import mention_rows, together_rows
from tui.screens.names.plotting import Plotted
from tui.screens.names.who import Who
from tui.screens.sheet import Sheet
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.lines import TextLine
from tui.widgets.note_pane import NotePane

if TYPE_CHECKING:
    from store.library import EntityCard, MentionLine, Together
    from tui.screens.main.screen import MainScreen

ORDERS = {"newest": "newest first", "oldest": "oldest first", "best": "best first"}
WIDE = 100
"""Columns from which on the mentions stand beside what the name appears with."""


class View(Record):
    """What a page shows and where its cursor is: enough to come back to it."""

    who: Who
    order: str = "newest"
    words: str = ""
    """A query that the articles of the mentions match."""
    listed_only: bool = False
    """Whether only the list's articles are looked at."""
    at: int = 0
    """The mention under the cursor."""
    aside: bool = False
    """Whether the cursor is among what the name appears with."""
    marked: tuple[Who, ...] = ()
    """Names that the articles are to have, too."""


class PageParts(Sheet):
    """Head, mentions, plot and company: side by side where there is room, else one of the lists at a time."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own shape
    DEFAULT_CSS = """
    PageParts #head { height: auto; padding: 0 1; background: $background; }
    PageParts .plot { height: auto; padding: 0 1; color: $plot; background: $background; }
    PageParts #columns { height: 1fr; }
    PageParts #main, PageParts #side { width: 1fr; height: 1fr; }
    PageParts #beside { height: auto; }
    PageParts ChoiceList { width: 1fr; height: 1fr; }
    PageParts.-wide #main { width: 3fr; border-right: solid $rule; }
    PageParts.-wide #side { width: 2fr; max-width: 62; }
    PageParts.-wide #above { display: none; }
    PageParts.-narrow #side { display: none; }
    PageParts.-narrow.-aside #main { display: none; }
    PageParts.-narrow.-aside #side { display: block; }
    PageParts.-narrow #beside { display: none; }
    PageParts.-writing #columns, PageParts.-writing #above { display: none; }
    PageParts NotePane { height: 1fr; }
    """
    KIND: ClassVar[Context] = Context.ENTITY
    TAGS = False

    def __init__(self, main: MainScreen, view: View) -> None:
        super().__init__(main)
        self.trail: list[View] = []
        """The pages that one came from, the last one last."""
        self.begin(view)

    def begin(self, view: View) -> None:
        """Forget the page before; of the new one there is only the name."""
        self.view = view
        self.card: EntityCard | None = None
        self.missing = False
        """No article names it any more."""
        self.together: Together | None = None
        self.mentioned: list[MentionLine] = []
        months = partial(self.library.months, view.who.key, by="month")
        self.plotted = Plotted(self.main, (
            ("ARTICLES", "month", months),
            ("ARTICLES", "year", months),
            ("TIMES TALKED OF", "month", partial(self.library.talked_about, key=view.who.key)),
        ))  # fmt: skip

    # ---- the parts ---------------------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        """Lay out head, mentions, and what stands beside them."""
        yield Static(id="head")
        yield Static(id="above", classes="plot")
        with Horizontal(id="columns"):
            with Vertical(id="main"):
                yield TextLine(id="mentions-title")
                yield ChoiceList(id="mentions", always_cursor=True)
            with Vertical(id="side"):
                with Vertical(id="beside"):
                    yield TextLine(id="plot-title")
                    yield Static(id="plot", classes="plot")
                yield TextLine(id="with-title")
                yield ChoiceList(id="with")
        yield NotePane()

    @property
    def mentions(self) -> ChoiceList:
        """The mentions."""
        return self.query_one("#mentions", ChoiceList)

    @property
    def others(self) -> ChoiceList:
        """What the name appears with."""
        return self.query_one("#with", ChoiceList)

    @property
    def pane(self) -> NotePane:
        """Where the note is written."""
        return self.query_one(NotePane)

    @property
    def listed(self) -> ChoiceList:
        """The list that keys move in."""
        return self.others if self.view.aside else self.mentions

    @property
    def words(self) -> str:
        """What the articles of the mentions have to match."""
        return self.view.words

    @property
    def who(self) -> Who:
        """Whom or what the page is about."""
        return self.view.who

    @property
    def other(self) -> Who | None:
        """What is under the cursor of those that the name appears with."""
        chosen = self.others.chosen
        rows = self.together.rows if self.together is not None else ()
        return next((Who(row.key, row.name, row.kind) for row in rows if chosen and row.key == chosen.value), None)

    @property
    def mention(self) -> MentionLine | None:
        """The mention under the cursor."""
        chosen = self.mentions.chosen
        at = chosen.value if chosen is not None else None
        return self.mentioned[at] if isinstance(at, int) and at < len(self.mentioned) else None

    @property
    def wide(self) -> bool:
        """Whether both lists are shown."""
        return self.size.width >= WIDE

    def focus_list(self) -> None:
        """Show and focus the list that keys move in."""
        self.set_class(self.view.aside, "-aside")
        self.mentions.always_cursor = not self.view.aside
        self.set_focus(self.listed, scroll_visible=False)
        self.call_after_refresh(self._set_anew)

    # ---- what is shown -----------------------------------------------------------------------------------------------
    def on_resize(self, _: events.Resize) -> None:
        """Set everything at the new size."""
        self.call_after_refresh(self._set_anew)

    def _set_anew(self) -> None:
        if self.is_open:
            self.show_page()
            self.show_others()
            self.show_mentions()

    def show_page(self) -> None:
        """Set head, plot and titles to the room there is."""
        if not self.is_open:
            return
        width, height = self.size.width - 2, self.size.height
        glyphs = ASCII if self.main.ascii_only else UNICODE
        lines = (
            head_lines(self._head(), self.who.name, width, max(1, min(6, height // 7)), glyphs)
            if self.card is not None
            else [Content("no article names it any more" if self.missing else "…")]
        )
        self.query_one("#head", Static).update(Content("\n").join(lines))
        self._show_plot()
        dot = glyphs.dot
        key = self.key_of("entity.next-part")
        turn = "" if self.wide else f" {dot} {key}: {'mentions' if self.view.aside else 'with whom'}"
        self.query_one("#mentions-title", TextLine).show(f"MENTIONS{turn}", ORDERS[self.view.order])
        measure = self.together.measure if self.together is not None else ""
        of = f", of {self.together.of:,}" if self.together is not None and self.together.of < self.together.all else ""
        by = f"beyond chance: {measure}{of}" if measure else ""
        self.query_one("#with-title", TextLine).show(f"APPEARS WITH{turn}", by)
        self.show_lines()

    def _show_plot(self) -> None:
        width, height = self.size.width, self.size.height
        if self.wide:
            room, most = min(62, width * 2 // 5) - 3, max(3, min(10, height // 4))
        else:
            room, most = width - 2, 1 if height < 18 else max(2, min(6, height // 6))
        title, _ = self.plotted.draw(room, most, ascii_only=self.main.ascii_only)
        self.query_one("#plot-title", TextLine).show(title, f"{self.key_of('entity.plot')}: other")
        lines = self.plotted.lines()
        if not self.wide and height >= 18 and lines:
            lines.insert(0, Content(title).stylize("$quiet"))
        for place in ("#plot", "#above"):
            self.query_one(place, Static).update(Content("\n").join(lines))

    def _head(self) -> Head:
        card = self.card
        if card is None:
            return Head(0, 0, None, None)
        record = self.library.entity_record(card.key)
        at = card.at
        where = (
            f"{abs(at.lat):.1f}° {'N' if at.lat >= 0 else 'S'} {abs(at.lon):.1f}° {'E' if at.lon >= 0 else 'W'}"
            if at is not None
            else ""
        )
        return Head(
            card.mentions, card.articles, card.first, card.last,
            [(alias.name, alias.mentions) for alias in card.aliases], card.forms,
            where.replace("°", " deg") if self.main.ascii_only else where,
            record.tags if record else (), record.body if record else "",
        )  # fmt: skip

    def show_others(self, *, keep: bool = True) -> None:
        """List what the name appears with."""
        rows = self.together.rows if self.together is not None else ()
        marked = {who.key for who in self.view.marked}
        self.others.empty = "with nothing else" if self.together is not None else "counting…"
        self.others.load(together_rows(rows, self.others.size.width or 40, marked), keep=keep)

    def show_mentions(self, *, keep: bool = True) -> None:
        """List the mentions that have been read."""
        more = self.mentions.more
        self.mentions.load(self.rows_from(0), keep=keep)
        self.mentions.more = more

    def rows_from(self, start: int) -> Sequence[Choice]:
        """Return the rows of the mentions from the `start`th on."""
        glyphs = LIST_ASCII if self.main.ascii_only else LIST_UNICODE
        before = self.mentioned[start - 1] if start else None
        today = datetime.now().astimezone().date()
        width = self.mentions.size.width or self.size.width
        return mention_rows(self.mentioned[start:], start, width, today, glyphs, before)

    def heading(self) -> tuple[str, str]:
        """Return who the page is about, and of what."""
        parts = [self.who.name, self.who.kind]
        if self.view.words.strip():
            parts.append(f"“{self.view.words.strip()}”")
        if self.plotted.query:
            parts.append(self.plotted.query)
        if self.view.marked:
            parts.append(f"with {', '.join(who.name for who in self.view.marked)}")
        return " · ".join(parts), "mentions in the list" if self.view.listed_only else "whole library"

    def about(self) -> str:
        """Tell of the article of the mention under the cursor, or of what is chosen of the others."""
        if self.view.aside:
            row = (
                next((row for row in self.together.rows if self.other and row.key == self.other.key), None)
                if self.together is not None
                else None
            )
            return f"{row.name} · {row.kind} · both in {counted(row.both, 'article')}" if row is not None else ""
        line = self.mention
        return f"{line.title} · {long_date(line.published)}" if line is not None else ""
