"""A question to be answered in one line, and what may be proposed as an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from store.record import Record


class Proposal(Record):
    """One thing that may stand in the place of what was begun."""

    text: str
    """What is written."""
    detail: str = ""
    """Shown behind it, as a count is."""
    said: str = ""
    """What it means, told of the chosen one."""
    goes_on: bool = False
    """Whether something has to follow at once, so that no space is written behind it."""


class Proposals(Record):
    """What may stand in the place of a part of the text."""

    start: int = 0
    end: int = 0
    choices: tuple[Proposal, ...] = ()


Propose = Callable[[str, int], tuple[int, Sequence[str]]]
"""Text and cursor to (where the word begins, the words that may stand there)."""
Offer = Callable[[Proposals], None]


def propose_nothing(_text: str, _cursor: int) -> tuple[int, Sequence[str]]:
    """Propose nothing."""
    return 0, ()


class Question(Record):
    """What is asked, and what becomes of the answer."""

    label: str
    then: Callable[[str], None]
    """Called with the answer when it is given."""
    value: str = ""
    propose: Propose = propose_nothing
    edited: Callable[[str], None] | None = None
    """Called at every key with the text so far."""
    cancelled: Callable[[], None] | None = None
    look_up: Callable[[str, int, Offer], None] | None = None
    """In the place of `propose`, where proposals take time: they are offered later, unless the text has changed."""
    history: Sequence[str] = ()
    """Answers given before, the newest last; up and down go through them instead of through proposals."""
    keys: Sequence[tuple[str, str]] = ()
    """What the footer tells of in the place of the keys of every question: keys and words."""
    hint: str = ""
    """What can be written, told where proposals would stand while nothing is written."""
    about: str = ""
    """What it is about, where that has no room before the answer; told where proposals would stand."""
    refuse: Callable[[str], int | None] | None = None
    """Return the column of what is wrong with an answer, and the question stays; None takes it."""

    def within(self, columns: int, label: str, about: str = "", *, answer: int = 6) -> Question:
        """Return the question as `label` where there is no room for it and, in columns, its `answer`.

        What it is `about` is then told where proposals would stand.
        """
        if cell_len(self.label) + answer <= columns:
            return self
        return self.replace(label=label, about=about)


def yes_or_no(
    label: str, yes: Callable[[], None], no: Callable[[], None], cancelled: Callable[[], None] | None = None
) -> Question:
    """Return a question that `y` or `yes` answers, and with `no` whatever else is written."""

    def take(answer: str) -> None:
        if answer.strip().lower() in ("y", "yes"):
            yes()
        else:
            no()

    return Question(f"{label} {Y_OR_N}", take, cancelled=cancelled, keys=(("y", "yes"), ("n", "no")))


Y_OR_N = "y or n:"
"""What the label of such a question ends with."""
