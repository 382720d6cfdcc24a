"""A request is polite, bounded in time and size, and leads nowhere that was not meant."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from urllib3.exceptions import SSLError
from web_server import Answer, Site

from store.errors import FetchError
from store.fetching.client import PAGE, Client, Patience, Validators, user_agent
from store.fetching.failures import explained
from store.fetching.pace import Pace

TEXT = "<html><title>Ferry strike</title><body><p>" + "The strike began in Kirkwall. " * 40
HASTE = Patience(connect=5.0, silence=1.0, whole=1.5)


def refused(site: Site, path: str, client: Client | None = None) -> FetchError:
    """Return how the request for a page of the site fails."""
    with pytest.raises(FetchError) as caught:
        (client or Client(patience=HASTE)).get(site.url(path), PAGE)
    return caught.value


def test_a_page_comes_with_what_to_ask_with_next_time(site: Site) -> None:
    site.page("/a", TEXT, "Text/HTML; charset=ISO-8859-1", ETag='"7"', Last_Modified="Tue, 03 Nov 2026 07:00:00 GMT")
    found = Client().get(site.url("/a"), PAGE)
    assert (found.body, found.type, found.charset) == (TEXT.encode(), "text/html", "ISO-8859-1")
    again = Client().get(site.url("/a"), PAGE, found.validators)
    assert again.unchanged and not again.body
    assert found.validators == Validators('"7"', "Tue, 03 Nov 2026 07:00:00 GMT")


def test_a_request_says_who_asks(site: Site) -> None:
    site.page("/a", TEXT)
    Client().get(site.url("/a"), PAGE)
    assert [path for path, _ in site.requests] == ["/robots.txt", "/a"]
    assert {headers["User-Agent"] for _, headers in site.requests} == {user_agent()}
    assert user_agent().startswith("Dateline/")


def test_a_redirect_is_followed_and_the_last_address_is_the_pages(site: Site) -> None:
    site.page("/end", TEXT)
    site.redirect("/middle", "end", 307)
    site.redirect("/start", "/middle#part", 301)
    assert Client().get(site.url("/start"), PAGE).url == site.url("/end")


def test_redirects_in_a_circle_and_without_end_are_given_up(site: Site) -> None:
    site.redirect("/one", "/two")
    site.redirect("/two", "/one")
    for number in range(20):
        site.redirect(f"/far{number}", f"/far{number + 1}")
    assert "in a circle" in str(refused(site, "/one"))
    assert "more than 5 times" in str(refused(site, "/far0"))
    assert site.asked("/far5") and not site.asked("/far6")


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://me:secret@127.0.0.1/"]
)
def test_a_redirect_leads_only_to_web_addresses(site: Site, place: str) -> None:
    site.redirect("/a", place)
    assert "where Dateline does not go" in str(refused(site, "/a"))


def test_a_strangers_word_does_not_lead_into_the_users_own_network(site: Site) -> None:
    site.page("/admin", TEXT)
    with pytest.raises(FetchError, match="private network"):
        Client().get(site.url("/admin"), PAGE, named_by="https://news.example/feed")
    assert not site.requests


def test_what_the_user_named_in_their_own_network_may_lead_to_itself(site: Site) -> None:
    site.page("/feed", TEXT)
    site.page("/a", TEXT)
    client = Client()
    client.get(site.url("/feed"), PAGE)
    assert client.get(site.url("/a"), PAGE, named_by=site.url("/feed")).body


@pytest.mark.parametrize("head", [True, False])
def test_a_page_that_comes_in_drips_is_given_up_in_time(site: Site, head: bool) -> None:
    site.drip("/a", head=head)
    error = refused(site, "/a")
    assert error.later and "was given up" in str(error)


def test_a_body_without_end_is_left_at_the_limit(site: Site) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        while True:
            sent.append(65_536)
            yield b"x" * 65_536

    site.stream("/a", endless)
    assert "larger than 9.9 MB" in str(refused(site, "/a"))
    assert sum(sent) < 60_000_000


def test_a_packed_bomb_is_left_at_the_limit_of_what_it_unpacks_to(site: Site) -> None:
    site.packed("/a", 60_000_000)
    assert "larger than 9.9 MB" in str(refused(site, "/a"))


def announced(length: int, body: bytes) -> Answer:
    """Return what announces so many bytes and sends these."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", str(length))
        request.end_headers()
        request.wfile.write(body)

    return answer


def test_what_is_too_large_by_its_own_word_is_not_begun(site: Site) -> None:
    site.pages["/a"] = announced(99_000_000_000, b"")
    assert "larger than 9.9 MB" in str(refused(site, "/a"))


