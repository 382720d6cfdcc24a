"""`dateline fetch`: each entry of a feed is saved once, whole where that can be had."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from web_server import Site

from store.disk.lock import FileLock
from store.fetching.shelf import Shelf
from tests.tui.cli.conftest import Dateline

WORDS = "It rained over the harbour for the whole of that long day, and nobody came. "


def item(number: int, text: str = WORDS * 20, link: str = "") -> str:
    """Return an entry of a feed."""
    link = link or f"/page/{number}"
    return f"""<item><title>Story number {number}</title><link>{link}</link>
    <guid isPermaLink="false">urn:{number}</guid>
    <pubDate>Wed, {number % 28 + 1:02} Mar 2017 23:30:00 -0500</pubDate><dc:creator>Reporter {number}</dc:creator>
    <description>{text}</description></item>"""


def feed(*items: str) -> str:
    """Return a feed of entries."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>'
        + "".join(items) + "</channel></rss>"
    )  # fmt: skip


def page(number: int) -> str:
    """Return the page of an entry."""
    body = "".join(f"<p>Paragraph {n} of page {number}. {WORDS}</p>" for n in range(20))
    return f"<html><head><title>Page {number} | Site</title></head><body><article>{body}</article></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a library."""
    made = tmp_path / "articles"
    made.mkdir()
    return made


def files(folder: Path) -> list[Path]:
    """Return the saved files."""
    return sorted(folder.rglob("*.html"))


