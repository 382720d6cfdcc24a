"""Frozen records that cost a start nothing.

To generate the code of a dataclass takes a millisecond, and the screen needs dozens of records before its first
paint. A `Record` is a frozen dataclass in all that is used of one, but for its speed: what is made by the hundred
thousand, such as a mention, stays a dataclass.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Record:
    """Fields are the annotated names of the class; those with a value have it as their default."""

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        own = cls.__annotations__ if "__annotations__" in vars(cls) else {}
        fields = (name for name, kind in own.items() if not str(kind).startswith("ClassVar"))
        cls._fields = (*cls._fields, *fields)

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self._fields
        given = dict(zip(names, values, strict=False), **named)
        unknown = given.keys() - set(names)
        missing = [name for name in names if name not in given and not hasattr(type(self), name)]
        if len(values) > len(names) or unknown or missing:
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(names) or '(none)'}")
        vars(self).update(given)

    def changed(self, **named: Any) -> Self:
        """Return a copy with other values in these fields."""
        return type(self)(**{name: getattr(self, name) for name in self._fields} | named)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a record does not change: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._values()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({shown})"

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._fields)
