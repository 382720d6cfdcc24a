"""Changes to what the recogniser found: corrections are made and withdrawn, and each is one document."""

from __future__ import annotations

from store.annotations.change_marks import Done
from store.annotations.documents import CORRECTIONS, Document, stored_anchor
from store.annotations.name_records import (
    CorrectionKind,
    CorrectName,
    CorrectNames,
    Scope,
    WithdrawCorrections,
    normal_surface,
)
from store.annotations.work import Work
from store.entities.labels import words_for
from store.errors import NotFoundError, UsageError

_LONGEST = 300
"""Of a name, in characters."""


def correct_name(work: Work, change: CorrectName) -> Done:
    """Put a mention right; saying the same again is no change.

    Raises:
        UsageError: it does not say where, or what.
    """
    new = _document(work, change)
    if _is_said(work, new):
        return Done()
    put_correction(work, new, None)
    return Done(_sentence(new, change.mentions))


def correct_names(work: Work, change: CorrectNames) -> Done:
    """Make several corrections in one step; raises what `correct_name` raises."""
    done = [done for one in change.corrections if (done := correct_name(work, one)).sentence]
    if not done:
        return Done()
    more = len(done) - 1
    return Done(f"{done[0].sentence}, and {more} spelling{'' if more == 1 else 's'} more" if more else done[0].sentence)


def withdraw_corrections(work: Work, change: WithdrawCorrections) -> Done:
    """Take corrections back.

    Raises:
        NotFoundError: none of them is there any more.
    """
    found = [old for one in change.ids if (old := work.get(CORRECTIONS, one)) is not None]
    if not found:
        raise NotFoundError("This correction is not there any more.")
    for old in found:
        put_correction(work, None, old)
    if len(found) > 1:
        return Done(f"Withdrew {len(found):,} corrections")
    return Done(f"Withdrew: {_sentence(found[0], 0)}")


def put_correction(work: Work, new: Document | None, old: Document | None) -> None:
    """Store a correction, or remove one, as something that can be undone."""
    bearer = new if new is not None else old
    if bearer is not None:
        work.put(CORRECTIONS, bearer["id"], new)
        work.deltas.append({"do": "correction", "correction": bearer["id"], "old": old, "new": new})


def _document(work: Work, change: CorrectName) -> Document:
    surface = normal_surface(change.surface)
    kind, scope = CorrectionKind(change.kind), Scope(change.scope)
    if not any(map(str.isalnum, surface)):
        raise UsageError("There is no name in what is chosen.")
    if len(surface) > _LONGEST:
        raise UsageError(f"That is too long for a name: {_LONGEST} characters at most.")
    if scope is not Scope.LIBRARY and change.target is None:
        raise UsageError("A correction of one article must say which.")
    needs = {
        CorrectionKind.DROP: (change.anchor,) if scope is Scope.HERE else (),
        CorrectionKind.LABEL: (change.anchor,) if scope is Scope.HERE else (),
        CorrectionKind.EXTENT: (change.anchor, change.extent),
        CorrectionKind.ADD: (change.extent,) if scope is Scope.HERE else (),
    }[kind]
    if None in needs:
        raise UsageError("A correction of a place must say where that is.")
    label = "" if kind is CorrectionKind.DROP else _label(change.label)
    if kind is CorrectionKind.LABEL and label == change.old_label and scope is not Scope.HERE:
        raise UsageError(f"{surface} is {_a(label)} already.")
    article = None
    if change.target is not None and scope is not Scope.LIBRARY:
        document = work.find(change.target) or work.begin(change.target)
        work.write(document, change.target)
        article = document["id"]
    return {
        "id": work.new_id(),
        "kind": kind.value,
        "scope": scope.value,
        "surface": surface,
        "old_label": change.old_label,
        "label": label,
        "article": article,
        "anchor": stored_anchor(change.anchor),
        "extent": stored_anchor(change.extent),
        "text": change.target.id if change.target is not None and article is not None else None,
        "lost": False,
        "n": work.number,
        "created": work.now,
    }


def _label(label: str) -> str:
    if not label or len(label) > 40 or not label.isprintable() or " " in label:
        raise UsageError("A correction needs the label that the name is to have.")
    return label


_SAME = ("kind", "scope", "surface", "old_label", "label", "article", "anchor", "extent")


def _is_said(work: Work, new: Document) -> bool:
    """Whether a correction says just this, and none about the same words came after it."""
    about = [one for one in work.documents(CORRECTIONS) if one["surface"].casefold() == new["surface"].casefold()]
    newest = max(about, key=lambda one: one["n"], default=None)
    if newest is None:
        return False
    names = _SAME if new["scope"] == Scope.HERE else tuple(name for name in _SAME if name != "anchor")
    if new["kind"] == CorrectionKind.ADD and new["scope"] != Scope.HERE:
        names = tuple(name for name in names if name != "extent")
    return all(newest[name] == new[name] for name in names)


# ---- in words ------------------------------------------------------------------------------------------------
_WHERE = {Scope.HERE: "here", Scope.ARTICLE: "in this article", Scope.LIBRARY: "in the library"}


def _sentence(document: Document, mentions: int) -> str:
    surface, where = document["surface"], _WHERE[Scope(document["scope"])]
    label = _a(document["label"])
    match CorrectionKind(document["kind"]):
        case CorrectionKind.DROP:
            said = f"Not a name {where}: {surface}"
        case CorrectionKind.LABEL:
            said = f"{surface} is {label} {where}"
        case CorrectionKind.EXTENT:
            said = f"{surface} is {normal_surface(document['extent']['quote'])} {where}"
        case CorrectionKind.ADD:
            said = f"Added {surface}, {label}, {where}"
    if document["scope"] == Scope.HERE or not mentions:
        return said
    return f"{said}, {mentions:,} mention{'' if mentions == 1 else 's'}"


def _a(label: str) -> str:
    words = words_for(label)
    return words if words == label else f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
