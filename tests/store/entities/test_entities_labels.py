"""Labels belong to the groups that the screen shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from store.entities.labels import LABELS, SHOWN, TITLES, Group, group_of


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("PERSON", "person"), ("ORG", "organisation"), ("GPE", "place"), ("LOC", "place"), ("FAC", "place"),
        ("NORP", "group"), ("DATE", "number"), ("CARDINAL", "number"), ("MONEY", "number"), ("EVENT", "other"),
        ("LAW", "other"), ("PER", "person"), ("MISC", "other"), ("", "other"), ("NEVER_SEEN", "other"),
    ],
)  # fmt: skip
def test_each_label_has_its_group(label: str, group: str) -> None:
    assert group_of(label) == group


def test_people_organisations_and_places_are_shown_first() -> None:
    assert {TITLES[group] for group in SHOWN} == {"people", "organisations", "places"}
    assert list(TITLES) == list(Group) == list(LABELS)


def test_entities_and_their_version_import_no_spacy() -> None:
    code = (
        "import sys, store.entities, store.entities.link, store.entities.pieces, store.entities.names\n"
        "from store.entities.recognizer import Recognizer, recogniser_version\n"
        "recogniser_version()\n"
        "sys.exit('spacy' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
