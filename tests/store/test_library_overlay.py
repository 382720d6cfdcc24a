"""What is being saved is shown at once, of one article and of very many, and taken back when it was not saved."""

from __future__ import annotations

import pytest

from store.annotations.preview import preview
from store.annotations.records import NO_MARKS, DeleteTag, Star, Tag, Target
from store.article import ArticleId
from store.library.overlay import Overlay


@pytest.mark.parametrize("count", [1, 3, 1_000, 5_000])
def test_pending_changes_are_shown_in_their_order_until_they_are_dropped(count: int) -> None:
    overlay = Overlay(preview)
    targets = tuple(Target(ArticleId(f"{number:032}")) for number in range(count))
    first, last, other = targets[0].id, targets[-1].id, ArticleId("f" * 32)
    tag, star, delete = Tag(targets, add=("a", "b")), Star(targets, True), DeleteTag("a")
    numbers = [overlay.add(change) for change in (tag, star, delete)]
    for article in (first, last):
        marks = overlay.over(article, NO_MARKS)
        assert marks.tags == ("b",) and marks.starred
    assert overlay.over(other, NO_MARKS) == NO_MARKS
    overlay.drop(numbers[1], star)
    overlay.drop(numbers[2], delete)
    assert overlay.over(last, NO_MARKS).tags == ("a", "b") and not overlay.over(last, NO_MARKS).starred
    overlay.drop(numbers[0], tag)
    assert overlay.over(first, NO_MARKS) == NO_MARKS
