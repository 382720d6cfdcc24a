"""Passages: selected by key or mouse, highlighted, tagged and written on."""

from __future__ import annotations

from store.library import make_anchor
from tests.tui.screens.passages import SENTENCE, note_on, notes, reading, selected, text_of
from tui.screens.main.passages import resumed


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
