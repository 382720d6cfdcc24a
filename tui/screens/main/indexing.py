"""What the indexer says of itself: how far it is, its role, and what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.library import Corrected, Idle, Message, Progress, Ready, Trouble
from tui.screens.main import standing, status, telling, warning

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


def heard(screen: MainScreen, message: Message) -> None:
    """Take in how far the indexer is."""
    standing.heard(screen, message)
    state = screen.status
    match message:
        case Progress():
            state.progress = message
        case Idle():
            state.progress = None
            state.names_written += 1
        case Corrected():
            state.names_written += 1
        case Ready(role=role):
            state.standby = role == "standby"
        case Trouble(stage="indexer" | "load" | "watch", reason=reason):
            telling.tell(screen, warning.short(screen, reason), "indexer")
        case Trouble(source=source, stage="analyse", reason=reason) if _on_screen(screen, source):
            telling.tell(screen, f"names of this article: {reason}", "names", source)
        case _:
            return
    status.show(screen)


def _on_screen(screen: MainScreen, article: str) -> bool:
    return screen.opened is not None and screen.opened.stored.article.id == article
