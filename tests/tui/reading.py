"""A small app with a reader in it, and a real article with names, for the reader's tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.message import Message

from store.article import Article, ArticleKey, Block, BlockKind, Mention, Source, StoredArticle
from tui.widgets.reader_view import ReaderView

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "000_9df55ca59aaa8a9a.txt"

_NAMES = {
    "PERSON": ("Sergei Lavrov", "Fumio Kishida", "Shinzo Abe", "Vladimir Putin", "Kishida", "Abe"),
    "GPE": ("Japan", "Russia", "Tokyo", "Moscow", "North Korea", "Crimea", "Ukraine", "China", "Hokkaido"),
    "ORG": ("Radio Free Europe", "UN Security Council"),
    "DATE": ("March 20", "November 2013", "2014"),
}
_MEANT = {"Kishida": "Fumio Kishida", "Abe": "Shinzo Abe"}


def parsed(text: str) -> Article:
    """Divide a plain text as its format does: headline, byline, captions, paragraphs."""
    blocks: list[Block] = []
    for match in re.finditer(r"\S.*?(?=\n\n|\s*\Z)", text, re.DOTALL):
        kind = BlockKind.PARAGRAPH
        if not blocks:
            kind = BlockKind.TITLE
        elif match[0].startswith(("Special to", "Radio Free Europe /")):
            kind = BlockKind.BYLINE
        elif match[0].endswith("/ AFP"):
            kind = BlockKind.CAPTION
        blocks.append(Block(kind, *match.span()))
    return Article(text.partition("\n")[0] or "empty", text, tuple(blocks))


def names_in(text: str) -> tuple[Mention, ...]:
    """Find the names that the article is known to hold."""
    found: list[Mention] = []
    taken: set[int] = set()
    for label, names in _NAMES.items():
        for name in names:
            for match in re.finditer(rf"\b{name}\b", text):
                if taken.isdisjoint(range(*match.span())):
                    taken.update(range(*match.span()))
                    found.append(Mention(*match.span(), label, _MEANT.get(name, name)))
    return tuple(sorted(found, key=lambda each: each.start))


def stored(text: str, mentions: tuple[Mention, ...] | None = None) -> StoredArticle:
    """Return a text as the index holds it."""
    found = names_in(text) if mentions is None else mentions
    return StoredArticle(ArticleKey(1), parsed(text), (Source("/a.txt"),), True, found)


def seed_text() -> str:
    """Return the user's own article; skips where it is not beside the checkout."""
    if not SEED.is_file():
        pytest.skip("the shared seeds are not beside the checkout")
    return SEED.read_text(encoding="utf-8")


class ReadingApp(App[None]):
    """Nothing but a reader, and what it says."""

    def __init__(self, theme: str = "textual-dark") -> None:
        super().__init__()
        self.theme = theme
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ReaderView()

    def on_mount(self) -> None:
        self.reader.focus()

    @property
    def reader(self) -> ReaderView:
        return self.query_one(ReaderView)

    @on(ReaderView.Moved)
    @on(ReaderView.NameChanged)
    @on(ReaderView.NameClicked)
    def _hear(self, message: Message) -> None:
        self.heard.append(message)

    def lines(self) -> list[str]:
        """Return the lines on screen."""
        return [self.reader.render_line(y).text for y in range(self.reader.size.height)]

    def find(self, words: str) -> tuple[int, int]:
        """Return column and line on screen of the first place where words stand."""
        for y, line in enumerate(self.lines()):
            if words in line:
                return line.index(words), y
        raise AssertionError(f"not on screen: {words}")

    def look_of(self, words: str) -> str:
        """Return how words on screen look, as Rich writes a style."""
        x, y = self.find(words)
        at = 0
        for segment in self.reader.render_line(y):
            if at <= x < at + len(segment.text):
                return str(segment.style.without_color if self.no_color and segment.style else segment.style)
            at += len(segment.text)
        raise AssertionError
