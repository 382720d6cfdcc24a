"""What became of annotated articles: said once at the start, and below the byline of one that is gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.article import ArticleId, Source, StoredArticle, text_hash
from store.library import Idle, Message, Progress, Standing
from tui.commands.registry import BY_ID

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


_NAMED = 3
"""Places of a text that are named; a text that is in more is counted."""


def heard(screen: MainScreen, message: Message) -> None:
    """Take in that every file has been looked at."""
    match message:
        case Idle():
            screen.status.looked = True
            if screen.library.annotations_ready:
                # What is at the place of an article that was gone takes its annotations over.
                done = screen.library.follow_returned()
                screen.when_done(done, lambda articles: _returned(screen, articles), lambda _: None)
                look_by_rules(screen)
        case Progress(stage="analyse"):
            screen.status.looked = True


def look_by_rules(screen: MainScreen) -> None:
    """See what is new to saved searches that tag, where there are some."""
    if any(search.tags for search in screen.library.searches()):
        from tui.screens.main import rules

        rules.look(screen)


def _returned(screen: MainScreen, articles: frozenset[ArticleId]) -> None:
    from tui.screens.main import saving

    # What others had saved was taken in on the way, and is told only once.
    saving.others_changed(screen, articles)
    tell(screen)


def tell(screen: MainScreen) -> None:
    """Say in one line what changed, is gone and wants a place, once."""
    state = screen.status
    if state.told_standing or not state.looked or not screen.library.annotations_ready:
        return
    state.told_standing = True

    def say(standing: Standing) -> None:
        keys = screen.host.keys_of(BY_ID["view.choose"])
        words = sentence(standing, keys[0] if keys else "")
        if words:
            from tui.screens.main import telling

            telling.tell(screen, words, "standing")

    screen.when_done(screen.library.standing(), say, lambda _: None)


def sentence(standing: Standing, key: str) -> str:
    """Put what became of annotated articles into words; empty when all are as they were."""
    parts = []
    if standing.changed:
        parts.append(f"{_articles(standing.changed)} changed")
    if standing.gone:
        verb = "is gone" if standing.gone == 1 else "are gone"
        parts.append(f"{standing.gone:,} {verb}" if parts else f"{_articles(standing.gone)} {verb}")
    words = ", ".join(parts)
    if standing.lost:
        lost = "1 note wants a place" if standing.lost == 1 else f"{standing.lost:,} notes want a place"
        words = f"{words}; {lost}" if words else lost
    return f"{words}: {key} shows" if words and key else words


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def remark(screen: MainScreen, stored: StoredArticle) -> str:
    """Return what is to be known of an article before it is read: where else it is, or that it is gone."""
    places = [_within(screen, source) for source in stored.sources]
    if stored.key > 0:
        return elsewhere(places[1:])
    path = places[0] if places else ""
    # What has another hash than the article is not its text.
    left = "" if text_hash(stored.article.text) == stored.article.id else "; of its text your notes are left"
    return f"the file is gone: last at {path}{left}"


def elsewhere(places: Sequence[str]) -> str:
    """Say where else a text was read from; empty for nowhere."""
    if not places:
        return ""
    named = ", ".join(places[:_NAMED])
    more = len(places) - _NAMED
    return f"also at {named}" + (f" and in {more:,} other place{'s' * (more > 1)}" if more > 0 else "")


def _within(screen: MainScreen, source: Source) -> str:
    path = source.path
    for root in screen.library.roots:
        path = path.removeprefix(f"{root}/")
    return f"{path}#{source.member}" if source.member and len(source.member) < 60 else path


def show_notes(screen: MainScreen) -> None:
    """Bring what is shown of an article that is gone up to date with its notes."""
    opened = screen.opened
    if opened is None or opened.stored.key > 0:
        return
    stored = screen.library.article(opened.stored.key)
    if stored is not None and stored.article.text != opened.stored.article.text:
        opened.stored = stored
        screen.reader.show(stored, position=screen.reader.position, remark=remark(screen, stored))
