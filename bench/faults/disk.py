"""What a disk may hold after the power failed: built from recorded calls, after the idea of ALICE (OSDI 2014).

Bytes: each write since the file was last forced to the disk is there whole, is missing, is zeros, or is torn at
512 bytes. Names: since their folder was last forced to the disk, the first so many are there (`ordered`, as ext4 and
XFS do it), or any of them (`weak`, all that POSIX promises).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bench.faults.systems import Op

SECTOR = 512
Files = dict[str, bytes | None]
"""What a folder holds, by path; None is a folder."""


@dataclass
class _Write:
    at: int
    data: bytes | None
    """None cuts the file at `at`."""


@dataclass
class _Inode:
    writes: list[_Write] = field(default_factory=list)
    synced: int = 0
    """How many of the writes have been forced to the disk."""
    size: int = 0


@dataclass
class _Naming:
    """One change of a folder."""

    gone: str | None
    new: str | None
    inode: int | None
    """None for a folder."""
    synced: bool = False


class Disk:
    """The state of a disk in the midst of recorded calls, with all that is not settled yet."""

    def __init__(self, before: Mapping[str, bytes | None]) -> None:
        """Begin with files that have long been on the disk."""
        self._inodes: list[_Inode] = []
        self._current: dict[str, int | None] = {}
        self._namings: list[_Naming] = []
        self._files: dict[int, tuple[int, bool]] = {}
        self._at: dict[int, int] = {}
        self._folders: dict[int, str] = {}
        for path, data in before.items():
            inode = None if data is None else self._new_inode()
            if inode is not None and data is not None:
                self._inodes[inode] = _Inode([_Write(0, data)], 1, len(data))
            self._namings.append(_Naming(None, path, inode, synced=True))
            self._current[path] = inode

    def _new_inode(self) -> int:
        self._inodes.append(_Inode())
        return len(self._inodes) - 1

    def take(self, op: Op) -> None:
        """Follow one recorded call."""
        match op:
            case "opendir", fd, path:
                self._folders[fd] = path
            case "open", fd, path, new, truncate, append:
                if new:
                    self._name(_Naming(None, path, self._new_inode()))
                inode = self._current[path]
                assert inode is not None
                self._files[fd], self._at[fd] = (inode, append), 0
                if truncate and self._inodes[inode].size:
                    self._cut(inode, 0)
            case "close", fd:
                self._files.pop(fd, None)
                self._folders.pop(fd, None)
            case "write", fd, data:
                inode, append = self._files[fd]
                at = self._inodes[inode].size if append else self._at[fd]
                self._inodes[inode].writes.append(_Write(at, data))
                self._inodes[inode].size = max(self._inodes[inode].size, at + len(data))
                self._at[fd] = at + len(data)
            case "truncate", fd, size:
                self._cut(self._files[fd][0], size)
            case "sync", fd:
                self._sync(fd)
            case "sync failed", fd:
                self._drop(fd)
            case "rename", old, new:
                self._name(_Naming(old, new, self._current[old]))
            case "link", old, new:
                self._name(_Naming(None, new, self._current[old]))
            case "unlink", path:
                self._name(_Naming(path, None, None))
            case "mkdir", path:
                self._name(_Naming(None, path, None))
            case _:
                raise ValueError(f"a call that the model of the disk does not know: {op[0]}")

    def _name(self, naming: _Naming) -> None:
        self._namings.append(naming)
        _rename(self._current, naming)

    def _cut(self, inode: int, size: int) -> None:
        self._inodes[inode].writes.append(_Write(size, None))
        self._inodes[inode].size = size

    def _sync(self, fd: int) -> None:
        if fd in self._folders:
            for naming in self._namings:
                if self._folders[fd] in {_folder(path) for path in (naming.gone, naming.new) if path}:
                    naming.synced = True
        else:
            inode = self._inodes[self._files[fd][0]]
            inode.synced = len(inode.writes)

    def _drop(self, fd: int) -> None:
        """Lose for good what was not yet on the disk, though readers still see it."""
        if fd in self._files:
            inode = self._inodes[self._files[fd][0]]
            for write in inode.writes[inode.synced :]:
                if write.data is not None:
                    write.data = bytes(len(write.data))

    # ---- after the crash -------------------------------------------------------------------------------------
    def least(self) -> Files:
        """Return what is there for certain."""
        return self._state(self._sure(ordered=True), lambda inode: inode.writes[: inode.synced])

    def most(self) -> Files:
        """Return what is there if everything reached the disk."""
        return self._state(self._namings, lambda inode: inode.writes)

    def perhaps(self, chance: random.Random, *, ordered: bool) -> Files:
        """Return one state of those that are possible."""
        kept = self._sure(ordered)
        if ordered:
            kept = self._namings[: chance.randint(len(kept), len(self._namings))]
        else:
            kept = [one for one in self._namings if one.synced or chance.random() < 0.5]
        return self._state(kept, lambda inode: _maybe(inode, chance))

    def _sure(self, ordered: bool) -> list[_Naming]:
        if not ordered:
            return [one for one in self._namings if one.synced]
        last = max((at for at, one in enumerate(self._namings) if one.synced), default=-1)
        return self._namings[: last + 1]

    def _state(self, namings: Iterable[_Naming], kept: Callable[[_Inode], list[_Write]]) -> Files:
        names: dict[str, int | None] = {}
        for naming in namings:
            _rename(names, naming)
        texts: dict[int, bytes] = {}
        found: Files = {}
        for path, inode in sorted(names.items()):
            if inode is not None and inode not in texts:
                texts[inode] = _text(kept(self._inodes[inode]))
            folder = _folder(path)
            # What is in a folder that is not there is not there either; the outermost one has no name here.
            if folder not in self._current or folder in found:
                found[path] = None if inode is None else texts[inode]
        return found


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _rename(names: dict[str, int | None], naming: _Naming) -> None:
    if naming.gone is not None:
        names.pop(naming.gone, None)
    if naming.new is not None:
        names[naming.new] = naming.inode


def _maybe(inode: _Inode, chance: random.Random) -> list[_Write]:
    writes = inode.writes[: inode.synced]
    for write in inode.writes[inode.synced :]:
        lot = chance.random()
        if lot < 0.2:
            writes.append(write)
        elif write.data is None or lot < 0.5:
            continue
        elif lot < 0.65:
            # The length reached the disk, the bytes did not.
            writes.append(_Write(write.at, bytes(len(write.data))))
        else:
            writes.extend(_torn(write.at, write.data, chance))
    return writes


def _torn(at: int, data: bytes, chance: random.Random) -> Iterable[_Write]:
    """Yield the sectors of a write that reached the disk."""
    start = at
    while start < at + len(data):
        end = min((start // SECTOR + 1) * SECTOR, at + len(data))
        if chance.random() < 0.5:
            yield _Write(start, data[start - at : end - at])
        start = end


def _text(writes: Iterable[_Write]) -> bytes:
    text = bytearray()
    for write in writes:
        end = write.at if write.data is None else write.at + len(write.data)
        if len(text) < end:
            text.extend(bytes(end - len(text)))
        if write.data is None:
            del text[write.at :]
        else:
            text[write.at : end] = write.data
    return bytes(text)
