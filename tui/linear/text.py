"""An article as paragraphs to be heard: what each is, where one stands, how long the rest takes. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.article import Article, Block, BlockKind, Mention, count_words
from store.library import group_of

_SAID = {
    BlockKind.HEADING: "Heading: ",
    BlockKind.CAPTION: "Caption: ",
    BlockKind.QUOTE: "Quote: ",
    BlockKind.LIST_ITEM: "Item: ",
    BlockKind.CODE: "Code:\n",
}
"""What is said before a stretch that is no paragraph."""


class Paragraphs:
    """The paragraphs of an article; its headline and byline are told apart from them."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.blocks: Sequence[Block] = [
            one for one in article.blocks if one.kind not in (BlockKind.TITLE, BlockKind.BYLINE)
        ]
        if not article.blocks and article.text.strip():
            self.blocks = [Block(BlockKind.PARAGRAPH, 0, len(article.text))]

    def __len__(self) -> int:
        return len(self.blocks)

    def at(self, offset: int) -> int:
        """Return the paragraph that holds a character, or the last one before it."""
        return max((number for number, one in enumerate(self.blocks) if one.start <= offset), default=0)

    def bare(self, number: int) -> str:
        """Return the words of a paragraph."""
        block = self.blocks[number]
        return self.article.text[block.start : block.end]

    def said(self, number: int, names: Sequence[Mention] = ()) -> str:
        """Return a paragraph with what it is, and these names marked as `[person Shinzo Abe]`."""
        block = self.blocks[number]
        text = marked(self.article.text, block.start, block.end, names)
        if block.kind is not BlockKind.CODE:
            text = " ".join(text.split())
        return f"{_SAID.get(block.kind, '')}{text}"

    def words_behind(self, number: int) -> int:
        """Count the words behind a paragraph."""
        return sum(count_words(self.bare(one)) for one in range(number + 1, len(self.blocks)))


def marked(text: str, start: int, end: int, names: Sequence[Mention]) -> str:
    """Return a stretch with the names in it in brackets, each with its kind; of two that overlap, the first."""
    pieces: list[str] = []
    at = start
    for name in names:
        if name.start >= at and name.end <= end:
            pieces += [text[at : name.start], f"[{group_of(name.label)} {text[name.start : name.end]}]"]
            at = name.end
    return "".join([*pieces, text[at:end]])


def minutes(words: int, pace: int) -> int:
    """Return how many minutes it takes to read so many words, at so many in a minute."""
    return max(1, round(words / pace))
