"""A draft of a note remembers the text that it was begun on, so that no other session's words are written over."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.annotations.documents import DRAFTS
from store.annotations.name_records import SaveNameDraft, WriteEntityNote
from store.annotations.records import Anchor, DropDraft, Import, Note, NoteId, SaveDraft, SaveNote, Target
from store.annotations.shapes import wrong
from store.annotations.store import AnnotationStore
from store.article import EntityKey, text_hash
from store.exchange.joining import merge_files
from store.exchange.reading import read_annotations
from tests.store.annotation_files import open_store

A = Target(text_hash("a"), "A")
ABE = EntityKey("person:abe")

WRITER = """
import sys
from pathlib import Path
from store.annotations.records import SaveDraft, Target
from store.annotations.store import AnnotationStore
store = AnnotationStore(Path(sys.argv[1]))
target = Target(sys.argv[2], "A")
(note,) = store.notes(target.id)
store.apply(SaveDraft(target, "mine, half written", note.id, None, note.revision))
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def resume(store: AnnotationStore) -> SaveNote:
    """Go on with the draft that is offered, as every editor does."""
    draft = store.draft(A)
    assert draft is not None
    old = next((note for note in store.notes(A) if note.id == draft.note), None)
    base = draft.base_in(old) if old is not None else draft.base_revision or 0
    return SaveNote(A, draft.body, draft.note, base, draft=draft.id)


def bodies(store: AnnotationStore) -> set[str]:
    return {note.body for note in store.notes(A)}


def noted(path: Path, body: str = "as it was") -> Note:
    store = AnnotationStore(path)
    store.apply(SaveNote(A, body))
    (note,) = store.notes(A)
    store.close()
    return note


def test_after_a_kill_the_draft_is_kept_beside_what_another_session_saved_meanwhile(path: Path) -> None:
    noted(path)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), A.id], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"kept\n"
    other = AnnotationStore(path)
    (note,) = other.notes(A)
    other.apply(SaveNote(A, "theirs, whole", note.id, note.revision))
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    other.close()

    store = AnnotationStore(path)
    assert store.apply(resume(store)).conflict
    assert bodies(store) == {"theirs, whole", "mine, half written"}
    assert store.draft(A) is None


def test_after_a_kill_the_draft_of_a_note_that_nobody_changed_becomes_its_text(path: Path) -> None:
    note = noted(path)
    killed = AnnotationStore(path)
    killed.apply(SaveDraft(A, "half", note.id, None, note.revision))
    killed.close()
    store = AnnotationStore(path)
    offered = resume(store)
    store.apply(SaveDraft(A, "half and more", note.id, None, offered.base_revision, offered.draft or ""))
    assert not store.apply(resume(store)).conflict
    assert bodies(store) == {"half and more"}


@pytest.mark.parametrize("changed", [True, False])
def test_a_draft_of_an_earlier_dateline_is_kept_beside_a_note_that_was_changed_since(path: Path, changed: bool) -> None:
    note = noted(path)
    before = AnnotationStore(path)
    before.apply(SaveDraft(A, "half", note.id, None, note.revision))
    before.close()
    held = json.loads(path.read_text())
    (draft,) = held[DRAFTS].values()
    del draft["revision"]
    path.write_text(json.dumps(held))
    assert not wrong(DRAFTS, draft) and wrong(DRAFTS, {**draft, "revision": -1})

    store = AnnotationStore(path)
    if changed:
        store.apply(SaveNote(A, "theirs", note.id, note.revision, draft=""))
    assert store.apply(resume(store)).conflict == changed
    assert bodies(store) == ({"theirs", "half"} if changed else {"half"})


def test_merging_files_keeps_a_draft_beside_the_text_that_the_other_file_has(tmp_path: Path) -> None:
    one, two, merged = (tmp_path / f"{name}.json" for name in ("one", "two", "merged"))
    note = noted(one)
    two.write_bytes(one.read_bytes())
    for path, body in ((one, "of the first"), (two, "of the second")):
        store = AnnotationStore(path)
        store.apply(SaveNote(A, body, note.id, note.revision))
        store.apply(SaveDraft(A, f"{body}, and more", note.id, None, note.revision + 1))
        store.close()
    merge_files(one, two, merged)
    store = AnnotationStore(merged)
    for _ in range(2):
        store.apply(resume(store))
    found = bodies(store)
    # The draft of the file whose text stands goes on from it; the other is one more text.
    assert {"of the first, and more", "of the second, and more"} <= found
    assert len(found & {"of the first", "of the second"}) == 1 and len(found) == 3


