"""The `dateline` command line: one file per sub-command, each with its declaration `COMMAND`."""

from __future__ import annotations

NAMES = (
    "read", "list", "show", "entities", "tag", "tags", "note", "notes", "searches", "rules", "corrections", "export",
    "import", "merge", "add", "fetch", "index", "serve", "keys", "doctor", "completions",
)  # fmt: skip
"""The sub-commands, in the order of the help. `tui.cli.NAME` declares each; `tui.cli.import_`, as Python has it."""
