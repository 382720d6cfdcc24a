"""Pages that the user names: each is saved as it came; the same address again brings what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from store.article import Article
from store.disk.atomic import read_all
from store.errors import FetchError
from store.fetching.address import host
from store.fetching.client import PAGE, Response
from store.fetching.memory import PageMemory
from store.fetching.page import now, page_file, read_back, said_by
from store.fetching.visit import Outcome, Status, Visit


def add(visit: Visit, urls: Iterable[str]) -> Iterator[Outcome]:
    """Save pages, one after the other; a failure is its page's own."""
    for url in dict.fromkeys(urls):
        try:
            yield _add(visit, url)
        except FetchError as error:
            yield Outcome(Status.FAILED, url, reason=str(error))


def _add(visit: Visit, url: str) -> Outcome:
    known = visit.memory.pages.get(url)
    path = visit.where(known.path, url) if known is not None else None
    validators = known.validators if known is not None and path is not None else None
    response = visit.client.get(url, PAGE, validators)
    if response.unchanged and path is not None:
        return visit.told(Status.THERE, url, path, _read(path))
    if path is None and response.url in visit.memory.pages:
        path = visit.where(visit.memory.pages[response.url].path, response.url)
    outcome = _keep(visit, url, response, path)
    assert outcome.path is not None
    remembered = PageMemory(visit.within(outcome.path), response.validators)
    visit.memory.pages[response.url] = remembered
    # Another address is asked with what it answered itself, which is what its target said.
    visit.memory.pages[url] = replace(remembered)
    return outcome


def _keep(visit: Visit, url: str, response: Response, path: Path | None) -> Outcome:
    old = visit.shelf.head(path) if path is not None else None
    head, data = page_file(response, url, now(), said_by(old) if old is not None else {})
    article = read_back(data, "page.html")
    if path is None:
        published = article.published.isoformat() if article.published else ""
        path = visit.shelf.place(head, host(response.url), article.title, published)
    if path.exists():
        before = _read(path)
        if before.id == article.id:
            # Pages are never the same twice, for their advertisements; what is read is, and the first copy stays.
            return visit.told(Status.THERE, url, path, before)
    return visit.keep(path, data, article, url)


def _read(path: Path) -> Article:
    return read_back(read_all(path)[0], path.name)
