"""The text that an article had when it was noted on, beside the one that it has now."""

from __future__ import annotations

from store.annotations.records import TextChange
from store.article import Article
from store.errors import NotFoundError
from store.library.keeping import Keeping
from store.library.text_difference import TextDifference, compare


def compare_with_noted(
    keeping: Keeping, change: TextChange | None, article: Article
) -> tuple[Article, TextDifference]:
    """Return the kept text of an article, and how the present one differs.

    Raises:
        NotFoundError: the text has not changed, or the old one cannot be read; the message says which.
    """
    if change is None:
        raise NotFoundError("The text is as it was when you noted on it.")
    before = keeping.read(change.text)
    if before is None:
        raise NotFoundError(keeping.trouble(change.text))
    return before, compare(before, article)
