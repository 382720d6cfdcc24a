"""Names: moving from one to the next, the panel of this article's names, what is highlighted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from store.article import Mention
from store.library import Found, Group, Mentions, NoteId, group_title
from tui.commands.command import Context
from tui.screens.key_words import key_of
from tui.screens.main import reading, unread
from tui.screens.main.handlers import does
from tui.screens.main.narrowing import narrowed
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
_GROUPS = {"person": Group.PERSON, "organisation": Group.ORGANISATION, "place": Group.PLACE}


@does("name.next", "name.previous", "name.person-next", "name.person-previous", "name.organisation-next",
      "name.organisation-previous", "name.place-next", "name.place-previous")  # fmt: skip
def next_name(screen: MainScreen, _: str) -> None:
    """Go to the next name, of any shown group or of one."""
    what, _, direction = screen.host.command.removeprefix("name.").rpartition("-")
    by = -1 if direction == "previous" else 1
    group = _GROUPS.get(what)
    if screen.focused is screen.articles and screen.host.command == "name.next":
        _first_name(screen)
        return
    if screen.opened is None or screen.reader.move_name(by, group):
        return
    _no_more_names(screen, by, group)


def _first_name(screen: MainScreen) -> None:
    """Open the article under the list's cursor, and go to its first name."""

    def go_there() -> None:
        if screen.in_reader and screen.opened is not None and not screen.reader.move_name(1, None):
            _no_more_names(screen, 1, None)

    screen.reader.current = None
    reading.open_current(screen)
    # Where one pane is shown at a time the text has a size only when it was laid out.
    screen.call_after_refresh(go_there)


def _no_more_names(screen: MainScreen, by: int, group: Group | None) -> None:
    assert screen.opened is not None
    if not screen.opened.stored.analysed:
        screen.say("names are not known yet: this article is next")
    elif group is None:
        screen.say(unread.reason(screen.opened.stored) or f"no more names {'below' if by > 0 else 'above'}")
    else:
        _on_into_others(screen, by, group)


def _on_into_others(screen: MainScreen, by: int, group: Group) -> None:
    """Go on to the next article of the list that names something of a group."""

    def go_on(found: Found) -> None:
        from tui.screens.main import along

        along.next_naming(screen, screen.articles.cursor + by, by, found.keys, group, go_to)

    def go_to(at: int | None) -> None:
        if at is None:
            screen.say(f"no more {group_title(group)} further {'down' if by > 0 else 'up'} the list")
            return
        _open_row(screen, at)
        screen.reader.go_to_first(group, last=by < 0)

    screen.when_done(screen.library.search("has:entity"), go_on)


def _open_row(screen: MainScreen, at: int) -> None:
    key = screen.articles.keys[at]
    reading.remember(screen)
    reading.point_at(screen, key)
    reading.show(screen, key, position=0, deliberately=True)
    screen.enter(screen.reader)


@does("name.same-next", "name.same-previous")
def same_name(screen: MainScreen, _: str) -> None:
    """Go to the next mention of the current name, on into the following articles."""
    by = -1 if screen.host.command.endswith("previous") else 1
    mention = screen.reader.current
    if mention is None:
        screen.say(f"no name under the cursor; {key_of(screen, 'name.next')} goes to the next one")
        return
    if screen.reader.move_same(by):
        return

    def go_on(found: Found) -> None:
        from tui.screens.main import along

        along.next_among(screen, screen.articles.cursor + by, by, found.keys, go_to)

    def go_to(at: int | None) -> None:
        if at is None:
            screen.say(f"no more mentions of {mention.entity} in this list")
            return
        _open_row(screen, at)
        screen.reader.go_to_entity(mention, last=by < 0)

    screen.when_done(screen.library.search(who_of(mention).query), go_on)


@does("name.filter")
def filter_by_name(screen: MainScreen, _: str) -> None:
    """Filter the list to the articles with this name; another name narrows further."""
    mention = _chosen_mention(screen)
    if mention is None:
        screen.say(f"no name under the cursor; {key_of(screen, 'name.next')} goes to the next one")
        return
    from tui.screens.main import listing

    screen.filter = narrowed(screen.filter, who_of(mention).query)
    listing.run(screen, keep=True)
    out = key_of(screen, "step.out")
    # The first one leaves the name.
    keys = f"{out} {out}" if screen.in_reader and screen.reader.current is not None else out
    screen.say(f"articles with {mention.entity}; {keys} takes the filter off")


def chosen_name(screen: MainScreen) -> Who | None:
    """Return whom the name under the cursor means; without one it is said how to get to one."""
    mention = _chosen_mention(screen)
    if mention is None:
        screen.say(f"no name under the cursor; {key_of(screen, 'name.next')} goes to the next one")
    elif not mention.entity:
        screen.say("this name is not linked yet")
    else:
        who = who_of(mention)
        key = screen.joined.key(mention)
        return who if key == who.key else Who(key, screen.joined.names.get(key, who.name), key.partition(":")[0])
    return None


def _chosen_mention(screen: MainScreen) -> Mention | None:
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
                f"{'[x]' if group in screen.names_shown else '[ ]'} {group_title(group)}",
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
