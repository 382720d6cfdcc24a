"""Where things live, and what is said where they can live nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import paths
from store.errors import UsageError
from tui.__main__ import main


def test_a_user_without_a_home_is_told_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for variable in ("HOME", *(f"XDG_{kind}_HOME" for kind in ("CONFIG", "DATA", "CACHE", "STATE"))):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    with pytest.raises(UsageError, match="Set HOME"):
        paths.annotations_file()
    assert main(["tags"]) == 2
    assert "Set HOME" in capsys.readouterr().err
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    assert paths.annotations_file() == Path("/somewhere/dateline/annotations.json")
