"""PDF and Word documents: what one would read and quote from them, and in words why where there is nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from store.article import Article, BlockKind, Problem
from store.formats import registry
from store.formats.errand import Errand
from store.formats.limits import DEFAULT, Limits
from store.formats.registry import handling, read
from store.formats.source import Damaged

pytest.importorskip("pypdf")
docx = pytest.importorskip("docx")

FIXTURES = Path(__file__).parents[1] / "fixtures" / "formats"
PDF, WORD = (FIXTURES / "report.pdf").read_bytes(), (FIXTURES / "posts.docx").read_bytes()


def items(data: bytes, name: str, limits: Limits = DEFAULT) -> list[object]:
    return list(read(io.BytesIO(data), name, limits))


def the_article(data: bytes, name: str) -> Article:
    (article,) = items(data, name)
    assert isinstance(article, Article), article
    return article


def the_reason(data: bytes, name: str) -> str:
    (problem,) = items(data, name)
    assert isinstance(problem, Problem), problem
    return problem.reason


def test_a_pdf_is_read_without_running_heads_page_numbers_and_broken_lines() -> None:
    article = the_article(PDF, "/x/2014-08-12-report.pdf")
    assert (article.title, article.byline, article.published) == (
        "The contributor's guide to 18F", "Aaron Snow", date(2014, 8, 12),
    )  # fmt: skip
    assert "Page 3" not in article.text and " of 9" not in article.text
    assert article.text.count("The contributor's guide to 18F") == 1
    assert "We keep the code open to each other, which allows us to quickly scrub in on projects" in article.text
    assert len(article.blocks) > 15


def test_headings_lists_and_the_table_of_contents_of_a_pdf_stand_by_themselves() -> None:
    from store.formats import pdf

    head = "Shared MIME-info Database"
    pages = [
        [head, "Table of Contents", "1 Introduction . . . . . . . . . . 1", "2.1 ASN.1 syntax......... 12", "i"],
        [
            head, "1. Introduction", "1.1. Version", "This is the version of the text that was last updated in",
            "October.", "1.2. What is this spec?", "Many programs use types of files, of which there are in section",
            "2.1 Unified some", "kinds:", "• one that is long enough for a second line of the item, which",
            "goes on here", "• two", "So it is in all programs that we know of and have looked at.", "2",
        ],
        [head, "Nothing else is known of it.", "x", "y", "3"],
    ]  # fmt: skip
    assert [(piece.kind.name, piece.text) for piece in pdf._pieces(pages)][:-1] == [
        ("PARAGRAPH", head),
        ("PARAGRAPH", "Table of Contents"),
        ("LIST_ITEM", "1 Introduction … 1"),
        ("LIST_ITEM", "2.1 ASN.1 syntax … 12"),
        ("LIST_ITEM", "1. Introduction"),
        ("HEADING", "1.1. Version"),
        ("PARAGRAPH", "This is the version of the text that was last updated in October."),
        ("HEADING", "1.2. What is this spec?"),
        ("PARAGRAPH", "Many programs use types of files, of which there are in section 2.1 Unified some kinds:"),
        ("LIST_ITEM", "• one that is long enough for a second line of the item, which goes on here"),
        ("LIST_ITEM", "• two"),
        ("PARAGRAPH", "So it is in all programs that we know of and have looked at. Nothing else is known of it."),
    ]


def test_the_day_a_pdf_was_made_is_no_day_of_publication() -> None:
    assert the_article(PDF, "report.pdf").published is None


def test_a_page_that_brings_its_reader_down_is_left_out_and_named() -> None:
    def enter(member: str) -> None:
        if member == "page 2":
            raise Damaged("It brought the reader down.")

    found = items(PDF, "report.pdf", Limits(errand=Errand(enter=enter)))
    assert [one.member for one in found if isinstance(one, Problem)] == ["page 2"]
    assert sum(isinstance(one, Article) for one in found) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PDF[:4000], "damaged or cut short"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged or cut short"),
        (b"%PDF-1.7\n", "damaged or cut short"),
    ],
)
def test_a_broken_pdf_says_so(data: bytes, said: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert said in the_reason(data, "a.pdf")
    assert capfd.readouterr() == ("", "")


def test_a_scan_says_that_it_is_one() -> None:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(3):
        writer.add_blank_page(300, 300)
    writer.write(out)
    assert "no text layer" in the_reason(out.getvalue(), "scan.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert "locked with a password" in the_reason(locked.getvalue(), "locked.pdf")


def test_a_word_document_keeps_headings_lists_quotes_and_tables() -> None:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "The islands", "Anna Lind"
    document.add_heading("A part", 2)
    document.add_paragraph("Words of it.")
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("two", style="List Number")
    document.add_paragraph("said before", style="Quote")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    out = io.BytesIO()
    document.save(out)
    article = the_article(out.getvalue(), "a.docx")
    assert (article.title, article.byline) == ("The islands", "Anna Lind")
    shown = [(block.kind, article.text[block.start : block.end]) for block in article.blocks][2:]
    assert shown == [
        (BlockKind.HEADING, "A part"), (BlockKind.PARAGRAPH, "Words of it."), (BlockKind.LIST_ITEM, "• one"),
        (BlockKind.LIST_ITEM, "• two"), (BlockKind.QUOTE, "said before"), (BlockKind.PARAGRAPH, "left | right"),
    ]  # fmt: skip


def test_a_document_of_another_program_is_read() -> None:
    article = the_article(WORD, "posts.docx")
    assert article.title == "Posts of 18F"
    assert "A team of innovators" in article.text


def test_bombs_and_other_documents_are_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 9_000_000)
    assert "unpacks to more than 100 times its size" in the_reason(bomb.getvalue(), "a.docx")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "no Word document" in the_reason(other.getvalue(), "a.docx")
    assert "damaged or cut short" in the_reason(WORD[:3000], "a.docx")


def test_without_its_extra_a_file_says_how_to_get_it_and_is_read_when_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_it = handling("a.pdf", DEFAULT)
    monkeypatch.setattr(registry, "_is_installed", lambda _: False)
    assert "pip install 'dateline[pdf]'" in the_reason(PDF, "a.pdf")
    assert handling("a.pdf", DEFAULT)[1] != with_it[1]
