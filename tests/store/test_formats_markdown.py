"""Markdown: read without its markup, with what its front matter says."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import Article
from store.formats import markdown
from store.formats.encoding import NotText
from store.formats.limits import DEFAULT
from store.formats.source import NoText, TooLong

ARTICLE = """---
title: "Ferry strike: day 3"
date: 2015-03-17 14:00:00 -4
authors:
- Anna Lind
- name: Omar Costa
lang: en-GB
source: https://x.example/ferry
tags: [a, b]
---

# Ferry strike: day 3

First *emphasised* and **strong** [link text]({{ "/2016/x/" | url }}) with `code`,
on two lines.\\
A break.

{% image "assets/x.jpg" "A ferry in harbour" %}

> Quoted words
>
> > and deeper

- one
- two
  1. nested

## A section

```
x = {{ kept }}
```

| port | ships |
|------|-------|
| Kirkwall | 3 |

<div><p>In <b>HTML</b>.</p><script>alert(1)</script></div>
"""


def read(text: str, path: str = "/x/story.md") -> Article:
    (article,) = markdown.read(io.BytesIO(text.encode()), path, DEFAULT)
    assert isinstance(article, Article)
    return article


def shown(article: Article) -> list[tuple[str, int, str]]:
    return [
        (block.kind.value, block.level, article.text[block.start : block.end]) for block in article.blocks
    ]


def test_an_article_is_read_without_its_markup() -> None:
    article = read(ARTICLE)
    assert shown(article) == [
        ("title", 0, "Ferry strike: day 3"),
        ("byline", 0, "Anna Lind, Omar Costa"),
        ("paragraph", 0, "First emphasised and strong link text with code, on two lines.\nA break."),
        ("caption", 0, "A ferry in harbour"),
        ("quote", 1, "Quoted words"),
        ("quote", 2, "and deeper"),
        ("list item", 1, "• one"),
        ("list item", 1, "• two"),
        ("list item", 2, "1. nested"),
        ("heading", 2, "A section"),
        ("code", 0, "x = {{ kept }}"),
        ("paragraph", 0, "port | ships"),
        ("paragraph", 0, "Kirkwall | 3"),
        ("paragraph", 0, "In HTML."),
    ]


def test_front_matter_gives_the_facts() -> None:
    article = read(ARTICLE)
    assert article.title == "Ferry strike: day 3"
    assert article.byline == "Anna Lind, Omar Costa"
    assert article.published == date(2015, 3, 17)
    assert article.language == "en"
    assert article.url == "https://x.example/ferry"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2015-03-17", date(2015, 3, 17)),
        ("'2014-03-12T23:11:00-04:00'", date(2014, 3, 12)),
        ("2016-02-01T20:55:23.119Z", date(2016, 2, 1)),
        ("March 3, 2020", date(2020, 3, 3)),
        ("2015-02-31", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_the_day_that_was_written(written: str, day: date | None) -> None:
    assert read(f"---\ntitle: x\ndate: {written}\n---\nText.\n").published == day


@pytest.mark.parametrize(
    "front",
    [
        "title: [unclosed\nauthor: &a *a",
        "title: x: y: z\n\t- broken",
        "a: &a [*a, *a]\ntitle: x",
        "- just\n- a list",
        "{" * 5000,
        "? [x]\n: y\ntitle: z",
        "date: 9999999999-99-99\ntitle: " + "9" * 5000,
        "title: !!python/object/apply:os.system [true]",
    ],
)
def test_broken_front_matter_costs_no_text(front: str) -> None:
    assert "The body survives." in read(f"---\n{front}\n---\nThe body survives.\n\nAll of it.\n").text


def test_front_matter_that_never_ends_is_text() -> None:
    article = read("---\ntitle: x\n\nTokyo text with no end marker\n")
    assert "Tokyo text with no end marker" in article.text


def test_toml_front_matter_is_read() -> None:
    article = read('+++\ntitle = "Ferry strike"\ndate = 2015-03-17T10:00:00Z\n+++\nText.\n')
    assert (article.title, article.published) == ("Ferry strike", date(2015, 3, 17))


def test_without_front_matter_heading_and_line_below_give_title_and_byline() -> None:
    article = read("# Ferry strike\n\n*By Clara Osei · 19 February 2018 · culture*\n\nText follows here.\n")
    assert [kind for kind, _, _ in shown(article)] == ["title", "byline", "paragraph"]
    assert (article.title, article.byline) == ("Ferry strike", "By Clara Osei · culture")
    assert article.published == date(2018, 2, 19)


def test_a_post_without_a_date_has_the_date_of_its_name() -> None:
    assert read("Text.", "/x/2014-09-25-design.md").published == date(2014, 9, 25)


def test_an_empty_text_is_said_to_be_one() -> None:
    with pytest.raises(NoText):
        read("---\n---\n\n<!-- nothing -->\n")


def test_a_text_beyond_the_limit_is_refused_not_cut() -> None:
    with pytest.raises(TooLong, match="2,000,000"):
        read("word " * 500_000)


@pytest.mark.parametrize(
    "bomb",
    [
        "> " * 2000 + "Tokyo",
        "* " * 1500 + "deep Tokyo",
        "[" * 20000 + "Tokyo" + "]" * 20000,
        "Tokyo " + "`" * 9999,
        "|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\nTokyo",
        "Tokyo " + "*a_" * 4000,
        "Tokyo " + "![x](" * 4000,
        "Tokyo " + "<a " * 6000,
        "Tokyo " + "{% {{ " * 20000,
        "Tokyo\n" + "\n".join(" " * n + "- x" for n in range(600)),
        "Tokyo " + "&" * 30000 + "\\" * 30000,
        "Tokyo\n" + "[a]: b\n" * 5000,
    ],
    ids=range(12),
)
@pytest.mark.timeout(10)
def test_nesting_bombs_end_quickly_and_keep_their_words(bomb: str) -> None:
    assert "Tokyo" in read(bomb).text


_MARKS = "# > - 1. ``` ~~~ | --- === ** _ [ ]( ) ![ <div> </div> <script> <!-- --> {% %} {{ }}"
MARKS = [*_MARKS.split(), "\n", "\n\n"]
MARKUP = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(MARKS)), max_size=40).map(" ".join)


@given(MARKUP)
def test_any_markup_gives_ordered_blocks_or_nothing(text: str) -> None:
    try:
        article = read(text)
    except (NoText, NotText):
        return
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end
        assert not article.text[end : block.start].strip()
        end = block.end
    assert not article.text[end:].strip()
    assert article.title


def test_a_site_generators_picture_within_html_is_a_caption() -> None:
    figure = """Before.

<figure>
\t{% image "assets/x.jpg" "Two women, side by side." %}
\t<figcaption>Renata, left, receives an award.</figcaption>
</figure>

Behind.
"""
    assert read(figure).text.strip().split("\n\n")[-4:] == [
        "Before.", "Two women, side by side.", "Renata, left, receives an award.", "Behind.",
    ]  # fmt: skip
