"""Asking for one address, as a good guest does: robots.txt, a pause, few redirects, little time, few bytes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version

from urllib3 import Timeout
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from store.errors import FetchError, UsageError
from store.fetching import robots
from store.fetching.address import host, joined, origin, target
from store.fetching.connection import Line, line, manager
from store.fetching.failures import LATER, BadStatus, TooLarge, explained, in_words, retry_after
from store.fetching.pace import Pace
from store.formats.limits import megabytes
from store.record import Record

_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 65_536
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


class Patience(Record):
    """How long and how much a request may be. Seconds."""

    connect: float = 10.0
    silence: float = 20.0
    """Between two bytes."""
    whole: float = 60.0
    redirects: int = 5


class Kind(Record):
    """What is asked for."""

    name: str
    """As a sentence has it."""
    accept: str
    types: tuple[str, ...]
    """The content types that will do; none: any."""
    most: int
    """Bytes, as they come and unpacked."""


PAGE = Kind(
    "a page",
    "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5",
    ("text/html", "application/xhtml+xml", "text/plain"),
    9_900_000,  # with a head of ours it is still a file that Dateline reads
)
FEED = Kind(
    "a feed",
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    (),
    10_000_000,
)
ROBOTS = Kind("its robots.txt", "text/plain, */*;q=0.1", (), 512_000)


class Validators(Record):
    """What a server gave to ask with next time, whether something has changed since."""

    etag: str = ""
    modified: str = ""


class Response(Record):
    """What came."""

    url: str
    """Where it was found, after all redirects."""
    body: bytes
    type: str
    """The content type in lower case, or empty."""
    charset: str
    validators: Validators
    unchanged: bool = False
    """It is what it was when the validators were given; there is no body."""


class Client:
    """Asks one site after the other, and keeps what each said about being asked."""

    def __init__(
        self,
        waits: Mapping[str, float] | None = None,
        *,
        pace: Pace | None = None,
        patience: Patience | None = None,
        time: Callable[[], float] = time.time,
    ) -> None:
        self.waits = dict(waits or {})
        """Hosts that want to be left alone, until this time (seconds since 1970)."""
        self._pace = pace or Pace()
        self._patience = patience or Patience()
        self._time = time
        self._rules: dict[str, robots.Rules] = {}
        self._private: set[str] = set()

    def get(self, url: str, kind: Kind, known: Validators | None = None, *, named_by: str = "") -> Response:
        """Ask for an address that `web_address` accepts. `named_by`: the feed or page of a stranger that names it.

        Raises:
            FetchError: it could not be had.
        """
        seen = [url]
        while True:
            self._refuse_barred(url)
            delay = self._ask_robots(url, named_by)
            found = self._once(url, kind, known, named_by, delay)
            if isinstance(found, Response):
                return found
            if found in seen:
                raise FetchError("is redirected in a circle")
            if len(seen) > self._patience.redirects:
                raise FetchError(f"is redirected more than {self._patience.redirects} times")
            seen.append(found)
            named_by, url = url, found

    def _refuse_barred(self, url: str) -> None:
        left = self.waits.get(host(url), 0.0) - self._time()
        if left > 0:
            raise FetchError(f"was not asked for: its site wants to be asked again {in_words(left)}", later=True)

    # ---- robots.txt ------------------------------------------------------------------------------------------------
    def _ask_robots(self, url: str, named_by: str) -> float:
        """Return the pause that the site wants between requests.

        Raises:
            FetchError: it does not want to be asked for this, or its rules could not be had.
        """
        site = origin(url)
        if site not in self._rules:
            self._rules[site] = self._fetch_rules(f"{site}/robots.txt", named_by)
        rules = self._rules[site]
        if not rules.allows(target(url)):
            raise FetchError("is not for programs: the site's robots.txt says so")
        return rules.delay

    def _fetch_rules(self, url: str, named_by: str) -> robots.Rules:
        asked = url
        for _ in range(self._patience.redirects + 1):
            try:
                found = self._once(asked, ROBOTS, None, named_by, 0.0)
            except BadStatus as error:
                if error.status in LATER:
                    # RFC 9309: rules that cannot be had just now forbid everything.
                    raise FetchError(f"was not asked for: its site's robots.txt {error}", later=True) from error
                return robots.Rules()
            except TooLarge:
                return robots.Rules()
            if isinstance(found, Response):
                return robots.parse(found.body.decode("utf-8", "replace"))
            asked = found
        return robots.Rules()

    # ---- one request -----------------------------------------------------------------------------------------------
    def _once(self, url: str, kind: Kind, known: Validators | None, named_by: str, delay: float) -> Response | str:
        """Send one request; returns what came, or the address that it is redirected to."""
        name = host(url)
        headers = {"User-Agent": user_agent(), "Accept": kind.accept, "Accept-Encoding": "gzip, deflate"}
        headers |= {"Connection": "close", "Accept-Language": "*"}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.modified:
            headers["If-Modified-Since"] = known.modified
        trusted = not named_by or host(named_by) in self._private
        self._pace.wait(name, delay)
        try:
            with line(self._patience.whole, may_be_private=trusted) as open_line:
                try:
                    return self._exchange(url, kind, headers, open_line)
                except HTTPError as error:
                    raise (self._expired() if open_line.expired else explained(error)) from error
                finally:
                    if open_line.was_private:
                        self._private.add(name)
        finally:
            self._pace.done(name)

    def _exchange(self, url: str, kind: Kind, headers: dict[str, str], open_line: Line) -> Response | str:
        pools = manager(url, open_line, headers)
        limits = Timeout(connect=self._patience.connect, read=self._patience.silence)
        response = pools.request("GET", url, redirect=False, retries=False, timeout=limits, preload_content=False)
        try:
            if response.status in _REDIRECTS and "Location" in response.headers:
                try:
                    return joined(url, response.headers["Location"])
                except UsageError as error:
                    raise FetchError(f"is redirected to where Dateline does not go: {error}") from error
            answer = _answer(url, response)
            if answer.unchanged:
                return answer
            self._refuse_status(url, response)
            _refuse_type(answer, kind, response)
            body = _body(response, kind)
            if open_line.expired:
                # A connection that was cut can look like an end.
                raise self._expired()
        finally:
            response.close()
            pools.clear()
        return answer.replace(body=body)

    def _expired(self) -> FetchError:
        return FetchError(f"took more than {self._patience.whole:.0f} seconds and was given up", later=True)

    def _refuse_status(self, url: str, response: BaseHTTPResponse) -> None:
        if response.status == 200:
            return
        wait = retry_after(response.headers.get("Retry-After", ""))
        if response.status in (429, 503) and (wait or response.status == 429):
            self.waits[host(url)] = self._time() + (wait or 60.0)
        raise BadStatus(response.status, wait if response.status in (429, 503) else 0.0)


def user_agent() -> str:
    """Return who we say we are."""
    try:
        number = version("dateline")
    except PackageNotFoundError:
        number = "0"
    return f"Dateline/{number} (a reader's own copy, by hand; not a crawler)"


def _answer(url: str, response: BaseHTTPResponse) -> Response:
    kind = response.headers.get("Content-Type", "")
    charset = _CHARSET.search(kind)
    return Response(
        url,
        b"",
        kind.partition(";")[0].strip().lower(),
        charset[1] if charset is not None else "",
        Validators(response.headers.get("ETag", "")[:500], response.headers.get("Last-Modified", "")[:100]),
        unchanged=response.status == 304,
    )


def _refuse_type(answer: Response, kind: Kind, response: BaseHTTPResponse) -> None:
    if kind.types and answer.type and answer.type not in kind.types:
        if answer.type == "application/pdf":
            raise FetchError("is a PDF document, not a page; download it into the folder to read it")
        raise FetchError(f"is not {kind.name} but {answer.type[:80]}")
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise FetchError(f"comes packed in a way that was not asked for ({encoding[:40]})")


def _body(response: BaseHTTPResponse, kind: Kind) -> bytes:
    """Read to the end; what is too large is left as soon as that shows, packed or unpacked."""
    too_large = f"is larger than {megabytes(kind.most)}"
    length = response.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length[:18]) > kind.most:
        raise TooLarge(too_large)
    body = bytearray()
    for piece in _pieces(response):
        body += piece
        if len(body) > kind.most:
            raise TooLarge(too_large)
    return bytes(body)


def _pieces(response: BaseHTTPResponse) -> Iterable[bytes]:
    while piece := response.read1(_PIECE, decode_content=True):
        yield piece
