"""The one door to everything that is kept and found: `Library`, and the records that go through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from store.annotations.anchors import make_anchor
from store.annotations.name_records import (
    NO_CORRECTIONS,
    Correction,
    CorrectionId,
    CorrectionKind,
    Corrections,
    CorrectName,
    CorrectNames,
    Decision,
    DropNameDraft,
    EntityRecord,
    JoinEntities,
    JudgeEntities,
    PartEntities,
    SaveNameDraft,
    Scope,
    TagEntity,
    Verdict,
    WithdrawCorrections,
    WriteEntityNote,
    normal_surface,
)
from store.annotations.records import (
    NO_MARKS,
    AcceptText,
    Anchor,
    AssignDigit,
    Change,
    DeleteNote,
    DeleteTag,
    DocumentId,
    Draft,
    DropDraft,
    Marks,
    Note,
    NoteId,
    PlaceNote,
    Position,
    Read,
    RenameTag,
    SaveDraft,
    SaveNote,
    SetPublished,
    SettleNotes,
    Star,
    Tag,
    TagNote,
    Target,
    TextChange,
)
from store.annotations.search_records import ApplyRule, DeleteSearch, SaveSearch, Search
from store.annotations.search_records import normal_name as normal_search
from store.annotations.tag_records import TagOrder, TagReach, TagUse
from store.annotations.tags import normal as normal_tag
from store.annotations.undo_records import Receipt, UndoEntry, Whose
from store.entities.labels import ALSO as _ALSO
from store.entities.labels import LABELS, Group, group_of, words_for
from store.entities.labels import TITLES as _TITLES
from store.entities.language_names import language_name
from store.indexer.protocol import (
    Articles,
    Corrected,
    Idle,
    Mentions,
    Message,
    Progress,
    Ready,
    Replaced,
    Trouble,
)
from store.library.annotated import UNDONE_UNASKED
from store.library.asking import Found
from store.library.days import read_day
from store.library.habits import has_read_before, keep_habits, read_habits
from store.library.last_place import LastPlace
from store.library.library import Counts, Library
from store.library.ordering import sort_of, with_sort
from store.library.places import last_opened, library_around, remember
from store.query.answer import Group as ListGroup
from store.query.answer import Standing
from store.query.fields import FIELDS, SORTS
from store.query.grouping import GROUPINGS
from store.query.keys import KeyList

if TYPE_CHECKING:
    # For annotations only: a command that starts no indexer need not import asyncio.
    from store.annotations.tag_tree import TagBranch as TagBranch
    from store.catalog.entity_rows import Alias as Alias
    from store.catalog.entity_rows import Companion as Companion
    from store.catalog.entity_rows import Coordinates as Coordinates
    from store.catalog.entity_rows import EntityCard as EntityCard
    from store.catalog.entity_rows import EntityList as EntityList
    from store.catalog.entity_rows import EntityRow as EntityRow
    from store.catalog.entity_rows import Likely as Likely
    from store.catalog.entity_rows import MentionLine as MentionLine
    from store.catalog.entity_rows import Place as Place
    from store.catalog.entity_rows import Together as Together
    from store.indexer.client import IndexerClient as IndexerClient
    from store.query.complete import Completion as Completion
    from store.query.complete import Name as Name
    from store.query.snippet import Snippet as Snippet

__all__ = [
    "FIELDS",
    "GROUPINGS",
    "LABELS",
    "NO_CORRECTIONS",
    "NO_MARKS",
    "SORTS",
    "UNDONE_UNASKED",
    "AcceptText",
    "Anchor",
    "ApplyRule",
    "Articles",
    "AssignDigit",
    "Change",
    "CorrectName",
    "CorrectNames",
    "Corrected",
    "Correction",
    "CorrectionId",
    "CorrectionKind",
    "Corrections",
    "Counts",
    "Decision",
    "DeleteNote",
    "DeleteSearch",
    "DeleteTag",
    "DocumentId",
    "Draft",
    "DropDraft",
    "DropNameDraft",
    "EntityRecord",
    "Found",
    "Group",
    "Idle",
    "JoinEntities",
    "JudgeEntities",
    "KeyList",
    "LastPlace",
    "Library",
    "ListGroup",
    "Marks",
    "Mentions",
    "Message",
    "Note",
    "NoteId",
    "PartEntities",
    "PlaceNote",
    "Position",
    "Progress",
    "Read",
    "Ready",
    "Receipt",
    "RenameTag",
    "Replaced",
    "SaveDraft",
    "SaveNameDraft",
    "SaveNote",
    "SaveSearch",
    "Scope",
    "Search",
    "SetPublished",
    "SettleNotes",
    "Standing",
    "Star",
    "Tag",
    "TagEntity",
    "TagNote",
    "TagOrder",
    "TagReach",
    "TagUse",
    "Target",
    "TextChange",
    "Trouble",
    "UndoEntry",
    "Verdict",
    "Whose",
    "WithdrawCorrections",
    "WriteEntityNote",
    "check_query",
    "found_in",
    "group_of",
    "group_title",
    "group_words",
    "has_read_before",
    "keep_habits",
    "labels_of",
    "language_name",
    "last_opened",
    "library_around",
    "make_anchor",
    "normal_search",
    "normal_surface",
    "normal_tag",
    "read_day",
    "read_habits",
    "remember",
    "sort_of",
    "with_sort",
    "words_for",
]


def check_query(query: str, saved: Mapping[str, str]) -> None:
    """Look whether a query can be saved beside these searches, by name.

    Raises:
        QueryError: it cannot be understood, or leads back to itself by the searches in it.
    """
    from store.query.saved import check  # a start saves nothing

    check(query, saved)


def found_in(text: str, words: Iterable[str]) -> Sequence[tuple[int, int]]:
    """Return where the words of an answer stand in a text, in order and without overlap."""
    wanted = tuple(words)
    if not wanted:
        return ()
    from store.query.found import spans  # a start marks nothing

    return spans(text, wanted)


def group_title(group: Group) -> str:
    """Return how people call a group: people, organisations, places, ..."""
    return _TITLES[group]


def group_words(group: Group) -> tuple[str, ...]:
    """Return what a group holds, for whoever looks for it: its title, and what else one may look for."""
    return (*_ALSO.get(group, ()), _TITLES[group])


def labels_of(group: Group) -> tuple[str, ...]:
    """Return the labels that a group gathers."""
    return LABELS[group]
