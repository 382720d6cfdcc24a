"""Watches the library's folders while Dateline is open, and says where something may have changed.

It looks at no article itself: a scan of the places it names does, which also finds out whether anything changed.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.catalog.writer import is_within
from store.disk.mounts import file_system, is_network
from store.formats.folder import folders_of, page_folders
from store.formats.registry import Outlook, is_leftover, outlook
from store.indexer.protocol import Hello, Trouble
from store.indexer.wire import Inbox, Outbox
from store.indexer.wishes import Changed

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

QUIET, PATIENCE = 0.5, 10.0
"""Seconds without news after which a file counts as written, and after which one that is always written is read."""
STORM = 500
"""Changed places at once that are looked for in the whole library: it is cheaper, and nothing can be missed."""
LOOK_EVERY, LOOK_ANYWAY = 60.0, 3600.0
"""Seconds between two looks at the whole library: where changes are not told, and where they are."""
_SHARE = 100
"""A look at the library is taken so rarely that it takes a hundredth of the time at most."""
_STEP, _TIMEOUT, _ROOTS_EVERY = 250, 1_000, 2.0
"""Milliseconds and seconds: between wake-ups, until we look at what waits, until we look for roots come back."""


class Watch:
    """A thread that calls `tell` with places to look at again, none for everywhere, and `trouble` with a sentence."""

    def __init__(
        self,
        roots: Sequence[str],
        tell: Callable[[tuple[str, ...]], None],
        trouble: Callable[[str], None],
    ) -> None:
        """Begin to watch; `settled` is set once changes are seen, or will not be."""
        self.settled = threading.Event()
        self.cost = 0.0
        """Seconds that a look at the whole library takes."""
        self._roots = tuple(roots)
        self._tell = tell
        self._trouble = trouble
        self._ended = threading.Event()
        self._waiting = Unsettled()
        self._folders: set[str] = set()
        self._found: dict[str, tuple[int, int] | None] = {}
        self._looked = time.monotonic()
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def close(self) -> None:
        """Watch no longer."""
        self._ended.set()

    # ---- the thread ------------------------------------------------------------------------------------------------
    def _run(self) -> None:
        reason = why_not_watched(self._roots)
        notifier: RustNotify | None = None
        while not self._ended.is_set() and not reason:
            try:
                self._found = {root: _identity(root) for root in self._roots}
                self._folders = {folder for root in self._roots for folder in folders_of(root)}
                notifier = watcher_of(self._folders)
                self._look_unless_first()
                self.settled.set()
                self._follow(notifier)
            except (OSError, RuntimeError, ValueError) as error:
                reason = _sentence(error, len(self._folders))
        self.settled.set()
        if reason and not self._ended.is_set():
            self._trouble(reason)
        while not self._ended.wait(max(LOOK_EVERY, self.cost * _SHARE)):
            self._tell(())

    def _look_unless_first(self) -> None:
        """What changed while a root was away or the folders were listed is found by looking."""
        if self.settled.is_set():
            self._look()

    def _look(self) -> None:
        self._looked = time.monotonic()
        self._waiting.clear()
        self._tell(())

    def _follow(self, notifier: RustNotify | None) -> None:
        """Pass on what the system tells, until a root comes, goes or is another than before."""
        roots_at = time.monotonic() + _ROOTS_EVERY
        while not self._ended.is_set():
            if notifier is None:
                self._ended.wait(_TIMEOUT / 1000)
            else:
                told = notifier.watch(_TIMEOUT, _STEP, _TIMEOUT, None)
                if not isinstance(told, str):
                    notifier = self._take({path for _, path in told}, notifier)
            self._pass_on()
            now = time.monotonic()
            if now >= roots_at:
                roots_at = now + _ROOTS_EVERY
                if any(_identity(root) != known for root, known in self._found.items()):
                    return
            if now - self._looked > max(LOOK_ANYWAY, self.cost * _SHARE):
                self._look()

    def _take(self, paths: Iterable[str], notifier: RustNotify) -> RustNotify | None:
        """Note where something happened, and watch folders that have come."""
        places = {place for path in paths for place in self._places_of(path)}
        gone = {place for place in places if place in self._folders and not Path(place).is_dir()}
        come = {place for place in places if place not in self._folders and Path(place).is_dir()}
        moved = {place for place in places if place in self._folders} - gone
        watched: RustNotify | None = notifier
        if gone:
            self._folders = {folder for folder in self._folders if not is_within(folder, gone)}
            # A root that comes back is found by its identity, be it the very same.
            self._found.update(dict.fromkeys(gone.intersection(self._roots)))
        fresh = {folder for place in come for folder in folders_of(place)}
        while fresh or gone or moved:
            self._folders |= fresh
            watched = watcher_of(self._folders)
            # A folder may have come into a new one after it was listed and before it was watched.
            fresh = {folder for place in come for folder in folders_of(place)} - self._folders
            gone, moved = set(), set()
        self._waiting.add(places)
        return watched

    def _places_of(self, path: str) -> Iterable[str]:
        """Return what to look at because of what happened at a path."""
        if "\ufffd" in path:
            # The name is no UTF-8 and was not told as it is.
            path = os.path.dirname(path[: path.index("\ufffd")] + "x")  # noqa: PTH120 - paths stay strings
        root = next((root for root in self._roots if is_within(path, (root,))), None)
        if root is None:
            return ()
        names = path[len(root) :].strip("/").split("/")
        if any(name.startswith(".") for name in names) or is_leftover(names[-1]):
            return ()
        if Path(path).is_symlink():
            # What it leads to may be found anyway, or not, which is for a look at the whole to say.
            return (root,)
        if outlook(names[-1]) is not Outlook.IGNORED:
            return (path, *page_folders(path))
        return (path,) if path in self._folders or Path(path).is_dir() else ()

    def _pass_on(self) -> None:
        if self._waiting.is_storm:
            if self._waiting.is_over:
                self._look()
            return
        ready = self._waiting.take()
        if ready:
            self._tell(ready)


def watch_for(hello: Hello, inbox: Inbox, out: Outbox) -> Watch:
    """Watch the roots of a library for its indexer."""
    return Watch(
        hello.roots,
        lambda paths: inbox.put(Changed(paths)),
        lambda reason: out.send(Trouble("", "watch", reason)),
    )


class Unsettled:
    """Places where something happened, until nothing more happens there."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: dict[str, tuple[float, float]] = {}
        """When something happened there first, and last."""

    def add(self, places: Iterable[str]) -> None:
        """Note that something happened at these places."""
        now = self._clock()
        for place in places:
            first, _ = self._times.get(place, (now, now))
            self._times[place] = first, now

    def take(self) -> tuple[str, ...]:
        """Return the places that have been quiet for a moment, or never are."""
        ready = tuple(sorted(place for place, times in self._times.items() if self._is_ready(*times)))
        for place in ready:
            del self._times[place]
        return ready

    def clear(self) -> None:
        """Forget all."""
        self._times.clear()

    @property
    def is_storm(self) -> bool:
        """Whether so much happens that single places are not worth looking at."""
        return len(self._times) > STORM

    @property
    def is_over(self) -> bool:
        """Whether a storm has calmed down, or has lasted so long that one should look all the same."""
        first = min(first for first, _ in self._times.values())
        last = max(last for _, last in self._times.values())
        return self._is_ready(first, last)

    def _is_ready(self, first: float, last: float) -> bool:
        now = self._clock()
        return now - last >= QUIET or now - first >= PATIENCE


