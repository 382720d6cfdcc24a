"""The one exception tree: each message tells the user what to do.

DatelineError
├── UsageError            a command, a query or a config that was written wrongly
│   ├── ConfigError       the user's config file: names the file and the key
│   └── QueryError        a query: carries the column where it went wrong
├── NotFoundError         a path, an article or a tag that is not there
├── UndoRefused           a step of the undo list that must wait for another; names that one
├── AnnotationsError      the file that holds the user's tags and notes
│   ├── Unreadable        it cannot be parsed; it was not touched
│   ├── TooNew            a newer Dateline wrote it; it was not touched
│   ├── Busy              another session holds its lock too long
│   └── NotSaved          a change did not reach the disk and was taken back
├── ExchangeError         a file to import that is not understood, or one that could not be written
├── FetchError            a page or a feed that could not be had from the net
├── CatalogError          the derived index: never anything of the user's
└── ModelError            the entity pipeline is missing or cannot be loaded
"""


class DatelineError(Exception):
    """Anything that Dateline tells its user in words."""


class UsageError(DatelineError):
    """Something the user wrote is wrong: a command, a query, a config."""


class ConfigError(UsageError):
    """The config file is wrong; the message names the file and the key."""


class QueryError(UsageError):
    """A query cannot be understood.

    `column` counts code points from 0 into the query text; `hint` proposes what was probably meant, or is empty.
    """

    def __init__(self, message: str, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.hint = hint

    @property
    def advice(self) -> str:
        """The hint as a sentence: a word that could stand there is a question."""
        if " " in self.hint:
            return self.hint[0].upper() + self.hint[1:]
        return f"Did you mean {self.hint}?" if self.hint else ""


class NotFoundError(DatelineError):
    """A path, an article or a tag that is not there."""


class UndoRefused(DatelineError):  # noqa: N818 - an answer, named as the user is told of it
    """A step of the undo list cannot be taken back or done again now; the message names the one that is in the way."""


class AnnotationsError(DatelineError):
    """The annotation file cannot be used as it should."""


class Unreadable(AnnotationsError):  # noqa: N818 - a state, named as the user is told of it
    """The annotation file cannot be parsed; it was left untouched."""


class TooNew(AnnotationsError):  # noqa: N818
    """A newer version of Dateline wrote the annotation file; it was left untouched."""


class Busy(AnnotationsError):  # noqa: N818
    """Another session has held the annotation file's lock for too long."""


class NotSaved(AnnotationsError):  # noqa: N818
    """A change did not reach the disk; memory shows what the disk has."""


class ExchangeError(DatelineError):
    """A file to import or merge is not what it should be, or one could not be written; nothing has changed."""


class FetchError(DatelineError):
    """A page or a feed could not be had; the message is a sentence about it, without the address.

    `later`: it may be there another time.
    """

    def __init__(self, message: str, *, later: bool = False) -> None:
        super().__init__(message)
        self.later = later


class CatalogError(DatelineError):
    """The derived index cannot be used; it may be deleted at any time."""


class ModelError(DatelineError):
    """The entity pipeline is missing or cannot be loaded; the message says which package brings it."""
