"""Tags on a name: asked for in a line, with the user's own tags proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import DatelineError
from store.library import TagEntity
from tui.commands.tag_words import signed, tag_words
from tui.screens.main import again, saving
from tui.screens.main.proposals import TAGS, propose_tags
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.names.who import Who
    from tui.screens.sheet import Sheet


def ask(sheet: Sheet, who: Who) -> None:
    """Ask for tags to add, and with a minus to remove."""
    record = sheet.library.entity_record(who.key)
    own = record.tags if record is not None else ()
    uses = [use.name for use in sheet.library.tags()]

    question = Question(
        f"tag {who.name}:",
        lambda text: change(sheet, who, text),
        propose=lambda text, at: propose_tags(text, at, uses, own),
        hint=TAGS,
    )
    sheet.ask(question, (f"tag {who.name}", "tags:"))


def change(sheet: Sheet, who: Who, text: str) -> None:
    """Change the tags of a name as they are written."""
    try:
        add, remove = tag_words(text)
    except DatelineError as error:
        sheet.say(str(error))
        return
    if add or remove:
        saving.save(sheet.main, TagEntity(who.key, who.name, who.kind, add, remove), f"tag: {signed(add, remove)}")


def repeat(sheet: Sheet, who: Who) -> None:
    """Change the tags of a name as those of something else were changed last."""
    tags = again.tags_of(sheet.main)
    if tags is None:
        sheet.say(f"no tag to put on again yet: {sheet.key_of('entity.tag')} tags the name")
    else:
        said = f"{again.tags_in_words(*tags)} on {who.name}"
        saving.save(sheet.main, TagEntity(who.key, who.name, who.kind, *tags), said, keep=True)
