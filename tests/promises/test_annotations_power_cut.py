"""Whatever a power cut leaves on the disk, a start finds what was acknowledged; and careless writing is found out."""

from __future__ import annotations

from fault_suites import run


def test_every_disk_that_a_power_cut_may_leave_holds_what_was_acknowledged() -> None:
    ours, *careless = run("crash")
    assert ours["states"] >= 1500
    assert ours["bad"] == 0
    assert len(careless) == 3
    assert all(control["bad"] > 10 for control in careless)


def test_a_file_system_that_is_cut_off_holds_what_was_acknowledged_before() -> None:
    ours, careless = run("power")
    assert ours["cuts"] >= 3
    assert ours["bad"] == 0
    assert careless["bad"]
