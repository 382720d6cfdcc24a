"""Names in the text: how they look, and going from one to the next."""

from __future__ import annotations

import pytest
from reading import ReadingApp, names_in, seed_text, stored

from store.article import Mention
from store.library import Group
from tui.widgets.reader_view import ReaderView

SIZE = (80, 24)


def flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


async def test_names_look_like_their_group_and_the_others_like_text() -> None:
    app = ReadingApp()
    async with app.run_test(size=(80, 40)):
        reader = app.reader
        reader.show(stored(seed_text()))
        look = {name: reader.palette.styles[group].color for name, group in
                (("Shinzo", Group.PERSON), ("Moscow", Group.PLACE), ("UN Security", Group.ORGANISATION))}  # fmt: skip
        for name, colour in look.items():
            assert colour is not None
            assert colour.name in app.look_of(name)
        assert "underline" in app.look_of("Sergei")
        plain = app.look_of("have pledged")
        assert app.look_of("2014") == plain
        reader.set_shown_groups({Group.NUMBER})
        assert app.look_of("2014") != plain
        assert "underline" not in app.look_of("Sergei")


async def test_names_in_a_byline_stand_back_as_the_byline_does() -> None:
    app = ReadingApp()
    async with app.run_test(size=(80, 40)):
        reader = app.reader
        reader.show(stored(seed_text()))
        of_a_name = reader.palette.styles[Group.ORGANISATION].color
        byline = app.look_of("Radio Free")
        assert of_a_name is not None and of_a_name.name not in byline
        reader.set_shown_groups({Group.NUMBER})
        assert app.look_of("Radio Free") != byline


@pytest.mark.parametrize("no_color", [False, True])
async def test_the_text_does_not_move_when_names_arrive(monkeypatch: pytest.MonkeyPatch, no_color: bool) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        text = seed_text()
        app.reader.show(stored(text, ()))
        before = app.lines()
        app.reader.set_mentions(names_in(text))
        after = app.lines()
        for one, other in zip(before, after, strict=True):
            assert all(a == b or (a == " " and b == "°") for a, b in zip(one, other, strict=True))
        assert ("°" in flat(after)) is no_color


async def test_w_goes_from_name_to_name_beginning_with_the_first_on_screen() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        reader, text = app.reader, seed_text()
        reader.show(stored(text))
        reader.scroll_lines(8)
        assert reader.current is None
        assert reader.move_name(1)
        first = reader.current
        assert first is not None
        assert first.start >= reader.position
        assert first == next(m for m in names_in(text) if m.start >= reader.position and m.label != "DATE")
        assert "reverse" in app.look_of(text[first.start : first.end])
        assert reader.move_name(1)
        assert reader.move_name(-1)
        assert reader.current == first
        await pilot.pause()
        told = [each for each in app.heard if isinstance(each, ReaderView.NameChanged)]
        assert told[-1].mention == first
        assert (told[-1].index, told[-1].count) == reader.current_index


async def test_b_without_a_name_takes_the_last_on_screen() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        app.reader.show(stored(seed_text()))
        assert app.reader.move_name(-1)
        assert app.reader.current is not None
        assert app.reader.position == 0
        shown = [m for m in names_in(seed_text()) if m.end <= app.reader.on_screen[1] and m.label != "DATE"]
        assert app.reader.current == shown[-1]


async def test_names_can_be_walked_from_end_to_end_and_are_always_on_screen() -> None:
    app = ReadingApp()
    async with app.run_test(size=(50, 8)):
        reader, text = app.reader, seed_text()
        reader.show(stored(text))
        walked: list[Mention] = []
        while reader.move_name(1):
            assert reader.current is not None
            start, end = reader.on_screen
            assert start <= reader.current.start < reader.current.end <= end
            walked.append(reader.current)
        assert walked == [m for m in names_in(text) if m.label != "DATE"]
        back = 1
        while reader.move_name(-1):
            back += 1
        assert back == len(walked)


async def test_one_group_can_be_walked_even_if_it_is_not_shown() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        app.reader.show(stored(seed_text()))
        assert app.reader.move_name(1, Group.PERSON)
        assert app.reader.current is not None
        assert app.reader.current.entity == "Sergei Lavrov"
        assert app.reader.move_name(1, Group.NUMBER)
        assert app.reader.kind_of(app.reader.current) == "date"


async def test_the_same_name_is_underlined_and_can_be_walked() -> None:
    app = ReadingApp()
    async with app.run_test(size=(80, 40)):
        reader = app.reader
        reader.show(stored(seed_text()))
        reader.move_name(1, Group.PLACE)
        reader.move_name(1, Group.PLACE)
        assert reader.current is not None
        assert reader.current.entity == "Japan"
        assert reader.current_index[0] == 1
        assert "underline" in app.look_of("Japan and Russia have")
        assert reader.move_same(1)
        assert reader.current_index[0] == 2
        assert reader.move_same(-1)
        assert not reader.move_same(-1)
        assert reader.current_index[0] == 1


async def test_a_name_is_current_only_while_it_is_on_screen() -> None:
    app = ReadingApp()
    async with app.run_test(size=(60, 10)) as pilot:
        reader = app.reader
        reader.show(stored(seed_text()))
        reader.move_name(1)
        reader.scroll_page(2)
        assert reader.current is None
        await pilot.pause()
        told = [each for each in app.heard if isinstance(each, ReaderView.NameChanged)]
        assert told[-1].mention is None
        assert reader.current_index == (0, 0)


async def test_another_article_tells_which_name_to_go_to() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        reader = app.reader
        reader.show(stored(seed_text()))
        assert reader.go_to_entity(Mention(0, 3, "PERSON", "fumio kishida"), last=True)
        assert reader.current is not None
        assert reader.current.start > 2000
        assert reader.current_index[0] == reader.current_index[1]
        assert not reader.go_to_entity(Mention(0, 3, "PERSON", "Nobody Here"))


async def test_mentions_that_do_not_fit_the_text_do_no_harm() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        broken = (Mention(5, 5, "ORG"), Mention(-3, 4, "ORG"), Mention(2, 10**6, "GPE"), Mention(0, 1, "NEW_LABEL"))
        app.reader.show(stored("a text\n\nof words", broken))
        app.reader.set_shown_groups(set(Group))
        assert app.reader.move_name(1)
        assert app.reader.current == Mention(0, 1, "NEW_LABEL")
        app.reader.set_mentions(())
        assert app.reader.current is None
