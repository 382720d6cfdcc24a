"""Plain text: the text stays as it is, and its parts are recognised by how they look."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import Article, BlockKind
from store.formats import text as plain
from store.formats.clean import clean, normalise_newlines
from store.formats.headline import credit, is_caption
from store.formats.limits import DEFAULT

SEED = Path(__file__).parents[2] / "seeds" / "000_9df55ca59aaa8a9a.txt"
T, B, H, P, C, Q, L = (
    BlockKind.TITLE,
    BlockKind.BYLINE,
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.CAPTION,
    BlockKind.QUOTE,
    BlockKind.LIST_ITEM,
)
LONG = (
    "The ministers met for three hours on Monday and agreed to meet once again before the year ends in Tokyo."
)


def read(text: str, path: str = "/x/story.txt") -> Article:
    (article,) = plain.read(io.BytesIO(text.encode()), path, DEFAULT)
    assert isinstance(article, Article)
    return article


def kinds(article: Article) -> list[BlockKind]:
    return [block.kind for block in article.blocks]


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.kind is kind]


def test_the_users_own_article_is_taken_apart_as_a_reader_sees_it() -> None:
    (article,) = plain.read(io.BytesIO(SEED.read_bytes()), str(SEED), DEFAULT)
    assert isinstance(article, Article)
    assert article.text == SEED.read_text("utf-8")
    assert article.title == "Amid China-backed turbulence, Japan and Russia hold talks in Tokyo"
    assert article.byline == "Special to Radio Free Europe / Radio Liberty"
    assert article.published is None
    assert kinds(article) == [T, B, P, P, C] + [P] * 11
    assert texts(article, B) == ["Special to\n\nRadio Free Europe / Radio Liberty"]
    assert texts(article, C)[0].endswith("on March 20. / AFP")


def test_a_byline_with_a_date_gives_both() -> None:
    article = read(f"Harbour plan delayed\n\nBy Clara Osei · 19 February 2018 · culture\n\n{LONG}\n")
    assert kinds(article) == [T, B, P]
    assert article.byline == "By Clara Osei · culture"
    assert article.published == date(2018, 2, 19)


def test_headline_byline_and_date_need_no_blank_lines() -> None:
    article = read(f"Harbour plan delayed\nBy Anna Lind and José Haddad\nMarch 21, 2017\n{LONG}\n{LONG}\n")
    assert kinds(article) == [T, B, B, P, P]
    assert (article.title, article.published) == ("Harbour plan delayed", date(2017, 3, 21))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("March 21, 2017", date(2017, 3, 21)),
        ("2017-03-21", date(2017, 3, 21)),
        ("21 March 2017 10:00", date(2017, 3, 21)),
        ("Published: Tuesday, 21 March 2017, 10:00 GMT", date(2017, 3, 21)),
        ("21. März 2017", date(2017, 3, 21)),
        ("21.03.2017", date(2017, 3, 21)),
        ("le 1er mars 2017", date(2017, 3, 1)),
        ("2017年3月21日", date(2017, 3, 21)),
        ("Updated March 3rd, 2019 at 4:05 p.m.", date(2019, 3, 3)),
    ],
)
def test_a_date_line_under_the_headline_is_the_date_of_publication(line: str, day: date) -> None:
    article = read(f"Harbour plan delayed\n\n{line}\n\n{LONG}\n")
    assert article.published == day
    assert kinds(article) == [T, B, P]
    assert article.byline == ""


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the ministers had agreed to everything.",
        "By the time it was over nobody cared about the vote",
        "On March 21, 2017 the ministers met in Tokyo.",
        "Special to everyone who was there, the day began early.",
        "From our house we could see the sea.",
        "03/04/2017 was the day that everything changed for the town.",
    ],
)
def test_sentences_are_no_bylines(line: str) -> None:
    article = read(f"Harbour plan delayed\n\n{line} {LONG}\n\n{LONG}\n")
    assert kinds(article) == [T, P, P]
    assert article.published is None


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Lind",
        "BY ANNA LIND, STAFF WRITER",
        "Special to The Orkney Post",
        "From our correspondent in Lisbon",
        "Von Jürgen Weiß",
        "Par Chloé Moreau",
        "Reporting by Anna Lind; editing by Omar Costa",
        "Associated Press",
        "Reuters",
        "Anna Lind | 3 May 2021",
        "By our Nairobi correspondent",
        "By Ludwig van den Berg and A. B. Cole Jr.",
    ],
)
def test_bylines_of_many_kinds_are_recognised(line: str) -> None:
    assert credit(line) is not None
    assert kinds(read(f"Harbour plan delayed\n\n{line}\n\n{LONG}\n")) == [T, B, P]


@pytest.mark.parametrize(
    "line",
    [
        "Sergei Lavrov, left, with Fumio Kishida on March 20. / AFP",
        "A ferry in Kirkwall (Photo: Anna Lind)",
        "The court on Monday. REUTERS/Thomas Mukoya",
        "The harbour at dawn. Photo by Anna Lind",
        "Photo: Lusa",
        "The harbour. (AP Photo/Itsuo Inouye)",
        "A ship in the bay. Credit: Omar Costa",
        "The old mill © Getty Images",
        "Farmers in the valley. (Reuters photo)",
        "Image: Wikimedia Commons",
    ],
)
def test_captions_are_recognised_by_their_credit(line: str) -> None:
    assert is_caption(line)
    assert kinds(read(f"Harbour plan delayed\n\n{LONG}\n\n{line}\n\n{LONG}\n")) == [T, P, C, P]


@pytest.mark.parametrize(
    "line",
    [
        "He took the photo by mistake.",
        "The agency was named after its founder, AFP said.",
        "They met at 4/5.",
        "The deal was credited: nobody knows why. It failed.",
        "Prices rose (see the table) in May.",
    ],
)
def test_sentences_are_no_captions(line: str) -> None:
    assert not is_caption(line)


def test_hard_wrapped_paragraphs_are_whole() -> None:
    article = read(
        "Ferry strike leaves islands waiting\n\n"
        "STROMNESS (Agency) - Ferries between the islands stood still on\n"
        "Thursday after crews walked out over pay, the third time in as\n"
        "many weeks.\n\n"
        "The company said that it regretted the trouble and would publish\n"
        "a timetable on Friday. Nobody believed it.\n"
    )
    assert kinds(article) == [T, P, P]
    assert texts(article, P)[0].endswith("many weeks.")


def test_wrapped_text_without_a_headline_starts_with_a_paragraph() -> None:
    article = read(
        "Ferries between the islands stood still on Thursday after crews walked\n"
        "out over pay, the third time in as many weeks. The company said nothing\n"
        "at all.\n\n"
        "The next meeting is on Monday.\n"
    )
    assert kinds(article) == [P, P]
    assert article.title.startswith("Ferries between the islands stood still on Thursday after crews walked")
    assert article.title.endswith("…")
    assert len(article.title) <= 100


def test_paragraphs_on_single_lines_without_blank_lines_are_apart() -> None:
    article = read(f"Harbour plan delayed\n{LONG} {LONG}\n{LONG} {LONG}\n{LONG}\n")
    assert kinds(article) == [T, P, P, P]


def test_indented_first_lines_part_wrapped_paragraphs() -> None:
    article = read(
        "   The morning was cold and the harbour lay still under the\n"
        "mist that had come in from the sea during the night.\n"
        "   Nobody spoke. The boats were out, and those who had stayed\n"
        "behind were asleep, or pretended to be asleep in their beds\n"
        "until the bell rang.\n"
    )
    assert kinds(article) == [P, P]


def test_quotes_lists_and_headings_are_told_apart() -> None:
    article = read(
        f"Minutes of the harbour committee\n\n{LONG}\n\nATTENDANCE\n\n"
        "- Anna Lind\n- Omar Costa\n  of the port\n"
        f"  - his deputy\n\nDecisions\n---------\n\n1. The plan is kept.\n2. The crane is sold.\n\n"
        f"> We never agreed\n> to this.\n>> Nor did we.\n\n{LONG}\n\nWhat comes next\n\n{LONG}\n"
    )
    assert kinds(article) == [T, P, H, L, L, L, H, L, L, Q, Q, P, H, P]
    assert [block.level for block in article.blocks if block.kind is L] == [1, 1, 2, 1, 1]
    assert [block.level for block in article.blocks if block.kind is Q] == [1, 2]
    assert texts(article, L)[1] == "- Omar Costa\n  of the port"


def test_a_numbered_line_alone_above_text_is_a_heading() -> None:
    article = read(f"Minutes of the committee\n\n1. New ships\n\n{LONG}\n\n2. Other\n\nNothing.\n")
    assert kinds(article) == [T, H, P, H, P]


def test_a_name_above_a_date_is_a_byline() -> None:
    article = read(
        f"Harbour plan delayed\n\nMeridian News, Constanta\n\n17 November 2024 08:15 GMT\n\n{LONG}\n"
    )
    assert kinds(article) == [T, B, B, P]
    assert (article.byline, article.published) == ("Meridian News, Constanta", date(2024, 11, 17))


def test_text_in_capitals_has_no_headings() -> None:
    article = read("WIRE COPY\n\nTHE MINISTERS MET IN TOKYO.\n\nTHEY AGREED\n\nON NOTHING AT ALL, AGAIN.\n")
    assert kinds(article) == [T, P, P, P]


def test_fields_above_a_text_are_read() -> None:
    fields = "Title: Harbour plan\nAuthor: Anna Lind\nDate: 3 May 2021\nURL: https://x.example/1\n"
    article = read(f"{fields}\n{LONG}\n\n{LONG}\n")
    assert (article.title, article.byline, article.published) == (
        "Harbour plan",
        "Anna Lind",
        date(2021, 5, 3),
    )
    assert article.url == "https://x.example/1"
    assert kinds(article) == [T, B, B, B, P, P]


def test_a_files_name_may_give_the_date_and_its_own_time_never_does(tmp_path: Path) -> None:
    assert read(LONG, "/x/2014-09-25-design.txt").published == date(2014, 9, 25)
    assert read(LONG, "/x/report-2014.txt").published is None


def test_text_without_a_headline_is_called_by_its_first_sentence() -> None:
    article = read(f"It rained for three days in Kirkwall. {LONG}\n\n{LONG}\n")
    assert article.title == "It rained for three days in Kirkwall."
    assert kinds(article) == [P, P]


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "",
                "",
                "- item",
                "> said",
                "By Anna Lind",
                "TITLE",
                "=====",
                "---",
                "2017-03-21",
                "Special to",
                "1. one",
                "  - two",
                "* * *",
                "Title: x",
                "Date: y",
                "a / AFP",
                LONG,
            ]
        ),
    ),
    max_size=25,
)


@given(LINES)
def test_blocks_cover_everything_but_white_space_in_order(lines: list[str]) -> None:
    text = clean(normalise_newlines("\n".join(lines)))
    article = plain.article(text, "utf-8", "/x/story.txt", DEFAULT)
    assert article.text == text
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end
        assert not text[end : block.start].strip()
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        end = block.end
    assert not text[end:].strip()
    assert article.title
    assert "\n" not in article.title
