"""What all tests share: every test has a home of its own, so that none reads or writes the developer's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from web_server import Site, serving

from store.annotations.journal_file import JournalFile
from store.disk.lock import FileLock
from store.entities.pipelines import recogniser_version
from store.errors import ModelError

FOLDERS = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_STATE_HOME": "home/.local/state",
}
"""Every variable that says where Dateline keeps something, and its place in a test's own folder."""

FOREIGN = (
    "DATELINE_DB", "DATELINE_CONFIG", "NO_COLOR", "EDITOR", "VISUAL", "PAGER",
    "TMUX", "STY", "TERM_PROGRAM", "VTE_VERSION",
)  # fmt: skip
"""What a developer may have set and a test must not feel."""


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give what several tests share a home too; it is set up before any test's own."""
    with pytest.MonkeyPatch.context() as patch:
        yield _move_into(tmp_path_factory.mktemp("session"), patch)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test, and what it starts, an empty home; returns it."""
    return _move_into(tmp_path_factory.mktemp("user"), monkeypatch)


def _move_into(base: Path, patch: pytest.MonkeyPatch) -> Path:
    for variable, place in FOLDERS.items():
        (base / place).mkdir(parents=True, exist_ok=True)
        patch.setenv(variable, str(base / place))
    greeted = base / FOLDERS["XDG_STATE_HOME"] / "dateline"
    greeted.mkdir(exist_ok=True)
    (greeted / "looks.json").write_text('{"greeted": true}')
    for variable in FOREIGN:
        patch.delenv(variable, raising=False)
    return base / "home"


@pytest.fixture(autouse=True)
def none_left_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close the locks and journals that a test leaves, as the end of its process would: tests end in one process."""
    made: list[FileLock | JournalFile] = []

    def listed(begin: Callable[..., None]) -> Callable[..., None]:
        def begun(self: FileLock | JournalFile, *values: object, **named: object) -> None:
            begin(self, *values, **named)
            made.append(self)

        return begun

    for kind in (FileLock, JournalFile):
        monkeypatch.setattr(kind, "__init__", listed(kind.__init__))
    yield
    for one in made:
        one.close()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Run a web server on this machine, which is asked without pauses and without a proxy."""
    monkeypatch.setattr("store.fetching.pace.INTERVAL", 0.0)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving() as running:
        yield running


@pytest.fixture
def version() -> str:
    """Return the version that planted names are kept under; skips the test where no pipeline is installed."""
    try:
        return recogniser_version()
    except ModelError:
        pytest.skip("needs a pipeline, whose version the names are planted under")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of corpora and tools beside the checkout; skips the test where there is none."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs the corpora in ../shared")
    return folder
