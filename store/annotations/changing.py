"""Which function carries out which change."""

from __future__ import annotations

from typing import assert_never

from store.annotations.change_corrections import correct_name, correct_names, withdraw_corrections
from store.annotations.change_entities import (
    join_entities,
    judge_entities,
    part_entities,
    tag_entity,
    write_entity_note,
)
from store.annotations.change_import import import_
from store.annotations.change_marks import Done, position, read, set_published, star, tag
from store.annotations.change_name_drafts import drop_name_draft, save_name_draft
from store.annotations.change_notes import (
    delete_note,
    drop_draft,
    place_note,
    save_draft,
    save_note,
    tag_note,
)
from store.annotations.change_searches import apply_rule, delete_search, save_search
from store.annotations.change_settling import settle_notes
from store.annotations.change_tags import assign_digit, delete_tag, rename_tag
from store.annotations.change_texts import accept_text
from store.annotations.name_records import (
    CorrectName,
    CorrectNames,
    DropNameDraft,
    JoinEntities,
    JudgeEntities,
    PartEntities,
    SaveNameDraft,
    TagEntity,
    WithdrawCorrections,
    WriteEntityNote,
)
from store.annotations.records import (
    AcceptText,
    AssignDigit,
    Change,
    DeleteNote,
    DeleteTag,
    DropDraft,
    Import,
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
)
from store.annotations.search_records import ApplyRule, DeleteSearch, SaveSearch
from store.annotations.work import Work


def carry_out(work: Work, change: Change) -> Done:
    """Make a change on the newest documents.

    Raises:
        UsageError: the change is wrong in itself.
        NotFoundError: what it is about is not there.
    """
    match change:
        case Tag():
            return tag(work, change)
        case Star():
            return star(work, change)
        case Read():
            return read(work, change)
        case Position():
            return position(work, change)
        case SaveNote():
            return save_note(work, change)
        case DeleteNote():
            return delete_note(work, change)
        case TagNote():
            return tag_note(work, change)
        case PlaceNote():
            return place_note(work, change)
        case SettleNotes():
            return settle_notes(work, change)
        case SaveDraft():
            return save_draft(work, change)
        case DropDraft():
            return drop_draft(work, change)
        case RenameTag():
            return rename_tag(work, change)
        case DeleteTag():
            return delete_tag(work, change)
        case AssignDigit():
            return assign_digit(work, change)
        case AcceptText():
            return accept_text(work, change)
        case SetPublished():
            return set_published(work, change)
        case SaveSearch():
            return save_search(work, change)
        case DeleteSearch():
            return delete_search(work, change)
        case ApplyRule():
            return apply_rule(work, change)
        case CorrectName():
            return correct_name(work, change)
        case CorrectNames():
            return correct_names(work, change)
        case WithdrawCorrections():
            return withdraw_corrections(work, change)
        case JoinEntities():
            return join_entities(work, change)
        case PartEntities():
            return part_entities(work, change)
        case JudgeEntities():
            return judge_entities(work, change)
        case TagEntity():
            return tag_entity(work, change)
        case WriteEntityNote():
            return write_entity_note(work, change)
        case SaveNameDraft():
            return save_name_draft(work, change)
        case DropNameDraft():
            return drop_name_draft(work, change)
        case Import():
            return import_(work, change)
        case _:
            assert_never(change)