def test_what_an_import_puts_into_an_emptied_note_is_not_written_over(path: Path, tmp_path: Path) -> None:
    note = noted(path)
    other = tmp_path / "other.json"
    other.write_bytes(path.read_bytes())
    theirs = AnnotationStore(other)
    theirs.apply(SaveNote(A, "theirs", note.id, note.revision))
    theirs.apply(WriteEntityNote(ABE, "Abe", "person", "minister of old"))
    theirs.close()
    ours = AnnotationStore(path)
    ours.apply(WriteEntityNote(ABE, "Abe", "person", "minister"))
    ours.apply(SaveDraft(A, "half", note.id, None, note.revision))
    ours.apply(SaveNameDraft(ABE, "prime minister", 1))
    ours.apply(Import(contents_of_file(other)))
    assert ours.apply(resume(ours)).conflict
    assert bodies(ours) == {"theirs", "half"}
    waiting = ours.names.draft(ABE)
    assert waiting is not None
    assert ours.apply(WriteEntityNote(ABE, "Abe", "person", waiting.body, waiting.base_revision)).conflict
    assert "minister of old" in ours.names.records()[0].body


def contents_of_file(path: Path):  # type: ignore[no-untyped-def]
    from store.annotations.contents import contents_of

    return contents_of(read_annotations(path))


def test_only_the_draft_that_was_gone_on_with_goes_with_a_note(path: Path) -> None:
    note = noted(path)
    killed = AnnotationStore(path)
    killed.apply(SaveDraft(A, "a new one, half"))
    killed.apply(SaveDraft(A, "the old one, half", note.id, None, note.revision))
    killed.apply(SaveNameDraft(ABE, "half a minister"))
    killed.close()
    store = AnnotationStore(path)
    before = contents_of_file(path).drafts
    # A highlight, a note of the command line, an editor that was open before the other session was killed.
    store.apply(SaveNote(A, "", anchor=Anchor("quote", "", "", 0, 5)))
    store.apply(SaveNote(A, "of the command line"))
    store.apply(SaveDraft(A, "mine", note.id, None, note.revision))
    store.apply(SaveNote(A, "mine", note.id, note.revision, draft=""))
    store.apply(SaveDraft(A, "mine too"))
    store.apply(DropDraft(A))
    store.apply(SaveNameDraft(ABE, "mine as well"))
    store.apply(WriteEntityNote(ABE, "Abe", "person", "mine as well", draft=""))
    assert contents_of_file(path).drafts == before
    waiting = store.names.draft(ABE)
    assert waiting is not None and waiting.body == "half a minister"
    while store.draft(A) is not None:
        store.apply(resume(store))
    assert {"a new one, half", "the old one, half", "mine"} <= bodies(store)


# ---- any order -------------------------------------------------------------------------------------------------------
steps = st.lists(
    st.tuples(st.sampled_from(["begin", "draft", "save", "crash", "tag"]), st.integers(0, 1)), min_size=4, max_size=14
)


@settings(max_examples=40, deadline=None)
@given(steps=steps)
def test_whatever_two_sessions_do_only_the_text_that_one_began_with_is_replaced(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.json"
        stores = [open_store(path), open_store(path)]
        stores[0].apply(SaveNote(A, "first"))
        note = stores[0].notes(A)[0].id
        writing: list[tuple[str, int, str, str] | None] = [None, None]
        """Of each: the text that was seen when the writing began, its revision, what is written, and its draft."""
        begun: dict[str, str] = {}
        """From what is written to what was seen when it was begun, also after a crash."""
        for number, (step, who) in enumerate(steps):
            store = stores[who]
            store.refresh()
            now = writing[who]
            if step == "begin" and now is None:
                writing[who] = _begin(store, note, f"text {number}", begun)
            elif step == "draft" and now is not None:
                store.apply(SaveDraft(A, now[2], note, None, now[1], now[3]))
            elif step == "save" and now is not None:
                before = bodies(store)
                store.apply(SaveNote(A, now[2], note, now[1], draft=now[3]))
                assert bodies(store) >= (before - {now[0]}) | {now[2]}
                writing[who] = None
            elif step == "crash":
                store.close()
                stores[who], writing[who] = open_store(path), None
        for store in stores:
            store.close()


def _begin(store: AnnotationStore, note: NoteId, body: str, begun: dict[str, str]) -> tuple[str, int, str, str]:
    seen = next(one for one in store.notes(A) if one.id == note)
    draft = store.draft(A)
    if draft is not None:
        return begun[draft.body], draft.base_in(seen), draft.body, draft.id
    begun[body] = seen.body
    return seen.body, seen.revision, body, ""
