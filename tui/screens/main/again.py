"""The last change made again: on the article, passage or name under the cursor now, or on all that are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.library import (
    CorrectName,
    CorrectNames,
    Library,
    Read,
    SetPublished,
    Star,
    Tag,
    TagEntity,
    TagNote,
)
from tui.commands.command import Context
from tui.commands.registry import BY_ID
from tui.commands.tag_words import signed
from tui.screens.main import bulk, correcting, dating, passages
from tui.screens.main.bulk import Deed, Targets
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

Tags = tuple[tuple[str, ...], tuple[str, ...]]
"""Tags to put on, and to take off."""


def nothing(screen: MainScreen) -> str:
    """Say that there is no change to make again, and how there comes to be one."""
    keys = screen.host.keys_of(BY_ID["change.repeat"])
    return f"nothing to do again yet: {keys[0] if keys else 'this'} repeats a tag, star, read mark, date or correction"


def tags_of(screen: MainScreen) -> Tags | None:
    """Return the tags that the last change put on and took off; None where it was no change of tags."""
    last = screen.status.repeatable
    return (last.add, last.remove) if isinstance(last, Tag | TagNote | TagEntity) else None


def tags_in_words(add: tuple[str, ...], remove: tuple[str, ...]) -> str:
    """Write tags as they are typed: `again: +japan -todo`."""
    return "again: " + signed(add, remove)


@does("change.repeat")
def repeat(screen: MainScreen, key: str) -> None:
    """Make the last change again."""
    screen.once_loaded(lambda: _repeat(screen, key))


def _repeat(screen: MainScreen, key: str) -> None:
    last = screen.status.repeatable
    match last:
        case None:
            screen.say(nothing(screen))
        case Tag(add=add, remove=remove) | TagNote(add=add, remove=remove) | TagEntity(add=add, remove=remove):
            if screen.contexts()[0] in (Context.SELECTION, Context.NOTE):
                passages.put_on(screen, add, remove)
            else:
                _tag(screen, add, remove, key)
        case Star(on=on):
            said = "star" if on else "star off"
            bulk.do(screen, lambda _, about: _deed(Star(about, on), said), key, asks=said)
        case Read(on=on):
            said = "read" if on else "unread"
            bulk.do(screen, lambda _, about: _deed(Read(about, on), said), key, asks=f"mark {said}")
        case SetPublished(published=day):
            bulk.do(screen, lambda library, about: dating.set_day(library, about, day, "again: "), key, asks="date")
        case CorrectName():
            correcting.repeat(screen, last)
        case CorrectNames(corrections=several):
            correcting.repeat(screen, several[0])
        case _:
            raise TypeError(f"{type(last).__name__} cannot be made again")


def _deed(change: Star | Read, said: str) -> Deed:
    count = len(change.targets)
    return Deed(change, f"again{'' if count == 1 else f', {count:,} articles'}: {said}", keep=True)


def _tag(screen: MainScreen, add: tuple[str, ...], remove: tuple[str, ...], key: str) -> None:
    words = tags_in_words(add, remove)

    def decide(library: Library, about: Targets) -> Deed | str:
        bearing = [set(library.marks(target.id).tags) for target in about]
        if all(tags.issuperset(add) and tags.isdisjoint(remove) for tags in bearing):
            return f"{words} · it is so already"
        count = len(about)
        said = words if count == 1 else f"again, {count:,} articles{words.removeprefix('again')}"
        return Deed(Tag(about, add, remove), said, keep=True)

    bulk.do(screen, decide, key, asks=words.removeprefix("again: "))
