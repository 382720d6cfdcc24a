"""Opening and closing a linear session."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from store.article import ArticleId
from store.errors import DatelineError
from store.library import LastPlace, Library
from tui import session as sessions
from tui.linear import (
    comparing,
    correcting,
    exporting,
    helping,
    history,
    joining,
    links,
    listing,
    marking,
    naming,
    news,
    noting,
    reading,
    searching,
    selecting,
    words,
)
from tui.linear.commands_in import CommandsIn
from tui.linear.proposals import Proposals
from tui.linear.session import Session
from tui.linear.signals import Ended, Signals
from tui.linear.voice import Voice
from tui.render.counted import counted

PARTS = (listing, reading, comparing, links, naming, joining, correcting, marking, noting, selecting, searching,
         history, exporting, helping)  # fmt: skip
"""The files that declare commands, in the order of the help."""
words.arrange(PARTS)

_PATIENCE = 3.0
"""Seconds that a first start waits for articles; a terminal then has its prompt, and hears of the others."""
_DISK = 30.0
"""Seconds that `quit` waits for the disk."""
_COULD_NOT = 3


def run(library: Library, voice: Voice, *, query: str = "", exporter: exporting.Exporter | None = None) -> int:
    """Read a library line by line until the commands end; returns the exit status. Closes the library."""
    with Signals() as signals:
        proposals = Proposals(library)
        commands = CommandsIn(signals, proposals)
        session = Session(library, voice, commands, signals, exporter)
        last = LastPlace(library.roots)
        status, told = 0, False
        try:
            _begin(session, query, last)
            session.run(news.tell_news)
        except Ended as ended:
            status, told = ended.status, _told(session, ended)
        finally:
            try:
                _keep_place(session, last)
            except Ended as ended:
                status, told = ended.status, told or _told(session, ended)
            finally:
                session.background.stop()
                last.leave()
                saved = library.close(wait=signals.left / 2 if status else _DISK, fold=not status)
            if not saved and not told:
                _tell_unsaved(session)
        return status or (0 if saved else _COULD_NOT)


def _begin(session: Session, query: str, place: LastPlace) -> None:
    library, person = session.library, session.commands.person
    session.background.start()
    try:
        session.wait(library.load_annotations())
    except DatelineError as error:
        session.say(f"{error} Nothing can be saved.")
    for warning in library.warnings:
        session.say(warning)
    if not library.counts().articles:
        _first_articles(session)
    session.query = query
    session.ask_list()
    session.say(f"{listing.told_list(session)}." if session.keys else listing.nothing_here(session))
    counts = library.counts()
    if person and counts.analysed < counts.articles:
        session.names_missing = True
        session.say("Names are being looked for.")
    last = library.key_of(ArticleId(sessions.load(place).article)) if person else None
    at = session.keys.row_of(last) if last is not None else None
    if at is not None:
        session.say(f"You were reading number {at + 1}; open {at + 1} goes on there.")
    if person:
        session.say("list reads the titles, open 1 opens the first article, help tells the rest.")


def _first_articles(session: Session) -> None:
    """Wait for the first articles of a library that was never read."""
    names = ", ".join(Path(root).name or str(root) for root in session.library.roots)
    session.say(f"Reading {names} for the first time.")
    session.voice.flush()
    until = time.monotonic() + _PATIENCE

    def there() -> bool:
        if session.background.idle:
            return True
        count = session.library.written().n
        return time.monotonic() >= until if count else False

    with session.signals.waiting():
        session.background.wait(there)
    session.library.reopen()
    progress = session.background.progress
    if progress is not None and progress.stage == "read" and progress.done < progress.total:
        session.say(f"{counted(progress.total - progress.done, 'file')} are still being read.")


def _keep_place(session: Session, last: LastPlace) -> None:
    """Keep where one is, for the next session.

    Raises:
        Ended: the session has to end, and the disk does not answer.
    """
    opened = session.opened
    try:
        reading.leave(session)
        if opened is not None and session.commands.person:
            article = opened.stored.article.id
            place = sessions.load(last).replace(article=article, position=opened.offset, in_reader=True, lost=False)
            last.end(sessions.packed(place), lost=False)
    except DatelineError as error:
        session.say(str(error))


def _told(session: Session, ended: Ended) -> bool:
    """Say at once what is not saved, since there may be no time for it later; False where there is nothing to say."""
    if ended.unsaved:
        _tell_unsaved(session)
    return ended.unsaved


def _tell_unsaved(session: Session) -> None:
    session.say("The last changes could not be saved: the annotation file is held, or its disk hangs.")
    with suppress(OSError):
        session.voice.flush()
