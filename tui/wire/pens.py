"""Pens: how a cell looks, known by one character each, and the shortest way from one look to another."""

from __future__ import annotations

from collections.abc import Iterable

from store.record import Record

_SEEN_ON_BLANKS = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
"""Attributes that show where no character stands."""

_OFF = {
    "1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29",
}  # fmt: skip
"""What switches an attribute off again; the rare others are only reset, since not every terminal knows theirs."""


class Pen(Record):
    """How a cell looks, as the numbers of `CSI ... m`."""

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    """Empty: the terminal's own."""
    background: str = ""
    link: str = ""
    """The inside of a hyperlink's `OSC 8`, or nothing."""


def parsed(codes: str, link: str = "") -> Pen:
    """Read what Textual would put between `CSI` and `m`."""
    numbers = iter(codes.split(";")) if codes else iter(())
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}
    for number in numbers:
        if number in ("38", "48"):
            kind = next(numbers)
            rest = [next(numbers) for _ in range(1 if kind == "5" else 3)]
            colours[number[0]] = ";".join((number, kind, *rest))
        elif number in ("39", "49"):
            colours[number[0]] = ""
        elif len(number) == 2 and number[0] in "349":
            colours["4" if number[0] == "4" else "3"] = number
        elif len(number) == 3:
            colours["4"] = number
        elif number not in ("", "0"):
            attributes.add(number)
    return Pen(frozenset(attributes), colours["3"], colours["4"], link)


def sgr(before: Pen, after: Pen) -> str:
    """Return what turns one pen into another, the shorter of changing and beginning anew."""
    if before == after:
        return ""
    anew = _sequence([*(["0"] if before != Pen() else []), *sorted(after.attributes, key=int), *_colours(Pen(), after)])
    return min((anew, *_changed(before, after)), key=len) + (_link(after.link) if before.link != after.link else "")


def _changed(before: Pen, after: Pen) -> tuple[str, ...]:
    gone, kept = before.attributes - after.attributes, before.attributes & after.attributes
    if not all(one in _OFF for one in gone):
        return ()
    off = {_OFF[one] for one in gone}
    on = [one for one in after.attributes if one not in kept or _OFF.get(one) in off]
    return (_sequence([*sorted(off), *sorted(on, key=int), *_colours(before, after)]),)


def _colours(before: Pen, after: Pen) -> list[str]:
    changed = [after.foreground or "39"] if before.foreground != after.foreground else []
    return changed + ([after.background or "49"] if before.background != after.background else [])


def _sequence(numbers: list[str]) -> str:
    if not numbers:
        return ""
    return "\x1b[m" if numbers == ["0"] else f"\x1b[{';'.join(numbers)}m"


def _link(link: str) -> str:
    return f"\x1b]8;{link or ';'}\x1b\\"


class Pens:
    """All pens of a session; a row of cells holds one character of these for each cell.

    `PLAIN` is always there: the terminal as it is after a reset.
    """

    PLAIN = "\x01"

    def __init__(self) -> None:
        self._pens: dict[str, Pen] = {}
        self._characters: dict[Pen, str] = {}
        self._of_codes: dict[tuple[str, str], str] = {}
        self._blanks: dict[str, str] = {}
        self._ways: dict[tuple[str, str], str] = {}
        self._enter(Pen())

    def of(self, codes: str, link: str = "") -> str:
        """Return the character of the pen with these numbers."""
        found = self._of_codes.get((codes, link))
        if found is None:
            found = self._of_codes[codes, link] = self._enter(parsed(codes, link))
        return found

    def blank(self, pen: str) -> str:
        """Return the pen of a space that is written with this one: what cannot be seen of it is left out."""
        return self._blanks[pen]

    @property
    def entered(self) -> list[Pen]:
        """The pens in the order in which they were entered."""
        return list(self._characters)

    def enter_all(self, pens: Iterable[Pen]) -> None:
        """Enter pens of another session in their order, so that each is known by the same character again."""
        for pen in pens:
            self._enter(pen)

    def is_blank(self, pen: str) -> bool:
        """Tell whether an erased cell can look like this pen."""
        return self._blanks[pen] == pen and not self._pens[pen].attributes and not self._pens[pen].link

    def has_ground(self, pen: str) -> bool:
        """Tell whether the pen has a background of its own."""
        return bool(self._pens[pen].background)

    def way(self, before: str, after: str) -> str:
        """Return the sequence from one pen to another."""
        found = self._ways.get((before, after))
        if found is None:
            found = self._ways[before, after] = sgr(self._pens[before], self._pens[after])
        return found

    def fits(self, current: str, wanted: str) -> bool:
        """Tell whether a space written with the current pen looks as wanted."""
        return current == wanted or self._blanks[current] == wanted

    def _enter(self, pen: Pen) -> str:
        found = self._characters.get(pen)
        if found is None:
            found = self._characters[pen] = chr(len(self._characters) + 1)
            self._pens[found] = pen
            blank = pen
            if not pen.attributes & _SEEN_ON_BLANKS and not pen.link:
                blank = Pen(background=pen.background)
            self._blanks[found] = found if blank == pen else self._enter(blank)
        return found
