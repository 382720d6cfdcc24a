"""The filter line: the list follows, what can stand there is proposed, what is wrong is explained and hides nothing."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from tui.screens.haste import HASTY
from tui.widgets.lines import TagBar


def line(user) -> Input:
    return user.main.prompt.query_one(Input)


async def test_a_name_is_completed_with_its_articles(run_app) -> None:
    async with run_app() as user:
        await user.press("f", *"person:lavr")
        await user.until(lambda: user.sees('"Sergei Lavrov" 3'))
        await user.press("tab")
        assert line(user).value == 'person:"Sergei Lavrov" '
        await user.press("enter")
        await user.until(lambda: len(user.main.articles.keys) == 3)
        assert user.main.filter == 'person:"Sergei Lavrov"'


async def test_a_word_is_completed_to_a_field_or_a_name(run_app) -> None:
    async with run_app() as user:
        await user.press("f", *"lavro")
        await user.until(lambda: user.sees('person:"Sergei Lavrov"'))
        await user.press(*["backspace"] * 5, *"-ta")
        await user.until(lambda: user.sees("has this tag"))
        await user.press("tab")
        assert line(user).value == "-tag:"


async def test_a_proposal_taken_before_it_is_there_is_taken_when_it_comes(run_app) -> None:
    async with run_app() as user:
        await user.pilot.press("f", *"is:unr", "tab")
        await user.until(lambda: line(user).value == "is:unread ")


async def test_another_proposal_is_chosen_with_the_arrows_and_all_are_reached(run_app) -> None:
    async with run_app((50, 20)) as user:
        await user.press("f", *"is:")
        await user.until(lambda: user.main.prompt._offered.choices)
        seen = set()
        for _ in range(8):
            await user.press("down")
            seen |= {word for word in ("unread", "starred", "undated", "duplicate", "missing") if user.sees(word)}
        assert seen == {"unread", "starred", "undated", "duplicate", "missing"}
        await user.press("up", "tab")
        assert line(user).value == "is:duplicate "


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_what_is_wrong_is_told_while_typing_and_the_list_stays(run_app, size) -> None:
    async with run_app(size) as user:
        everything = len(user.main.articles.keys)
        await user.press("f", *"tags:x a")
        await user.until(lambda: user.sees("column 1: There is no field tags.", "tag:?"))
        assert len(user.main.articles.keys) == everything
        await user.press(*["backspace"] * 8)
        await user.until(lambda: not user.sees("column 1"))


@pytest.mark.parametrize("size", [(80, 24), (50, 20)])
async def test_what_is_wrong_is_told_whole_where_the_window_is_small(run_app, size) -> None:
    async with run_app(size) as user:
        bar = user.main.query_one(TagBar)
        await user.press("f", *"has:nnote", "enter")
        await user.until(lambda: user.sees("column 5: has: takes note,", "has:note?"))
        assert bar.size.height > 1
        await user.press("backspace")
        await user.until(lambda: bar.size.height == 1)


async def test_a_wrong_query_is_not_taken_and_the_cursor_stands_where_it_is_wrong(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        await user.press("f", *'lavrov "kuriles', "enter")
        assert user.main.prompt.asking
        assert line(user).cursor_position == 7
        await user.until(lambda: user.sees("column 8", "never closed", 'Close it with "'))
        await user.press("end", '"', "enter")
        assert not user.main.prompt.asking
        await user.until(lambda: len(user.main.articles.keys) < everything)


async def test_the_first_line_says_what_is_listed_how_many_and_in_which_order(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        assert user.sees(f"seeds/ · All · {everything} articles", "newest first")
        await user.press("f", *"kuriles sort:relevance")
        await user.until(lambda: user.sees("“kuriles sort:relevance”", "newest first"))
        await user.press("enter")
        await user.until(lambda: user.sees("best match first"))
        assert user.sees(f"{len(user.main.articles.keys)} articles")


async def test_frames_come_at_once_while_one_types_and_in_their_pace_before_and_after(run_app) -> None:
    async with run_app() as user:
        before = user.main._update_timer._interval
        for end in ("enter", "escape"):
            await user.press("f", *"kuriles")
            assert user.main._update_timer._interval == HASTY
            await user.until(lambda: user.sees("articles"))
            await user.press(end)
            assert user.main._update_timer._interval == before


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_what_stands_around_the_words_is_told_of_the_row_under_the_cursor(run_app, size) -> None:
    async with run_app(size) as user:
        await user.press("f", *"helicopter OR kuriles", "enter")
        await user.until(lambda: user.main.snippets.found)
        for _ in range(len(user.main.articles.keys)):
            key = user.main.articles.current.key
            snippet = user.main.snippets.found[key]
            assert snippet is not None and user.sees(snippet.text[slice(*snippet.hits[0])])
            await user.press("j")
        await user.press("escape")
        await user.until(lambda: not user.main.reader.filter_words)


async def test_rows_of_a_tall_screen_show_what_was_found_on_a_second_line(run_app) -> None:
    async with run_app((120, 40)) as user:
        articles = user.main.articles
        assert articles.tall == 1
        await user.press("f", *"kuriles")
        await user.until(lambda: articles.words == ("kuriles*",))
        assert articles.tall == 1
        await user.press("enter")
        await user.until(lambda: articles.tall == 2 and user.main.snippets.found)
        count = len(articles.keys)
        shown = ["".join(segment.text for segment in articles.render_line(y)) for y in range(2 * count)]
        assert all("Kuriles" in line for line in shown[1::2])
        assert all("Kuriles" not in line for line in shown[0::2])
        await user.press("j")
        assert articles.cursor == 1 and articles.render_line(2).text.startswith(">")
        await user.pilot.resize_terminal(80, 24)
        await user.until(lambda: articles.tall == 1)
        assert articles.cursor == 1 and articles.render_line(1).text.startswith(">")
        await user.pilot.resize_terminal(120, 40)
        await user.until(lambda: articles.tall == 2)
        await user.press("escape")
        await user.until(lambda: articles.tall == 1 and len(articles.keys) > count)


async def test_a_long_list_of_two_lined_rows_keeps_whole_rows_on_screen(run_app) -> None:
    async with run_app((120, 36)) as user:
        articles = user.main.articles
        await user.press("f", *"the OR a OR in", "enter")
        await user.until(lambda: articles.tall == 2)
        for _ in range(len(articles.keys) - 1):
            await user.press("j")
            line = articles._lines.line_of(articles.cursor) - articles.scroll_offset.y
            assert line >= 0 and line + 2 <= articles.size.height
        assert articles.cursor == len(articles.keys) - 1
        await user.press("g", "g")
        assert articles.scroll_offset.y == 0


async def test_a_word_that_found_more_as_a_beginning_says_how_to_have_that(run_app) -> None:
    async with run_app((80, 24)) as user:
        await user.ready()
        await user.press("f")
        await user.until(lambda: user.main.prompt.asking and not user.main.prompt.preparing)
        await user.press(*"kur")
        await user.until(lambda: "“kur”" in user.text() and len(user.main.articles.keys) in range(1, 12))
        found = len(user.main.articles.keys)
        await user.press("enter")
        await user.until(lambda: user.sees(f"in {found} more a word only begins so; kur* finds them, too"))


async def test_an_open_line_says_what_can_be_written_and_names_its_keys(run_app) -> None:
    async with run_app((80, 24)) as user:
        await user.ready()
        await user.press("f")
        await user.until(lambda: user.sees("words · “a phrase” · -without", "⏎ take it", "esc leave"))
        await user.press("escape", "t")
        await user.until(lambda: user.sees("each word is a tag to put on, -word takes one off"))
        await user.press("x")
        await user.until(lambda: not user.sees("each word is a tag"))


async def test_keys_of_what_lies_below_a_box_are_not_told(run_app) -> None:
    async with run_app((80, 24)) as user:
        await user.ready()
        assert user.sees("space mark")
        for key, close in (("o", "escape"), ("question_mark", "q"), ("colon", "escape"), ("i", "q")):
            await user.press(key)
            await user.until(lambda: not user.sees("space mark"))
            await user.press(close)
            await user.until(lambda: user.sees("space mark"))
