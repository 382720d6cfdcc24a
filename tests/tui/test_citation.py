"""A citation is one line that steers no terminal it is pasted into, whatever a file is called."""

from __future__ import annotations

from reading import stored

from store.article import Source
from tui.render.citation import citation


def test_a_file_name_that_would_steer_a_terminal_is_written_in_symbols() -> None:
    article = stored("A title\n\nWords.\n").replace(sources=(Source("/a/esc\x1b[31m\nrm -rf ~ \udcff.txt"),))
    cited = citation(article)
    assert cited.endswith("/a/esc␛[31m␊rm -rf ~ �.txt.")
    assert len(cited.splitlines()) == 1
