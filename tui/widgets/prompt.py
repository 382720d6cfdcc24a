"""A one-line question in the place of the status line, with proposals that `tab` takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from textual.containers import Horizontal
from textual.message import Message

from tui.render.literal import content

if TYPE_CHECKING:
    from textual.widgets import Input

Propose = Callable[[str, int], tuple[int, Sequence[str]]]
"""Text and cursor to (where the word begins, the words that may stand there)."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what becomes of the answer."""

    label: str
    then: Callable[[str], None]
    """Called with the answer when it is given."""
    value: str = ""
    propose: Propose = field(default=lambda _text, _cursor: (0, ()))
    edited: Callable[[str], None] | None = None
    """Called at every key with the text so far."""
    cancelled: Callable[[], None] | None = None


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

        def __init__(self, proposals: Sequence[str], chosen: int) -> None:
            self.proposals = proposals
            self.chosen = chosen
            super().__init__()

    class Prepared(Message):
        """The line to write on is there, and takes keys."""

    class Closed(Message):
        """The question was answered or cancelled."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question: Question | None = None
        self._proposals: Sequence[str] = ()
        self._at = 0
        self._chosen = 0
        self.preparing = False
        """The line to write on is being put in, for the first time."""

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._question is not None

    @property
    def _entry(self) -> Input:
        return cast("Input", self.query_one("Input"))

    def ask(self, question: Question) -> None:
        """Open a question; an open one is cancelled."""
        if self._question is not None:
            self.cancel()
        self._question = question
        self.display = True
        self.screen.add_class("-prompting")
        if self.children:
            self._show(question)
        else:
            self.preparing = True
            self.call_next(self._put_in, question)

    async def _put_in(self, question: Question) -> None:
        """Put in the label and the line to write on: with the first question, since a start needs neither."""
        from textual.widgets import Input, Static

        entry = Input(compact=True, select_on_focus=False)
        entry.cursor_blink = False
        await self.mount(Static(), entry)
        self._show(question)
        self.preparing = False
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

    def cancel(self) -> None:
        """Close the question without an answer."""
        question = self._close()
        if question is not None and question.cancelled is not None:
            question.cancelled()

    def take_proposal(self) -> None:
        """Write the proposed word in place of the one begun."""
        if not self._proposals:
            return
        value, word = self._entry.value, self._proposals[self._chosen]
        rest = value[self._entry.cursor_position :]
        self._entry.value = f"{value[: self._at]}{word} {rest.lstrip()}"
        self._entry.cursor_position = self._at + len(word) + 1

    def next_proposal(self, by: int) -> None:
        """Choose another proposal."""
        if self._proposals:
            self._chosen = (self._chosen + by) % len(self._proposals)
            self.post_message(self.Proposed(self._proposals, self._chosen))

    def _offer(self) -> None:
        if self._question is None:
            return
        self._at, self._proposals = self._question.propose(self._entry.value, self._entry.cursor_position)
        self._chosen = 0
        self.post_message(self.Proposed(self._proposals, 0))

    def _close(self) -> Question | None:
        question, self._question = self._question, None
        if question is not None:
            self.display = False
            self.screen.remove_class("-prompting")
            self.post_message(self.Closed())
        return question

    def on_input_changed(self, event: Input.Changed) -> None:
        """Propose again, and let the asker follow."""
        event.stop()
        self._offer()
        if self._question is not None and self._question.edited is not None:
            self._question.edited(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the answer over."""
        event.stop()
        question = self._close()
        if question is not None:
            question.then(event.value)
