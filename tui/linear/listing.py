"""The list of articles, heard ten titles at a time, and the query that filters it."""

from __future__ import annotations

from functools import partial

from store.article import ListedArticle
from store.errors import QueryError, UsageError
from store.library import sort_of
from tui.linear import reading, words
from tui.linear.session import PAGE, Heard, Session, number_in
from tui.linear.spoken import day_said
from tui.linear.text import minutes
from tui.render.counted import counted

word = partial(words.word, group="Articles")


@word("list", "Read the titles of the list, ten at a time, from where you are, or a page of them.",
      takes="[PAGE]", short="l")  # fmt: skip
def read_list(session: Session, rest: str) -> None:
    """Read a page of the list."""
    follow(session)
    page = number_in(rest, "page") - 1 if rest else (session.at or 0) // PAGE
    if not session.keys:
        session.say(nothing_here(session))
        return
    if page * PAGE >= len(session.keys):
        raise UsageError(f"The list has {counted(-(-len(session.keys) // PAGE), 'page')}.")
    read_page(session, page)


@word("open", "Open the article with this number, or whatever else bore it in the list that was read last.",
      takes="N", short="o")  # fmt: skip
def open_number(session: Session, rest: str) -> None:
    """Open what bears a number."""
    number = number_in(rest, "one")
    if not session.heard.open(number) and not open_article(session, number):
        raise UsageError(f"Nothing that was read has the number {number}.")


@word("next", "Open the next article of the list.", short="n")
def go_next(session: Session, rest: str) -> None:
    """Open the next article."""
    _step(session, 1)


@word("previous", "Open the article before.", short="p")
def go_previous(session: Session, rest: str) -> None:
    """Open the article before."""
    _step(session, -1)


@word("new", "Open the next article of the list that is unread.")
def go_next_unread(session: Session, rest: str) -> None:
    """Open the next unread article."""
    follow(session)
    for begin in range(session.next_at, len(session.keys), 200):
        rows = session.library.rows(session.keys[begin : begin + 200])
        for number, row in enumerate(rows, begin):
            if row is not None and not session.library.marks(row.id).read:
                open_article(session, number + 1)
                return
    session.say("No unread article further down in the list.")


@word("filter", "Let the list be what a query finds: words, tag:japan, person:abe, is:unread, and all else that "
      "the filter of the reader takes. Without a query, all articles.", takes="[QUERY]", short="f")  # fmt: skip
def set_filter(session: Session, rest: str) -> None:
    """Filter the list."""
    before, session.query = session.query, rest
    try:
        session.ask_list()
    except (QueryError, KeyboardInterrupt):
        session.query = before
        raise
    counts = session.library.counts()
    if counts.analysed < counts.articles and session.library.asks_for_names(rest):
        session.say(f"Names are known of {counts.analysed:,} of {counts.articles:,} articles so far.")
    if session.at is None:
        session.next_at = 0
    if not session.keys:
        session.say(nothing_here(session))
        session.heard = Heard()
        return
    session.say(f"{told_list(session)}.")
    read_page(session, 0)


def follow(session: Session) -> None:
    """Take in what has come to the library since the list was made."""
    if session.library.written().generation != session.generation:
        session.ask_list()


def told_list(session: Session) -> str:
    """Say how many articles the list has, which, and in which order."""
    many = counted(len(session.keys), "article")
    order = sort_of(session.query) or session.library.config.order
    orders = {"date": "oldest first", "-date": "newest first", "title": "by title", "relevance": "the best first"}
    ordered = {"date": "newest first"} if not sort_of(session.query) else orders
    said = ordered.get(order, f"in the order {order}")
    return f"{many} with {session.query}, {said}" if session.query else f"{many}, {said}"


def nothing_here(session: Session) -> str:
    """Say that the list is empty, and why."""
    if session.query:
        return f"No article matches {session.query}. filter alone brings all back."
    return "There are no articles here."


def read_page(session: Session, page: int) -> None:
    """Read one page of the list."""
    start = page * PAGE
    keys = list(session.keys)
    for number, row in enumerate(session.library.rows(keys[start : start + PAGE]), start + 1):
        session.say(f"{number}. {row_said(session, row) if row is not None else 'gone'}")
    last = min(start + PAGE, len(keys))
    if last < len(keys):
        session.say(f"{len(keys) - last:,} more; more reads on.")
    more = partial(read_page, session, page + 1) if last < len(keys) else partial(session.say, "That was the list.")
    listed = session.keys

    def open_listed(number: int) -> bool:
        if not 0 < number <= len(listed):
            return False
        reading.open_key(session, listed[number - 1])
        return True

    session.heard = Heard(open_listed, more, session.heard.names, session.heard.notes)


def row_said(session: Session, row: ListedArticle) -> str:
    """Return a row of the list in words."""
    marks = session.library.marks(row.id)
    parts = [
        row.title,
        day_said(row.published),
        counted(minutes(row.words, session.library.config.pace), "minute"),
        "read" if marks.read else "unread",
        *(["starred"] if marks.starred else []),
        *([f"tagged {', '.join(marks.tags)}"] if marks.tags else []),
        *([counted(marks.notes, "note")] if marks.notes else []),
        *([counted(marks.highlights, "highlight")] if marks.highlights else []),
        *(["its text has changed"] if marks.changed else []),
    ]
    return "; ".join(parts)


def open_article(session: Session, number: int) -> bool:
    """Open the article with a number in the list; False where there is none."""
    if not 0 < number <= len(session.keys):
        return False
    reading.open_key(session, session.keys[number - 1])
    return True


def _step(session: Session, by: int) -> None:
    follow(session)
    if not session.keys:
        session.say(nothing_here(session))
        return
    at = session.next_at if by > 0 else session.next_at - (1 if session.at is None else 2)
    if not 0 <= at < len(session.keys):
        session.say("This is the last article of the list." if by > 0 else "This is the first article of the list.")
        return
    open_article(session, at + 1)
