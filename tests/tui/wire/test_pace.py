"""When frames go: at once after a pause, at a distance while a key is held, and never faster than the line."""

from __future__ import annotations

from tui.wire.pace import FRAME, LATE, PATIENCE, Pace


def held(pace: Pace, keys: int, start: float = 100.0, every: float = 0.01) -> float:
    """Press a key over and over; returns when the last one came."""
    for number in range(keys):
        pace.key(start + number * every)
    return start + (keys - 1) * every


def measured(round_trip: float) -> Pace:
    pace = Pace()
    pace.asked(0.0)
    pace.answered(round_trip)
    return pace


def test_the_first_frame_after_a_pause_goes_at_once() -> None:
    pace = Pace()
    assert pace.wait(1.0) == 0
    pace.painted(1.0)
    pace.key(1.001)
    assert pace.wait(1.002) == 0
    pace.painted(1.002)
    pace.key(1.5)
    assert pace.wait(1.501) == 0


def test_frames_keep_a_distance_while_a_key_is_held() -> None:
    pace = Pace()
    now = held(pace, 5)
    pace.painted(now)
    assert 0 < pace.wait(now + 0.01) <= FRAME
    assert pace.wait(now + FRAME) == 0


def test_all_frames_of_a_single_key_go_at_once() -> None:
    pace = Pace()
    pace.key(5.0)
    pace.painted(5.01)
    assert pace.wait(5.012) == 0


def test_a_full_line_is_waited_for_and_an_answer_opens_it() -> None:
    pace = measured(0.2)
    now = held(pace, 10)
    pace.painted(now)
    assert pace.painted(now + FRAME), "a frame that follows another asks"
    full = now + FRAME + 0.2 + LATE
    assert pace.wait(full - 0.001) == 0
    assert pace.wait(full + 0.001) > 0
    pace.answered(full + 0.1)
    assert pace.wait(full + 0.1) == 0


def test_a_long_line_that_is_not_full_is_not_waited_for() -> None:
    pace = measured(0.3)
    now = held(pace, 10)
    for number in range(9):  # nine frames are on their way at once
        assert pace.wait(now) == 0
        pace.painted(now)
        now += FRAME
        pace.key(now)
        if number == 8:
            pace.answered(now + 0.0301)


def test_a_terminal_that_stops_answering_is_waited_for_three_times_and_no_more() -> None:
    pace, now = measured(0.01), 200.0
    for _ in range(3):
        pace.painted(now)
        assert pace.painted(now + 0.1)
        assert pace.wait(now + 0.1 + PATIENCE + 0.01) == 0
        now += PATIENCE + 0.2
    pace.painted(now)
    assert not pace.painted(now + 0.1)


def test_a_terminal_that_never_answers_is_asked_once() -> None:
    pace = Pace()
    pace.asked(0.0)
    pace.painted(0.1)
    assert not pace.painted(0.2)
    assert pace.open_for(0.3) == 0


def test_who_gives_the_terminal_back_waits_for_an_answer_that_is_due_and_for_no_other() -> None:
    pace = measured(0.01)
    pace.begin_anew()
    assert pace.open_for(50.0) == 0
    pace.asked(50.0)
    assert 0.4 <= pace.open_for(50.1) <= PATIENCE
    pace.answered(50.2)
    assert pace.open_for(50.2) == 0


def test_a_pause_without_keys_never_waits_longer_than_patience() -> None:
    pace = measured(0.01)
    pace.painted(50.0)
    pace.painted(50.1)
    assert pace.wait(50.3) <= PATIENCE
