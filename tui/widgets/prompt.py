"""A one-line question in the place of the status line, with proposals that `tab` takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.containers import Horizontal
from textual.message import Message

from tui.render.literal import content
from tui.widgets.question import Proposal, Proposals, Question, propose_nothing

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import Input


class Prompt(Horizontal):
    """Asks one question at a time."""

    DEFAULT_CSS = """
    Prompt { height: 1; display: none; background: $bar; }
    Prompt > Static { width: auto; height: 1; padding: 0 0 0 1; background: $bar; color: $key; }
    Prompt > Input { width: 1fr; height: 1; border: none; padding: 0; background: $bar; color: $foreground; }
    Prompt > Input:focus { border: none; background-tint: $foreground 0%; }
    """

    class Proposed(Message):
        """Other proposals, or another one of them chosen."""

        def __init__(self, proposals: Sequence[Proposal], chosen: int, wrong: str = "", about: str = "") -> None:
            self.proposals = proposals
            self.chosen = chosen
            self.about = about
            """What the question is about, to be told where there is nothing to propose."""
            self.wrong = wrong
            """Why what is written cannot be understood; told instead of the proposals."""
            super().__init__()

    class Prepared(Message):
        """The line to write on is there, and takes keys."""

    class Closed(Message):
        """The question was answered or cancelled."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question: Question | None = None
        self._offered = Proposals()
        self._chosen = 0
        self._wrong = ""
        self._looked_up = True
        """Whether what is offered is for the text as it is."""
        self._back = 0
        """How many answers ago the one was given that is written."""
        self._take_first = False
        """The proposal was taken before it was there."""
        self._putting_in = False
        """The line to write on is being put in, for the first time."""
        self._answering = False
        """Enter was pressed, and what was written is not taken yet."""
        self._came_from: Widget | None = None
        """What had the focus when the question was asked."""

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._question is not None

    @property
    def keeps_focus(self) -> bool:
        """Whether a question that was closed has given the focus to nobody."""
        focused = self.screen.focused
        return focused is None or self in focused.ancestors

    def keys(self, shown: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the keys that a footer tells of: those `shown`, the last of which leaves, or of the open question."""
        question = self._question
        if question is None:
            return shown
        if question.keys:
            return [*question.keys, *shown[-1:]]
        proposes = question.history or question.look_up is not None or question.propose is not propose_nothing
        return [("⏎", "take it"), *(shown if proposes else shown[-1:])]

    def click(self, key: str) -> bool:
        """Do what one of the question's own keys does, as the footer writes it; tells whether it is one of them."""
        question = self._question
        known = "⏎ " + " ".join(keys for keys, _ in question.keys) if question is not None else ""
        if question is None or self.preparing or key not in known.split():
            return False
        if key == "⏎" or question.edited is None:
            self._submit(self._entry.value if key == "⏎" else key)
        else:
            self._entry.value = key  # it is taken as soon as it stands there
        return True

    def click_proposal(self, index: int) -> None:
        """Write the proposal with this number, from 0, as the key does that takes the chosen one."""
        if self.asking and index < len(self._offered.choices):
            self._chosen = index
            self.take_proposal()

    @property
    def preparing(self) -> bool:
        """Whether keys have to wait."""
        return self._putting_in or self._answering

    @property
    def _entry(self) -> Input:
        return cast("Input", self.query_one("Input"))

    def ask(self, question: Question) -> None:
        """Open a question; an open one is cancelled."""
        if self._question is not None:
            self.cancel()
        self._question, self._came_from = question, self.screen.focused
        self._back = 0
        self._offered, self._chosen, self._wrong = Proposals(), 0, ""
        self.display = True
        self.screen.add_class("-prompting")
        if self.children:
            self._show(question)
        elif not self._putting_in:
            self._putting_in = True
            self.call_next(self._put_in, question)

    async def _put_in(self, question: Question) -> None:
        """Put in the label and the line to write on: with the first question, since a start needs neither."""
        from textual.widgets import Static

        from tui.widgets.entry import Entry

        entry = Entry(compact=True, select_on_focus=False)
        entry.cursor_blink = False
        await self.mount(Static(), entry)
        if not self.children:
            # The screen went while they were put in.
            return
        self._show(self._question or question)
        self._putting_in = False
        self.post_message(self.Prepared())

    def _show(self, question: Question) -> None:
        from textual.widgets import Input, Static

        self.query_one(Static).update(content(f"{question.label} "))
        with self.prevent(Input.Changed):
            self._entry.value = question.value
        self._entry.cursor_position = len(question.value)
        # At once: a focus that waits its turn would come behind keys that were typed ahead.
        self.screen.set_focus(self._entry, scroll_visible=False)
        self._offer()

    def answer_comes(self) -> None:
        """Have keys wait until the answer is taken, since enter was pressed: they are for what comes then."""
        if self.asking and not self._putting_in and self.screen.focused is self._entry:
            self._answering = True

    def _answer_came(self) -> None:
        if self._answering:
            self._answering = False
            self.post_message(self.Prepared())

    def relabel(self, label: str) -> None:
        """Put the open question in other words."""
        if self._question is None:
            return
        self._question = self._question.replace(label=label)
        if not self._putting_in:
            from textual.widgets import Static

            self.query_one(Static).update(content(f"{label} "))

    def cancel(self) -> None:
        """Close the question without an answer."""
        question = self._close()
        if question is not None and question.cancelled is not None:
            question.cancelled()

    def take_proposal(self) -> None:
        """Write the proposed word in place of the one begun, as soon as it is there."""
        if not self._looked_up:
            self._take_first = True
            return
        if not self._offered.choices:
            return
        value, chosen = self._entry.value, self._offered.choices[self._chosen]
        rest = value[self._offered.end :]
        gap = "" if chosen.goes_on else " "
        self._entry.value = f"{value[: self._offered.start]}{chosen.text}{gap}{rest.lstrip() if gap else rest}"
        self._entry.cursor_position = self._offered.start + len(chosen.text) + len(gap)

    def next_proposal(self, by: int) -> None:
        """Choose another proposal, or an earlier answer."""
        if self._question is not None and self._question.history:
            self._recall(self._question.history, by)
        elif self._offered.choices:
            self._chosen = (self._chosen + by) % len(self._offered.choices)
            self._tell()

    def _recall(self, history: Sequence[str], by: int) -> None:
        self._back = max(0, min(self._back - by, len(history)))
        self._entry.value = history[-self._back] if self._back else ""
        self._entry.cursor_position = len(self._entry.value)

    def explain(self, wrong: str) -> None:
        """Tell what is wrong with what is written, until it is written otherwise; empty takes it back."""
        if wrong != self._wrong and self.asking:
            self._wrong = wrong
            self._tell()

    def _tell(self) -> None:
        question = self._question
        about = question.about if question is not None else ""
        if question is not None and not about and not self._entry.value.strip():
            about = question.hint
        self.post_message(self.Proposed(self._offered.choices, self._chosen, self._wrong, about))

    def _offer(self) -> None:
        question = self._question
        if question is None:
            return
        text, at = self._entry.value, self._entry.cursor_position
        self._take_first = False
        if question.look_up is None:
            start, words = question.propose(text, at)
            self._take_over(Proposals(start, at, tuple(map(Proposal, words))))
            return
        self._looked_up = False

        def offer(proposals: Proposals) -> None:
            if self._question is question and (self._entry.value, self._entry.cursor_position) == (text, at):
                self._take_over(proposals)

        question.look_up(text, at, offer)

    def _take_over(self, proposals: Proposals) -> None:
        self._offered, self._chosen, self._looked_up = proposals, 0, True
        if self._take_first:
            self._take_first = False
            self.take_proposal()
        else:
            self._tell()

    def _close(self) -> Question | None:
        question, self._question = self._question, None
        focused, before = self.screen.focused, self._came_from
        if before is not None and before.is_attached and before.display and focused and self in focused.ancestors:
            # At once: keys that were typed ahead come before the screen hears that we are closed.
            self.screen.set_focus(before, scroll_visible=False)
        self._answer_came()
        if question is not None:
            self.display = False
            self.screen.remove_class("-prompting")
            self.post_message(self.Closed())
        return question

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the asker follow, and propose again."""
        event.stop()
        self._wrong = ""
        # The list first: what can be proposed waits behind what is looked for.
        if self._question is not None and self._question.edited is not None:
            self._question.edited(event.value)
        self._offer()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the answer over."""
        event.stop()
        self._submit(event.value)

    def _submit(self, answer: str) -> None:
        question = self._question
        wrong = question.refuse(answer) if question is not None and question.refuse is not None else None
        if wrong is not None:
            self._entry.cursor_position = wrong
            self._answer_came()
            return
        question = self._close()
        if question is not None:
            question.then(answer)
