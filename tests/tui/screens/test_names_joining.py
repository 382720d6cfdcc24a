"""Names that mean the same are joined and taken apart by key; likely ones come pair by pair, and all can be undone."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from store.annotations.store import AnnotationStore
from store.article import EntityKey
from store.library import Verdict
from tests.tui.screens.names import browser, likely, on_name, page

ABE, KISHIDA = EntityKey("person:shinzo abe"), EntityKey("person:fumio kishida")


async def join_with(user, words: str) -> None:  # type: ignore[no-untyped-def]
    """Say of the name under the cursor that it is the same as another, under the more frequent name."""
    await user.press("m")
    await user.until(lambda: user.app.screen.prompt.asking, "asked")
    await user.press(*words, "enter")
    await user.until(lambda: user.sees("Count both as"), "told")
    await user.press("enter")


async def join_abe(user) -> None:  # type: ignore[no-untyped-def]
    """Say in the list of names that Abe is Kishida."""
    shown = await browser(user)
    await user.press("/", *"shinzo", "enter")
    await user.until(lambda: [row.text for row in shown.listed.choices] == ["Shinzo Abe"])
    await join_with(user, "fumio")
    await user.until(lambda: user.app.library.joined() == {ABE: KISHIDA})


async def test_joined_names_are_one_in_the_panel_and_in_the_text(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await on_name(user, "Abe")
        await join_with(user, "fumio")
        assert not user.sees("no name “")
        await user.until(lambda: user.app.library.joined() == {ABE: KISHIDA})
        await user.saved()
        await user.pilot.pause()
        names = [choice.text for choice in user.main.panel.choices]
        assert "Fumio Kishida" in names and "Shinzo Abe" not in names
        # The mentions of both are those of one name.
        here = user.main.reader.current_index[1]
        text = user.main.opened.stored.mentions
        assert here == sum(each.entity in ("Shinzo Abe", "Fumio Kishida") for each in text)
        await user.press("u")
        await user.until(lambda: not user.app.library.joined())
        await user.until(lambda: "Shinzo Abe" in [choice.text for choice in user.main.panel.choices])


async def test_numbers_are_told_before(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((80, 24)) as user:
        await on_name(user, "Abe")
        await user.press("m")
        await user.until(lambda: user.main.prompt.asking)
        await user.press(*"Fumio Kishida", "enter")
        await user.until(lambda: user.sees("Count both as Fumio Kishida (person)", "7 mentions", "4 mentions"))
        assert user.sees("Shinzo Abe and Fumio Kishida: 11 mentions of one name")
        await user.press("G", "enter")
        assert user.app.screen is user.main and not user.app.library.joined()


async def test_the_other_name_can_be_kept(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await on_name(user, "Abe")
        await user.press("m")
        await user.until(lambda: user.main.prompt.asking)
        await user.press(*"kishida", "enter")
        await user.until(lambda: user.sees("Count both as"))
        await user.press("j", "enter")
        await user.until(lambda: user.app.library.joined() == {KISHIDA: ABE})


async def test_a_name_that_is_not_there_joins_nothing(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await on_name(user)
        await user.press("m")
        await user.until(lambda: user.main.prompt.asking)
        await user.press(*"zzyzx", "enter")
        await user.until(lambda: user.sees("no name “zzyzx” in this library"))
        assert not user.app.library.joined()


async def test_a_list_that_was_closed_meanwhile_asks_nothing(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await join_abe(user)
        card, late = user.app.library.entity(KISHIDA).result(), Future()  # type: ignore[var-annotated]
        await user.press("escape", "/", *"fumio", "enter")
        await user.until(lambda: user.sees("> ", "Fumio Kishida", "11 mentions"))
        with monkeypatch.context() as patch:
            patch.setattr(type(user.app.library), "entity", lambda *_: late)
            await user.press("m", "q")
        await user.until(lambda: user.app.screen is user.main)
        late.set_result(card)
        await user.pilot.pause()
        assert user.app.screen is user.main and not user.main.prompt.asking


async def test_a_joined_name_is_taken_apart_by_the_same_key(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await join_abe(user)
        await user.press("escape", "/", *"fumio", "enter")
        await user.until(lambda: user.sees("> ", "Fumio Kishida", "11 mentions"))
        await user.press("enter")
        shown = await page(user)
        assert user.sees("joined: Shinzo Abe 4")
        await user.press("m")
        await user.until(lambda: user.sees("Take apart: Shinzo Abe", "4 mentions"))
        await user.press("j", "enter")
        await user.until(lambda: not user.app.library.joined())
        await user.until(lambda: shown.card is not None and not shown.card.aliases)


async def test_likely_pairs_one_after_the_other(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await browser(user)
        await user.press("M")
        await likely(user)
        assert user.sees("Nairobi", "Nairobi City County", "10 mentions", "1 mention")
        await user.until(lambda: user.text().count("Nairobi") > 4)
        library = user.app.library
        await user.press("x")
        await user.until(lambda: library.joined())
        assert user.sees("That was all: 1 decided")
        await user.press("backspace")
        await user.until(lambda: not library.joined() and user.sees("1 of 1"))
        await user.press("n")
        await user.until(lambda: [one.verdict for one in library.entity_decisions()] == [Verdict.DIFFERENT])
        await user.press("k", "u")
        await user.until(lambda: [one.verdict for one in library.entity_decisions()] == [Verdict.UNSURE])
        # What is decided does not come again.
        await user.press("q", "M")
        await user.until(lambda: user.sees("No names that are likely the same"))


async def test_a_decision_is_taken_back_before_the_disk_has_it(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    answers, apply = threading.Event(), AnnotationStore.apply
    async with run_app() as user:
        await browser(user)
        await user.press("M")
        await likely(user)
        monkeypatch.setattr(AnnotationStore, "apply", lambda *made: answers.wait(20) and apply(*made))
        await user.press("x")
        await user.until(lambda: user.sees("That was all: 1 decided"))
        await user.press("backspace")
        answers.set()
        await user.until(lambda: user.sees("10 mentions"), "taken back")
        assert not user.app.library.joined()
        assert [entry.undone for entry in user.app.library.history()] == [True]


async def test_the_name_that_stays_can_be_the_other(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((50, 20)) as user:
        await browser(user)
        await user.press("M")
        await likely(user)
        await user.press("s", "x")
        await user.until(lambda: user.app.library.joined())
        assert user.app.library.joined() == {EntityKey("place:nairobi"): EntityKey("place:nairobi city county")}
