"""The list of articles, heard ten titles at a time, and the query that filters it."""

from __future__ import annotations

from functools import partial

from store.article import ListedArticle
from store.errors import NotFoundError, QueryError, UsageError
from store.library import SORTS, sort_of, with_sort
from tui.linear import reading, words
from tui.linear.heard import Heard, number_in
from tui.linear.session import PAGE, Session
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


@word("open", "Open the article with this number, or whatever else bore it in the list that was read last. "
      "Words open the article that has them in its title.",
      takes="N | WORDS", short="o", does=("open.reader", "open.named"))  # fmt: skip
def open_number(session: Session, rest: str) -> None:
    """Open what bears a number, or an article by its title."""
    if rest and not rest.isdecimal():
        _open_titled(session, rest)
        return
    number = number_in(rest, "one")
    if not session.heard.open(number) and not open_article(session, number):
        raise UsageError(f"Nothing that was read has the number {number}.")


@word("next", "Open the next article of the list.", short="n", does=("open.next-article",))
def go_next(session: Session, rest: str) -> None:
    """Open the next article."""
    _step(session, 1)


@word("previous", "Open the article before.", short="p", does=("open.previous-article",))
def go_previous(session: Session, rest: str) -> None:
    """Open the article before."""
    _step(session, -1)


@word("new", "Open the next article of the list that is unread.", does=("find.next",))
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
      "the filter of the reader takes. Without a query, all articles.", takes="[QUERY]", short="f",
      does=("find.filter", "find.filter-here"))  # fmt: skip
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


@word("clear", "Take the filter off.", does=("find.clear", "step.out"))
def clear(session: Session, rest: str) -> None:
    """Take the filter off."""
    set_filter(session, "")


@word("order", "Put the list into an order: date, -date, title, -title, added, -added, words, -words, relevance. Alone "
      "it says which it has.", takes="[ORDER]", also=("sort",), does=("list.order",))  # fmt: skip
def order(session: Session, rest: str) -> None:
    """Set the order of the list."""
    if rest and rest not in SORTS:
        raise UsageError(f"{rest} is no order. There are {', '.join(SORTS)}.")
    if rest:
        session.order = rest
        # What the filter says would go over it.
        session.query = with_sort(session.query, "")
        session.ask_list()
    session.say(f"{told_list(session)}.")


@word("fold", "Fold near copies, so that one stands for the others, or show every article.", does=("list.fold",))
def fold(session: Session, rest: str) -> None:
    """Fold near copies, or unfold them."""
    session.folds = not session.folds
    session.ask_list()
    session.say(f"{'Near copies are folded' if session.folds else 'Every article is listed'}: {told_list(session)}.")


@word("refresh", "Look at the folders again, and run the list again.", does=("view.refresh",))
def refresh(session: Session, rest: str) -> None:
    """Look at the folders again."""
    session.background.look_again()
    with session.signals.waiting():
        session.background.wait(lambda: session.background.idle)
    session.ask_list()
    session.say(f"{told_list(session)}.")


@word("return", "Go back to the article that you came from, where you were in it.", does=("go.back", "entity.back"))
def go_back(session: Session, rest: str) -> None:
    """Go back to the article before this one."""
    if not session.visited:
        session.say("There is no article to go back to.")
        return
    key, offset = session.visited.pop()
    came_from = list(session.visited)
    reading.open_key(session, key, offset)
    session.visited = came_from


def follow(session: Session) -> None:
    """Take in what has come to the library since the list was made."""
    if session.library.written().generation != session.generation:
        session.ask_list()


def told_list(session: Session) -> str:
    """Say how many articles the list has, which, and in which order."""
    many = counted(len(session.keys), "article")
    order = sort_of(session.query) or session.order
    said = SORTS[order].partition(",")[0] if order != "relevance" else "best match first"
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

    session.hear(open_listed, more)


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


def _open_titled(session: Session, words: str) -> None:
    query = " ".join(f'title:"{one}"' for one in words.replace('"', " ").split())
    keys = session.wait(session.library.search(query)).keys
    if not keys:
        raise NotFoundError(f"No article has {words} in its title. filter {words} looks in the texts.")
    if len(keys) == 1:
        reading.open_key(session, keys[0])
    else:
        set_filter(session, query)


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
