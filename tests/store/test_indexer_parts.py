"""The parts of the indexer that need no process: messages, judgement, scanning, pace."""

from __future__ import annotations

import io
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import ArticleId, Mention
from store.catalog.writer import CatalogWriter
from store.formats.folder import FoundFile, walk
from store.indexer import protocol, spawning, wire
from store.indexer.crew import Crew
from store.indexer.pace import Pace
from store.indexer.protocol import (
    PAUSED,
    Begin,
    Hello,
    Idle,
    Mentions,
    Message,
    Replaced,
    Rescan,
    Skip,
    Trouble,
    decode,
    encode,
)
from store.indexer.reading import Reading
from store.indexer.scan import Differences, compare, within_roots
from store.indexer.supervision import MOST_FAILURES, End, Supervision, end_of, patience
from store.indexer.wire import Outbox

PATHS = st.binary(max_size=30).map(lambda raw: raw.replace(b"\0", b"").decode("utf-8", "surrogateescape"))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MENTIONS = st.builds(Mention, st.integers(0, 10**9), st.integers(0, 10**9), WORDS, WORDS)


@given(
    st.one_of(
        st.builds(Hello, st.lists(PATHS).map(tuple), PATHS, PATHS, PATHS, PATHS, st.booleans(), st.booleans()),
        st.builds(Rescan, st.lists(PATHS).map(tuple)),
        st.builds(Skip, PATHS, WORDS, WORDS),
        st.builds(Begin, PATHS, WORDS, st.integers(0, 2**40)),
        st.builds(Mentions, WORDS.map(ArticleId), st.lists(MENTIONS).map(tuple), st.booleans()),
        st.builds(Replaced, st.tuples(PATHS, WORDS), WORDS.map(ArticleId), WORDS.map(ArticleId)),
        st.builds(Trouble, PATHS, WORDS, WORDS),
    )
)
def test_every_message_comes_through_the_pipe_as_it_was_sent(message: Message) -> None:
    line = encode(message)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    assert decode(line) == message


def test_messages_of_a_newer_version_are_ignored_and_garbage_is_refused() -> None:
    assert decode(b'{"type":"from the future","x":1}') is None
    assert decode(b'{"type":"idle","more":1}') == Idle()
    for line in (b"", b"no json", b"[]", b'{"x":1}', b'{"type":"show"}'):
        with pytest.raises(ValueError, match=r"."):
            decode(line)


def test_every_kind_of_message_is_known_by_its_name() -> None:
    kinds = {kind for kind in vars(protocol).values() if isinstance(kind, type) and issubclass(kind, Message)}
    # Others are declared where they are used, which another test of this process may have imported.
    known = {kind for kind in protocol.MESSAGES.values() if kind.__module__ == protocol.__name__}
    assert kinds - {Message} == known


def test_long_texts_are_given_more_time() -> None:
    assert patience(Begin("/a", "read", 10**7)) == 60
    assert patience(Begin("x", "analyse", 0)) == 30
    assert patience(Begin("x", "analyse", 250_000)) == 55
    assert patience(Begin()) is None


def test_a_document_that_took_too_much_of_the_processor_is_left_out_at_once() -> None:
    judge = Supervision()
    judge.saw(Begin("/a", "read", 9))
    verdict = judge.died(end_of(-signal.SIGPROF), log="log")
    assert verdict.skip == Skip("/a", "read", "It took longer than 5 s.") and verdict.restart_after == 0
    assert (verdict.trouble.source, verdict.trouble.stage) == ("/a", "read")
    assert [end_of(code) for code in (0, 1, -signal.SIGKILL, None)] == [End.DIED] * 4


def test_a_file_of_which_nothing_came_is_tried_again_by_the_next_start_and_a_text_is_not() -> None:
    judge = Supervision()
    for begin, again in ((Begin("/a", "read", 9, "line 3"), True), (Begin("x", "analyse"), False)):
        judge.saw(begin)
        skip = judge.died(End.STUCK, log="log").skip
        assert skip is not None and (skip.member, skip.again) == (begin.member, again)
        assert ("tried again at the next start" in skip.reason) == again


