"""The commands that the walk does not press yet. It only ever gets shorter."""

NOT_YET = frozenset((
    "name.page", "name.filter", "name.join", "name.shown", "correct.label", "correct.add", "corrections.open",
    "tag.next", "change.repeat", "note.editor", "note.continue", "select.right", "select.left", "select.other-end",
    "passage.previous", "note.place", "texts.join", "texts.down", "texts.up", "texts.page-down", "texts.page-up",
    "look.wider", "look.narrower", "look.theme", "look.set", "run.problems", "run.export", "run.pipe", "run.save",
    "run.pager", "run.redraw", "run.cancel",
))  # fmt: skip