def test_fifty_entries_are_saved_once_however_often_the_feed_is_fetched(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    site.page("/feed", feed(*map(item, range(50))), "application/rss+xml", ETag='"1"')
    first = dateline("fetch", site.url("/feed"), "--to", folder)
    assert first.code == 0 and len(first.lines) == len(set(first.lines)) == 50
    assert "50 saved" in first.talk
    again = dateline("fetch", site.url("/feed"), "--to", folder)
    assert (again.code, again.lines) == (1, []) and "Nothing new" in again.talk
    assert site.requests[-1][1]["If-None-Match"] == '"1"'
    site.page("/feed", feed(*map(item, range(51))), "application/rss+xml", ETag='"2"')
    third = dateline("fetch", site.url("/feed"), "--to", folder)
    assert third.code == 0 and len(third.lines) == 1 and len(files(folder)) == 51
    assert {path for path, _ in site.requests} == {"/robots.txt", "/feed"}


def test_an_entry_is_read_back_with_what_the_feed_says(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/feed", feed(item(3)), "text/xml")
    (path,) = dateline("fetch", site.url("/feed"), "--to", folder).lines
    shown = json.loads(dateline("show", path, "--format", "json", "--no-entities").out)
    assert (shown["title"], shown["byline"], shown["published"]) == ("Story number 3", "Reporter 3", "2017-03-04")
    head = Shelf(folder).head(Path(path))
    assert head is not None and head.url == site.url("/page/3") and head.feed == site.url("/feed")
    assert Path(path).name == "2017-03-04-story-number-3.html"


def test_moved_and_deleted_entries_do_not_come_back_even_without_the_memory(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    site.page("/feed", feed(*map(item, range(5))))
    dateline("fetch", site.url("/feed"), "--to", folder)
    kept, gone, *_ = files(folder)
    kept.rename(folder / "renamed.html")
    gone.unlink()
    assert dateline("fetch", site.url("/feed"), "--to", folder).code == 1
    assert len(files(folder)) == 4
    (folder / ".dateline-fetch.json").unlink()
    # Only what is nowhere in the folder any more can not be known.
    assert dateline("fetch", site.url("/feed"), "--to", folder).lines == [str(gone)]


def test_the_same_entry_in_two_feeds_is_saved_once(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/feed", feed(item(1), item(2)))
    site.page("/other", feed(item(2), item(3)))
    ran = dateline("fetch", site.url("/feed"), site.url("/other"), "--to", folder)
    assert len(ran.lines) == 3


def test_entries_that_all_lead_to_the_front_page_are_told_apart(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/feed", feed(*(item(n, link="/") for n in range(3))))
    assert len(dateline("fetch", site.url("/feed"), "--to", folder).lines) == 3


def test_an_entry_that_is_cut_short_gets_its_page_when_asked_for(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/feed", feed(item(1, "Only the beginning …"), item(2)), ETag='"1"')
    site.page("/page/1", page(1))
    first = dateline("fetch", site.url("/feed"), "--to", folder)
    assert len(first.lines) == 2 and not site.asked("/page/1")
    again = dateline("fetch", site.url("/feed"), "--pages", "--to", folder)
    assert again.code == 0 and "1 updated" in again.talk and len(files(folder)) == 2
    (path,) = again.lines
    shown = json.loads(dateline("show", path, "--format", "json", "--no-entities").out)
    # What the feed says of it goes over what the page says of itself.
    assert shown["title"] == "Story number 1" and "Paragraph 19 of page 1." in shown["text"]
    assert dateline("fetch", site.url("/feed"), "--pages", "--to", folder).code == 1
    assert site.asked("/page/1") == 1 and not site.asked("/page/2")


def test_a_page_that_is_not_to_be_had_now_is_asked_for_next_time(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/feed", feed(item(1, "Short …"), item(2, "Short …"), item(3, "Short …")), ETag='"1"')
    site.page("/page/1", b"", status=500)
    site.page("/page/2", b"", status=404)
    site.page("/page/3", page(3))
    ran = dateline("fetch", site.url("/feed"), "--pages", "--to", folder)
    assert ran.code == 3 and len(ran.lines) == 2
    assert "(500)" in ran.talk and "(404); what the feed has of it was saved" in ran.talk
    site.page("/page/1", page(1))
    ran = dateline("fetch", site.url("/feed"), "--pages", "--to", folder)
    assert ran.code == 0 and len(ran.lines) == 1 and site.asked("/page/2") == 1


def test_a_site_that_wants_a_pause_is_asked_no_further_and_the_next_feed_is(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    site.page("/feed", feed(item(1, "Short …"), item(2, "Short …")))
    site.page("/page/1", b"", status=429, Retry_After="60")
    ran = dateline("fetch", site.url("/feed"), "--pages", "--to", folder)
    assert ran.code == 3 and "again in 60 seconds" in ran.talk and not site.asked("/page/2")
    asked = len(site.requests)
    again = dateline("fetch", site.url("/feed"), "--to", folder)
    assert again.code == 3 and "was not asked for" in again.talk and len(site.requests) == asked


def test_entries_lead_nowhere_into_the_users_own_network_and_to_no_files(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    links = ("file:///etc/passwd", "javascript:alert(1)", "http://10.255.255.1:1/", "gopher://x/")
    site.page("/feed", feed(*(item(n, link=link) for n, link in enumerate(links))))
    ran = dateline("fetch", site.url("/feed"), "--to", folder)
    assert len(ran.lines) == 4
    assert {head.url for _, head in Shelf(folder).saved()} == {"", "http://10.255.255.1:1/"}


def test_an_entry_without_text_is_left_out_and_its_page_taken_when_asked_for(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    site.page("/feed", feed(item(1, ""), item(2)), ETag='"1"')
    site.page("/page/1", page(1))
    ran = dateline("fetch", site.url("/feed"), "--to", folder)
    assert ran.code == 0 and len(ran.lines) == 1 and "--pages fetches its page" in ran.talk
    ran = dateline("fetch", site.url("/feed"), "--pages", "--to", folder)
    assert ran.code == 0 and len(files(folder)) == 2


def test_a_list_of_feeds_is_fetched_feed_by_feed(site: Site, folder: Path, tmp_path: Path, dateline: Dateline) -> None:
    site.page("/one", feed(item(1)))
    site.page("/two", feed(item(2)))
    listed = "".join(f'<outline text="x" xmlUrl="{url}"/>' for url in (site.url("/one"), "exec:rm", site.url("/two")))
    opml = tmp_path / "feeds.opml"
    opml.write_text(f'<opml version="2.0"><body><outline text="all">{listed}</outline></body></opml>')
    ran = dateline("fetch", opml, "--to", folder)
    assert ran.code == 3 and len(ran.lines) == 2 and "exec:rm" in ran.talk


@pytest.mark.parametrize("text", ["no list", "<opml><body/></opml>"])
def test_what_is_no_list_of_feeds_is_wrong_use(folder: Path, tmp_path: Path, dateline: Dateline, text: str) -> None:
    (tmp_path / "x.opml").write_text(text)
    assert dateline("fetch", tmp_path / "x.opml", "--to", folder).code == 2
    assert dateline("fetch", tmp_path / "nothing.opml", "--to", folder).code == 1


def test_a_page_in_the_place_of_a_feed_says_where_its_feeds_are(site: Site, folder: Path, dateline: Dateline) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    site.page("/", f"<html><head>{link}</head><body><p>Hello.</p></body></html>")
    ran = dateline("fetch", site.url("/"), "--to", folder)
    assert ran.code == 3 and site.url("/rss") in ran.talk


def test_a_dry_run_lists_what_is_new_and_fetches_no_pages(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/feed", feed(item(1, "Short …"), item(2)))
    ran = dateline("fetch", site.url("/feed"), "--pages", "--dry-run", "--to", folder, "--format", "json")
    assert ran.code == 0 and [row["title"] for row in json.loads(ran.out)["results"]] == [
        "Story number 1",
        "Story number 2",
    ]
    assert not list(folder.iterdir()) and not site.asked("/page/1")


def test_two_runs_at_once_do_not_meet_in_one_folder(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/feed", feed(item(1)))
    with FileLock(folder / ".dateline-fetch.lock"):
        ran = dateline("fetch", site.url("/feed"), "--to", folder)
    assert ran.code == 3 and "wait for it to end" in ran.talk and not site.requests


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 1}', '{"schema": 99}', '{"schema": 1, "pages": {"x": 1}}'])
def test_a_damaged_memory_is_named_and_left_as_it_is(site: Site, folder: Path, dateline: Dateline, text: str) -> None:
    memory = folder / ".dateline-fetch.json"
    memory.write_text(text)
    ran = dateline("fetch", site.url("/feed"), "--to", folder)
    assert ran.code == 3 and str(memory) in ran.talk and memory.read_text() == text and not site.requests


def test_the_memory_lies_hidden_and_is_no_article(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/feed", feed(*map(item, range(3))))
    dateline("fetch", site.url("/feed"), "--to", folder)
    assert len(dateline("list", folder, "--format", "paths").lines) == 3
