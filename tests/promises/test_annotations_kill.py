"""What was acknowledged is there after kill -9, with one session or several; and the check would notice if not.

`python -m bench.faults --full` runs the same suites in full size.
"""

from __future__ import annotations

from fault_suites import run


def test_nothing_acknowledged_is_lost_to_kills_and_careless_saving_is_found_out() -> None:
    one, three, *careless = run("kill")
    for found, kills in ((one, 25), (three, 15)):
        assert found["kills"] >= kills
        assert found["acknowledged"] > kills
        assert found["lost"] == found["unreadable"] == 0
    assert len(careless) == 2
    assert all(control["bad"] for control in careless)


def test_a_kill_at_any_call_to_the_disk_loses_nothing() -> None:
    (found,) = run("calls")
    assert found["kills"] > 50
    assert found["bad"] == 0


def test_sessions_writing_at_once_lose_nothing_and_refuse_nothing() -> None:
    two, three = run("writers")
    assert (two["changes"], three["changes"]) >= (120, 180)
    assert two["bad"] == three["bad"] == 0
