"""The notes on the page: their passages marked in the text, one of them current, its words in the last lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from store.library import NoteId
from tui.render.clusters import shown
from tui.render.hits import Span
from tui.render.layout import MARGIN
from tui.render.list_row import fit
from tui.render.safe import safe
from tui.render.wrap import wrap
from tui.widgets.reader_passages import Passage, Passages, merged
from tui.widgets.reader_selection import SelectablePage

FOOT_ROWS = 6
"""The most lines of the pane that a note takes."""


class NotedPage(SelectablePage, can_focus=True, inherit_bindings=False):
    """A page whose notes and highlights are marked. Not a letter moves when they arrive."""

    passage: reactive[Passage | None] = reactive(None, repaint=False, init=False)
    """The passage whose note was gone to, and that keys act on; there is one only while it is on screen."""

    class PassageChanged(Message):
        """Another passage is current, or none."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, NotedPage.PassageChanged)

    _told: tuple[str, str] | None = None
    """What stands in the last lines: heading and words."""
    _lead = 0
    """How many characters at the beginning of each of them stand out."""

    # ---- passages -----------------------------------------------------------------------------------------
    @property
    def passages(self) -> Passages:
        """The passages of this article."""
        return self._look.passages

    def set_passages(self, passages: Iterable[Passage]) -> None:
        """Mark these passages; only lines whose marks change are drawn again."""
        given = tuple(passages)
        if given == self.passages.given:
            return
        found = Passages(given, len(self._article.text) if self._article is not None else 0)
        before, self._look.passages = self._look.passages, found
        self._redraw(found.changed(before))
        if self.passage is not None:
            self.passage = found.of(self.passage.note)

    def move_passage(self, by: int) -> Passage | None:
        """Make the next passage current (`by` 1), or the one before (-1); None where there is none.

        Without a current one it is the first one on screen, or the last.
        """
        found = self.passages.step(self.passage, by, self._here())
        if found is not None:
            self.passage = found
        return found

    def take_passage(self, note: NoteId) -> Passage | None:
        """Make a note's passage current; None where it has none in this text."""
        found = self.passages.of(note)
        if found is not None:
            self.passage = found
        return found

    def _here(self) -> Span:
        """Return from where the next passage is looked for."""
        return self.on_screen

    def watch_passage(self, old: Passage | None, new: Passage | None) -> None:
        """Draw the passages concerned, and tell."""
        self._look.passage = new
        self._redraw(merged(each.span for each in (old, new) if each is not None))
        self.post_message(self.PassageChanged())

    def _scrolled(self) -> None:
        if self.passage is not None:
            start, end = self.on_screen
            if self.passage.start >= end or self.passage.end <= start:
                self.passage = None

    def show_written_on(self, span: Span | None) -> None:
        """Show the passage that a note is being written on; None when it is done."""
        before, self._look.written_on = self._look.written_on, span
        if before != span:
            self._redraw(merged(each for each in (before, span) if each is not None))

    # ---- the last lines -----------------------------------------------------------------------------------
    @property
    def foot(self) -> tuple[str, str] | None:
        """What stands in the last lines: heading and words."""
        return self._told

    def show_foot(self, heading: str, words: str) -> None:
        """Lay a note over the last lines of the pane, a few of them at most; the text stays where it is."""
        if (heading, words) != self._told:
            self._told, self._lead = (heading, words), 0
            self._lay_foot()

    def show_card(self, heading: str, lines: Sequence[str], lead: int = 0) -> None:
        """Lay lines of advice over the last lines of the pane; `lead` characters of each stand out."""
        told = heading, "\n".join(lines)
        if told != self._told or not self._foot:
            self._told, self._lead = told, lead
            self._lay_foot()

    @property
    def card_room(self) -> tuple[int, int]:
        """The columns and lines that a card may have: half of the pane, without its heading."""
        return self._text_width, self.size.height // 2 - 1

    def hide_foot(self) -> None:
        """Show the last lines of the text again."""
        if self._told is not None:
            self._told = None
            self._lay_foot()

    def _lay_foot(self) -> None:
        before = len(self._foot)
        self._foot = self._foot_lines()
        if self._layout is not None and len(self._foot) > before:
            # The end of the text can be scrolled up from under the note. What that adds stays when the note goes,
            # until the text is scrolled: else it would jump.
            self._reach(self._top)
        if before or self._foot:
            changed = max(before, len(self._foot))
            self.refresh(*(self._row_region(self.size.height - 1 - index) for index in range(changed)))

    def _foot_lines(self) -> list[Strip]:
        width, height = self.size.width, self.size.height
        if self._told is None or width <= MARGIN or height < 4:
            return []
        base = self._base_style
        heading, words = self._told
        most = min(FOOT_ROWS, max(2, height // 3)) - 1
        lines = words.split("\n")[: height // 2] if self._lead else self._wrapped(words, most + 1)
        if len(lines) > most and not self._lead:
            # Cut in sight: what is missing has a sign.
            lines = [*lines[: most - 1], fit(f"{lines[most - 1].rstrip()} …", self._text_width)]
        rows = [self._rule(heading, width, base + self.palette.style("quiet"))]
        return rows + [self._foot_line(fit(" " * MARGIN + line, width), base) for line in lines]

    def _foot_line(self, line: str, base: Style) -> Strip:
        at = MARGIN + self._lead if self._lead else 0
        parts = [Segment(line[:at], base + Style(bold=True)), Segment(line[at:], base)]
        return Strip([part for part in parts if part.text])

    @property
    def _text_width(self) -> int:
        return max(1, self.size.width - MARGIN - 1)

    def _wrapped(self, words: str, most: int) -> list[str]:
        """Break a note into lines, no more than `most` of them."""
        lines: list[str] = []
        for paragraph in words[: most * 4 * self._text_width].split("\n"):
            text = shown(paragraph)
            if text.strip() and len(lines) < most:
                lines += [line.text for line in wrap(text, 0, len(text), self._text_width, self._base_only)]
        return lines[:most]

    def _rule(self, heading: str, width: int, style: Style) -> Strip:
        rule = self.palette.glyphs.rule
        text = f"{rule} {safe(heading)} "
        room = width - cell_len(text)
        return Strip([Segment(text + rule * room if room >= 0 else fit(text, width), style)])

    def on_resize(self, _: events.Resize) -> None:
        """Set the last lines for another size."""
        self._foot = self._foot_lines()

    def notify_style_update(self) -> None:
        """Draw the last lines anew as well."""
        super().notify_style_update()
        if self._foot:
            self._foot = self._foot_lines()
