"""The user's marks: tags, stars, read marks, on one article or on all that are marked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from store.errors import DatelineError
from store.library import AssignDigit, Library, Read, Star, Tag
from tui.commands.tag_words import signed, tag_words
from tui.screens.key_words import key_of
from tui.screens.main import bulk, reading, saving
from tui.screens.main.bulk import Deed, Targets
from tui.screens.main.handlers import does, given
from tui.screens.main.proposals import TAGS, propose_tags
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


def _of(count: int) -> str:
    return "" if count == 1 else f" {count:,} articles"


def _on(count: int) -> str:
    return "" if count == 1 else f" on {count:,} articles"


# ---- tags ------------------------------------------------------------------------------------------------------------
@does("tag.edit")
def ask_tags(screen: MainScreen, _: str) -> None:
    """Ask for tags to add, and with a minus to remove."""
    screen.once_loaded(lambda: _ask_tags(screen))


@does("tag.next")
def tag_and_go_on(screen: MainScreen, key: str) -> None:
    """Put the tags of before on, and open the next article; of marked ones none is gone on from."""

    def act() -> None:
        tags = screen.status.tagged_with
        if not tags:
            _ask_tags(screen, then=partial(_go_on, screen))
            return

        def decide(_: Library, about: Targets) -> Deed:
            said = f"{signed(tags)}{_on(len(about))}"
            return Deed(Tag(about, add=tags), said, partial(_go_on, screen), keep=True)

        bulk.do(screen, decide, key, asks=f"tag {' '.join(tags)}:")

    screen.once_loaded(act)


def _go_on(screen: MainScreen) -> None:
    if not screen.articles.marked:
        reading.step(screen, 1, only_unread=screen.triage)


def _ask_tags(screen: MainScreen, then: Callable[[], None] | None = None) -> None:
    if not bulk.is_something(screen):
        return
    marked = bool(screen.articles.marked)
    uses = [use.name for use in screen.library.tags()]
    own: tuple[str, ...] = ()
    if not marked and screen.opened is not None:
        from store.library.suggesting import suggested_tags  # a start tags nothing

        stored = screen.opened.stored
        own = screen.library.marks(stored.article.id).tags
        named = suggested_tags(stored.article.text, stored.mentions, uses, screen.library.joined())
        uses = [*named, *(tag for tag in uses if tag not in named)]

    label = f"tag{bulk.label(screen)}{' and go on' if then is not None else ''}:"
    take = partial(_tag, screen, then=then)
    screen.prompt.ask(Question(label, take, propose=lambda text, at: propose_tags(text, at, uses, own), hint=TAGS))


@given("tag.edit")
def tag_with(screen: MainScreen, text: str) -> None:
    """Put the tags on and take them off that are written; of more than a screenful it asks first."""
    screen.once_loaded(lambda: _tag(screen, text, asks=f"tag {text.strip()}:"))


def _tag(screen: MainScreen, text: str, *, asks: str = "", then: Callable[[], None] | None = None) -> None:
    try:
        add, remove = tag_words(text)
    except DatelineError as error:
        screen.say(str(error))
        return
    if add or remove:

        def decide(_: Library, about: Targets) -> Deed:
            return Deed(Tag(about, add, remove), f"tag{_of(len(about))}: {signed(add, remove)}", then)

        # A question says how many articles it is about: its answer needs no other.
        bulk.do(screen, decide, asks=asks)


@does("tag.digit")
def digit(screen: MainScreen, key: str) -> None:
    """Toggle the tag on this number; triage adds it and goes on."""
    if len(key) != 1:
        screen.say("press a number from 1 to 9")
    else:
        screen.once_loaded(lambda: _digit(screen, key))


def _digit(screen: MainScreen, key: str) -> None:
    tag = screen.library.digits.get(int(key))
    if tag is None:
        ask_digit(screen, int(key))
    else:
        apply_tag(screen, tag, key)


def apply_tag(screen: MainScreen, tag: str, key: str = "", *, ask: bool = True) -> None:
    """Toggle a tag: taken off where all have it; in triage put on, and the next unread opened.

    Without `ask` it has just been written for a number, and is meant to be on.
    """
    triage = screen.triage

    def decide(library: Library, about: Targets) -> Deed:
        off = ask and not triage and all(tag in library.marks(target.id).tags for target in about)
        said = f"{'Untagged' if off else 'Tagged'}{_of(len(about))}: {tag}"
        then = partial(reading.step, screen, 1, only_unread=True) if triage else None
        return Deed(Tag(about, remove=(tag,)) if off else Tag(about, add=(tag,)), said, then)

    bulk.do(screen, decide, key, asks=f"tag {tag}:" if ask else "", turned="" if triage else "untag")


def ask_digit(screen: MainScreen, number: int) -> None:
    """Ask once which tag a free number shall carry, and put it on."""
    if not bulk.is_something(screen):
        return
    about = f",{bulk.label(screen)}" if screen.articles.marked else ""
    label = f"tag for {number}{about}:"
    screen.prompt.ask(digit_question(screen, number, label, partial(apply_tag, screen, ask=False), screen.say))


def digit_question(
    screen: MainScreen, number: int, label: str, put_on: Callable[[str], None], say: Callable[[str], None]
) -> Question:
    """Return the question which tag a free number shall carry; the answer is put on what it is asked for."""
    uses = [use.name for use in screen.library.tags() if use.digit is None]

    def take(text: str) -> None:
        try:
            add, _ = tag_words(text)
        except DatelineError as error:
            say(str(error))
            return
        if add:
            saving.save(screen, AssignDigit(number, add[0]))
            put_on(add[0])

    return Question(label, take, propose=lambda text, at: propose_tags(text, at, uses, ()))


@does("tag.triage")
def triage(screen: MainScreen, _: str) -> None:
    """Begin or end triage."""
    screen.triage = not screen.triage
    if screen.triage:
        screen.say(
            f"triage: a number adds its tag and opens the next unread; {key_of(screen, 'tag.triage')} "
            f"or {key_of(screen, 'step.out')} ends it"
        )
    else:
        screen.say("triage ended")


# ---- star and read ---------------------------------------------------------------------------------------------------
@does("mark.star")
def star(screen: MainScreen, key: str) -> None:
    """Star, or take the star off where all have one."""

    def decide(library: Library, about: Targets) -> Deed:
        on = not all(library.marks(target.id).starred for target in about)
        return Deed(Star(about, on), f"{'Starred' if on else 'Star taken off'}{_of(len(about))}")

    bulk.do(screen, decide, key, asks="star", turned="unstar")


@does("mark.read")
def read(screen: MainScreen, key: str) -> None:
    """Mark read, or unread where all are read."""

    def decide(library: Library, about: Targets) -> Deed:
        on = not all(library.marks(target.id).read for target in about)

        def by_hand() -> None:
            if screen.opened is not None and not on:
                # What the user marks unread by hand stays so, however long it has been on screen.
                screen.opened.deliberately = False

        state = "read" if on else "unread"
        return Deed(Read(about, on), f"Marked{_of(len(about))} {state}", by_hand)

    bulk.do(screen, decide, key, asks="mark read", turned="unread")


@does("mark.all-read")
def all_read(screen: MainScreen, key: str) -> None:
    """Mark all that the list shows read, whether they are marked or not."""

    def decide(library: Library, about: Targets) -> Deed | str:
        unread = tuple(target for target in about if not library.marks(target.id).read)
        if not unread:
            return "all of them are read"
        return Deed(Read(unread, True), f"Marked{_of(len(unread))} read")

    bulk.do(screen, decide, key, asks="mark read", every=True)
