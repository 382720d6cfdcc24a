"""Rules in the reader: what is new to saved searches that tag is counted at rest; a key says what they would tag.

Nothing is tagged without a yes. What comes while the question stands is new the next time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct, field

from store.errors import QueryError
from store.library import ApplyRule, Change, Search
from tui.screens.key_words import key_of
from tui.screens.main import saving
from tui.screens.main.handlers import does
from tui.widgets.question import Y_OR_N, yes_or_no

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class RuleNews(Struct):
    """What was found to be new to the rules, the last time they looked."""

    looked: datetime
    found: list[tuple[Search, list[int]]] = field(default_factory=list)
    """By rule, the articles that are new to it; rules without any are left out."""
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """Rules whose query has become wrong, and how."""

    @property
    def articles(self) -> int:
        """How many articles would be tagged, each counted once."""
        return len({key for _, keys in self.found for key in keys})


def look(screen: MainScreen) -> None:
    """Count, on the query thread, what is new to the rules, and tell it in the list's first line."""
    if screen.library.annotations_ready:
        _ask(screen, lambda news: _show(screen, news))


def _show(screen: MainScreen, news: RuleNews) -> None:
    before = screen.status.rule_news
    screen.status.rule_news = news.articles
    if before != news.articles:
        screen.show_status()


def _ask(screen: MainScreen, then: Callable[[RuleNews], None]) -> None:
    # Taken before the rules look: what comes meanwhile is new to them the next time.
    news = RuleNews(datetime.now(UTC))
    waiting = [search for search in screen.library.searches() if search.tags]

    def next_rule() -> None:
        if not waiting:
            then(news)
            return
        rule = waiting.pop(0)

        def take(keys: list[int]) -> None:
            if keys:
                news.found.append((rule, keys))
            next_rule()

        def fail(error: BaseException) -> None:
            if isinstance(error, QueryError):
                news.wrong.append((rule.name, str(error)))
            next_rule()

        screen.when_done(screen.library.new_to(rule), take, fail)

    next_rule()


@does("search.rules")
def offer(screen: MainScreen, _: str) -> None:
    """Say what the rules would tag, and tag it on a yes."""

    def ask() -> None:
        if not screen.library.annotations_ready:
            screen.say(f"no rules now: {screen.library.read_only}")
            return
        # A key that is pressed before the question is there is for the question, not for what is on the screen.
        release = screen.hold_keys()

        def answer(news: RuleNews) -> None:
            _offer(screen, news)
            release()

        _ask(screen, answer)

    screen.once_loaded(ask)


def _offer(screen: MainScreen, news: RuleNews) -> None:
    _show(screen, news)
    if news.found:
        says = "; ".join(f"{', '.join(rule.tags)} on {len(keys):,} ({rule.name})" for rule, keys in news.found)
        question = yes_or_no(
            f"tag what is new: {says}?", lambda: _apply(screen, news), lambda: screen.say("nothing tagged")
        )
        screen.prompt.ask(question.within(screen.size.width, f"tag what is new? {Y_OR_N}", says))
    elif news.wrong:
        name, reason = news.wrong[0]
        screen.say(f"the rule {name} is wrong: {reason}")
    elif any(search.tags for search in screen.library.searches()):
        screen.say("nothing is new to your rules")
    else:
        lists, tags = key_of(screen, "search.save"), key_of(screen, "searches.tags")
        screen.say(f"no rules yet: {lists} lists your saved searches, there {tags} lets one tag what is new")


def _apply(screen: MainScreen, news: RuleNews) -> None:
    library = screen.library

    def gather() -> list[Change]:
        with library.reading() as many:
            return [
                ApplyRule(rule.name, tuple(many.targets(keys)), news.looked, library.folders)
                for rule, keys in news.found
            ]

    def save(changes: list[Change]) -> None:
        screen.status.rule_news = 0
        for change in changes:
            saving.save_many(screen, change, "tagging…")

    screen.work_held(gather, save)
