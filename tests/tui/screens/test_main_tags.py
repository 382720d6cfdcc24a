"""The list of tags: a tree with counts, where tags are renamed, merged, deleted and put on number keys."""

from __future__ import annotations

import pytest

from store.library import SaveNote, Tag, Target
from tui.screens.tags import TagsScreen


def targets(user) -> list[Target]:  # type: ignore[no-untyped-def]
    main = user.main
    return [main.library.target(main.articles.row(n).key) for n in range(10)]


async def a_tree(user) -> list[Target]:  # type: ignore[no-untyped-def]
    """Tag some articles and a note, and list the tags."""
    about = targets(user)
    for change in (
        Tag(tuple(about[:5]), ("asia",)),
        Tag(tuple(about[3:6]), ("asia/japan",)),
        Tag(tuple(about[6:8]), ("far-east",)),
        SaveNote(about[9], "words", tags=("asia",)),
    ):
        user.app.library.change(change).result()
    await user.press("ctrl+t")
    await user.until(lambda: isinstance(user.app.screen, TagsScreen))
    return about


def tags(user, target: Target) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    found: tuple[str, ...] = user.app.library.marks(target.id).tags
    return found


def lines(user) -> list[str]:  # type: ignore[no-untyped-def]
    return [" ".join(line.split()) for line in user.text().splitlines()]


async def test_the_tree_counts_a_tag_with_those_below_it(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((80, 24)) as user:
        await a_tree(user)
        assert user.sees("Your tags · 3 tags", "by name", "articles", "notes", "last use")
        assert "> asia 6 (5 itself) 1 now" in lines(user)
        assert "japan 3 now" in lines(user) and "far-east 2 now" in lines(user)
        assert user.sees("asia · 6 articles, 1 note · last used just now")
        await user.press("s")
        assert user.sees("by count")
        await user.press("s", "s", "/", *"jap", "enter")
        assert user.sees("“jap” · 1 tag") and "> asia/japan 3 now" in lines(user)
        await user.press("escape")
        assert user.sees("3 tags")
        await user.press("q")
        assert user.app.screen is user.main


async def test_enter_shows_the_articles(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await a_tree(user)
        await user.press("enter")
        await user.until(lambda: user.app.screen is user.main and len(user.main.articles.keys) in (6, 7))
        assert user.main.view.name == "asia"


async def test_a_number_puts_the_tag_on_that_key_and_takes_it_off(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await a_tree(user)
        await user.press("j", "4")
        await user.until(lambda: user.app.library.digits == {4: "asia/japan"})
        assert user.sees("4 is asia/japan now", "4 asia/japan")
        assert ">4 japan 3 now" in lines(user)
        await user.press("j", "4")
        await user.until(lambda: user.app.library.digits == {4: "far-east"})
        assert user.sees("4 is far-east now, it was asia/japan")
        await user.press("4")
        await user.until(lambda: user.app.library.digits == {})
        await user.press("u")
        await user.until(lambda: user.app.library.digits == {4: "far-east"})
        await user.press("q")
        assert user.sees("4 far-east")


async def test_a_rename_says_first_what_it_touches(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        about = await a_tree(user)
        await user.press("r")
        assert user.sees("rename asia (6 articles, 1 note, 1 tag below) to:")
        await user.press("ctrl+u", *"Africa", "enter")
        await user.saved()
        assert user.sees("Renamed the tag on 6 articles and 1 note: asia → Africa (with 1 below)")
        assert tags(user, about[4]) == ("Africa", "Africa/japan")
        await user.press("u")
        await user.saved()
        assert tags(user, about[4]) == ("asia", "asia/japan")
        assert "> asia 6 (5 itself) 1 now" in lines(user)


async def test_a_merge_asks_with_what_is_there(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        about = await a_tree(user)
        await user.press("r", "ctrl+u", *"far-east", "enter")
        assert user.sees("merges into far-east (2 articles): enter merges, esc leaves")
        await user.press("escape")
        assert user.sees("nothing merged") and tags(user, about[0]) == ("asia",)
        await user.press("c", "ctrl+u", *"fa", "tab", "enter", "enter")
        await user.saved()
        assert user.sees("Merged the tag on 6 articles and 1 note: asia → far-east")
        assert tags(user, about[0]) == ("far-east",) and "far-east 8 (7 itself) 1 now" in " ".join(lines(user))


async def test_deleting_asks_with_the_counts(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        about = await a_tree(user)
        await user.press("d")
        assert user.sees("delete asia (6 articles, 1 note, 1 tag below)? y or n:")
        await user.press("enter")
        assert user.sees("nothing done") and tags(user, about[0]) == ("asia",)
        await user.press("d", "y", "enter")
        await user.saved()
        assert tags(user, about[3]) == () and user.sees("Deleted the tag on 6 articles and 1 note: asia")
        assert user.sees("Your tags · 1 tag")


@pytest.mark.parametrize("name", ["two words", "-x", "a,b"])
async def test_a_name_that_cannot_be_one_is_explained(run_app, name: str) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        about = await a_tree(user)
        await user.press("r", "ctrl+u", *name, "enter")
        assert user.sees("The tag “") and tags(user, about[0]) == ("asia",)


async def test_what_another_session_tags_appears(run_app, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from store.annotations.store import AnnotationStore

    async with run_app() as user:
        about = await a_tree(user)
        other = AnnotationStore(tmp_path / "annotations.json")
        other.apply(Tag((about[0],), ("theirs",)))
        await user.until(lambda: user.sees("theirs", "4 tags"))
        other.close()


async def test_without_tags_it_says_how_to_begin(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((50, 20)) as user:
        await user.press("ctrl+t", "j", "r", "d", "1", "enter")
        assert user.sees("Your tags · 0 tags", "no tags yet; t puts one")
        await user.press("?")
        assert user.sees("Keys: your tags")


async def test_a_narrow_screen_keeps_counts_and_question(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((50, 20)) as user:
        await a_tree(user)
        assert "> asia 6 (5) 1 now" in lines(user)
        await user.press("r")
        assert user.sees("6 articles, 1 note, 1 tag below: asia", "new name: asia")
        await user.press("ctrl+u", *"far-east", "enter")
        assert user.sees("merges into far-east, 2 articles", "enter merges, esc leaves")
        await user.press("escape")
        assert user.sees("Your tags · 3 tags", "nothing merged")
        await user.press("d")
        assert user.sees("1 tag below: asia", "delete? y or n:")


async def test_hostile_names_reach_no_terminal_raw(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        user.app.library.change(Tag((targets(user)[0],), ("[bold]x",))).result()
        await user.press("ctrl+t")
        await user.until(lambda: user.sees("[bold]x"))
        await user.press("r")
        assert user.sees("rename [bold]x (1 article) to:")


async def test_thousands_of_tags_open_and_move(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        about = targets(user)[0]
        names = tuple(f"group{n % 50}/tag{n}" for n in range(3000))
        user.app.library.change(Tag((about,), names)).result()
        await user.press("ctrl+t", "G")
        assert user.sees("Your tags · 3,050 tags")
        await user.press("/", *"tag2999", "enter")
        assert user.sees("1 tag") and any("group49/tag2999" in line for line in lines(user))
