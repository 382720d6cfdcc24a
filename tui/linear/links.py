"""The links of an article, read with numbers and opened by them."""

from __future__ import annotations

from functools import partial

from store.links import goes_to, normal
from tui.linear import words
from tui.linear.session import Session
from tui.linear.spoken import capital

word = partial(words.word, group="Reading")


@word("links", "Read the links of the article with their numbers; open and a number opens one in your browser.",
       does=("link.list", "links.open", "links.show"))  # fmt: skip
def links(session: Session, rest: str) -> None:
    """Read the links."""
    from store.library.links_of import links_of

    stored = session.reading.stored
    found = [(link.url, " ".join(stored.article.text[link.start : link.end].split()))
             for link in links_of(stored, session.library.config.json_names)]  # fmt: skip
    own = normal(stored.article.url)
    listed = [*([(own, "the article itself")] if own else []), *found]
    for number, (url, text) in enumerate(listed, 1):
        behind = "" if text in url else f"{text}: "
        session.say(f"{number}. {behind}{url}")
    if not listed:
        session.say("There are no links in this article.")

    def open_link(number: int) -> bool:
        if not 0 < number <= len(listed):
            return False
        with session.signals.lent():
            said = _opened(listed[number - 1][0], goes_to(listed[number - 1][0]))
        session.say(f"{capital(said)}.")
        return True

    session.hear(open_link if listed else None)


def _opened(url: str, host: str) -> str:
    """Open a link in the user's browser; returns what to say of it."""
    import os
    import sys

    from tui.browser import BrowserError, browser_for, launch, run_in_terminal

    browser = browser_for(url, os.environ, platform=sys.platform)
    if browser is None:
        return "no browser here; $BROWSER names one"
    try:
        if browser.in_terminal:
            status = run_in_terminal(browser)
            return f"{browser.name} is done" if not status else f"{browser.name} failed, exit status {status}"
        launch(browser, lambda status: None)
    except BrowserError as error:
        return str(error)
    return f"{browser.name} opens {host}"
