"""What has happened since the last prompt: articles that came, a text that changed, names that are found."""

from __future__ import annotations

from dataclasses import replace

from store.library import Replaced
from tui.linear.session import Session
from tui.linear.text import Paragraphs
from tui.render.counted import counted


def tell_news(session: Session) -> None:
    """Say what is new; nothing while there is nothing."""
    troubles, replaced = session.background.news()
    for reason in dict.fromkeys(one.reason for one in troubles):
        session.say(reason)
    for one in replaced:
        _follow(session, one)
    written = session.library.written()
    if session.background.idle and written.generation != session.generation:
        before = set(session.keys)
        session.ask_list()
        came = sum(1 for key in session.keys if key not in before)
        if came:
            session.say(f"{counted(came, 'article')} came to the list.")
    counts = session.library.counts()
    if session.names_missing and session.background.idle and counts.analysed >= counts.articles:
        session.names_missing = False
        session.say("The names of all articles are found.")


def _follow(session: Session, one: Replaced) -> None:
    """Put the new text of the article that is read in the place of the old one."""
    opened = session.opened
    key = session.library.key_of(one.new)
    if opened is None or key is None or opened.stored.article.id != one.old:
        return
    offset = opened.offset
    stored = session.stored(key)
    paragraphs = Paragraphs(stored.article)
    # What was selected and found are offsets into the old text.
    session.opened = replace(
        opened, stored=stored, paragraphs=paragraphs, at=paragraphs.at(offset) - 1, sent=(),
        selected=None, hits=[], hit=-1,
    )  # fmt: skip
    session.background.want_names(stored.article.id)
    session.say("The file of this article has changed; more reads its new text from here.")
    if opened.selected is not None:
        session.say("Nothing is selected any more.")
