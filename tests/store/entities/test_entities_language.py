"""The language of a text is what its file says where that is believable, else what its letters tell, or unclear."""

from __future__ import annotations

import subprocess
import sys

import pytest

from store.article import Block, BlockKind
from store.entities.language import Detector
from store.entities.language_names import language_name

GERMAN = (
    "Die Stadtbibliothek bleibt auch im kommenden Jahr an Sonntagen geöffnet, wie der Senat am Dienstag mitteilte. "
    "Die Kosten dafür trägt das Land, das mit steigenden Zahlen von Besuchern rechnet. Kritik kam von Gewerkschaften."
)
ENGLISH = (
    "The city library will stay open on Sundays next year, the senate said on Tuesday. The state will pay for it and "
    "expects more people to come. The unions were not pleased, and said that nobody had asked them before."
)
SAMPLES = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": "Le gouvernement a annoncé mardi que les bibliothèques resteraient ouvertes le dimanche.",
    "es": "El gobierno anunció el martes que las bibliotecas abrirán también los domingos por la mañana.",
    "cs": "Vláda v úterý oznámila, že knihovny zůstanou otevřené i v neděli odpoledne.",
    "ru": "Правительство объявило во вторник, что библиотеки останутся открытыми по воскресеньям.",
    "zh": "市政府星期二宣布，图书馆明年星期日继续开放，费用由国家承担。",
    "ja": "市は火曜日、図書館が来年も日曜日に開館すると発表した。",
}


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


@pytest.mark.parametrize(("language", "text"), SAMPLES.items())
def test_a_sentence_is_enough(detector: Detector, language: str, text: str) -> None:
    assert detector.language(text, ()) == language


@pytest.mark.parametrize("text", ["", "Abe, Tokyo", "12 34 56 78 90 12 34", "Kde?", "東京", "\udc80\x00", "a" * 9])
def test_a_short_text_stays_without_a_language(text: str) -> None:
    detector = Detector()
    assert detector.language(text, ()) == ""
    assert not detector.loaded, "nothing is loaded for it"


@pytest.mark.parametrize("text", ["0123456789 " * 90, "<<>>{}[]();== " * 90, "Abe Kishida Lavrov Tokyo Moscow " * 3])
def test_what_is_no_language_or_only_names_stays_without_one(detector: Detector, text: str) -> None:
    assert detector.language(text, ()) == ""


def test_what_a_file_says_goes_first(detector: Detector) -> None:
    assert detector.language("Kurz und knapp, auf Deutsch.", (), "en") == "en", "too short to contradict"
    assert detector.language(GERMAN, (), "DE") == "de"
    croatian = "Vlada je u utorak objavila da će knjižnice ostati otvorene i nedjeljom, a troškove snosi država. " * 3
    assert detector.language(croatian, (), "sr") == "sr", "the file knows near kin apart"


def test_a_file_that_is_plainly_wrong_is_not_believed(detector: Detector) -> None:
    assert detector.language(GERMAN, (), "en") == "de"
    assert detector.language(ENGLISH, (), "fr") == "en"


def test_names_in_titles_and_code_do_not_decide(detector: Detector) -> None:
    title, code = "Přemysl Šafařík, Jiří Dvořák a Ondřej Příhoda", "for (int i = 0; i < 9; i++) { printf(); }\n" * 30
    text = f"{title}\n\n{code}\n\n{ENGLISH}"
    prose = text.index(ENGLISH)
    blocks = [
        Block(BlockKind.TITLE, 0, len(title)),
        Block(BlockKind.CODE, len(title) + 2, prose - 2),
        Block(BlockKind.PARAGRAPH, prose, len(text)),
    ]
    assert detector.language(text, blocks) == "en"


def test_its_memory_can_be_given_back(detector: Detector) -> None:
    assert detector.language(GERMAN, ()) == "de" and detector.loaded
    detector.unload()
    assert not detector.loaded
    while detector.must_load(GERMAN, ()):
        pass
    assert detector.language(GERMAN, ()) == "de"


def test_every_language_that_can_be_told_has_a_name() -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    labels = set(LanguageIdentifier.from_model_file(MODEL_FILE).labels) - {"zxx", "wuu", "yue", "arz", "ary"}
    assert [code for code in labels if language_name(code) == code] == []
    assert language_name("pt-BR") == "Portuguese" and language_name("qq") == "qq" and language_name("") == ""


def test_nothing_is_imported_before_a_text_comes() -> None:
    code = "import sys, store.entities.language as l; l.Detector(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "py3langid"} & set(done.stdout.split())
