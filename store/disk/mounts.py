"""Which file system a path lies on: locks of some reach no other machine. The parsing is pure."""

from __future__ import annotations

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")

_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "lustre", "gpfs", "beegfs", "glusterfs", "ocfs2", "gfs2")
_NETWORK_FUSE = (
    *("sshfs", "gluster", "rclone", "dav", "s3", "ceph", "juicefs", "moosefs", "mfs", "gvfs", "smb", "curlftpfs"),
    *("google-drive", "gcsfuse", "goofys", "seaweed", "weed", "onedrive", "hdfs", "beegfs", "afs"),
)


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """Return the type of the file system that a path is or would be on, such as `ext4`; empty where unknown."""
    try:
        text = mounts.read_text(errors="surrogateescape")
    except OSError:
        return ""
    return type_at(os.path.realpath(path), text)


def on_network(path: Path, mounts: Path = MOUNTS) -> bool:
    """Tell whether a path lies on a file system that other machines write to as well."""
    return is_network(file_system(path, mounts))


def is_network(kind: str) -> bool:
    """Tell whether file systems of this type are shared between machines."""
    if kind.startswith("fuse."):
        return kind.removeprefix("fuse.").startswith(_NETWORK_FUSE)
    return kind.startswith(_NETWORK)


def type_at(real: str, text: str) -> str:
    """Return the type of the file system at a path without links, from the text of `/proc/self/mountinfo`."""
    best, kind = "", ""
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) < 5 or not right:
            continue
        point = _unescaped(fields[4])
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        # Of two at one place the later one lies over the earlier.
        if inside and len(point) >= len(best):
            best, kind = point, right.split(" ")[0]
    return kind


def _unescaped(point: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
