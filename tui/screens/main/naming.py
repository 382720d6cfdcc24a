"""Names: the panel of this article's names, the one under the cursor, what is highlighted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from store.article import Mention
from store.library import Group, Mentions, NoteId, group_words
from tui.commands.command import Context
from tui.screens.key_words import key_of
from tui.screens.main import reading
from tui.screens.main.handlers import does
from tui.screens.main.panel import Joined, panel_rows
from tui.screens.names.who import Who, who_of
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


# ---- what the panel shows --------------------------------------------------------------------------------------------
def article_shown(screen: MainScreen) -> None:
    """List the names of the article that is now on screen."""
    screen.status.name_articles = None
    screen.status.listed = None
    opened = screen.opened
    if opened is None:
        screen.panel.load([])
        return
    fill(screen)


def fill(screen: MainScreen) -> None:
    """Bring panel and text up to date with names and notes."""
    from tui.screens.main import notes_here

    follow_names(screen)
    if screen.opened is not None:
        article = screen.opened.stored.article
        notes_here.mark(screen, article, screen.library.notes(article.id))
        fill_panel(screen)
        notes_here.show(screen)


def follow_names(screen: MainScreen) -> None:
    """Take over what the user says about names, if that has changed, in the text on screen too."""
    if screen.library.name_changes == screen.status.names_seen:
        return
    screen.status.names_seen = screen.library.name_changes
    into = screen.library.joined()
    names = {one.into: one.into_name for one in screen.library.entity_decisions()} if into else {}
    screen.joined = Joined(into, names)
    screen.reader.joined = into
    _correct(screen)


def _correct(screen: MainScreen) -> None:
    """Show the names of the article on screen as corrections leave them."""
    opened = screen.opened
    if opened is not None:
        opened.stored = opened.stored.replace(mentions=screen.library.names_now(opened.stored, opened.sent))
        screen.reader.set_mentions(opened.stored.mentions)


def fill_panel(screen: MainScreen) -> None:
    """List names and notes; the note gone to is shown in full, and brought in sight."""
    opened = screen.opened
    if opened is None:
        return
    notes = screen.library.notes(opened.stored.article.id)
    here = screen.status.note_here
    now = datetime.now().astimezone()
    width = (screen.panel.size.width or 26) - 2
    # What is listed comes of nothing else, and is much where an article bears hundreds of notes.
    minute = now.replace(second=0, microsecond=0)
    listed = (opened.stored, screen.names_shown, here, width, screen.library.note_changes, screen.joined, minute)
    if listed == screen.status.listed:
        return
    screen.status.listed = listed
    rows: list[Choice] = []
    if notes:
        from tui.screens.main.panel_notes import note_rows  # many articles bear none

        rows = note_rows(notes, here, width, now, screen.reader.palette.glyphs)
    shows = key_of(screen, "name.shown")
    adds = key_of(screen, "select.begin"), key_of(screen, "correct.add")
    screen.panel.load(panel_rows(opened.stored, screen.names_shown, rows, screen.joined, shows, adds), keep=True)
    if screen.focused is not screen.panel:
        screen.panel.bring(here)


def point(screen: MainScreen) -> None:
    """Mark in the text whom the panel's cursor is on, while the panel has the focus."""
    chosen = screen.panel.chosen if screen.focused is screen.panel else None
    screen.reader.point_at(chosen.value if chosen is not None and isinstance(chosen.value, Mention) else None)


def names_found(screen: MainScreen, found: Mentions, names: tuple[Mention, ...]) -> None:
    """Take over the names of the article on screen, as corrections leave them."""
    if screen.opened is not None:
        stored = screen.opened.stored
        if found.no_model:
            # It is told in which language there are none.
            stored = stored.replace(article=stored.article.replace(language=found.language))
        analysed = stored.analysed or found.complete
        screen.opened.stored = stored.replace(mentions=names, analysed=analysed, no_model=found.no_model)
        fill(screen)


def names_corrected(screen: MainScreen) -> None:
    """Show the names that the index has now, since the indexer has corrected some."""
    _correct(screen)
    fill_panel(screen)


def name_changed(screen: MainScreen) -> None:
    """Count the articles that the current name stands in."""
    state = screen.status
    state.name_articles = None
    mention = screen.reader.current
    if mention is None or not mention.entity:
        return

    def counted(numbers: list[int]) -> None:
        if screen.reader.current is mention and numbers[0] > 0:
            from tui.screens.main import status

            state.name_articles = numbers[0]
            status.show(screen)

    screen.when_done(screen.library.count([who_of(mention).query]), counted, lambda _: None)


# ---- commands --------------------------------------------------------------------------------------------------------
def chosen_name(screen: MainScreen) -> Who | None:
    """Return whom the name under the cursor means; without one it is said how to get to one."""
    mention = chosen_mention(screen)
    if mention is None:
        screen.say(f"no name under the cursor; {key_of(screen, 'name.next')} goes to the next one")
    elif not mention.entity:
        screen.say("this name is not linked yet")
    else:
        who = who_of(mention)
        key = screen.joined.key(mention)
        return who if key == who.key else Who(key, screen.joined.names.get(key, who.name), key.partition(":")[0])
    return None


def chosen_mention(screen: MainScreen) -> Mention | None:
    """Return the name under the cursor of the panel where that has the focus, else of the text."""
    chosen = screen.panel.chosen
    if screen.focused is screen.panel and chosen is not None:
        return chosen.value if isinstance(chosen.value, Mention) else None
    return screen.reader.current


@does("name.go")
def go(screen: MainScreen, _: str) -> None:
    """Go to the first mention of the name chosen in the panel, or to the passage of the chosen note."""
    chosen = screen.panel.chosen
    if chosen is None:
        return
    if isinstance(chosen.value, Mention):
        reading.remember(screen)
        screen.enter(screen.reader)
        screen.reader.go_to_entity(chosen.value)
        return
    from tui.screens.main import notes_here

    notes_here.go_to_note(screen, NoteId(str(chosen.value)))


@does("name.panel")
def toggle_panel(screen: MainScreen, _: str) -> None:
    """Show or hide the panel; it takes the focus when it opens."""
    shown = screen.panel.display
    if shown and screen.focused is not screen.panel and screen.size.width >= 110:
        screen.enter(screen.panel)
        return
    screen.panel_wanted = not shown
    screen.show_panes()
    if shown:
        screen.enter(screen.reader)
    else:
        fill(screen)
        screen.enter(screen.panel)


@does("name.shown")
def choose_shown(screen: MainScreen, _: str) -> None:
    """Say what is highlighted, and change it."""

    def rows() -> list[Choice]:
        return [
            Choice(
                f"{'[x]' if group in screen.names_shown else '[ ]'} {', '.join(group_words(group))}",
                group,
                _labels(group),
            )
            for group in Group
        ]

    def toggle(value: object) -> list[Choice]:
        if isinstance(value, Group):
            screen.names_shown = screen.names_shown ^ {value}
            screen.reader.set_shown_groups(screen.names_shown)
            fill(screen)
        return rows()

    screen.choose("Highlighted", rows(), Context.OVERLAY, toggle=toggle)


def _labels(group: Group) -> str:
    from store.library import labels_of

    return " ".join(labels_of(group))
