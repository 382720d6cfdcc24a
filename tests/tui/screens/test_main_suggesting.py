"""The tag prompt proposes first the user's tags that name who and what the article is about."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from store.article import key_of_entity
from store.library import JoinEntities, Mentions, Tag
from tests.tui.screens.conftest import Driver
from tui.screens.main import reading

RunApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def tagged(user: Driver, *tags: str) -> None:
    """Put tags on an article that is not the user's own one; the last is the one used last."""
    other = next(n for n in range(10) if user.main.articles.row(n).title.startswith("Ferry"))
    target = user.app.library.target(user.main.articles.keys[other])
    for tag in tags:
        future = user.app.library.change(Tag((target,), (tag,)))
        await user.until(future.done)


async def test_the_names_of_the_article_bring_its_tags_first(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        await user.own_article()
        await tagged(user, "lavrov", "russia", "zebra", "later")
        join = JoinEntities(
            ((key_of_entity("person", "The Foreign Minister"), "The Foreign Minister"),
             (key_of_entity("person", "Sergei Lavrov"), "Sergei Lavrov")),
            key_of_entity("person", "The Foreign Minister"), "The Foreign Minister",
        )  # fmt: skip
        future = user.app.library.change(join)
        await user.until(future.done)
        await user.press("t")
        assert user.main.prompt.asking
        line = next(line for line in user.text().splitlines() if "zebra" in line)
        places = [line.index(tag) for tag in ("russia", "lavrov")]
        assert max(places) < line.index("later") < line.index("zebra"), line
        await user.press("tab", "enter")
        await user.saved()
        assert user.app.library.marks(user.main.opened.stored.article.id).tags in (("russia",), ("lavrov",))  # type: ignore[union-attr]
        await user.press("t")
        line = next(line for line in user.text().splitlines() if "zebra" in line)
        assert ("russia" in line) != ("lavrov" in line), "what it bears is not proposed"


async def test_a_text_that_no_model_reads_says_so(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        row = next(n for n in range(12) if user.main.articles.row(n).language == "de")
        user.main.articles.cursor = row
        await user.until(lambda: user.main.opened and user.main.opened.stored.article.language == "de")
        assert user.sees("· no model for German"), "in the list"
        assert user.sees("(see dateline doctor)"), "in the panel"
        await user.press("enter")
        assert user.sees("no model for German: see dateline doctor")
        await user.press("j", "w")
        assert user.sees("no model for German: see dateline doctor")


async def test_that_no_model_reads_a_text_is_told_as_soon_as_it_is_known(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        await user.own_article()
        opened = user.main.opened
        assert opened is not None and not user.sees("no model")
        reading.heard(user.main, Mentions(opened.stored.article.id, (), True, "cs", True))
        await user.pilot.pause()
        assert user.sees("· no model for Czech", "(see dateline doctor)")
