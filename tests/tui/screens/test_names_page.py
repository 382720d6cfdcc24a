"""The page of a name: mentions in their sentences, when, with whom; from it to articles, to other pages, and back."""

from __future__ import annotations

import pytest

from store.library import Corrected
from tests.tui.screens.names import lines, on_name, on_page, page
from tui.screens.names import writing
from tui.screens.names.page import EntityScreen


async def test_enter_on_a_name_opens_its_page(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        assert user.sees("Shinzo Abe · person", "MENTIONS", "newest first", "ARTICLES by month", "APPEARS WITH")
        assert user.sees(f"{shown.card.articles} articles · {shown.card.mentions} mentions")
        assert len(shown.mentioned) == shown.card.mentions
        assert all("Abe" in line.sentence[slice(*line.at)] for line in shown.mentioned)
        await user.press("q")
        assert user.app.screen is user.main
        assert user.main.reader.current.entity == "Shinzo Abe"


async def test_the_measure_is_named(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        assert shown.together.measure and user.sees(f"beyond chance: {shown.together.measure}")


async def test_enter_opens_the_article_there_and_back_comes_to_the_page(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        await user.press("j")
        line = shown.mention
        assert line is shown.mentioned[1]
        await user.press("enter")
        await user.until(lambda: user.app.screen is user.main and user.main.reader.current is not None)
        assert user.main.opened.stored.key == line.article
        current = user.main.reader.current
        assert (current.start, current.end) == (line.start, line.end)
        await user.press("ctrl+o")
        again = await page(user)
        assert again.mention == line and user.sees("Shinzo Abe · person")
        # And from the page to where it was opened at first.
        await user.press("ctrl+o")
        assert user.app.screen is user.main
        await user.press("backspace")
        await user.until(lambda: user.main.opened.stored.article.title.startswith("Amid China-backed"))


async def test_what_it_appears_with_opens_its_own_page(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        await user.press("tab")
        other = shown.other
        await user.press("enter")
        await user.until(lambda: shown.who.key == other.key and shown.card is not None and shown.mentioned)
        assert user.sees(f"{other.name} · {other.kind}")
        await user.press("backspace")
        await user.until(lambda: shown.card is not None and shown.card.name == "Shinzo Abe" and shown.view.aside)
        await user.until(lambda: shown.together is not None)
        await user.press("backspace")
        assert user.app.screen is user.main


async def test_marked_names_narrow_the_list_together(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        await user.press("+")
        assert "tab goes to what it appears with" in user.text()
        await user.press("tab", "+")
        (other,) = shown.view.marked
        assert user.sees(f"with {other.name}")
        await user.press("F")
        await user.until(lambda: user.app.screen is user.main and user.main.filter)
        assert user.main.filter == f'person:="Shinzo Abe" {other.query}'
        assert user.main.focused is user.main.articles
        await user.until(lambda: len(user.main.articles.keys) < 10)


async def test_the_list_has_as_many_articles_as_the_page_says(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user, "Russia")
        articles = shown.card.articles
        await user.press("F")
        await user.until(lambda: user.app.screen is user.main and len(user.main.articles.keys) == articles)


async def test_the_order_of_the_mentions(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user, "Lavrov")
        newest = [line.published for line in shown.mentioned if line.published]
        assert newest == sorted(newest, reverse=True)
        await user.press("s")
        await user.until(lambda: user.sees("oldest first"))
        await user.until(lambda: [line.published for line in shown.mentioned if line.published] == sorted(newest))
        await user.press("s")
        await user.until(lambda: user.sees("best first"))


async def test_mentions_come_as_one_scrolls(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tui.screens.names.page_questions.PAGE", 3)
    async with run_app((40, 12)) as user:
        shown = await on_page(user, "Russia")
        assert len(shown.mentioned) < shown.card.mentions
        while len(shown.mentioned) < shown.card.mentions:
            known = len(shown.mentioned)
            await user.press("G")
            await user.until(lambda known=known: len(shown.mentioned) > known)
        places = [(line.article, line.start) for line in shown.mentioned]
        assert len(set(places)) == len(places) == shown.card.mentions
        assert [choice.value for choice in shown.mentions.choices] == list(range(len(places)))
        # What is written on the name leaves the cursor where it is; so does what the index has got anew.
        await user.press("G", "t", *"country", "enter")
        await user.until(lambda: user.app.library.entity_record(shown.who.key) is not None)
        await user.saved()
        user.main.heard(Corrected(texts=1))
        await user.until(lambda: shown._seen == shown.names_state)
        await user.until(lambda: len(shown.mentioned) == len(places) and shown.mention == shown.mentioned[-1])


async def test_the_plot_turns_to_years_and_to_the_times_talked_of(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await on_page(user)
        await user.press("p")
        await user.until(lambda: user.sees("ARTICLES by year"))
        await user.press("p")
        await user.until(lambda: user.sees("TIMES TALKED OF"))


async def test_a_time_chosen_in_the_plot_narrows_the_mentions_to_it(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        for _ in range(2):
            await user.press("p")
        await user.until(lambda: user.sees("TIMES TALKED OF") and shown.plotted.counts)
        everywhere = len(shown.mentioned)
        await user.press(">")
        await user.until(lambda: shown.plotted.time and user.sees(f"when:{shown.plotted.time}"))
        first = shown.plotted.time
        await user.press("<")
        await user.until(lambda: not shown.plotted.time and len(shown.mentioned) == everywhere)
        await user.press("<")
        await user.until(lambda: shown.plotted.time >= first)


async def test_the_users_tags_and_note_stand_at_the_head(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        await user.press("t", *"premier", "enter")
        await user.until(lambda: user.sees("#premier"))
        await user.press("a", *"ask Anna", "enter", *"soon", "escape")
        await user.until(lambda: user.sees("ask Anna soon"))
        await user.saved()
        record = user.app.library.entity_record(shown.who.key)
        assert record.tags == ("premier",) and record.body == "ask Anna\nsoon"
        await user.press("u")
        await user.until(lambda: not user.sees("ask Anna"))
        await user.press("u")
        await user.until(lambda: not user.sees("#premier"))


async def test_words_narrow_the_mentions_to_articles_that_match(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        all_of_them = len(shown.mentioned)
        await user.press("/", *"title:kuriles", "enter")
        await user.until(lambda: 0 < len(shown.mentioned) < all_of_them)
        assert user.sees("“title:kuriles”")
        await user.press("escape")
        await user.until(lambda: len(shown.mentioned) == all_of_them)


async def test_while_the_note_is_written_keys_are_text(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        await user.press("a", *"quiet")
        assert isinstance(user.app.screen, EntityScreen)
        await user.press("escape")
        await user.until(lambda: user.app.library.entity_record(shown.who.key) is not None)
        assert user.app.library.entity_record(shown.who.key).body == "quiet"


async def test_a_note_on_a_name_is_kept_while_it_is_written_and_gone_on_with(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await on_page(user)
        library, key = user.app.library, shown.who.key
        await user.press("a", *"half a thought")
        await user.until(lambda: user.sees("draft kept"))
        shown.keep_draft()
        await user.until(lambda: (draft := library.name_draft(key)) is not None and draft.body == "half a thought")
        assert library.entity_record(key) is None, "a draft is no note yet"
        # As the next start finds it.
        shown.show(shown.view)
        writing._close(shown)
        writing.page_shown(shown)
        assert user.sees("the note on this name was not finished; a goes on with it")
        await user.press("a", *", whole", "escape")
        await user.until(lambda: (record := library.entity_record(key)) is not None and "whole" in record.body)
        await user.saved()
        assert library.name_draft(key) is None
        await user.press("a", *"!!", "ctrl+c", "y", "enter")
        await user.until(lambda: user.sees("discarded"))
        assert library.entity_record(key).body == "half a thought, whole"
        assert library.name_draft(key) is None


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20), (40, 12)], ids=str)
@pytest.mark.parametrize("no_colour", [False, True])
async def test_it_works_at_every_size(run_app, monkeypatch, size, no_colour) -> None:  # type: ignore[no-untyped-def]
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    async with run_app(size) as user:
        shown = await on_page(user)
        assert shown.mentions.size.height >= 4
        assert any(line.startswith("> ") for line in lines(user))
        await user.press("tab")
        await user.until(lambda: shown.others.size.height >= 3 and shown.others.has_focus)
        await user.until(lambda: user.sees("APPEARS WITH"))
        assert user.sees(shown.other.name[:12])


async def test_the_page_of_a_name_that_is_gone_says_so(run_app) -> None:  # type: ignore[no-untyped-def]
    from store.article import EntityKey
    from tui.screens.main import entity_pages
    from tui.screens.names.who import Who

    async with run_app() as user:
        entity_pages.open_page(user.main, Who(EntityKey("person:nobody"), "Nobody", "person"))
        await user.until(lambda: user.sees("no article names it any more", "no mentions"))


async def test_a_note_in_the_panel_is_gone_to(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await on_name(user)
        await user.press("a", *"mine", "escape")
        await user.saved()
        await user.press("e", "G", "enter")
        assert user.app.screen is user.main
        assert user.main.reader.passage is not None
