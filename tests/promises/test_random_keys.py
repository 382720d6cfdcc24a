"""Whatever keys are pressed, in whatever window, nothing breaks, nothing is lost, nothing foreign is sent out.

`python -m bench.random_keys --keys 100000` is the full form, on real articles. What it would find is shown here with a
program that is broken on purpose.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.keystrokes import KEYS
from bench.modes import Modes
from bench.random_keys.acknowledged import Acknowledged
from bench.random_keys.acts import Press, Rest, Size, Typed, letters
from bench.random_keys.judging import Received, wrong_copies, wrong_end
from bench.random_keys.keys import _WAYS, Keys
from bench.random_keys.player import _VISITS, Outcome, Player
from bench.random_keys.stage import Stage, prepare
from bench.random_keys.visits import HOME, INTO, Visits, steps, visit
from bench.terminal import Terminal
from tui.commands.command import Command, Context
from tui.commands.registry import BY_ID, COMMANDS
from tui.last_screen import ALL_OFF

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    with pytest.MonkeyPatch.context() as environment:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            environment.setenv(f"XDG_{name}_HOME", "")  # set by it, and to be as before
        return prepare(tmp_path_factory.mktemp("keys") / "stage", ROOT / "seeds", 300)


@pytest.mark.timeout(600)
def test_random_keys_break_and_lose_nothing(stage: Stage) -> None:
    outcome = Player(stage, seed=7).play(1200, segment=300, session=300)
    assert not outcome.failures, "\n".join(outcome.failures)[-20_000:]
    assert outcome.keys >= 1200 and set(outcome.ends) >= {"q", "SIGKILL"}
    assert outcome.changes > 10 and outcome.sizes > 5 and outcome.signals > 2 and outcome.touches
    assert len(outcome.commands) > 50


# ---- no command is left to luck --------------------------------------------------------------------------------------
def _last_of(context: Context) -> Command:
    """Return a command of nothing but a context, where there is one: the last, which changes the least."""
    here = [command for command in COMMANDS if context in command.contexts and command.keys]
    return [command for command in here if len(command.contexts) == 1 and command.id != "run.quit"][-1]


class Everywhere(Keys):
    """The first way to each context, and a key that works nowhere else."""

    def __iter__(self) -> Iterator[Press]:
        for context, ways in INTO.items():
            yield (*HOME, Rest(), *letters(*steps(ways[0])), Rest(), *_last_of(context).keys[0].split(), Rest())
        yield from itertools.repeat(("esc",))


@pytest.mark.timeout(300)
def test_the_ways_lead_to_where_the_keys_of_each_context_work(stage: Stage) -> None:
    outcome = Player(stage, 1, pairs=False, ends=("q",), keys=Everywhere).play(450, segment=450, session=900)
    assert not outcome.failures, "\n".join(outcome.failures)[-20_000:]
    assert {_last_of(context).id for context in INTO} <= outcome.commands


def test_every_command_is_reached_by_some_act() -> None:
    assert set(INTO) == set(Context)
    chance = random.Random(1)
    for command in COMMANDS:
        keys = {key for whole in command.keys for key in whole.split()}
        assert all(len(key) == 1 or key in KEYS or re.fullmatch(r"ctrl\+[a-z_]", key) for key in keys), command
        pressed = visit(command, chance)
        if command.keys:
            assert any(pressed[-len(one) :] == one for one in (tuple(key.split()) for key in command.keys)), command
        else:
            assert command.words and pressed[-2 - len(command.words[0]) : -2] == tuple(command.words[0]), command


def test_six_segments_visit_every_command() -> None:
    seen: set[str] = set()
    for number in range(6):
        visits = Visits(1, number * _VISITS)
        seen |= {visits.take().id for _ in range(_VISITS)}
    assert seen == set(BY_ID)


# ---- a program that is broken on purpose -----------------------------------------------------------------------------
class Few(Keys):
    """Changes and moves, over and over."""

    def __iter__(self) -> Iterator[Press]:
        yield from itertools.cycle([("j",), ("s",), ("t", *"kept", "enter"), ("k",), ("r",)])


def played(stage: Stage, broken: str, end: str) -> str:
    """Press keys in a program with something broken, and return what was found."""
    player = Player(stage, 5, pairs=False, broken=broken, ends=(end,), keys=Few)
    outcome: Outcome = player.play(60, segment=60, session=60)
    return "\n".join(outcome.failures)


def test_where_nothing_is_broken_nothing_is_found(stage: Stage) -> None:
    assert played(stage, "", "q") == ""


def test_what_goes_wrong_without_ending_the_program_is_found(stage: Stage) -> None:
    found = played(stage, "log warning escape copy mode", "q")
    assert "indexer.log: ValueError" in found
    assert "faults: broken: WARNING:broken:on purpose" in found
    assert "a leak: 'OSC 0;forged'" in found
    assert "1 copies reached the terminal, 0 were made: ['rm'] and []" in found
    assert "it left the terminal with ['mouse motion']" in found


def test_a_lost_annotation_is_found(stage: Stage) -> None:
    found = played(stage, "annotation", "SIGTERM")
    assert "the file is not what was saved (+0 changes): articles" in found


def test_a_crash_is_found(stage: Stage) -> None:
    found = played(stage, "crash", "q")
    assert "it ended with 1" in found and "RuntimeError: broken on purpose" in found


def test_a_session_that_ends_well_after_a_signal_is_found(stage: Stage) -> None:
    assert "it ended with 0 after SIGTERM" in played(stage, "status", "SIGTERM")


# ---- the parts -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("end", "status", "told", "right"),
    [
        ("q", 0, [{"left": 0}], True),
        ("q", 0, [], False),
        ("q", 1, [{"left": 0}], False),
        ("SIGTERM", 143, [], True),
        ("SIGTERM", 0, [], False),
        ("SIGTERM", 0, [{"left": 0}], True),
        ("SIGHUP", 143, [], False),
        ("SIGKILL", 137, [], True),
        ("SIGKILL", 1, [], False),
    ],
)
def test_only_a_key_that_quits_ends_a_session_well(end: str, status: int, told: list, right: bool) -> None:
    assert (wrong_end(end, status, told) == "") is right


def test_every_copy_is_one_that_a_key_asked_for() -> None:
    told = [{"copied": "a", "sent": True}, {"copied": "too long", "sent": False}, {"copied": "b", "sent": True}]
    assert wrong_copies(["a", "b"], told, "q") == ""
    assert wrong_copies(["a", "b", "rm"], told, "q")
    assert wrong_copies(["a"], told, "q")
    assert wrong_copies(["a"], told, "SIGKILL") == ""
    assert wrong_copies(["rm"], told, "SIGKILL")
    assert wrong_copies(["a", "b", "rm"], told, "SIGKILL"), "the last one too has to be one that was begun"
    assert wrong_copies(["a", "b", "c"], [*told, {"copying": "c"}], "SIGKILL") == ""
    assert wrong_copies(["a", "b"], [*told, {"copying": "c"}], "SIGKILL") == ""
    assert wrong_copies(["a", "b", "c"], [*told, {"copying": "c"}], "SIGTERM")
    assert wrong_copies(["\x1b[2J"], [{"copied": "\x1b[2J", "sent": True}], "q")


def test_only_what_an_edited_file_takes_along_comes_without_a_step(tmp_path: Path) -> None:
    def article(identity: str, *, tags: tuple[str, ...] = (), of: tuple[str, ...] = ()) -> dict:
        return {"id": identity, "tags": list(tags), "star": False, "published": None, "from": list(of)}

    def note(identity: str, on: str, body: str) -> dict:
        return {"id": identity, "article": on, "body": body, "tags": []}

    file, record = tmp_path / "annotations.json", tmp_path / "record"
    there = {
        "articles": {"1": article("old", tags=("kept",)), "2": article("other", tags=("later",))},
        "notes": {"1": note("n", "old", "A thought")},
    }

    def found(*edits: tuple[str, str, dict], edited: bool = True) -> list[str]:
        record.write_text(json.dumps(edits) + "\ntrue\n")
        saved = Acknowledged(file, record, edited=edited)
        saved.tables = json.loads(json.dumps(there))
        return [one for one in saved.check() if "without a step" in one]

    copy, thought = ("articles", "3", article("new", tags=("kept",), of=("old",))), note("c", "new", "A thought")
    assert found(copy, ("notes", "2", thought)) == []
    assert len(found(copy, ("notes", "2", thought), edited=False)) == 2, "no file has changed"
    assert found(("articles", "3", article("new", tags=("later",), of=("old",)))), "another article's tags"
    assert found(copy, ("notes", "2", note("c", "new", "Another"))), "a note that it had not"
    assert found(copy, ("notes", "2", thought), ("notes", "3", thought)), "twice"
    assert found(("notes", "2", note("c", "old", "A thought"))), "no file's text has changed"
    both = article("other", tags=("later", "kept"), of=("old",))
    assert found(("articles", "2", both)) == [] and found(("articles", "2", article("other"))) != []


def test_a_mode_that_was_left_on_is_known_after_all_that_came_since() -> None:
    many = 'i=0; while [ $i -lt 3000 ]; do printf "%0100d" 0; i=$((i+1)); done'
    shell = f'printf "\\033[?1003h"; {many}; printf "\\033[?2004h\\033[?2004l"'
    with Terminal(["sh", "-c", shell], {"PATH": "/usr/bin:/bin"}) as terminal:
        terminal.wait_end()
        assert len(terminal.forget(10)) > 200_000
        assert terminal.modes_left() == ["mouse motion"]


def test_modes_are_read_wherever_what_came_was_cut() -> None:
    written = b"\x1b[?1049;25h\x1b[>1u\x1b[2;5r\x1b[?7l\x1b[?1049l"
    modes = Modes()
    for byte in written:
        modes.feed(bytes([byte]))
    assert modes.left() == ["no line wrap", "keyboard protocol", "scroll margins"]
    modes.feed(b"\x1b[r\x1b[<u\x1b[?7h")
    assert modes.left() == []


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_terminal_that_is_not_given_back_at_a_stop_is_found(step: int) -> None:
    def found(written: bytes) -> list[str]:
        received = Received()
        wrong = [one for at in range(0, len(written), step) for one in received.feed(written[at : at + step])]
        return wrong + list(received.end(b""))

    stopped = b"\x1b]7777;whole\x07"
    assert found(b"\x1b[?1049h words \x1b[?1049l" + stopped + b"\x1b[?1049h\x1b[?1049l") == []
    assert found(b"\x1b[?1049h words" + stopped) == ["it stopped and left the terminal with ['alternate screen']"]
    assert found(b"\x1b]7777;raw\x07") == ["it stopped and left the terminal with ['line discipline']"]
    held = b"\x1b[?1049h words\x1b]7777;held\x07"
    assert found(held) == []
    assert found(held + stopped) == ["it stopped and left the terminal with ['alternate screen']"], "only that one"
    assert found(b"\x1b]0;forged\x07" + stopped) == ["a leak: 'OSC 0;forged' in '\\x1b]0;forged\\x07'"]
    assert found(b"\x1b[?1004l^[\t") == [] and found(b"\x1b[?1004l\x1b]0;x\x07") != []
    assert found(b"\x1b[?1004l words\x0e") != [] and found(b"\x1b[?1004l\xc2\x9d0;x") != [], "no key is shown so"


def test_keys_that_a_terminal_shows_while_it_is_given_back_are_no_leak() -> None:
    def found(written: bytes) -> list[str]:
        received = Received()
        return [*received.feed(written), *received.end(b"")]

    given_back = b"\x1b[?2026l\x1b[?69$p%b\x1b[?2004l\x1b[?7h%b\x1b[<u\x1b[?1049l%b\x1b[?1004l"
    assert found(given_back % (b":\t\r\n", b"", b"\t")) == found(given_back % (b"", b"\t", b"")) == []
    assert found(given_back % (b"\x1b]0;forged\x07", b"", b"")) != []
    assert found(b"\x1b[1;31mforged\t\x1b[?2004l") != []
    in_haste, stopped = ALL_OFF.encode(), b"\x1b]7777;whole\x07"
    assert found(in_haste + stopped + b"<^[[A\r\n\t\x1b[?1049h\x1b[?1049l") == []
    assert found(in_haste + stopped + b"\x1b]0;forged\x07") != []


def test_names_of_keys_are_keys_and_words_are_letters() -> None:
    assert letters("backspace", "2", Typed("esc")) == ("backspace", "2", "e", "s", "c")
    assert list(steps("f 'is:starred' enter")) == ["f", "is:starred", "enter"]
    known = {"...", "j" * 30, "k" * 30, "w" * 12, *KEYS}
    for way in _WAYS:
        for step in steps(way):
            assert isinstance(step, Typed) or len(str(step)) == 1 or step in known or step.startswith("ctrl+"), (
                way,
                step,
            )


def test_clicks_fall_everywhere_in_the_window_and_sizes_change_in_the_middle_of_things() -> None:
    keys = Keys(random.Random(3), Visits(3))
    keys.columns, keys.lines = 300, 90
    presses: list[Press] = [press for press, _ in zip(keys, range(6000), strict=False)]
    clicks = [act for press in presses for act in press if isinstance(act, str) and act.startswith("\x1b[<")]
    places = [tuple(map(int, click[3:].split("M")[0].split(";")[1:3])) for click in clicks if "M" in click]
    assert max(x for x, _ in places) > 250 and max(y for _, y in places) > 75
    sizes = [(press, act) for press in presses for act in press if isinstance(act, Size)]
    assert {(20, 6), (300, 90)} <= {(size.columns, size.lines) for _, size in sizes}
    assert any(len(press) > 3 and isinstance(press[-1], str) for press, _ in sizes)
