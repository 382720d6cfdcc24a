"""Long texts are cut where nobody's name is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.article import Block, BlockKind
from store.entities.pieces import cut, paragraphs

_TEXTS = st.text(alphabet=st.sampled_from("ab Z.\n\n!。 é"), max_size=400)


def _blocks(text: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, start, end) for start, end in paragraphs(text)]


@given(_TEXTS, st.integers(1, 60))
def test_pieces_follow_each_other_and_are_the_text(text: str, limit: int) -> None:
    pieces = cut(text, _blocks(text), limit)
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(0 < end - start <= limit for start, end in pieces)


@given(_TEXTS, st.integers(1, 60))
def test_a_cut_lies_at_a_block_unless_the_block_is_too_long(text: str, limit: int) -> None:
    blocks = _blocks(text)
    starts = {block.start for block in blocks}
    long = [block for block in blocks if block.end - block.start > limit - 5]
    for start, _ in cut(text, blocks, limit)[1:]:
        in_long = any(block.start <= start <= block.end + 5 for block in long)
        assert start in starts or in_long or _gap_is_long(blocks, start, limit)


def _gap_is_long(blocks: list[Block], at: int, limit: int) -> bool:
    """White space between blocks, or a block with the white space after it, may be longer than the limit."""
    before = max((block.start for block in blocks if block.start <= at), default=0)
    after = min((block.start for block in blocks if block.start > at), default=10**9)
    return after - before > limit or before == 0


@given(_TEXTS, st.integers(1, 60))
def test_paragraphs_lose_only_white_space(text: str, limit: int) -> None:
    spans = list(paragraphs(text, limit))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(end - start <= limit for start, end in spans)


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    text = "The talks in Tokyo ended. " * 40
    assert all(text[start:end].endswith("ended. ") for start, end in cut(text, limit=100))


def test_short_articles_are_one_piece_and_empty_ones_none() -> None:
    text = "Headline\n\nBody."
    assert cut(text, _blocks(text)) == [(0, len(text))]
    assert cut("") == []
