"""Whether a file lies where other machines write to as well is read from what the kernel says of its mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.disk.mounts import file_system, is_network, on_network, points_below, type_at

SAMPLE = """\
21 26 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw
26 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
40 26 0:40 / /home rw,relatime shared:30 - nfs4 server:/export/home rw,vers=4.2,local_lock=none
41 40 0:41 / /home/ann/local\\040disk rw - btrfs /dev/vdb rw
42 26 0:42 / /mnt/away rw - fuse.sshfs ann@server:/srv rw,user_id=1000
43 26 0:43 / /mnt/share rw master:9 propagate_from:2 - cifs //server/share rw
44 26 0:44 / /mnt/host rw - 9p C:\\134 rw
45 26 8:3 / /media/stick rw - fuseblk /dev/sdb1 rw
46 26 0:46 / /media/stick rw - vfat /dev/sdc1 rw
47 26 0:47 / /tmp/.mount_app ro - fuse.AppImage app ro
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/home", "nfs4", True),
        ("/home/ann/annotations.json", "nfs4", True),
        ("/home/ann/local disk/annotations.json", "btrfs", False),
        ("/homework/annotations.json", "ext4", False),
        ("/mnt/away/x", "fuse.sshfs", True),
        ("/mnt/share/x", "cifs", True),
        ("/mnt/host/x", "9p", True),
        ("/media/stick/x", "vfat", False),
        ("/tmp/.mount_app/x", "fuse.AppImage", False),
        ("/", "ext4", False),
    ],
)
def test_the_mount_that_a_path_lies_on_is_the_deepest_and_latest(path: str, kind: str, network: bool) -> None:
    assert type_at(path, SAMPLE) == kind
    assert is_network(kind) == network


def test_a_path_need_not_be_there_and_links_are_followed(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 254:0 / / rw - ext4 /dev/vda rw\n"
        f"40 22 0:40 / {tmp_path}/away rw shared:1 - nfs4 server:/home rw\n"
        f"41 40 0:41 / {tmp_path}/away/local rw - ext4 /dev/vdb rw\n"
    )
    (tmp_path / "link").symlink_to(tmp_path / "away")
    assert on_network(tmp_path / "away" / "x" / "y", mounts)
    assert on_network(tmp_path / "link" / "y", mounts)
    assert not on_network(tmp_path / "away" / "local" / "y", mounts)
    assert not on_network(Path("/usr"), mounts)
    assert file_system(Path("/usr"), tmp_path / "absent") == ""


def test_mounts_below_a_folder_are_told_as_paths_below_it_however_it_is_reached() -> None:
    assert points_below("/mnt", "/mnt", SAMPLE) == ["/mnt/away", "/mnt/host", "/mnt/share"]
    assert points_below("/link/to/ann", "/home/ann", SAMPLE) == ["/link/to/ann/local disk"]
    assert points_below("/media/stick", "/media/stick", SAMPLE) == []
    assert "/sys" in points_below("/", "/", SAMPLE) and "/" not in points_below("/", "/", SAMPLE)
    assert points_below("/home", "/home", "") == []