def test_a_body_that_is_cut_short_is_no_page(site: Site) -> None:
    site.pages["/a"] = announced(1_000, b"too little")
    error = refused(site, "/a")
    assert error.later and "cut short" in str(error)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("image/png", "not a page but image/png"), ("application/pdf", "PDF"), ("application/zip", "application/zip")],
)
def test_what_is_no_page_is_named(site: Site, kind: str, said: str) -> None:
    site.page("/a", b"x", kind)
    assert said in str(refused(site, "/a"))


@pytest.mark.parametrize(
    ("status", "later", "said"),
    [
        (404, False, "not there (404)"),
        (410, False, "gone"),
        (403, False, "403"),
        (500, True, "500"),
        (502, True, "502"),
    ],
)
def test_an_answer_that_is_no_success_is_told_with_its_number(site: Site, status: int, later: bool, said: str) -> None:
    site.page("/a", b"", status=status)
    error = refused(site, "/a")
    assert said in str(error) and error.later is later


def test_nobody_there_and_no_such_name_are_told_apart() -> None:
    with pytest.raises(FetchError, match="cannot be reached"):
        Client().get("http://127.0.0.1:1/", PAGE)
    with pytest.raises(FetchError, match="no such name"):
        Client().get("http://nowhere.invalid/", PAGE)


def test_a_site_that_speaks_no_tls_is_told_from_one_with_a_wrong_certificate(site: Site) -> None:
    with pytest.raises(FetchError, match="does not speak TLS"):
        Client().get(site.address.replace("http:", "https:") + "/", PAGE)
    refused = explained(SSLError(ssl.SSLCertVerificationError(1, "certificate verify failed")))
    assert "certificate" in str(refused) and not refused.later


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_asks_for_a_pause_is_left_alone_until_then(site: Site, status: int) -> None:
    site.page("/a", b"", status=status, Retry_After="120")
    site.page("/b", TEXT)
    now = [1_000.0]
    client = Client(time=lambda: now[0])
    assert "again in 2 minutes" in str(refused(site, "/a", client))
    assert "was not asked for" in str(refused(site, "/b", client))
    assert not site.asked("/b")
    # The next run is told, and asks when the time has come.
    later = Client(client.waits, time=lambda: now[0])
    assert "was not asked for" in str(refused(site, "/b", later))
    now[0] += 121
    assert later.get(site.url("/b"), PAGE).body


def test_robots_txt_is_respected_and_asked_for_once(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/but-this", "text/plain")
    site.page("/private/a", TEXT)
    site.page("/private/but-this", TEXT)
    site.page("/open", TEXT)
    site.redirect("/hop", "/private/a")
    client = Client()
    assert "robots.txt says so" in str(refused(site, "/private/a", client))
    assert "robots.txt says so" in str(refused(site, "/hop", client))
    assert client.get(site.url("/open"), PAGE).body and client.get(site.url("/private/but-this"), PAGE).body
    assert not site.asked("/private/a") and site.asked("/robots.txt") == 1


def test_rules_that_cannot_be_had_just_now_forbid_and_rules_that_are_not_there_allow(site: Site) -> None:
    site.page("/a", TEXT)
    assert Client().get(site.url("/a"), PAGE).body
    site.page("/robots.txt", b"", status=500)
    error = refused(site, "/a")
    assert error.later and "robots.txt" in str(error)
    assert site.asked("/a") == 1


def test_between_two_requests_to_a_site_lies_a_second(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.fetching.pace.INTERVAL", 1.0)
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    clock: Callable[[], float] = lambda: now[0]  # noqa: E731
    site.page("/robots.txt", "User-agent: dateline\nCrawl-delay: 5", "text/plain")
    site.page("/a", TEXT)
    client = Client(pace=Pace(clock=clock, sleep=sleep))
    client.get(site.url("/a"), PAGE)
    now[0] += 3
    client.get(site.url("/a"), PAGE)
    now[0] += 9
    client.get(site.url("/a"), PAGE)
    assert slept == [5.0, 2.0]


def test_the_users_proxy_is_asked_where_one_is_set(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.page("http://news.example/a", TEXT)
    site.drip("http://news.example/slow")
    monkeypatch.setenv("http_proxy", site.address)
    client = Client(patience=HASTE)
    assert client.get("http://news.example/a", PAGE, named_by="http://feeds.example/").body == TEXT.encode()
    assert site.asked("http://news.example/robots.txt") == 1
    with pytest.raises(FetchError, match="was given up"):
        client.get("http://news.example/slow", PAGE)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site.page("/b", TEXT)
    assert client.get(site.url("/b"), PAGE).body and site.asked("/b") == 1


def test_another_site_need_not_wait() -> None:
    slept: list[float] = []
    pace = Pace(clock=lambda: 0.0, sleep=slept.append)
    pace.done("one.example")
    pace.wait("two.example")
    assert not slept
    pace.wait("one.example")
    assert len(slept) == 1
