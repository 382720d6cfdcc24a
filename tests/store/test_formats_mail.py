"""E-mail: a message is an article, in a file of its own, in a folder of messages or in a mailbox."""

from __future__ import annotations

import os
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from store.article import Article, BlockKind, Problem, Unchanged
from store.formats.errand import Errand
from store.formats.folder import walk
from store.formats.limits import DEFAULT
from store.formats.registry import format_name, read

FIXTURES = Path(__file__).parents[1] / "fixtures" / "formats"


def items(path: Path, limits=DEFAULT) -> list[object]:  # type: ignore[no-untyped-def]
    with path.open("rb") as stream:
        return list(read(stream, str(path), limits))


def one(tmp_path: Path, data: bytes | EmailMessage) -> Article:
    path = tmp_path / "a.eml"
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes())
    (article,) = items(path)
    assert isinstance(article, Article), article
    return article


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.kind is kind]


def test_a_message_has_its_subject_sender_receivers_day_and_parts() -> None:
    (article,) = items(FIXTURES / "message.eml")
    assert isinstance(article, Article)
    assert article.title == "Hello, world! We are 18F"
    assert article.byline == "Grüße aus 18F"
    # Half past eleven at night in the sender's own time zone.
    assert article.published == date(2014, 3, 19)
    assert texts(article, BlockKind.CAPTION) == ["To Anna Lind, Bob", "18F\nWashington", "Attached: report.pdf"]
    assert texts(article, BlockKind.QUOTE)[-1] == "An earlier message said this,\nand went on."
    assert "<p>" not in article.text


def test_plain_text_is_taken_where_there_is_html_beside_it(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "S", "a@example.org"
    message.set_content("The plain words of it, as they were written.")
    message.add_alternative("<p>The <b>other</b> words</p>", subtype="html")
    assert "The plain words" in one(tmp_path, message).text
    message.clear_content()
    message.set_content("<h1>Head</h1><p>Only <b>this</b> form<script>alert(1)</script></p>", subtype="html")
    article = one(tmp_path, message)
    assert "Only this form" in article.text and "alert" not in article.text


def test_lines_that_a_program_has_broken_are_joined_and_others_are_kept(tmp_path: Path) -> None:
    wrapped = "This line was broken by a program as it was as long\nas programs let lines be, and this is its end."
    verse = "Roses are red\nViolets are blue"
    flowed = "Subject: S\nContent-Type: text/plain; format=flowed\n\nGoes on \nhere\nand stops\n"
    article = one(tmp_path, f"Subject: S\n\n{wrapped}\n\n{verse}\n".encode())
    assert "as long as programs" in article.text and verse in article.text
    assert "Goes on here\nand stops" in one(tmp_path, flowed.encode()).text


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"Subject: =?koi8-r?b?8NLJ18XU?=", "Привет"),
        (b"Subject: =?nonsense?q?abc?=", "abc"),
        ("Subject: Grüße".encode(), "Grüße"),
        (b"Subject: a\x1b]0;owned\x07b", "a␛]0;owned␇b"),
        (b"Subject: =?utf-8?b?!!!!?= x", "x"),
        (b"Subject: folded\n over two lines", "folded over two lines"),
    ],
)
def test_headers_are_read_whatever_they_are_written_in(tmp_path: Path, header: bytes, title: str) -> None:
    assert title in one(tmp_path, header + b"\nFrom: a@example.org\n\nSome words.\n").title


def test_a_forwarded_message_is_part_of_the_article(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["Subject"] = "The first one"
    inner.set_content("What was said first.")
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    article = one(tmp_path, outer)
    assert texts(article, BlockKind.HEADING) == ["Forwarded: The first one"]
    assert "What was said first." in article.text


def test_a_mailbox_names_its_messages_by_their_ids_and_reads_past_a_broken_one(tmp_path: Path) -> None:
    data = (FIXTURES / "box.mbox").read_bytes()
    start = b"From someone@example.org Mon Mar 20 10:00:00 2017\n"
    path = tmp_path / "Inbox"
    path.write_bytes(data + start + b"nothing of a header\n\n" + start + b"Subject: >From\n\n>From here on\n")
    found = items(path)
    names = [item.member for item in found]  # type: ignore[attr-defined]
    assert names[:4] == ["m0@example.gov", "m1@example.gov", "m2@example.gov", "message 4"]
    assert isinstance(found[3], Problem)
    assert isinstance(found[4], Article) and "From here on" in found[4].text and ">From here" not in found[4].text


def test_messages_that_the_index_has_are_not_parsed_again() -> None:
    asked = items(FIXTURES / "box.mbox", DEFAULT.replace(errand=Errand(keep=lambda _: False)))
    known = {one.raw for one in asked}  # type: ignore[attr-defined]
    assert 0 not in known and len(known) == 3
    again = items(FIXTURES / "box.mbox", DEFAULT.replace(errand=Errand(keep=known.__contains__)))
    assert again == [Unchanged()] * 3


def test_a_message_in_a_mail_folder_is_found_and_read_though_its_name_says_nothing(tmp_path: Path) -> None:
    data = (FIXTURES / "message.eml").read_bytes()
    for name in ("cur/1700000000.M1P2.host.example:2,S", "new/1700000001.V12M3.example"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = sorted(os.fspath(item.path) for item in walk(tmp_path))
    assert len(found) == 2
    for path in found:
        (article,) = items(Path(path))
        assert isinstance(article, Article) and article.title == "Hello, world! We are 18F"


def test_a_letter_in_a_text_file_is_no_e_mail(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_text("Date: some day\n\nDear Anna,\n\nFrom here it is far.\n")
    with path.open("rb") as stream:
        assert format_name(stream, "letter") == "text"


def test_the_mails_that_python_tests_itself_with_are_read_or_refused_in_words(tmp_path: Path) -> None:
    samples = pytest.importorskip("test.test_email")
    folder = Path(samples.__file__).parent / "data"
    for path in sorted(folder.glob("msg_*.txt")):
        copy = tmp_path / f"{path.stem}.eml"
        copy.write_bytes(path.read_bytes())
        for item in items(copy):
            assert isinstance(item, Article) or "defeats" not in item.reason  # type: ignore[attr-defined]
