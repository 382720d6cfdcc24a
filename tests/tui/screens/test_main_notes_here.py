"""The notes in the text: gone to, shown beside it, edited, deleted, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import DeleteNote
from tests.tui.screens.passages import SENTENCE, note_on, notes, reading, text_of


async def test_one_goes_from_note_to_note_and_is_told_which_it_is(run_app) -> None:
    async with run_app((80, 24)) as user:
        await reading(user)
        words = ["The one-day meeting", SENTENCE, "Hokkaido"]
        for each in words:
            await note_on(user, each, f"about {each}")
        await user.press("g", "g")
        for number, each in enumerate(words, 1):
            await user.press("]", "n")
            assert user.main.reader.passage is not None
            assert text_of(user)[slice(*user.main.reader.passage.span)] == each
            first, last = user.main.reader.on_screen
            assert first <= user.main.reader.passage.start and user.main.reader.passage.end <= last
            assert user.sees(f"note {number} of 3", f"about {each}")
        await user.press("]", "n")
        assert user.sees("no more notes below")
        await user.press("[", "n")
        assert user.sees("note 2 of 3")
        await user.press("escape")
        assert user.main.reader.passage is None and not user.sees(f"about {SENTENCE}")
        assert user.main.in_reader


async def test_a_note_is_laid_over_the_last_lines_and_nothing_moves(run_app) -> None:
    async with run_app((80, 24)) as user:
        await reading(user)
        await note_on(user, "The one-day meeting", "word " * 200)
        before = user.text().splitlines()
        await user.press("]", "n")
        after = user.text().splitlines()
        rows = len(user.main.reader._foot)
        assert 2 <= rows <= 6
        height = user.main.reader.size.height
        for one, other in zip(before[1 : 1 + height - rows], after[1 : 1 + height - rows], strict=True):
            assert one.replace("▌", "█") == other.replace("▌", "█")
        assert user.sees("…")
        await user.press("escape")
        assert user.text().splitlines()[1 : 1 + height] == before[1 : 1 + height]


async def test_the_end_of_the_text_can_be_read_under_a_note(run_app) -> None:
    async with run_app((80, 24)) as user:
        await reading(user)
        last = text_of(user).rstrip()[-30:]
        await note_on(user, last, "the end")
        await user.press("]", "n")
        assert user.main.reader.passage.end <= user.main.reader.on_screen[1]
        await user.press("G")
        assert user.main.reader.passage is not None
        shown = user.text()
        await user.press("escape")
        assert user.text().splitlines()[1:10] == shown.splitlines()[1:10]


async def test_wide_screens_show_the_note_in_the_panel(run_app) -> None:
    async with run_app((120, 40)) as user:
        await reading(user)
        await note_on(user, SENTENCE, "first line\nsecond line\nthird line\nfourth line", ("todo",))
        await note_on(user, "Hokkaido")
        assert user.sees("▌ Hokkaido") and not user.sees("fourth line")
        await user.press("]", "n")
        assert user.sees("fourth line", "#todo", "note 1 of 2")
        assert user.main.reader.foot is None
        await user.press("]", "n")
        assert user.sees("highlight 2 of 2", "“Hokkaido”") and not user.sees("fourth line")


async def test_a_note_chosen_in_the_panel_is_gone_to_in_the_text(run_app) -> None:
    async with run_app((120, 30)) as user:
        await reading(user)
        note = await note_on(user, "Hokkaido", "an island")
        await user.press("e")
        panel = user.main.panel
        panel.cursor = next(i for i, choice in enumerate(panel.choices) if choice.value == note.id)
        await user.press("enter")
        assert user.main.in_reader and user.main.reader.passage.note == note.id
        assert user.sees("note 1 of 1")


async def test_a_note_is_deleted_and_comes_back(run_app) -> None:
    async with run_app((80, 24)) as user:
        await reading(user)
        await note_on(user, SENTENCE, "my words")
        await user.press("]", "n", "X")
        await user.saved()
        assert notes(user) == [] and user.main.reader.passage is None and user.sees("Note deleted")
        assert "✎ " not in "\n".join(line[28:] for line in user.text().splitlines())
        await user.press("G", "u")
        await user.saved()
        await user.pilot.pause()
        (note,) = notes(user)
        assert note.body == "my words"
        first, last = user.main.reader.on_screen
        assert first <= note.anchor.start < last


async def test_an_emptied_note_leaves_its_highlight(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await note_on(user, SENTENCE, "words")
        await user.press("]", "n", "enter", *["backspace"] * 5, "escape")
        await user.saved()
        (note,) = notes(user)
        assert note.body == "" and note.anchor.quote == SENTENCE
        assert user.sees("highlight kept")


async def test_what_another_session_deletes_goes_from_the_text(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        note = await note_on(user, SENTENCE, "words")
        await user.press("]", "n")
        user.app.library.change(DeleteNote(note.id)).result()
        await user.until(lambda: user.main.reader.passage is None or not notes(user))
        from tui.screens.main import saving

        saving.redraw(user.main)
        await user.pilot.pause()
        assert user.main.reader.passage is None and not user.main.reader.passages.all


async def test_without_notes_one_is_told_how_to_write_one(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("]", "n")
        assert user.sees("no notes or highlights in this text")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_marks_move_no_letter(run_app, size: tuple[int, int], tmp_path: Path) -> None:
    async with run_app(size) as user:
        await reading(user)
        reader = user.main.reader

        def letters() -> list[str]:
            return [reader.render_line(y).text[2:] for y in range(reader.size.height)]

        before = letters()
        text = text_of(user)
        await note_on(user, text[text.index("Japan and") : text.index("chain of")], "long")
        await note_on(user, "closer economic and\nsecurity" if "economic and\n" in text else "closer economic")
        assert letters() == before
