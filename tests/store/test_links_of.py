"""Links behind words are found in every format that writes some: feeds, mail, books, records, archives' members."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from store.article import Article, ArticleKey, Source, StoredArticle
from store.formats.folder import read_path
from store.library.links_of import links_of

HTML = '<p>As <a href="https://g.example/1">the Guardian told</a>, and <a href="/x">elsewhere, too</a>.</p>' \
       '<p>Not <a href="javascript:alert(1)">this one</a>.</p>'  # fmt: skip
EXPECTED = [("the Guardian told", "https://g.example/1")]


def mail(*, plain: bool) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["Message-ID"] = "On links", "a@b.example", "<1@b.example>"
    if plain:
        made.set_content("As the Guardian told, and elsewhere, too. Not this one.")
        made.add_alternative(HTML, subtype="html", cte="base64")
    else:
        made.set_content(HTML, subtype="html", cte="quoted-printable")
    return made.as_bytes()


def book() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("a.opf", '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
                         '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
                         '<spine><itemref idref="a"/></spine></package>')  # fmt: skip
        archive.writestr("a.xhtml", f"<html><body><h1>A book</h1>{HTML}</body></html>")
    return made.getvalue()


def packed(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


def captured(page: str) -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://b.example/a\r\nContent-Type: "
            f"application/http\r\nContent-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"  # fmt: skip


def archive(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as packed:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        packed.addfile(info, io.BytesIO(data))
    return made.getvalue()


FEED = f"""<rss version="2.0"><channel><title>F</title><item><guid>other</guid><title>Another</title><description>
<![CDATA[<p>Some <a href="https://o.example/">other words</a> here.</p>]]></description></item><item><guid>one</guid>
<title>On links</title><description><![CDATA[{HTML}]]></description></item></channel></rss>""".encode()
RECORD = {"id": "1", "title": "On links", "body": HTML, "url": "https://b.example/a"}
MARKDOWN = b"# On links\n\nAs [the Guardian told](https://g.example/1), and elsewhere, too.\n"
PAGE = f"<html><title>On links</title><article>{HTML}</article></html>"
COUNTER = "<html><script>'<a href=https://no.example/>the Guardian told</a>'</script></html>"
FILES = {
    "feed.rss": FEED,
    "mail.eml": mail(plain=False),
    "both.eml": mail(plain=True),
    "box.mbox": b"From a@b.example Mon Mar 20 10:00:00 2017\n" + mail(plain=False) + b"\n",
    "book.epub": book(),
    "records.jsonl": json.dumps(RECORD).encode() + b"\n" + json.dumps({**RECORD, "id": "2", "body": "x"}).encode(),
    "page.html.gz": gzip.compress(PAGE.encode()),
    "posts.tgz": archive("posts/a.md", MARKDOWN),
    "feeds.zip": packed("feed.rss", FEED),
    "capture.warc": captured(COUNTER) + captured(PAGE),
}


@pytest.mark.parametrize("name", FILES)
def test_links_behind_words_are_found_in(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name])
    article = next(one for one in read_path(str(file)) if isinstance(one, Article) and "Guardian" in one.text)
    stored = StoredArticle(ArticleKey(1), article, (Source(str(file), article.member),), analysed=False)
    links = [(article.text[one.start : one.end], one.url) for one in links_of(stored) if not one.url.startswith("mail")]
    elsewhere = [("elsewhere, too", "https://b.example/x")] if name in ("records.jsonl", "capture.warc") else []
    assert links == EXPECTED + elsewhere


def test_a_file_that_has_gone_or_holds_another_article_has_none(tmp_path: Path) -> None:
    file = tmp_path / "feed.rss"
    file.write_bytes(FEED)
    article = next(one for one in read_path(str(file)) if isinstance(one, Article))
    for place in (Source(str(tmp_path / "gone.rss"), "one"), Source(str(file), "no such entry")):
        assert links_of(StoredArticle(ArticleKey(1), article, (place,), analysed=False)) == ()


def test_a_file_that_takes_too_long_is_not_looked_for_at_its_other_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def hangs(command: object, **_: object) -> None:
        tried.append(command)
        raise subprocess.TimeoutExpired("reading", 10)

    places = [Source(str(tmp_path / name), "one") for name in ("a.rss", "b.rss")]
    for place in places:
        Path(place.path).write_bytes(FEED + b"<!-- https://c.example/ -->")
    article = next(one for one in read_path(places[0].path) if isinstance(one, Article) and "Guardian" in one.text)
    article = article.replace(text=article.text + " See https://c.example/1")
    monkeypatch.setattr(subprocess, "run", hangs)
    found = links_of(StoredArticle(ArticleKey(1), article, tuple(places), analysed=False))
    assert [one.url for one in found] == ["https://c.example/1"] and len(tried) == 1
