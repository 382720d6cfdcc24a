"""What the user says about names: corrections, which names are one, tags and notes of an entity. No I/O."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from store.article import EntityKey
from store.record import Record

if TYPE_CHECKING:
    from store.annotations.records import Anchor, DocumentId, Target

CorrectionId = NewType("CorrectionId", str)


class CorrectionKind(StrEnum):
    """What was wrong with a mention."""

    DROP = "drop"
    """It is no name."""
    LABEL = "label"
    """It is another kind of name."""
    EXTENT = "extent"
    """The name begins or ends elsewhere."""
    ADD = "add"
    """It is a name, and was not found."""


class Scope(StrEnum):
    """How far a correction reaches."""

    HERE = "here"
    """This one mention."""
    ARTICLE = "article"
    """Every same mention in this article."""
    LIBRARY = "library"
    """Every same mention in whatever is opened."""


class Correction(Record):
    """Something that the recogniser got wrong, as the user put it right."""

    id: CorrectionId
    kind: CorrectionKind
    scope: Scope
    surface: str
    """The words of the mention, or of the added name: NFC, single spaces."""
    old_label: str
    """The label that the mention had; empty for an added name."""
    label: str
    """The label that it has now; empty where it is no name."""
    article: DocumentId | None
    """The article that it is about, or was made in; None where it is about the library."""
    anchor: Anchor | None
    """Where the mention is, or the one that was on screen; None for an added name."""
    extent: Anchor | None
    """The new extent, or the added name."""
    created: datetime
    n: int = 0
    """The number of the change that made it: a later one goes over an earlier one, whatever the clocks say."""
    lost: bool = False
    """It is about one place, which is not in the article's present text."""


class Corrections(Record):
    """The corrections that concern one text."""

    here: tuple[Correction, ...] = ()
    """Of this article: of one mention of it, or of every same one. In the order of their making."""
    wide: tuple[Correction, ...] = ()
    """Of every same mention in the library. In the order of their making."""

    def __bool__(self) -> bool:
        return bool(self.here or self.wide)


NO_CORRECTIONS = Corrections()


class Verdict(StrEnum):
    """What was decided about two entities."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Decision(Record):
    """What the user decided about two entities."""

    verdict: Verdict
    key: EntityKey
    """Where they are the same: the one that goes into the other."""
    into: EntityKey
    key_name: str
    into_name: str
    decided: datetime


class EntityRecord(Record):
    """What the user added to an entity."""

    key: EntityKey
    name: str
    kind: str
    tags: tuple[str, ...]
    body: str
    """A note in Markdown; empty where there is none."""
    revision: int
    """Counts the edits of the note; an edit names the revision it started from."""
    updated: datetime


# ---- changes -----------------------------------------------------------------------------------------------
class CorrectName(Record):
    """Put right what the recogniser got wrong; a later correction goes over an earlier one."""

    target: Target | None
    """The article; None where it is about the library."""
    kind: CorrectionKind
    scope: Scope
    surface: str
    old_label: str = ""
    label: str = ""
    anchor: Anchor | None = None
    extent: Anchor | None = None
    mentions: int = 0
    """How many mentions it touches, where that was counted, for the sentence."""


class CorrectNames(Record):
    """Several corrections as one step: of a name that is written in several ways."""

    corrections: tuple[CorrectName, ...]


class WithdrawCorrections(Record):
    """Take corrections back: the mentions are what the recogniser and the other corrections make of them."""

    ids: tuple[CorrectionId, ...]


class JoinEntities(Record):
    """Let names count as one entity."""

    keys: tuple[tuple[EntityKey, str], ...]
    """Each with its name, as it is shown."""
    into: EntityKey
    name: str


class PartEntities(Record):
    """Let a name stand for itself again; of one that others were joined into, let all those."""

    key: EntityKey


class JudgeEntities(Record):
    """Say that two entities are not the same, or that one cannot tell; None forgets what was said."""

    first: EntityKey
    second: EntityKey
    verdict: Verdict | None
    names: tuple[str, str]


class TagEntity(Record):
    """Add and remove tags of an entity."""

    key: EntityKey
    name: str
    kind: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class WriteEntityNote(Record):
    """Write the note of an entity; an empty body takes it away."""

    key: EntityKey
    name: str
    kind: str
    body: str
    base_revision: int = 0
    """The revision that the writing started from. Where another text was saved since, both are kept."""
    draft: str | None = None
    """The draft that goes with it, as in `SaveNote`."""


class NameDraft(Record):
    """Text being written and not yet saved as the note on an entity."""

    key: EntityKey
    body: str
    base_revision: int
    """The revision of the note that the writing started from."""
    at: datetime
    id: str
    """What a change that goes on with it, or ends it, calls it by."""


class SaveNameDraft(Record):
    """Keep unsaved text of the note on an entity. Never an undo step."""

    key: EntityKey
    body: str
    base_revision: int = 0
    draft: str = ""
    """The draft of an ended session that this goes on with; it is no longer offered."""


class DropNameDraft(Record):
    """Forget unsaved text of the note on an entity: this session's, and the draft that it went on with."""

    key: EntityKey
    draft: str = ""


NameChange = (
    CorrectName | CorrectNames | WithdrawCorrections
    | JoinEntities | PartEntities | JudgeEntities | TagEntity | WriteEntityNote | SaveNameDraft | DropNameDraft
)  # fmt: skip


def normal_surface(words: str) -> str:
    """Return the words of a name as corrections keep them: NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", words).split())
