"""What has changed in a text since it was noted on, sentence by sentence."""

from __future__ import annotations

from functools import partial

from store.library import AcceptText
from store.library.text_difference import Kind, Part
from tui.linear import words
from tui.linear.reading import read_on
from tui.linear.session import PAGE, Session
from tui.linear.spoken import day_said
from tui.render.counted import counted

word = partial(words.word, group="Reading")


@word("compare", "Read what has changed in the text since you noted on it: each sentence as it was and as it is.",
       also=("difference",), does=("changes.show", "changes.next", "changes.previous"))  # fmt: skip
def compare(session: Session, rest: str) -> None:
    """Read what has changed."""
    opened = session.reading
    article = opened.stored.article
    change = session.library.text_change(article.id)
    _, difference = session.library.compare_texts(article)
    when = f"Changed {day_said(change.at.astimezone().date())}: " if change is not None else ""
    parts = [part for part in difference.parts if part.kind is not Kind.SAME]
    session.say(f"{when}{counted(difference.places, 'passage')}." if parts else f"{when}only where lines end.")
    _read_parts(session, parts, 0)


def _read_parts(session: Session, parts: list[Part], skip: int) -> None:
    opened = session.reading
    for number, part in enumerate(parts[skip : skip + PAGE], skip + 1):
        session.say(f"{number}. {_part_said(part)}")
    left = len(parts) - skip - PAGE
    if left > 0:
        session.say(f"{left:,} more; more reads on.")
    elif parts:
        session.say("accept takes the new text as read; open and a number reads the paragraph.")

    def go_to(number: int) -> bool:
        if not 0 < number <= len(parts) or session.opened is not opened:
            return False
        opened.at = opened.paragraphs.at(parts[number - 1].new_span[0]) - 1
        read_on(session, 1)
        return True

    over = partial(session.say, "Those were the changes.")
    session.hear(go_to, partial(_read_parts, session, parts, skip + PAGE) if left > 0 else over)


def _part_said(part: Part) -> str:
    old, new = (" ".join("".join(run.text for run in runs).split()) for runs in (part.old, part.new))
    if part.kind is Kind.CHANGED:
        return f"It was: {old}\nIt is: {new}"
    if part.kind is Kind.REMOVED:
        return f"{'Moved from here' if part.moved else 'Removed'}: {old}"
    return f"{'Moved to here' if part.moved else 'Added'}: {new}"



@word("accept", "Take the new text as read: the article counts as changed no longer.", does=("changes.accept",))
def accept(session: Session, rest: str) -> None:
    """Accept the new text."""
    session.tell(session.save(AcceptText((session.target,))), "Its text is as it was when you noted on it.")
