"""What the README says is so: its commands exist, its examples are accepted, its keys are the program's."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from store import config
from store.config_file import load
from store.entities.names import read_names
from store.query.parser import parse
from tui.cli.manual import page
from tui.commands.table import keys_table, line_table
from tui.keymap import Keymap

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """Return the text under a heading, up to the next of its level or above."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,2}} |\Z)", README, re.DOTALL | re.MULTILINE)
    assert found is not None, f"the README has no section {title!r}"
    return found[2]


def code(language: str, text: str = README) -> list[str]:
    """Return the code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def dateline(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *words], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )


def command_rows() -> list[str]:
    """Return what the README's table of commands shows in its first column."""
    return [row.replace("\\|", "|") for row in re.findall(r"^\| `(dateline.*?)` \|", README, re.MULTILINE)]


def test_the_table_of_keys_is_the_one_that_the_commands_make() -> None:
    written = README.partition("<!-- keys: written by .ci/docs -->")[2].partition("<!-- end of keys -->")[0]
    assert written.strip() == keys_table().strip(), "run .ci/docs"


def test_the_table_of_the_command_line_is_the_one_that_the_commands_make() -> None:
    written = README.partition("<!-- commands: written by .ci/docs -->")[2].partition("<!-- end of commands -->")[0]
    assert written.strip() == line_table().strip(), "run .ci/docs"


def test_the_manual_page_is_the_one_that_the_commands_make() -> None:
    assert (ROOT / ".github" / "dateline.1").read_text(encoding="ascii") == page(), "run .ci/docs"


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_man_can_set_the_manual_page() -> None:
    ran = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", ROOT / ".github" / "dateline.1"], capture_output=True, text=True, check=False
    )
    assert ran.stderr == "" and "SYNOPSIS" in re.sub(".\x08", "", ran.stdout)


@pytest.mark.parametrize("row", command_rows())
def test_every_command_has_the_help_and_the_options_that_the_readme_names(row: str) -> None:
    words = row.split()[1:]
    name = words[0] if words[0].isalpha() and words[0].islower() else ""
    answer = dateline(*([name] if name else []), "--help")
    assert answer.returncode == 0, answer.stderr
    options = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row.partition(" -- ")[0]))
    assert not {option for option in options if option not in answer.stdout}
    for choice in re.findall(r"--format ([a-z|]+)", row):
        assert choice.replace("|", ", ") in answer.stdout


def test_every_sub_command_is_in_the_readme() -> None:
    listed = {row.split()[1] for row in command_rows()}
    for name in re.findall(r"^ {2,4}([a-z]+) {2,}\S", dateline("--help").stdout, re.MULTILINE):
        assert name in listed, f"dateline {name} is not in the README"


def test_the_settings_in_the_readme_are_accepted(tmp_path: Path) -> None:
    settings, names = code("toml")
    file = tmp_path / "config.toml"
    file.write_text(settings, encoding="utf-8")
    file.chmod(0o600)
    Keymap(load(file).keys)
    assert set(tomllib.loads(settings)) <= set(config.Config.__struct_fields__)
    own = tmp_path / "names.toml"
    own.write_text(names, encoding="utf-8")
    assert {one.term for one in read_names(own)} >= {"Ai Weiwei", "Bellingcat"}


@pytest.mark.parametrize("query", re.findall(r"-q '([^']+)'", README))
def test_the_queries_of_the_examples_are_understood(query: str) -> None:
    parse(query)


@pytest.mark.parametrize(
    "query",
    [
        word
        for row in re.findall(r"^\| (.*?) \|", section("Finding"), re.MULTILINE)
        for word in re.findall("`(.*?)`", row)
    ],
)
def test_the_fields_of_the_query_table_are_understood(query: str) -> None:
    parse(f"{query}x" if query.endswith(":") else query)


def test_both_lines_are_what_a_new_machine_runs() -> None:
    open_samples, run_tests = [block.strip() for block in code("sh", section("Start"))[:2]]
    assert open_samples.endswith("&& .venv/bin/dateline seeds/")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace('"$venv/bin/pip"', "pip")
    for step in run_tests.replace(".venv/bin/", "").split(" && ")[1:]:
        assert step in ci, f".ci/run does not run: {step}"


def test_the_map_of_folders_is_the_checkout() -> None:
    (tree,) = code("", section("How it is built"))
    package = ""
    for line in tree.splitlines():
        indented = line.startswith("  ")
        words = line.strip().split("  ")[0].split()
        package = package if indented else words[0]
        for word in words:
            path = ROOT / package / word if indented else ROOT / word
            assert path.exists(), f"the README's map names {path.relative_to(ROOT)}"


@pytest.mark.parametrize("page", ["README.md", ".github/CONTRIBUTING.md", ".github/CHANGELOG.md", "bench/README.md"])
def test_every_link_within_the_project_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)]+)\)", text):
        assert ((ROOT / page).parent / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize("picture", sorted((ROOT / ".github").glob("*.svg")), ids=lambda file: file.name)
def test_a_picture_is_small_is_shown_and_tells_nothing_of_who_took_it(picture: Path) -> None:
    drawn = picture.read_text(encoding="utf-8")
    assert f"(.github/{picture.name})" in README
    assert len(drawn.encode()) < 200_000
    assert not re.findall(r"(?:href|src)\s*=|url\((?!#)|@import|/home/|/work/|/root/|/tmp/", drawn)
