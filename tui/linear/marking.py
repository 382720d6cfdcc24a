"""Tags, stars, read marks and dates: each says what it did."""

from __future__ import annotations

from datetime import date
from functools import partial

from store.errors import NotFoundError, UsageError
from store.library import DeleteTag, Read, RenameTag, SetPublished, Star, Tag, TagReach, TagUse, normal_tag, read_day
from tui.commands.tag_words import tag_words
from tui.linear import words
from tui.linear.listing import set_filter
from tui.linear.selecting import tag_selection
from tui.linear.session import Session
from tui.linear.spoken import capital, day_said, sentence
from tui.render.counted import counted

word = partial(words.word, group="Tags and marks")


@word("tag", "Tag what is selected, else the article: words to add, -word to remove. Alone it reads the tags that "
      "it has.", takes="[+a -b ...]", short="t", does=("tag.edit",))  # fmt: skip
def tag(session: Session, rest: str) -> None:
    """Tag the article."""
    if not rest:
        own = session.marks.tags
        session.say(sentence(f"Tagged {', '.join(own)}") if own else "The article has no tags.")
        return
    add, remove = tag_words(rest)
    if session.reading.selected is not None:
        tag_selection(session, add, remove)
        return
    target = session.target
    receipt = session.save(Tag((target,), add, remove))
    session.tell(receipt, "Nothing to change: it is tagged so already.")


@word("tags", "Read all your tags, the last used first, with how many articles bear each; tags rename OLD NEW, tags "
      "merge OLD INTO and tags delete TAG change one everywhere, with the tags below it.",
      takes="[rename OLD NEW | merge OLD INTO | delete TAG]",
      does=("tag.list", "tags.show", "tags.filter", "tags.rename", "tags.delete", "tags.undo",
            "tags.redo"))  # fmt: skip
def tags(session: Session, rest: str) -> None:
    """Read all tags, or change one everywhere."""
    if rest:
        _change_tag(session, rest.split())
        return
    uses = session.library.tags()
    for number, one in enumerate(uses, 1):
        session.say(f"{number}. {one.name}: {_borne(one) or 'nothing'}")
    if not uses:
        session.say("You have no tags yet. tag japan tags the article with japan.")

    def show(number: int) -> bool:
        if not 0 < number <= len(uses):
            return False
        set_filter(session, f"tag:{uses[number - 1].name}")
        return True

    session.hear(show if uses else None)


def _borne(by: TagUse | TagReach) -> str:
    """Say how much bears a tag: `2 articles, 1 note`."""
    parts = ((by.articles, "article"), (by.notes, "note"), (by.entities, "name"))
    return ", ".join(counted(number, what) for number, what in parts if number)


def _change_tag(session: Session, written: list[str]) -> None:
    match written:
        case ["rename" | "merge" as how, old, new]:
            new = normal_tag(new)
            known = {one.name.casefold() for one in session.library.tags()}
            if how == "rename" and new.casefold() in known and new.casefold() != old.casefold():
                raise UsageError(f"{new} is a tag already; tags merge {old} {new} makes one of the two.")
            if how == "merge" and new.casefold() not in known:
                raise NotFoundError(f"There is no tag {new} to merge into; tags rename {old} {new} calls {old} so.")
            change: RenameTag | DeleteTag = RenameTag(old, new)
        case ["delete", old]:
            change = DeleteTag(old)
        case _:
            raise UsageError("tags, tags rename OLD NEW, tags merge OLD INTO, or tags delete TAG.")
    reach = session.library.tag_reach(old)
    if not _borne(reach):
        raise NotFoundError(f"Nothing bears the tag {old}.")
    if isinstance(change, DeleteTag) and not session.agreed(f"Take {old} off {_borne(reach)}?"):
        session.say("Nothing was deleted.")
        return
    session.tell(session.save(change), "It is so already.")


@word("star", "Star the article.", does=("mark.star",))
def star(session: Session, rest: str) -> None:
    """Star the article."""
    session.tell(session.save(Star((session.target,), True)), "It is starred already.")


@word("unstar", "Take the star off.", does=("mark.star",))
def unstar(session: Session, rest: str) -> None:
    """Take the star off."""
    session.tell(session.save(Star((session.target,), False)), "It is not starred.")


@word("read", "Mark the article read. It becomes so by itself once you leave it after its end or half its time.",
      does=("mark.read",))  # fmt: skip
def read(session: Session, rest: str) -> None:
    """Mark the article read."""
    session.tell(session.save(Read((session.target,), True)), "It is marked read already.")


@word("unread", "Mark the article unread; it stays so when you leave it.", does=("mark.read",))
def unread(session: Session, rest: str) -> None:
    """Mark the article unread."""
    session.tell(session.save(Read((session.target,), False)), "It is unread already.")
    session.reading.kept_unread = True


@word("catch-up", "Mark all articles of the list read, after a question.", also=("all-read",), does=("mark.all-read",))
def catch_up(session: Session, rest: str) -> None:
    """Mark the whole list read."""
    with session.library.reading() as many:
        unread = tuple(one for one in many.targets(list(session.keys)) if not session.library.marks(one.id).read)
    if not unread:
        session.say("All of them are read.")
    elif session.agreed(f"Mark {counted(len(unread), 'article')} read?"):
        session.tell(session.save(Read(unread, True)), "All of them are read.")
        session.last = None
    else:
        session.say("Nothing was marked.")


@word("date", "Set the publication date, as in date 2017-05-12; date none goes back to what the file says.",
      takes="DAY | none", does=("mark.date",))  # fmt: skip
def date_(session: Session, rest: str) -> None:
    """Set the date of the article."""
    opened = session.reading
    if not rest:
        session.say(f"{capital(day_said(opened.stored.article.published))}.")
        return
    day = None if rest == "none" else read_day(rest, date.today())
    session.tell(session.save(SetPublished((session.target,), day)), "Its date is so already.")
    session.refresh()
