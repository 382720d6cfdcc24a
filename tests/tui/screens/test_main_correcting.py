"""Names are put right by key where they are seen: at once, how far one says, and back again by `u`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from store.library import Scope
from tui.screens.choose import ChooseScreen
from tui.screens.corrections import CorrectionsScreen

Run = Callable[..., AbstractAsyncContextManager]  # type: ignore[type-arg]


def names(user, word: str) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """Return the mentions that are written so in the article on screen, with their labels."""
    stored = user.main.opened.stored
    text = stored.article.text
    return [(text[one.start : one.end], one.label) for one in stored.mentions if text[one.start : one.end] == word]


async def at_name(user, word: str) -> None:  # type: ignore[no-untyped-def]
    """Go into the article and to a name that is written so."""
    await user.own_article()
    await user.press("enter")
    for _ in range(60):
        await user.press("w")
        one, text = user.main.reader.current, user.main.opened.stored.article.text
        if one is not None and text[one.start : one.end] == word:
            return
    raise AssertionError(f"{word} is no name here:\n{user.text()}")


async def choose(user, word: str) -> None:  # type: ignore[no-untyped-def]
    """Choose what is called so in the box over the screen."""
    await user.until(lambda: isinstance(user.app.screen, ChooseScreen), "a choice")
    await user.press(*word.replace(" ", "space "), "enter")
    await user.until(lambda: user.main.prompt.asking, "asks the scope")


async def test_x_asks_how_far_with_numbers_and_takes_the_name_away_at_once(run_app: Run) -> None:
    async with run_app() as user:
        await at_name(user, "Kishida")
        there = len(names(user, "Kishida"))
        assert there > 1
        await user.press("x")
        assert user.sees("Kishida is no name:", "1 here (enter)", f"2 this article {there}")
        await user.until(lambda: user.sees(f"3 the library {there}"), "the library is counted")
        await user.press("1")
        await user.saved()
        assert user.sees("Not a name here: Kishida")
        assert len(names(user, "Kishida")) == there - 1
        assert user.main.reader.current is None
        await user.press("u")
        await user.saved()
        await user.until(lambda: len(names(user, "Kishida")) == there, "it is back")


async def test_the_scope_used_last_comes_first_and_enter_takes_it(run_app: Run) -> None:
    async with run_app() as user:
        await at_name(user, "Kishida")
        there = len(names(user, "Kishida"))
        await user.press("x", "2")
        await user.saved()
        assert user.sees(f"Not a name in this article: Kishida, {there} mentions")
        assert names(user, "Kishida") == []
        await user.press("w", "x")
        assert user.main.status.scope is Scope.ARTICLE
        assert user.sees("no name:  2 this article")
        await user.press("enter")
        await user.saved()
        assert user.sees("Not a name in this article:")
        assert len(user.app.library.corrections()) == 2


async def test_another_number_is_refused_and_esc_corrects_nothing(run_app: Run) -> None:
    async with run_app() as user:
        await at_name(user, "Kishida")
        await user.press("x", "7")
        await user.until(lambda: user.sees("a number: 1, 2, 3"))
        await user.press("escape")
        assert user.sees("nothing corrected")
        assert user.app.library.corrections() == []


async def test_c_gives_another_kind_that_is_chosen_in_plain_words(run_app: Run) -> None:
    async with run_app() as user:
        await at_name(user, "Kishida")
        there = len(names(user, "Kishida"))
        await user.press("c")
        await user.until(lambda: isinstance(user.app.screen, ChooseScreen))
        assert user.sees("Kishida is", "person  (as it is)", "country, state or city", "organisation")
        await choose(user, "organisation")
        await user.press("2")
        await user.saved()
        assert user.sees("Kishida is an organisation in this article")
        assert names(user, "Kishida") == [("Kishida", "ORG")] * there
        assert user.sees("ORGANISATIONS")


async def test_a_selection_becomes_a_name_and_a_longer_one_a_longer_name(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("enter")
        text = user.main.opened.stored.article.text
        start = text.index("turbulence")
        user.main.reader.select(start, start + len("turbulence"))
        await user.press("+")
        await choose(user, "event")
        await user.press("1")
        await user.saved()
        assert user.sees("Added turbulence, an event, here")
        assert names(user, "turbulence") == [("turbulence", "EVENT")]

        user.main.reader.select(start - len("China-backed "), start + len("turbulence"))
        await user.press("+")
        await user.press("1")
        await user.saved()
        assert names(user, "turbulence") == []
        await user.press("u", "u")
        await user.saved()
        await user.until(lambda: user.app.library.corrections() == [], "both are undone")


async def test_c_on_a_selection_says_what_kind_of_name_it_is_and_where_it_ends(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("enter")
        text = user.main.opened.stored.article.text
        start = text.index("Foreign Minister Fumio Kishida")
        user.main.reader.select(start, start + len("Foreign Minister Fumio Kishida"))
        await user.press("c")
        await choose(user, "organisation")
        await user.press("1")
        await user.saved()
        assert names(user, "Foreign Minister Fumio Kishida") == [("Foreign Minister Fumio Kishida", "ORG")]
        user.main.reader.select(text.index("breakthrough"), text.index("breakthrough") + len("breakthrough"))
        await user.press("c")
        await choose(user, "product")
        await user.press("2")
        await user.saved()
        assert names(user, "breakthrough") == [("breakthrough", "PRODUCT")]
        user.main.reader.select(0, start + len("Foreign Minister Fumio Kishida"))
        await user.press("x")
        assert "names are selected" in user.text()


async def test_the_scope_used_last_is_known_after_a_restart(run_app: Run) -> None:
    async with run_app() as user:
        await at_name(user, "Kishida")
        await user.press("x", "3")
        await user.saved()
        user.app._last.end(user.app._place(), lost=False)
    async with run_app() as user:
        assert user.main.status.scope is Scope.LIBRARY


async def test_without_a_name_or_a_selection_it_says_what_to_do(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("enter")
        nothing = "no name under the cursor"
        for key, words in (("x", nothing), ("c", nothing), ("+", "nothing selected")):
            await user.press(key)
            assert user.sees(words)
            assert not user.main.prompt.asking


async def test_in_the_panel_a_name_goes_with_all_its_spellings_in_one_step(run_app: Run) -> None:
    async with run_app() as user:
        await user.own_article()
        await user.press("enter", "e")
        await user.until(lambda: user.main.focused is user.main.panel)
        panel = user.main.panel
        name = panel.chosen.value.entity
        spelled = {one.label for one in user.main.opened.stored.mentions if one.entity == name}
        assert spelled
        await user.press("x")
        assert "1 here" not in user.text()
        await user.press("2")
        await user.saved()
        assert [one for one in user.main.opened.stored.mentions if one.entity == name] == []
        await user.press("u")
        await user.saved()
        await user.until(lambda: any(one.entity == name for one in user.main.opened.stored.mentions))
        assert user.app.library.corrections() == []


async def test_what_was_corrected_before_a_restart_is_so_after_it_and_u_undoes_it(run_app: Run) -> None:
    async with run_app() as user:
        await at_name(user, "Kishida")
        there = len(names(user, "Kishida"))
        await user.press("x", "3")
        await user.saved()
    async with run_app() as user:
        await user.own_article()
        await user.until(lambda: names(user, "Kishida") == [], "corrected")
        await user.press("u")
        await user.press("u")  # an earlier session's step is asked for
        await user.saved()
        await user.until(lambda: len(names(user, "Kishida")) == there, "undone")


async def test_another_sessions_correction_arrives_in_the_open_article(run_app: Run, open_app: Callable) -> None:  # type: ignore[type-arg]
    from store.annotations.name_records import CorrectionKind, CorrectName
    from store.annotations.store import AnnotationStore

    async with run_app() as user:
        await user.own_article()
        assert names(user, "Kishida")
        other = AnnotationStore(user.app.library.annotations_file)
        other.apply(CorrectName(None, CorrectionKind.DROP, Scope.LIBRARY, "Kishida", "PERSON"))
        await user.until(lambda: names(user, "Kishida") == [], "it arrives")


async def test_the_list_of_corrections_goes_to_places_withdraws_and_undoes(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("ctrl+x")
        await user.until(lambda: isinstance(user.app.screen, CorrectionsScreen))
        assert user.sees("no corrections yet")
        await user.until(lambda: user.sees("d withdraw", "q close"), "its keys")
        await user.press("q")
        await at_name(user, "Kishida")
        there = len(names(user, "Kishida"))
        await user.press("x", "1")
        await user.saved()
        await user.press("w", "x", "3")
        await user.saved()
        await user.press("g", "g", "h", "g", "g", "ctrl+x")
        await user.until(lambda: isinstance(user.app.screen, CorrectionsScreen))
        assert user.sees("Your corrections of names · 2 corrections", "Kishida: no name, was person", "one place",
                         "the library")  # fmt: skip
        await user.press("j", "enter")
        await user.until(lambda: user.main.in_reader, "in the text")
        assert user.main.opened.stored.article.title.startswith("Amid China-backed")
        await user.press("ctrl+x", "j", "d")
        await user.saved()
        assert user.sees("Withdrew: Not a name here: Kishida", "1 correction")
        await user.press("u")
        await user.saved()
        await user.until(lambda: user.sees("2 corrections"))
        for left in ("1 correction", "0 corrections"):
            await user.press("d")
            await user.saved()
            await user.until(lambda left=left: user.sees(left))
        await user.press("q")
        assert len(names(user, "Kishida")) == there


@pytest.mark.parametrize("size", [(80, 24), (50, 20)])
async def test_it_can_be_read_on_narrow_screens(run_app: Run, size: tuple[int, int]) -> None:
    async with run_app(size) as user:
        await at_name(user, "Kishida")
        await user.press("x")
        await user.until(lambda: user.sees("1 here", "2 ", "3 "), "asks the scope")
        await user.press("1")
        await user.saved()
        await user.press("u")
        await user.saved()
        await user.press("ctrl+x")
        await user.until(lambda: isinstance(user.app.screen, CorrectionsScreen))
        await user.press("q")
