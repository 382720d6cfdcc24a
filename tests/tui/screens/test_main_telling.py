"""An answer to a key stands until the next key: news wait until the line is free, and are told once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tui.screens.main import telling

Run = Callable[..., AbstractAsyncContextManager]  # type: ignore[type-arg]
NEWS = "something came from elsewhere"


@pytest.mark.parametrize(("keys", "answer"), [(("enter", "w"), " · 1 of "), (("enter", "v"), "selected"),
                                              (("s",), "Starred")])  # fmt: skip
async def test_news_do_not_hide_the_answer_to_a_key(run_app: Run, keys: tuple[str, ...], answer: str) -> None:
    async with run_app((80, 24)) as user:
        await user.own_article()
        for key in keys:
            await user.press(key)
        await user.until(lambda: user.sees(answer) or user.sees("sentence, "), "the answer")
        before = user.text()
        telling.tell(user.main, NEWS, "test")
        await user.pilot.pause()
        assert user.text() == before
        await user.press("escape" if user.main.in_reader else "k")
        await user.until(lambda: user.sees(NEWS), "the news, once the line is free")
        await user.press("h")
        await user.press("k")
        assert not user.sees(NEWS) and not user.main.status.news


async def test_news_of_an_article_are_told_while_it_is_on_screen_and_not_under_a_question(run_app: Run) -> None:
    async with run_app((80, 24)) as user:
        await user.own_article()
        here = user.main.opened.stored.article.id
        await user.press("t")
        telling.tell(user.main, NEWS, "test", here)
        await user.press("escape")
        await user.until(lambda: user.sees(NEWS), "the news, behind the question")
        telling.tell(user.main, "of another article", "other", "0" * 32)
        await user.press("j")
        await user.until(lambda: not user.sees(NEWS), "the next key takes it away")
        assert not user.sees("of another article")
