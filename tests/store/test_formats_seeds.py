"""The sample articles show what the readers can do: each is whole, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.article import Article, BlockKind
from store.formats.folder import FoundFile, read_path, walk

SEEDS = Path(__file__).parents[2] / "seeds"


def samples() -> dict[str, Article]:
    found: dict[str, Article] = {}
    for file in walk(SEEDS):
        assert isinstance(file, FoundFile), file
        (article,) = read_path(file.path)
        assert isinstance(article, Article), article
        found[Path(file.path).name] = article
    return found


def test_every_sample_is_one_article_with_a_headline() -> None:
    articles = samples()
    assert len(articles) >= 11
    assert len({article.id for article in articles.values()}) == len(articles)
    for name, article in articles.items():
        assert article.blocks[0].kind is BlockKind.TITLE, name
        assert article.title.count("\n") == 0


@pytest.mark.parametrize("undated", ["000_9df55ca59aaa8a9a.txt", "islands-committee-minutes.txt"])
def test_only_the_undated_samples_have_no_date(undated: str) -> None:
    without = {name for name, article in samples().items() if article.published is None}
    assert undated in without
    assert len(without) == 2


def test_the_page_comes_without_its_furniture_and_the_long_read_is_long() -> None:
    articles = samples()
    page = articles["nemuro-crab.html"].text
    for gone in ("Subscribe", "cookie", "Accept all", "Most read", "Imprint", "dataLayer"):
        assert gone not in page
    long = articles["long-read-skarvik.txt"]
    assert long.words >= 2500
    assert sum(block.kind is BlockKind.HEADING for block in long.blocks) == 8


def test_people_and_places_meet_in_several_samples() -> None:
    texts = [article.text for article in samples().values()]
    for name in (
        "Shinzo Abe",
        "Sergei Lavrov",
        "Fumio Kishida",
        "Ingrid Solheim",
        "Skarvik",
        "Nemuro",
        "Rotterdam",
    ):
        assert sum(name in text for text in texts) >= 2, name
