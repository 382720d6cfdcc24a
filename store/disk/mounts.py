"""Which file system a path lies on, and where drives are mounted below it. The parsing is pure."""

from __future__ import annotations

import os
from collections.abc import Iterator
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
    for point, found in _mounted(text):
        # Of two at one place the later one lies over the earlier.
        if _is_at_or_below(real, point) and len(point) >= len(best):
            best, kind = point, found
    return kind


def mounts_below(folder: str, mounts: Path = MOUNTS) -> list[str]:
    """Return the folders below this one where something is mounted, as paths that begin like it; none where unknown."""
    try:
        text = mounts.read_text(errors="surrogateescape")
    except OSError:
        return []
    return points_below(folder, os.path.realpath(folder), text)


def points_below(folder: str, real: str, text: str) -> list[str]:
    """Return the same from the text of `/proc/self/mountinfo`; `real` is the folder without links."""
    points = {point for point, _ in _mounted(text) if point != real and _is_at_or_below(point, real)}
    return sorted(folder.rstrip("/") + point[len(real.rstrip("/")) :] for point in points)


def _mounted(text: str) -> Iterator[tuple[str, str]]:
    """Yield where something is mounted, and the type of its file system."""
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) >= 5 and right:
            yield _unescaped(fields[4]), right.split(" ")[0]


def _is_at_or_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _unescaped(point: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
