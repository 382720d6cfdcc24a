"""The commands that the walk does not press yet. It only ever gets shorter."""

NOT_YET = frozenset((
    "name.page", "name.filter", "name.join", "name.likely", "name.shown", "entity.next-part", "entity.mark",
    "entity.join", "entity.note", "entity.later", "entity.earlier", "entity.everywhere", "entity.map", "entity.back",
    "map.in", "map.out", "map.fit", "map.world", "map.west", "map.east", "map.north", "map.south", "likely.next",
    "likely.previous", "likely.first", "likely.second", "correct.label", "correct.add", "corrections.open", "tag.next",
    "change.repeat", "note.editor", "note.continue", "select.right", "select.left", "select.other-end",
    "passage.previous", "changes.show", "changes.next", "changes.previous", "changes.accept", "changes.down",
    "changes.up", "changes.half-page-down", "changes.half-page-up", "changes.page-down", "changes.page-up",
    "changes.start", "changes.end", "changes.help", "changes.close", "note.place", "note.texts", "notes.open",
    "notes.edit", "notes.editor", "notes.place", "notes.texts", "notes.read", "notes.half-page-down",
    "notes.half-page-up", "notes.page-down", "notes.page-up", "texts.first", "texts.second", "texts.both", "texts.join",
    "texts.down", "texts.up", "texts.page-down", "texts.page-up", "texts.help", "texts.close", "look.wider",
    "look.narrower", "look.theme", "look.set", "run.problems", "run.export", "run.pipe", "run.save", "run.pager",
    "run.redraw", "run.cancel",
))  # fmt: skip
