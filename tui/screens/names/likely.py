"""Names that are likely the same, one pair after the other: same, not, unsure, each with a key, each to be undone."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.article import EntityKey
from store.library import Change, JoinEntities, JudgeEntities, Receipt, Verdict
from tui.commands.command import Context
from tui.render.hint_labels import Hints
from tui.render.list_row import long_date
from tui.render.pair_card import Example, card
from tui.render.pieces import ASCII, UNICODE
from tui.screens.labels import Target
from tui.screens.main import entity_pages, saving
from tui.screens.names.who import Who, decided_pairs
from tui.screens.sheet import Sheet
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from store.library import EntityRow, Likely, MentionLine
    from tui.screens.main.screen import MainScreen

PAIRS = 100
"""Pairs that are asked for at once."""
EXAMPLES = 3
"""Sentences that are looked up of each name."""
WIDE, LOW = 84, 24


class _Card(Static):
    """One of the two names."""

    _lines: Sequence[Content] = ()
    _label = ""

    def show(self, lines: Sequence[Content]) -> None:
        """Show other lines, below the label that there is."""
        self._lines = lines
        first = [Content.assemble((self._label, "bold reverse"), line[len(self._label):]) for line in lines[:1]]
        self.update(Content("\n").join([*first, *lines[1:]]))

    def show_hints(self, hints: Hints, *_: Style) -> None:
        """Lay a label over the number of the name."""
        self._label = hints.of(0)
        self.show(self._lines)


class LikelyScreen(Sheet):
    """What is decided is saved at once; the next pair follows."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own shape
    DEFAULT_CSS = """
    LikelyScreen #pair { height: 1fr; scrollbar-size: 0 0; background: $background; }
    LikelyScreen #cards { height: auto; layout: vertical; }
    LikelyScreen #cards Static { height: auto; padding: 1 2; background: $background; }
    LikelyScreen.-low #cards Static { padding: 0 1; }
    LikelyScreen.-wide #cards { layout: horizontal; }
    LikelyScreen.-wide #cards Static { width: 1fr; }
    """
    KIND = Context.LIKELY
    TAGS = False
    ACTIONS: ClassVar[dict[str, str]] = {
        "likely.same": "same",
        "likely.different": "different",
        "likely.unsure": "unsure",
        "likely.undo": "take_back",
        "likely.swap": "swap",
        "likely.next": "later",
        "likely.previous": "earlier",
        "likely.first": "open_first",
        "likely.second": "open_second",
    }

    def __init__(self, main: MainScreen, who: Who | None = None) -> None:
        super().__init__(main)
        self._who = who
        self._pairs: Sequence[Likely] | None = None
        self._at = 0
        self._swapped = False
        self._examples: dict[EntityKey, list[Example]] = {}
        self._decided: list[tuple[int, Future[Receipt]]] = []
        """Which pairs were decided, the last one last, with what the store says of it once that is on the disk."""
        self._verdicts: dict[int, str] = {}

    # ---- the parts ---------------------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        """Lay out the two names."""
        yield TextLine(id="why")
        with VerticalScroll(id="pair", can_focus=True):
            with Container(id="cards"):
                yield _Card(id="first")
                yield _Card(id="second")

    @property
    def first_focus(self) -> Widget:
        """What has the focus at first."""
        return self.query_one("#pair")

    # ---- what is shown -----------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """Ask for the pairs."""

        def take(pairs: Sequence[Likely]) -> None:
            if self.is_open:
                self._pairs = pairs
                self._show()

        key = self._who.key if self._who is not None else None
        self.main.when_done(self.library.likely_same(
            key, limit=PAIRS, decided=decided_pairs(self.library)
        ), take)  # fmt: skip
        self._show()

    def on_resize(self, _: events.Resize) -> None:
        """Set the cards at the new size."""
        self.call_after_refresh(self._show)

    @property
    def _pair(self) -> Likely | None:
        pairs = self._pairs or ()
        return pairs[self._at] if self._at < len(pairs) else None

    @property
    def _kept(self) -> tuple[EntityRow, EntityRow] | None:
        """The name that stays, and the one that goes into it: the more frequent one first."""
        pair = self._pair
        if pair is None:
            return None
        rows = sorted((pair.first, pair.second), key=lambda row: -row.mentions)
        return (rows[1], rows[0]) if self._swapped else (rows[0], rows[1])

    def _show(self) -> None:
        if not self.is_open:
            return
        pair, kept = self._pair, self._kept
        cards = {"first": pair.first if pair else None, "second": pair.second if pair else None}
        width, height = self.size.width, self.query_one("#pair").size.height
        wide = width >= WIDE
        # Side by side each has the whole height, else half of it; on low screens without margins.
        padded = 0 if self.size.height < LOW else 2
        room = (width // 2 if wide else width) - 4, max(3, (height if wide else height // 2) - padded)
        for number, (name, row) in enumerate(cards.items(), 1):
            lines = [] if row is None else card(
                str(number), row.name, row.kind, (row.mentions, row.articles), (row.first, row.last),
                self._examples.get(row.key), *room,
                stays=kept is not None and row.key == kept[0].key,
                glyphs=ASCII if self.main.ascii_only else UNICODE,
            )  # fmt: skip
            self.query_one(f"#{name}", _Card).show(lines)
        if pair is None:
            words = "looking…" if self._pairs is None else self._nothing()
            self.query_one("#first", _Card).show([Content(words)])
        verdict = self._verdicts.get(self._at, "")
        said = f"{pair.score:.0f} of 100: {pair.why}" if pair is not None else ""
        self.query_one("#why", TextLine).show(said, f"decided: {verdict}" if verdict else "")
        self.show_lines()
        self._look_up()

    def _nothing(self) -> str:
        if not self._pairs:
            return "No names that are likely the same and undecided."
        return f"That was all: {len(self._verdicts)} decided. {self.key_of('likely.undo')} takes the last one back."

    def _look_up(self) -> None:
        """Look for sentences with the names of this pair, one after the other, then of the next pair."""
        pairs = self._pairs or ()
        rows = [row for pair in pairs[self._at : self._at + 2] for row in (pair.first, pair.second)]
        row = next((row for row in rows if row.key not in self._examples), None)
        if row is None:
            return
        key = row.key
        self._examples[key] = []

        def take(lines: Sequence[MentionLine]) -> None:
            self._examples[key] = [
                (line.sentence, line.at, f"{line.title}, {long_date(line.published)}") for line in lines
            ]
            self._show()

        self.main.when_done(self.library.mention_lines(key, order="best", limit=EXAMPLES), take)

    def heading(self) -> tuple[str, str]:
        """Return which pair of how many is shown."""
        of = f" as {self._who.name}" if self._who is not None else ""
        count = len(self._pairs) if self._pairs is not None else 0
        where = f" · {min(self._at + 1, count)} of {count}{'' if count < PAIRS else ' and more'}" if count else ""
        return f"Likely the same{of}{where}", ""

    def follow(self) -> None:
        """Nothing: the pairs are those of the beginning, and each verdict is shown where it was given."""

    def choosable(self) -> list[Target]:
        """Return the two names, to be labelled."""
        cards = self.query(_Card) if self._pair is not None else ()
        return [Target(one, 0, partial(self._open, at)) for at, one in enumerate(cards)]

    # ---- commands ----------------------------------------------------------------------------------------------------
    def same(self, _: str) -> None:
        """Join the two."""
        if (kept := self._kept) is not None:
            stays, goes = kept
            self._decide(JoinEntities(((goes.key, goes.name),), stays.key, stays.name), "same")

    def different(self, _: str) -> None:
        """Say that they are two."""
        self._judge(Verdict.DIFFERENT, "not the same")

    def unsure(self, _: str) -> None:
        """Say that one cannot tell."""
        self._judge(Verdict.UNSURE, "unsure")

    def _judge(self, verdict: Verdict, said: str) -> None:
        if (pair := self._pair) is not None:
            names = (pair.first.name, pair.second.name)
            self._decide(JudgeEntities(pair.first.key, pair.second.key, verdict, names), said)

    def _decide(self, change: Change, said: str) -> None:
        at = self._at
        if self.library.read_only:
            self.say(f"not saved: {self.library.read_only}")
            return

        self._verdicts[at] = said
        made = self.library.change(change)
        self._decided.append((at, made))
        saving.follow_change(self.main, made, lambda receipt: saving.saved(self.main, receipt))
        self._go(1)

    def _go(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._pairs or ())))
        self._swapped = False
        self.query_one("#pair", VerticalScroll).scroll_home(animate=False)
        self._show()

    def take_back(self, _: str) -> None:
        """Take back the last decision, and go to its pair."""
        while self._decided and _came_to_nothing(self._decided[-1][1]):
            self._decided.pop()
        if not self._decided:
            self.say("nothing decided here yet")
            return
        at, made = self._decided.pop()

        def done(receipt: Receipt) -> None:
            saving.saved(self.main, receipt)
            self._verdicts.pop(at, None)
            self._at, self._swapped = at, False
            self._show()

        def undo(decision: Receipt) -> None:
            if decision.undo:
                saving.follow_change(self.main, self.library.undo_entry(decision.undo), done)

        # What the disk does not have yet is taken back once it does; that it was not saved is told already.
        self.main.when_done(made, undo, lambda _: None)

    def swap(self, _: str) -> None:
        """Let the other name stand for both."""
        self._swapped = not self._swapped
        self._show()

    def later(self, _: str) -> None:
        """Go to the next pair."""
        self._go(1)

    def earlier(self, _: str) -> None:
        """Go to the pair before."""
        self._go(-1)

    def open_first(self, _: str) -> None:
        """Open the page of the first name."""
        self._open(0)

    def open_second(self, _: str) -> None:
        """Open the page of the second name."""
        self._open(1)

    def _open(self, number: int) -> None:
        if (pair := self._pair) is not None:
            row = (pair.first, pair.second)[number]
            entity_pages.open_page(self.main, Who(row.key, row.name, row.kind))


def _came_to_nothing(made: Future[Receipt]) -> bool:
    """Tell whether a change is no step that can be taken back: it was not saved, or changed nothing."""
    return made.done() and (made.cancelled() or made.exception() is not None or not made.result().undo)