def watcher_of(folders: Collection[str]) -> RustNotify | None:
    """Watch these folders, each by itself; None where there are none.

    Not by their roots: hidden folders, such as a repository's, and links out of the library would be watched as well.

    Raises:
        OSError: the system does not watch so many folders.
    """
    from watchfiles._rust_notify import RustNotify  # the screen process never watches

    while folders:
        try:
            return RustNotify(sorted(folders), False, False, 0, False, True)
        except FileNotFoundError:
            folders = {folder for folder in folders if Path(folder).is_dir()}
    return None


def why_not_watched(roots: Sequence[str]) -> str:
    """Return why changes in these folders are only looked for now and then, as a sentence; empty if they are told."""
    for root in roots:
        kind = file_system(Path(root))
        if is_network(kind):
            return f"New files are looked for every minute: {root} lies on a network file system ({kind})."
        try:
            root.encode()
        except UnicodeEncodeError:
            return "New files are looked for every minute: the folder's name is no UTF-8."
    return ""


def try_to_watch(roots: Sequence[str]) -> str:
    """Find out, by watching for a moment, whether changes in these folders are seen; returns why not, or nothing."""
    reason = why_not_watched(roots)
    if reason:
        return reason
    folders = {folder for root in roots for folder in folders_of(root)}
    try:
        notifier = watcher_of(folders)
    except (OSError, RuntimeError, ValueError) as error:
        return _sentence(error, len(folders))
    if notifier is not None:
        notifier.close()
    return ""


def _sentence(error: Exception, folders: int) -> str:
    why = str(error)
    if "No space left" in why or "os error 28" in why or "watch limit" in why.lower():
        return (
            f"New files are looked for every minute: the system watches fewer folders than the {folders:,} here. "
            "Raise the limit with `sysctl fs.inotify.max_user_watches`."
        )
    if "Too many open files" in why or "os error 24" in why:
        return (
            "New files are looked for every minute: too many programs watch files. "
            "Raise the limit with `sysctl fs.inotify.max_user_instances`."
        )
    return f"New files are looked for every minute: the folders cannot be watched ({why.rstrip('.')})."


def _identity(root: str) -> tuple[int, int] | None:
    try:
        found = os.stat(root)  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino
