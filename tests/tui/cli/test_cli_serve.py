"""`dateline serve` says what it lacks, and lets nobody from elsewhere in by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Dateline
from tui.cli import serve
from tui.serving.door import Door, address, is_local


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "example.org", ""])
def test_an_address_that_others_can_reach_is_refused_unless_asked_for(
    dateline: Dateline, articles: Path, host: str
) -> None:
    ran = dateline("serve", articles, "--host", host)
    assert ran.code == 2
    assert "can be reached by other machines" in ran.talk and "--let-others-in" in ran.talk


def test_the_extra_that_is_missing_is_named(
    dateline: Dateline, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    ran = dateline("serve", articles)
    assert ran.code == 3 and ran.out == ""
    assert "the extra `serve`" in ran.talk and "pip install '.[serve]'" in ran.talk


def test_what_cannot_be_opened_is_said_before_anything_is_served(dateline: Dateline, tmp_path: Path) -> None:
    assert dateline("serve").code == 2
    assert dateline("serve", tmp_path / "nowhere").code == 1
    ran = dateline("serve", tmp_path, "--port", "70000")
    assert ran.code == 2 and "no port" in ran.talk


def test_local_addresses_are_known() -> None:
    assert all(map(is_local, ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"]))
    assert address("::1", 80, "k") == "http://[::1]:80/?key=k"


def test_what_a_browser_keeps_is_not_the_key_and_is_new_with_each_start() -> None:
    one, other = Door(), Door()
    assert one.admits(one.ticket) and not one.admits(one.key) and not one.opens(one.ticket)
    assert not one.admits(other.ticket) and not one.admits("") and one.folder != other.folder
    assert one.key not in one.folder + one.ticket and len(one.folder) > 20


def test_a_door_opens_to_its_own_key_and_to_its_own_pages() -> None:
    door = Door()
    assert door.opens(door.key) and not door.opens("") and not door.opens(Door().key) and not door.opens("é")
    assert door.is_ours("", "localhost:1") and door.is_ours("http://localhost:1", "localhost:1")
    assert not door.is_ours("http://localhost:2", "localhost:1") and not door.is_ours("null", "localhost:1")
