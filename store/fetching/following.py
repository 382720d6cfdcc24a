"""Feeds: each entry is saved once, with its text as far as the feed has it, else with its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from store.errors import FetchError, UsageError
from store.fetching.address import host, target, web_address
from store.fetching.client import FEED, PAGE, Response, Validators
from store.fetching.entries import Entry, entries
from store.fetching.memory import EntryMemory, FeedMemory, PageMemory
from store.fetching.page import entry_file, now, page_file, read_back, said_by
from store.fetching.visit import Outcome, Status, Visit

Progress = Callable[[int, int, str], None]
"""Told what is done, of how many, and what comes next."""


@dataclass
class _Round:
    """What one feed has come to so far."""

    feed: str
    links: Counter[str]
    cut: int = 0
    pending: bool = False

    def is_own(self, entry: Entry) -> bool:
        """Whether an entry has a page of its own; some feeds lead to the site's front page with every entry."""
        return bool(entry.link) and self.links[entry.link] == 1 and target(entry.link) != "/"


def fetch(visit: Visit, feeds: Iterable[str], *, pages: bool = False, progress: Progress) -> Iterator[Outcome]:
    """Save what is new in some feeds. `pages`: fetch the page of an entry whose text the feed does not have."""
    for feed in dict.fromkeys(feeds):
        try:
            yield from _feed(visit, web_address(feed), pages, progress)
        except (FetchError, UsageError) as error:
            yield Outcome(Status.FAILED, feed, reason=str(error))
        if not visit.dry:
            visit.memory.save()


def _feed(visit: Visit, feed: str, pages: bool, progress: Progress) -> Iterator[Outcome]:
    known = visit.memory.feeds.get(feed)
    # Entries that were saved with less than their text are looked at again when pages are fetched.
    ask = known.validators if known is not None and not (pages and known.cut) else None
    progress(0, 0, host(feed))
    response = visit.client.get(feed, FEED, ask)
    if response.unchanged:
        yield Outcome(Status.THERE, feed, reason="has nothing new")
        return
    found = entries(response.body, feed, response.charset)
    round = _Round(feed, Counter(entry.link for entry in found))
    new = [entry for entry in found if _wanted(visit, entry, pages, round)]
    if not new:
        yield Outcome(Status.THERE, feed, reason="has nothing new")
    for number, entry in enumerate(new):
        progress(number, len(new), host(feed))
        try:
            outcome = _take(visit, entry, pages, round, response)
        except FetchError as error:
            round.pending = round.pending or error.later
            outcome = Outcome(Status.FAILED, entry.link or feed, None, entry.title, entry.published, str(error))
        if outcome is not None:
            yield outcome
    # What could not be had this time is asked for next time, whether or not the feed has changed.
    validators = Validators() if round.pending else response.validators
    visit.memory.feeds[feed] = FeedMemory(validators, round.cut)


def _wanted(visit: Visit, entry: Entry, pages: bool, round: _Round) -> bool:
    """Tell whether there is something to do for an entry."""
    known = _known(visit, entry)
    if known is None and round.is_own(entry) and entry.link in visit.memory.pages:
        known = EntryMemory(visit.memory.pages[entry.link].path)
    if known is None:
        return True
    _remember(visit, entry, known)
    if known.whole:
        return False
    round.cut += not pages
    return pages and round.is_own(entry)


def _known(visit: Visit, entry: Entry) -> EntryMemory | None:
    return next((visit.memory.entries[key] for key in entry.keys if key in visit.memory.entries), None)


def _remember(visit: Visit, entry: Entry, known: EntryMemory) -> None:
    for key in entry.keys:
        visit.memory.entries[key] = known


def _take(visit: Visit, entry: Entry, pages: bool, round: _Round, feed: Response) -> Outcome | None:
    """Save an entry. None for one that the user has moved or deleted since: it is left alone.

    Raises:
        FetchError: it could not be had.
    """
    fetched = pages and not entry.whole and round.is_own(entry)
    if fetched and visit.dry:
        return Outcome(Status.SAVED, entry.link, None, entry.title, entry.published)
    head, data = entry_file(entry, now())
    known = _known(visit, entry)
    path = visit.still_there(known.path, head) if known is not None else None
    if known is not None and path is None:
        _remember(visit, entry, EntryMemory(known.path))
        return None
    try:
        article = read_back(data, "entry.html")
        enough = bool(entry.content.strip())
    except FetchError:
        article, enough = None, False
    reason = ""
    if fetched:
        try:
            response = visit.client.get(entry.link, PAGE, named_by=feed.url)
            page_head, page_data = page_file(response, entry.link, now(), said_by(entry))
            page = read_back(page_data, "page.html")
        except FetchError as error:
            if error.later or not enough:
                raise
            reason = f"{error}; what the feed has of it was saved"
        else:
            # A page behind a wall says less than its feed.
            if article is None or not enough or len(page.text) >= len(article.text):
                head, data, article, enough = page_head, page_data, page, True
    if article is None or not enough:
        round.cut += 1
        why = "has no text in its feed" + "; --pages fetches its page" * (round.is_own(entry) and not pages)
        return Outcome(Status.LEFT, entry.link or entry.feed, None, entry.title, entry.published, why)
    whole = entry.whole or fetched
    round.cut += not whole
    published = article.published.isoformat() if article.published else ""
    place = path or visit.shelf.place(head, host(entry.link or entry.feed), article.title, published)
    if path is None and place.exists():
        outcome = visit.told(Status.THERE, entry.link or entry.feed, place, article)
    else:
        outcome = visit.keep(place, data, article, entry.link or entry.feed, reason=reason)
    if not visit.dry:
        _remember(visit, entry, EntryMemory(visit.within(place), whole))
        if round.is_own(entry):
            visit.memory.pages.setdefault(entry.link, PageMemory(visit.within(place)))
    return outcome