def test_only_reading_is_measured_by_the_processor_and_given_a_minute_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits: list[float] = []
    monkeypatch.setattr(wire.signal, "setitimer", lambda which, seconds: limits.append(seconds))
    out = Outbox(io.BytesIO())
    for stage in ("read", "read", "analyse", "load"):
        out.begin("/a", stage)
    out.begin("/a", "read")
    out.free()
    assert limits == [5, 5, 0, 0, 5, 0]


def test_a_document_at_hand_in_two_crashes_is_left_out_unless_it_was_finished_between() -> None:
    judge = Supervision()
    judge.saw(Begin("/a", "read"))
    assert judge.died(End.DIED, log="log").skip is None
    judge.saw(Begin("/a", "read"))
    judge.saw(Begin("/b", "read"))
    assert judge.died(End.DIED, log="log").skip is None
    judge.saw(Begin("/a", "read"))
    assert judge.died(End.DIED, log="log").skip is None
    judge.saw(Begin("/a", "read"))
    assert judge.died(End.DIED, log="log").skip == Skip("/a", "read", "It made the indexer crash.")


def test_a_crash_with_nothing_in_hand_blames_nothing_and_is_not_repeated_for_ever() -> None:
    judge = Supervision()
    judge.saw(Begin("/a", "read"))
    judge.saw(Begin())
    verdicts = [judge.died(End.DIED, log="log") for _ in range(MOST_FAILURES)]
    assert all(verdict.skip is None for verdict in verdicts)
    waits = [verdict.restart_after for verdict in verdicts]
    assert waits[-1] is None and sorted(w for w in waits if w is not None) == waits[:-1]
    judge.forgive()
    assert judge.died(End.DIED, log="log").restart_after is not None
    for _ in range(3 * MOST_FAILURES):
        judge.saw(Idle())
        assert judge.died(End.DIED, log="log").restart_after is not None, "what works between is no failure"


def test_a_document_that_brings_readers_down_though_it_was_left_out_does_not_do_so_for_ever() -> None:
    supervision = Supervision()
    verdicts = []
    while not verdicts or verdicts[-1].restart_after is not None:
        assert len(verdicts) < 100
        supervision.saw(Begin("hang.txt", "read"))
        verdicts.append(supervision.died(End.SPENT, log="log"))
    assert len(verdicts) == MOST_FAILURES + 1
    assert "is left stopped" in verdicts[-1].trouble.reason


def test_a_document_put_aside_half_done_stays_under_suspicion() -> None:
    judge = Supervision()
    for message in (Begin("/a", "read"), Begin("/a", PAUSED), Begin("x", "analyse"), Begin(), Begin("/a", "read")):
        judge.saw(message)
    assert judge.died(End.DIED, log="log").skip is None
    for message in (Begin("/a", "read"), Begin("/a", PAUSED)):
        judge.saw(message)
    assert judge.in_hand is None and patience(Begin("/a", PAUSED)) is None
    judge.saw(Begin("/a", "read"))
    assert judge.died(End.DIED, log="log").skip is not None, "the second death over it, though it was put aside"


def scan(places: list[Path], known: dict[str, str], roots: list[Path] | None = None) -> Differences:
    steps: Iterator[int] = compare([str(p) for p in places], [str(p) for p in roots or places], known)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def stamps(root: Path) -> dict[str, str]:
    return {item.path: item.stamp for item in walk(root) if isinstance(item, FoundFile)}


def test_a_scan_finds_what_is_new_changed_and_gone(tmp_path: Path) -> None:
    for name in ("same", "changed", "gone"):
        (tmp_path / f"{name}.txt").write_text(name)
    known = stamps(tmp_path)
    assert scan([tmp_path], known).to_read == scan([tmp_path], known).gone == []
    (tmp_path / "gone.txt").unlink()
    (tmp_path / "changed.txt").write_text("longer than before")
    (tmp_path / "new.txt").write_text("new")
    found = scan([tmp_path], known)
    assert [Path(item.path).name for item in found.to_read] == ["changed.txt", "new.txt"]
    assert [Path(path).name for path in found.gone] == ["gone.txt"]


