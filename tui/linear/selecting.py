"""Passages: selected by their words or as a sentence, for the note, tag or correction that comes next."""

from __future__ import annotations

from functools import partial

from store.article import ArticleKey
from store.errors import UsageError
from store.library import Anchor, Note, NoteId, PlaceNote, SaveNote, TagNote, make_anchor
from store.sentences import sentences
from tui.commands.tag_words import tag_words
from tui.linear import words
from tui.linear.heard import number_in
from tui.linear.quoting import passage
from tui.linear.session import Session
from tui.render.counted import counted

word = partial(words.word, group="Notes")


# ---- selecting -------------------------------------------------------------------------------------------------------
@word("select", "Select a passage by its words, or from some words ... to others, or a sentence of the paragraph read "
      "last: select sentence 2. The next note, mark, tag, place or correct is about it. select none lets it go, alone "
      "it reads the selection.", takes="WORDS [... WORDS] | sentence N | none",
      does=("select.begin", "select.down", "select.up", "select.word-next", "select.word-previous", "select.right",
            "select.left", "select.paragraph", "select.other-end"))  # fmt: skip
def select(session: Session, rest: str) -> None:
    """Select a passage."""
    opened = session.reading
    text = opened.stored.article.text
    first, _, behind = rest.partition(" ")
    if rest == "none":
        opened.selected = None
    elif first == "sentence" and behind.isdecimal():
        opened.selected = _sentence(session, number_in(behind, "sentence"))
    elif rest:
        opened.selected = passage(text, rest, _paragraph(session))
    if opened.selected is None:
        session.say("Nothing is selected.")
    else:
        session.say(f"Selected: “{' '.join(text[slice(*opened.selected)].split())}”")


def _paragraph(session: Session) -> tuple[int, int]:
    """Return the paragraph that was read last; the text's beginning before the first."""
    opened = session.reading
    if not 0 <= opened.at < len(opened.paragraphs):
        return 0, 0
    block = opened.paragraphs.blocks[opened.at]
    return block.start, block.end


def _sentence(session: Session, number: int) -> tuple[int, int]:
    found = sentences(session.reading.stored.article.text, *_paragraph(session))
    if number > len(found):
        raise UsageError(f"The paragraph read last has {counted(len(found), 'sentence')}.")
    return found[number - 1]


def taken(session: Session) -> Anchor | None:
    """Return the selection for what is done with it, and let it go; None where nothing is selected."""
    opened = session.reading
    span, opened.selected = opened.selected, None
    return make_anchor(opened.stored.article.text, *span) if span is not None else None


def tag_selection(session: Session, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """Tag the selected passage; one that bears nothing yet is highlighted with the tags."""
    target = session.target
    anchor = taken(session)
    assert anchor is not None, "something is selected"
    here = session.library.notes(session.reading.stored.article.id)
    there = [one.id for one in here if one.anchor is not None and not one.lost
             and (one.anchor.start, one.anchor.end) == (anchor.start, anchor.end)]  # fmt: skip
    if there:
        session.tell(session.save(TagNote((there[0],), add, remove)), "It is tagged so already.")
    elif add:
        receipt = session.save(SaveNote(target, "", anchor=anchor, tags=add))
        session.say(f"{receipt.sentence}: tagged {', '.join(add)}.")
    else:
        session.say("The passage bears no tags.")


# ---- notes by number -------------------------------------------------------------------------------------------------
def noted(session: Session, written: str) -> NoteId:
    """Return the note with a number in the notes read last.

    Raises:
        UsageError: there is none.
    """
    number = number_in(written, "note")
    if number > len(session.heard.notes):
        raise UsageError(f"No note that was read has the number {number}. notes reads those of the article.")
    return session.heard.notes[number - 1]


@word("tagnote", "Tag a note or highlight: its number in the notes read last, then words to add, -word to remove.",
      takes="N +a -b ...", does=("passage.tag", "notes.tag"))  # fmt: skip
def tag_note(session: Session, rest: str) -> None:
    """Tag a note."""
    which, _, tags = rest.partition(" ")
    note = noted(session, which)
    add, remove = tag_words(tags)
    if not add and not remove:
        raise UsageError("Which tags? Write them behind the number, as in: tagnote 2 +quote.")
    session.tell(session.save(TagNote((note,), add, remove)), "It is tagged so already.")


@word("place", "Put the note with this number in the notes read last on what is selected, or with article on the "
      "article as a whole: for a note whose passage is not in the text any more. Where nothing is selected, the "
      "likeliest passages are read.", takes="N [article]", does=("note.place", "notes.place"))  # fmt: skip
def place(session: Session, rest: str) -> None:
    """Give a note another place."""
    which, _, where = rest.partition(" ")
    note = noted(session, which)
    if where not in ("", "article"):
        raise UsageError("place N, or place N article.")
    if not where and session.reading.selected is None:
        _likely(session, note)
        return
    target = session.target
    anchor = None if where else taken(session)
    session.tell(session.save(PlaceNote(note, target, anchor)), "It is there already.")


def _likely(session: Session, note: NoteId) -> None:
    """Read the passages of the article that read most like a note's quote."""
    from store.library.note_places import likely_places  # most sessions place none

    found: Note | None = next((one for _, one in session.library.all_notes() if one.id == note), None)
    key = session.reading.stored.key
    places = (likely_places(session.library.index_file, found, [ArticleKey(key)])
              if found is not None and found.anchor is not None and key > 0 else [])  # fmt: skip
    for one in places:
        session.say(f"{one.likeness:.0f} percent alike: {' '.join(one.anchor.quote.split())}")
    session.say("select one of them by its words, then place puts the note there." if places else
                "No passage reads like it. select words, then place puts the note there; place N article puts it on "
                "the article as a whole.")  # fmt: skip
