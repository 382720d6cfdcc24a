"""Publication dates set by hand: they are the user's, and go over what the files say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store.errors import DatelineError
from store.library import Library, SetPublished, read_day
from tui.render.list_row import long_date
from tui.screens.main import bulk
from tui.screens.main.bulk import Deed, Targets
from tui.screens.main.handlers import does, given
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("mark.date")
def ask_date(screen: MainScreen, _: str) -> None:
    """Ask when the article was published, or the marked ones were."""
    screen.once_loaded(lambda: _ask(screen))


def _ask(screen: MainScreen) -> None:
    if not bulk.is_something(screen):
        return
    marked = bool(screen.articles.marked)
    opened = screen.opened
    present = opened.stored.article.published if opened is not None and not marked else None
    before = present.isoformat() if present is not None else ""

    def take(text: str) -> None:
        if text.strip() == before and not marked:
            screen.say("the date is as it was")
            return
        try:
            day = read_day(text, date.today()) if text.strip() else None
        except DatelineError as error:
            screen.say(str(error))
            return
        bulk.do(screen, lambda library, about: set_day(library, about, day))

    label = f"{bulk.label(screen).strip()} published:" if marked else "published:"
    screen.prompt.ask(Question(label, take, before, hint="a day, such as 2024-11-23; empty takes yours off"))


@given("mark.date")
def date_by(screen: MainScreen, text: str) -> None:
    """Set the publication date that is written."""
    day = read_day(text, date.today())
    screen.once_loaded(lambda: bulk.do(screen, lambda library, about: set_day(library, about, day), asks="date"))


def set_day(library: Library, about: Targets, day: date | None, led: str = "") -> Deed | str:
    """Return how articles get a date, or lose the one that was set; what is said of it may be `led` by a word."""
    if day is None and not any(library.marks(target.id).published for target in about):
        return "no date was set by hand here; one that is written goes over the file's"
    of = "" if len(about) == 1 else f" of {len(about):,} articles"
    said = f"Date{of} set: {long_date(day)}" if day is not None else f"Date{of} set by hand taken off"
    return Deed(SetPublished(about, day), led + said, keep=bool(led))


def show_date(screen: MainScreen) -> None:
    """Bring the date of the article on screen up to date with what was set by hand."""
    opened = screen.opened
    if opened is None:
        return
    day = screen.library.marks(opened.stored.article.id).published
    if day == opened.dated:
        return
    stored = screen.library.article(opened.stored.key)
    if stored is not None:
        opened.dated = day
        published = stored.article.published
        opened.stored = opened.stored.replace(article=opened.stored.article.replace(published=published))
        screen.reader.set_published(published)
