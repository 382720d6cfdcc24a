"""Passages of the user's own article, for tests of what is done with them."""

from __future__ import annotations

from store.library import Note, SaveNote, make_anchor

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
