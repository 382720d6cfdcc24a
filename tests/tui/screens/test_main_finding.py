"""The list: views, filters, names; help and palette."""

from __future__ import annotations

import pytest

from tui.commands.registry import BY_ID


async def test_the_filter_follows_while_one_types_and_escape_takes_it_off(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        await user.press("f", *"kuriles")
        await user.until(lambda: 0 < len(user.main.articles.keys) < everything)
        await user.press("enter")
        await user.until(lambda: user.sees("“kuriles”"))
        await user.press("escape")
        await user.until(lambda: len(user.main.articles.keys) == everything)


async def test_leaving_the_filter_prompt_brings_the_list_back(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        await user.press("f", *"zzzz")
        await user.until(lambda: not user.main.articles.keys)
        await user.press("escape")
        await user.until(lambda: len(user.main.articles.keys) == everything)


async def test_why_nothing_is_listed_is_in_sight_however_far_the_text_was_scrolled(run_app) -> None:
    async with run_app() as user:
        await user.press("enter", "j", "j", "j", "f", *"zzzz", "enter")
        await user.until(lambda: user.sees("Nothing matches “zzzz”"))


async def test_a_wrong_query_is_explained_and_hides_nothing(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        await user.press("f", *"persn:abe", "enter")
        await user.until(lambda: user.sees("column 1"))
        assert user.sees("person") and len(user.main.articles.keys) == everything


async def test_a_tag_is_a_view(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("t", *"japan", "enter")
        await user.saved()
        await user.press("o", *"japan", "enter")
        await user.until(lambda: user.main.view.name == "japan" and len(user.main.articles.keys) == 1)


async def test_names_are_walked_and_named_in_the_status_line(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("enter", "w")
        first = user.main.reader.current
        assert first is not None and first.entity
        assert user.sees(first.entity, "1 of")
        await user.press("w")
        assert user.main.reader.current != first
        await user.press("b")
        assert user.main.reader.current == first
        await user.press("right_square_bracket", "p")
        assert user.main.reader.current.label == "PERSON"


async def test_the_next_mention_of_a_name_goes_on_into_other_articles(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("enter", "right_square_bracket", "p")
        name, article = user.main.reader.current.entity, user.main.opened.stored.key
        for _ in range(12):
            await user.press("*")
            if user.main.opened.stored.key != article or user.sees("no more mentions"):
                break
        await user.until(lambda: user.main.opened.stored.key != article or user.sees("no more mentions"))
        if user.main.reader.current is not None:
            assert user.main.reader.current.entity == name


async def test_a_name_filters_the_list(run_app) -> None:
    async with run_app() as user:
        everything = len(user.main.articles.keys)
        await user.own_article()
        await user.press("enter", "right_square_bracket", "p", "F")
        await user.until(lambda: 0 < len(user.main.articles.keys) < everything)
        assert 'person:="' in user.main.filter


async def test_what_is_highlighted_can_be_chosen(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("i")
        assert user.sees("[x] people", "[ ] dates, numbers")
        await user.press("enter", "q")
        assert "person" not in user.main.names_shown


async def test_the_panel_leads_to_the_names(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("e", "j", "l")
        assert user.main.in_reader and user.main.reader.current is not None


async def test_help_shows_the_keys_of_the_pane_and_can_be_searched(run_app) -> None:
    async with run_app() as user:
        await user.press("?")
        assert user.sees("Keys: list", "Open the article")
        await user.press("slash", *"undo", "enter")
        assert user.sees("Undo your last change")
        await user.press("q")
        assert user.app.screen is user.main


async def test_the_palette_does_what_is_chosen(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press(":", *"star the", "enter")
        await user.until(lambda: user.app.library.marks(user.main.opened.stored.article.id).starred)


async def test_copying_says_what_was_sent(run_app) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("y")
        assert user.sees("sent to the terminal")
        assert user.app.clipboard.startswith("Special to Radio Free Europe")
        await user.press("f", "ctrl+x", "escape")
        assert user.app.clipboard, "cutting nothing empties no clipboard"


async def test_choosing_any_line_of_the_help_breaks_nothing(run_app) -> None:
    async with run_app() as user:
        await user.press("?")
        values = [choice.value for choice in user.app.screen._choices if choice.value is not None]
        await user.press("q")
        for value in values:
            if value in ("run.quit", "run.suspend", "note.editor"):
                continue
            user.main.perform(BY_ID[str(value)], "")
            await user.pilot.pause()
            await user.press("escape", "escape")
        assert user.app.is_running


async def test_a_mistake_of_our_own_tells_nothing_of_what_is_read(open_app, capsys) -> None:
    app = open_app()
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            secret = "-".join(["what", "the", "user", "reads"])
            app.call_later(lambda: [secret, 1 / 0])
            app.call_later(lambda: [secret, 1 / 0])
            await pilot.pause()
    told = capsys.readouterr()
    assert "ZeroDivisionError" in told.err and "Dateline stopped because of a mistake of its own" in told.err
    assert "errors shown" not in told.err
    assert "what-the-user-reads" not in told.out + told.err
