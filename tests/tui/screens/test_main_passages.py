"""Passages: selected by key, highlighted, tagged and written on; gone to, shown, edited, deleted, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import DeleteNote, Note, SaveNote, make_anchor
from tui.screens.main.passages import resumed

SENTENCE = "Long strained over the island dispute"


def notes(user) -> list[Note]:  # type: ignore[no-untyped-def]
    return user.app.library.notes(user.main.opened.stored.article.id)


def text_of(user) -> str:  # type: ignore[no-untyped-def]
    return user.main.opened.stored.article.text


def selected(user) -> str:  # type: ignore[no-untyped-def]
    return text_of(user)[slice(*user.main.reader.selected)]


async def reading(user) -> None:  # type: ignore[no-untyped-def]
    await user.own_article()
    await user.press("enter")
    assert user.main.in_reader


async def note_on(user, words: str, body: str = "", tags: tuple[str, ...] = ()) -> Note:  # type: ignore[no-untyped-def]
    """Put a note on words as another part of the program would."""
    text, opened = text_of(user), user.main.opened
    start = text.index(words)
    anchor = make_anchor(text, start, start + len(words))
    change = SaveNote(opened.target(user.app.library), body, anchor=anchor, tags=tags)
    user.main.when_done(user.app.library.change(change), lambda _: None)
    await user.until(lambda: any(note.anchor == anchor for note in notes(user)), "note saved")
    from tui.screens.main import saving

    saving.redraw(user.main)
    await user.pilot.pause()
    return next(note for note in notes(user) if note.anchor == anchor)


# ---- selecting -------------------------------------------------------------------------------------------------------
async def test_v_selects_the_first_whole_sentence_and_keys_grow_and_shrink_it(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("v")
        assert selected(user).startswith("Japan and Russia have pledged") and selected(user).endswith("islands.")
        assert user.sees(f"1 sentence, {len(selected(user).split())} words", "highlight", "paragraph")
        first = selected(user)
        await user.press("j")
        assert selected(user).startswith(first) and selected(user).endswith("November 2013.")
        assert user.sees(f"2 sentences, {len(selected(user).split())} words")
        await user.press("k", "b")
        assert selected(user) == first.removesuffix(".")
        await user.press("b")
        assert selected(user) == first.removesuffix(" islands.")
        await user.press("o", "w", "w")
        assert selected(user).startswith("Russia have pledged")
        await user.press("escape")
        assert user.main.reader.selected is None and user.main.in_reader
        await user.press("escape")
        assert not user.main.in_reader


async def test_v_begins_with_the_hit_the_name_and_the_note_gone_to(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("w", "v")
        name = user.main.reader.current
        assert user.main.reader.selected == (name.start, name.end)
        await user.press("v")
        assert user.main.reader.selected is None
        await user.press("slash", *"Crimea", "enter", "v")
        assert selected(user) == "Crimea"
        await user.press("escape", "escape")
        await note_on(user, SENTENCE)
        await user.press("]", "n", "v")
        assert selected(user) == SENTENCE


async def test_p_takes_the_paragraph_and_the_text_follows_the_moving_end(run_app) -> None:
    async with run_app((80, 24)) as user:
        await reading(user)
        await user.press("v", "b", "p")
        blocks = user.main.opened.stored.article.blocks
        assert user.main.reader.selected in [(block.start, block.end) for block in blocks]
        for _ in range(6):
            await user.press("p")
            end = user.main.reader.selected[1]
            first, last = user.main.reader.on_screen
            assert first < end <= last
        await user.press("o")
        assert user.main.reader.on_screen[0] <= user.main.reader.selected[0]


async def test_what_the_mouse_selects_takes_the_same_keys(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        start = text_of(user).index(SENTENCE)
        user.main.reader.select(start, start + len(SENTENCE))
        await user.press("enter")
        await user.saved()
        assert [note.anchor.quote for note in notes(user)] == [SENTENCE]
        assert user.sees("Highlighted", "▌")


async def test_help_names_the_keys_of_a_selection_and_not_those_they_hide(run_app) -> None:
    async with run_app((120, 40)) as user:
        await reading(user)
        await user.press("v", "question_mark")
        assert user.sees("Keys: selection", "Select a sentence more, or less")
        rows = [choice.text for choice in user.app.screen.query_one("ChoiceList").choices]
        here = rows[: next(at for at, row in enumerate(rows) if row.startswith("Elsewhere"))]
        assert not any("Go to the next name" in row for row in here)


# ---- what is done with a passage -------------------------------------------------------------------------------------
async def test_a_note_is_written_on_the_selection_and_stands_beside_it(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("v", "a")
        assert user.sees("new note on: “Japan and Russia")
        await user.press(*"check this", "escape")
        await user.saved()
        (note,) = notes(user)
        assert note.body == "check this" and note.anchor.quote.startswith("Japan and Russia have pledged")
        assert user.sees("NOTES", "✎ Japan and Ru", "check this")
        assert user.main.reader.selected is None
        await user.press("]", "n")
        assert user.sees("note 1 of 1 · just now")
        await user.press("a")
        assert user.sees("note on: “Japan and Russia") and user.main.note_pane.text == "check this"
        await user.press(*" again", "escape")
        await user.saved()
        (note,) = notes(user)
        assert note.body == "check this again" and note.revision == 2 and note.anchor is not None


async def test_a_means_the_sentence_of_the_name_and_esc_first_the_article(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("]", "p")
        assert user.main.reader.current is not None
        await user.press("a", *"on the name", "escape")
        await user.saved()
        (note,) = notes(user)
        start, end = user.main.reader.current.start, user.main.reader.current.end
        assert note.anchor.start <= start and end <= note.anchor.end
        await user.press("escape", "a")
        assert user.sees("new note on the article")
        await user.press(*"on all of it", "escape")
        await user.saved()
        assert sorted(note.anchor is None for note in notes(user)) == [False, True]


async def test_a_on_a_name_within_a_note_goes_on_with_that_note(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        text = text_of(user)
        at = text.index("Crimea")
        note = await note_on(user, text[at - 20 : at + 20], "why then")
        while user.main.reader.current is None or user.main.reader.current.start != at:
            await user.press("]", "g")
        assert user.main.status.note_here == note.id and user.sees("why then")
        await user.press("a")
        assert user.main.note_pane.text == "why then"


async def test_tags_and_digits_go_to_the_passage(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("v", "t", *"asia/japan todo", "enter")
        await user.saved()
        (note,) = notes(user)
        assert note.tags == ("asia/japan", "todo") and note.body == ""
        assert user.sees("Highlighted: asia/japan todo")
        await user.press("]", "n", "1")
        await user.press(*"done", "enter")
        await user.saved()
        assert notes(user)[0].tags == ("asia/japan", "todo", "done")
        await user.press("1")
        await user.saved()
        assert notes(user)[0].tags == ("asia/japan", "todo")
        assert user.app.library.marks(user.main.opened.stored.article.id).tags == ()
        await user.press("escape", "1")
        await user.saved()
        assert user.app.library.marks(user.main.opened.stored.article.id).tags == ("done",)


async def test_the_same_passage_is_not_marked_twice(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("v", "enter")
        await user.saved()
        await user.press("v", "enter")
        await user.saved()
        assert len(notes(user)) == 1 and user.sees("marked already")
        await user.press("v", "a", *"words", "escape")
        await user.saved()
        assert [note.body for note in notes(user)] == ["words"]


async def test_copying_gives_the_note_with_quote_and_citation(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("v", "y")
        assert user.app.clipboard.startswith("Japan and Russia have pledged")
        await user.press("escape")
        await note_on(user, SENTENCE, "my words")
        await user.press("]", "n", "y")
        assert user.app.clipboard.startswith(f"“{SENTENCE}”\n\nmy words\n\n")
        assert user.main.opened.stored.article.title in user.app.clipboard


# ---- the notes in the text -------------------------------------------------------------------------------------------
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


async def test_a_draft_remembers_its_passage(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("v", "j", "a", *"half a thou")
        await user.until(lambda: user.sees("draft kept"))
        user.app.leave()
    async with run_app() as user:
        await user.own_article()
        await user.until(lambda: user.sees("was not finished"))
        await user.press("a")
        assert user.sees("new note on: “Japan and Russia") and user.main.note_pane.text == "half a thou"
        await user.press(*"ght", "escape")
        await user.saved()
        (note,) = notes(user)
        assert note.body == "half a thought" and note.anchor.quote.endswith("November 2013.")


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


async def test_a_passage_stays_in_sight_and_selected_while_a_question_about_it_is_open(run_app) -> None:
    async with run_app() as user:
        await reading(user)
        await user.press("v")
        span = user.main.reader.selected
        await user.press("t", *"to")
        assert user.main.reader._look.written_on == span
        await user.press("escape")
        assert user.main.reader.selected == span and user.main.reader._look.written_on is None


def test_a_draft_finds_its_passage_again_or_quotes_it() -> None:
    anchor = make_anchor("one two three", 4, 7)
    assert resumed("one two three", anchor, "b") == (anchor, "b")
    found, body = resumed("zero one two three", anchor, "b")
    assert found is not None and (found.start, found.end) == (9, 12) and body == "b"
    for text in ("one three", "or two, two"):
        assert resumed(text, anchor, "b") == (None, "> two\n\nb")
