"""What screens ask of the app they run in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from textual.screen import Screen

from store.article import ArticleId, StoredArticle
from tui.commands.command import Command
from tui.habits import Habits
from tui.last_screen import LastScreen
from tui.session import Session


class Exporter(Protocol):
    """`dateline export` for the articles of the list: what may follow it, and doing it."""

    def words_after(self, before: Sequence[str]) -> Sequence[str]:
        """Return what can stand behind these words."""

    def wrong(self, text: str) -> str:
        """Say what is wrong with the words; empty where they will do."""

    def file(self, text: str) -> Path:
        """Return the file that the words name."""

    def export(self, text: str, keys: Sequence[int]) -> str:
        """Export these articles as the words say; returns what to say of it. For a thread."""


class Host(Protocol):
    """The app, as its screens know it."""

    session: Session
    """Where the reader was when Dateline was left."""
    last_screen: LastScreen
    """What the terminal showed from the beginning, or nothing."""
    habits: Habits
    """The looks that the user has chosen, kept when Dateline is left."""
    command: str
    """Id of the command being carried out: for functions that do several."""
    previous: str
    """Id of the command before that."""

    def show_own(self) -> None:
        """Have the app's own screen on the terminal from now on, where the last one was until now."""

    @property
    def has_painted(self) -> bool:
        """Whether there is something on the terminal."""

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """Return the keys that a command sits on."""

    @property
    def is_leaving(self) -> bool:
        """Whether the program is on its way out."""

    def shape_of(self, stored: StoredArticle) -> dict[str, Any]:
        """Return an article as the command line writes it in JSON."""

    def perform(self, command: Command, key: str = "", on: Screen[Any] | None = None) -> None:
        """Carry out a command on a screen, else on the one in front: by the time of an answer that may be another."""

    @property
    def exporter(self) -> Exporter:
        """What exports as the command line does."""

    def hold_keys(self) -> Callable[[], None]:
        """Have keys wait, for some seconds at most, until what is returned is called."""

    def release_keys(self) -> None:
        """Deliver the keys that had to wait."""

    def start_indexer(self) -> None:
        """Start the background process."""

    def tell_shown(self, article: ArticleId) -> None:
        """Have an article analysed next."""

    def tell_visible(self, articles: tuple[ArticleId, ...]) -> None:
        """Have the listed articles analysed after that."""

    def rescan(self) -> None:
        """Have the folders looked at again."""

    @property
    def theme_names(self) -> tuple[str, ...]:
        """The themes to choose from."""

    def choose_theme(self, name: str) -> None:
        """Change the theme, now and for the next start."""

    def keep_place(self) -> None:
        """Keep where the reader is, if it is another place than before."""

    def copy(self, text: str, what: str = "") -> str:
        """Copy a text, and return in words what was done; `what` it is, where it is more than characters."""

    def draw_again(self) -> None:
        """Clear the terminal and draw every cell."""

    def leave(self, status: int = 0) -> None:
        """Quit."""
