"""The shape that the README describes under "How it is built" is the shape of the code."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for package in ("tui", "store") for path in (ROOT / package).rglob("*.py"))
SHAPELESS = re.compile(r"^(utils?|helpers?|common|misc)$")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules_after(statement: str) -> list[str]:
    """Return the modules that a fresh Python has loaded after a statement."""
    code = f"{statement}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def loaded_after(statement: str) -> set[str]:
    """Return the top-level packages that a fresh Python has loaded after a statement."""
    return {module.partition(".")[0] for module in modules_after(statement)}


def test_imports_go_downwards_only() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([tool, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False, timeout=100)
    assert answer.returncode == 0, answer.stdout + answer.stderr


HEAVY = {"spacy", "tinydb", "numpy", "trafilatura", "httpx", "urllib3", "feedparser"}


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        (
            "import store.library",
            {"textual", "rich", "tui"} | HEAVY,
        ),
        (
            "import tui.__main__",
            {"textual", "rich"} | HEAVY,
        ),
        (
            "import tui.app",
            {"chardet", "lxml"} | HEAVY,
        ),
        ("import store.indexer.protocol", {"textual", "rich", "tui", "spacy", "numpy", "trafilatura"}),
    ],
)
def test_nothing_is_imported_before_it_is_needed(statement: str, absent: set[str]) -> None:
    assert not loaded_after(statement) & absent


MOST_AT_START = 175
"""Modules of our own that a start may load: each costs a millisecond or so before the first paint."""


def test_a_start_loads_what_the_first_paint_needs() -> None:
    own = [one for one in modules_after("import tui.__main__, tui.app") if one.partition(".")[0] in ("tui", "store")]
    assert len(own) <= MOST_AT_START
    later = ("noting", "passages", "selection", "selecting", "bulk", "along", "changes", "proposals",
             "moving", "name_steps", "filling")  # fmt: skip
    assert not {f"tui.screens.main.{name}" for name in later}.intersection(own)
    assert not {"tui.editor", "tui.command_run", "tui.cli.progress", "tui.render.citation"}.intersection(own)


def test_only_fetching_opens_connections() -> None:
    # The linter sees whole packages; these are parts of ones that are harmless otherwise.
    opening = re.compile(
        r"urllib\.request|urllib\.robotparser|create_connection|open_connection|socket\.socket\(|fetch_url"
    )
    found = [name(path) for path in SOURCES if opening.search(path.read_text(encoding="utf-8"))]
    assert found == ["store/fetching/connection.py"]


def test_a_file_holds_one_idea() -> None:
    lines = {name(path): path.read_text(encoding="utf-8").count("\n") for path in SOURCES}
    assert not {path: count for path, count in lines.items() if count > 300}
    assert not [path for path, count in lines.items() if not count and not path.endswith("__init__.py")]


def test_every_room_has_a_name_that_says_what_is_in_it() -> None:
    parts = {part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not sorted(part for part in parts if SHAPELESS.match(part))


def test_no_error_is_swallowed_unseen() -> None:
    swallowed = [f"{name(path)}:{line}" for path in SOURCES for line in broad_and_silent(path)]
    assert not swallowed


def broad_and_silent(path: Path) -> Iterator[int]:
    """Yield the lines of handlers that catch everything and do nothing."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.id if isinstance(node.type, ast.Name) else ""
            broad = node.type is None or caught in {"Exception", "BaseException"}
            silent = all(
                isinstance(one, ast.Pass | ast.Continue)
                or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
                for one in node.body
            )
            if broad and silent:
                yield node.lineno


def test_only_the_command_line_writes_to_standard_output() -> None:
    writing = [name(path) for path in SOURCES if writes_to_stdout(path)]
    assert set(writing) <= {"tui/cli/output.py", "tui/cli/manual.py", "tui/commands/table.py"}


def writes_to_stdout(path: Path) -> bool:
    """Return whether a file prints without saying where to, or writes to `sys.stdout`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == "print" and not says_where(node))
            or ast.unparse(node.func).startswith("sys.stdout.write")
        )
        for node in ast.walk(tree)
    )


def says_where(call: ast.Call) -> bool:
    return any(keyword.arg == "file" for keyword in call.keywords)


def test_what_a_worker_does_begins_with_the_worker() -> None:
    """One that is ended before it began leaves a coroutine that Python complains of on the terminal."""
    begin = {
        path.relative_to(ROOT / "tui").as_posix()
        for path in (ROOT / "tui").rglob("*.py")
        if "run_worker(" in path.read_text("utf-8")
    }
    assert begin == {"screens/main/waiting.py", "app.py", "screens/main/first_start.py"}, "use in_background"
