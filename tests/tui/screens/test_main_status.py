"""What the lines around the panes tell, and what they do not trouble the reader with."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.config import Config
from store.library import Library, Progress, Tag, Trouble


async def test_an_indexer_in_trouble_is_told_in_one_line(run_app) -> None:
    async with run_app() as user:
        user.main.heard(Trouble("", "indexer", "The indexer ended five times in a row."))
        assert user.sees("The indexer ended five times in a row.")
        await user.press("j")
        assert not user.sees("five times")


async def test_a_text_that_defeats_the_recogniser_is_told_only_where_it_is_read(run_app) -> None:
    async with run_app() as user:
        user.main.heard(Trouble("some other article", "analyse", "It took too long."))
        assert not user.sees("It took too long.")
        user.main.heard(Trouble(user.main.opened.stored.article.id, "analyse", "It took too long."))
        assert user.sees("It took too long.")


async def test_progress_is_shown_while_there_is_some(run_app) -> None:
    async with run_app() as user:
        user.main.heard(Progress("analyse", 30, 1200, 8.0))
        assert user.sees("names 30/1,200")
        user.main.heard(Progress("read", 300, 1200, 81.2, 130.0))
        assert user.sees("reading 300/1,200 (81/s, 2 min)")


async def test_an_annotation_file_that_cannot_be_read_is_left_alone_and_reading_goes_on(
    open_app, drive, tmp_path: Path
) -> None:
    damaged = b'{"articles": {"1": {"tags": ['
    (tmp_path / "annotations.json").write_bytes(damaged)
    app = open_app()
    async with app.run_test(size=(160, 40), notifications=True, tooltips=True) as pilot:
        user = drive(pilot)
        await user.until(lambda: user.sees("annotations.json"))
        await user.press("s")
        await user.until(lambda: user.sees("not saved"))
        await user.press("j", "enter")
        assert user.main.in_reader
    assert (tmp_path / "annotations.json").read_bytes() == damaged


async def test_another_sessions_tag_shows_without_a_key(run_app, analysed_seeds, tmp_path: Path) -> None:
    async with run_app() as user:
        await user.own_article()
        other = Library.open([analysed_seeds[0]], Config(), annotations=tmp_path / "annotations.json")
        other.load_annotations().result(10)
        target = other.target(user.main.opened.stored.key)
        other.change(Tag((target,), add=("elsewhere",))).result(10)
        await user.until(lambda: user.sees("tags: elsewhere"))
        other.close()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_every_line_fits_its_width(run_app, size) -> None:
    async with run_app(size) as user:
        await user.own_article()
        for keys in (("1", *"averylongtagname/with/levels", "enter"), ("enter", "w"), ("t", *"a"), ("escape",)):
            await user.press(*keys)
            assert all(len(line) <= size[0] for line in user.text().split("\n"))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_a_long_message_is_read_to_its_end_and_gives_its_lines_back(run_app, size) -> None:
    why = "The disk is full (annotations.json). " * 4 + "Free some space, then do it again."
    async with run_app(size) as user:
        await user.ready()
        user.main.say(why)
        await user.until(lambda: why in " ".join(user.text().split()))
        await user.press("j")
        await user.until(lambda: not user.sees("The disk is full"))
        assert user.main.query_one("#status").size.height == 1


async def test_a_message_takes_the_line_from_what_stands_at_its_right(run_app) -> None:
    async with run_app((80, 24)) as user:
        await user.ready()
        await user.until(lambda: user.sees("min left"))
        user.main.say("A sentence that has room on a line of eighty columns, if by itself alone.")
        await user.until(lambda: user.sees("alone.") and not user.sees("min left"))
