"""Walking from name to name: on into other articles by kind, and all mentions of the one that is meant are marked."""

from __future__ import annotations

from store.library import Group, group_of
from tests.tui.screens.names import on_name


async def test_the_next_person_may_be_in_another_article(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.press("enter", "G")
        main = user.main
        here, cursor = main.opened.stored.key, main.articles.cursor
        for _ in range(40):
            await user.press("right_square_bracket", "p")
            await user.until(lambda: not main.holds_keys)
            if main.opened.stored.key != here:
                break
        assert main.opened.stored.key != here and main.articles.cursor > cursor
        people = [one for one in main.opened.stored.mentions if group_of(one.label) is Group.PERSON]
        assert main.reader.current == people[0]


async def test_back_over_the_start_comes_to_the_last_of_an_article_before(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.ready()
        main = user.main
        await user.press("G", "enter", "g", "g")
        here, cursor = main.opened.stored.key, main.articles.cursor
        for _ in range(60):
            await user.press("left_square_bracket", "g")
            await user.until(lambda: not main.holds_keys)
            if main.opened.stored.key != here:
                break
        assert main.articles.cursor < cursor
        places = [one for one in main.opened.stored.mentions if group_of(one.label) is Group.PLACE]
        assert main.reader.current == places[-1]


async def test_at_the_end_of_the_list_it_is_said(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.ready()
        await user.press("G", "enter", "G")
        for _ in range(40):
            await user.press("right_square_bracket", "o")
            await user.until(lambda: not user.main.holds_keys)
            if user.sees("no more organisations further down the list"):
                return
        raise AssertionError(user.text())


async def test_what_is_found_along_a_list_that_is_another_one_by_then_is_not_opened(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.ready()
        main, held = user.main, []
        await user.press("enter", "G")
        here = main.opened.stored.key
        monkeypatch.setattr(main, "work_held", lambda work, then: held.append((work(), then)))
        for _ in range(40):
            await user.press("right_square_bracket", "g")
            await user.pilot.pause()
            if held:
                break
        await user.until(lambda: held, "looked along the list")
        (found, then), = held
        assert found in main.articles.keys and found != here
        await user.press("f", *"title:ferry", "enter")
        await user.until(lambda: len(main.articles.keys) == 1, "another list")
        then(found)
        assert main.opened.stored.key == main.articles.keys[0] == here
        await user.until(lambda: user.sees("no more places further down the list"))


async def test_the_panels_cursor_marks_the_name_in_the_text(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await on_name(user)
        await user.press("e", "j")
        reader, panel = user.main.reader, user.main.panel
        assert user.main.focused is panel
        assert reader._look.pointed == panel.chosen.value
        assert user.sees(f"{panel.chosen.text} · person · {panel.chosen.detail} here")
        await user.press("l")
        assert reader.current.entity == panel.chosen.text and reader._look.pointed is None


async def test_the_next_person_from_the_list_is_that_of_the_text_on_screen(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.own_article()
        await user.press(":")
        await user.press(*"next person", "enter")
        main = user.main
        await user.until(lambda: main.reader.current is not None, "a name")
        assert group_of(main.reader.current.label) is Group.PERSON