def test_nothing_is_gone_below_a_folder_that_cannot_be_looked_into(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    known = {str(absent / "a.txt"): "1", str(absent / "b" / "c.txt"): "1", str(tmp_path / "absentee.txt"): "1"}
    assert scan([absent], known).gone == []
    assert scan([absent], known, roots=[tmp_path]).gone == list(known)[:2], "a place that was named and is not there"
    (absent / "a.txt").mkdir(parents=True)
    assert scan([absent], known).gone == list(known)[:2], "a folder took the file's place"


def test_nested_roots_find_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("a")
    assert len(scan([tmp_path, tmp_path / "in"], {}).to_read) == 1


def test_only_places_within_the_roots_are_looked_at() -> None:
    assert within_roots((), ("/a", "/b")) == ("/a", "/b")
    assert within_roots(("/a/x", "/ab/x", "/b", "/a/x"), ("/a", "/b")) == ("/a/x", "/b")


def test_pace_measures_what_is_done_now() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.goal(100, 10)
    now[0] = 1.0
    assert pace.step() == (91, 100, 1.0)
    for _ in range(8):
        pace.step()
    assert pace.step()[:2] == (100, 100)
    assert pace.step()[:2] == (100, 100)


def test_what_is_left_is_told_by_its_size_and_does_not_jump() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.goal(10, 10, 10_000)
    assert pace.seconds == 0.0
    for size in (100, 100, 100):
        now[0] += 1.0
        pace.step(size)
    assert pace.seconds == 9_700 / 100
    for size in (1_000, 1_000, 1_000):
        now[0] += 10.0
        pace.step(size)
    assert 6_700 / 100 <= pace.seconds <= 6_700 / 90
    for _ in range(10):
        pace.step(1_000)
    assert pace.seconds == 0.0


def test_the_child_finds_this_package_and_nothing_in_the_working_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", ":relative:/absolute")
    values = spawning.environment()
    assert "/absolute" in values["PYTHONPATH"].split(":")
    assert all(path.startswith("/") for path in values["PYTHONPATH"].split(":"))
    assert "-P" in spawning.COMMAND and values["OMP_NUM_THREADS"] == "1"


def test_the_log_is_private_and_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setattr(spawning, "LARGEST_LOG", 10)
    for _ in range(3):
        log = spawning.open_log()
        os.write(log, b"something went wrong\n")
        os.close(log)
    assert spawning.log_file().read_text() == "something went wrong\n"
    assert spawning.log_file().stat().st_mode & 0o777 == 0o600
    spawning.log_file().unlink()
    spawning.log_file().parent.rmdir() if not any(spawning.log_file().parent.iterdir()) else None


def test_messages_are_compared_by_value_and_do_not_change() -> None:
    greeting = Hello(("/a",), "/i", "/s")
    other = greeting.replace(write=False)
    assert (greeting.write, other.write, other.roots) == (True, False, ("/a",))
    assert greeting == Hello(("/a",), index="/i", analysis="/s") != other
    assert hash(greeting) == hash(Hello(("/a",), "/i", "/s"))
    assert protocol.Stop() != Idle() == Idle()
    assert repr(Rescan(("/a",))) == "Rescan(paths=('/a',))"
    with pytest.raises(AttributeError):
        greeting.write = False  # type: ignore[misc]
    for values, named in (((), {}), (("/a",) * 20, {}), ((), {"unknown": 1})):
        with pytest.raises(TypeError):
            Hello(*values, **named)


def test_what_goes_while_others_are_read_is_no_file_that_cannot_be_read(tmp_path: Path) -> None:
    root, sent = tmp_path / "articles", io.BytesIO()
    root.mkdir()
    for name in "abc":
        (root / f"{name}.txt").write_text(f"{name.upper()}\n\nText of {name}.")
    writer = CatalogWriter(tmp_path / "index.sqlite3")
    hello = Hello((str(root),), str(tmp_path / "index.sqlite3"), "")
    out = Outbox(sent)
    reading = Reading(writer, out, hello, Crew(hello, out, {}))
    steps = reading.bring_up_to_date((str(root),))
    next(step for step in steps if writer.articles)
    # As a folder that gets another name takes its files along.
    (root / "c.txt").unlink()
    for _ in steps:
        pass
    writer.close()
    out.unwatch()
    assert writer_titles(tmp_path / "index.sqlite3") == ["A", "B"]
    assert not [message for line in sent.getvalue().splitlines() if isinstance(message := decode(line), Trouble)]


def writer_titles(index: Path) -> list[str]:
    db = sqlite3.connect(index)
    try:
        return [title for (title,) in db.execute("SELECT title FROM article ORDER BY title")]
    finally:
        db.close()
