"""The keys of an open question: they are the same on every screen that asks one."""

from __future__ import annotations

from tui.widgets.prompt import Prompt


def carry_out(prompt: Prompt, command_id: str) -> None:
    """Carry out a command of the context of questions."""
    match command_id.removeprefix("prompt."):
        case "cancel":
            prompt.cancel()
        case "complete":
            prompt.take_proposal()
        case "next":
            prompt.next_proposal(1)
        case _:
            prompt.next_proposal(-1)
