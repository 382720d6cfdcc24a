"""The commands that the walk does not press yet. It only ever gets shorter."""

NOT_YET = frozenset((
    "name.page", "name.filter", "name.join", "correct.label", "correct.add", "corrections.open", "change.repeat",
    "note.continue", "select.right", "select.left", "select.other-end", "passage.previous", "note.place", "texts.join",
    "texts.down", "texts.up", "texts.page-down", "texts.page-up", "look.wider", "look.narrower", "look.theme",
    "look.set", "run.export", "run.pager", "run.redraw", "run.cancel",
))  # fmt: skip
