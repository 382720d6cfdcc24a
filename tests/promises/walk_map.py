"""The walk over the map and through the pairs of names that are likely the same."""

from __future__ import annotations

from walking import Part, Step, untouched


def at(row: int, place: str) -> str:
    """Match the screen with a place in one row of the map, counted from 0 at the top."""
    return rf"\A(?:.*\n){{{row}}}.*{place}"


MAP = Part(
    "map",
    (
        Step("name.all", "E", r"Names in the .* names"),
        Step("entity.map", "g m", at(4, "Moscow")),
        Step("map.in", "+", at(7, "Moscow"), gone=at(3, "Oslo")),
        Step("map.north", "^", gone=at(7, "• Moscow")),
        Step("map.south", "_", at(7, "• Moscow")),
        Step("map.world", "w", at(2, "Moscow")),
        Step("map.west", "<", gone="◦.*Tokyo"),
        Step("map.east", ">", "◦.*Tokyo"),
        Step("map.fit", "0", at(4, "Moscow")),
        Step("map.out", "-", gone=at(4, "Moscow")),
        Step("entity.everywhere", "L", "4 places"),
        Step("entity.join", "m", "is the same as:"),
        Step("prompt.cancel", "esc", gone="is the same as:"),
        Step("entity.back", "ctrl+o", r"Names in the .* names"),
        Step("entity.mark", "space", "1 marked: "),
        Step("", "q", gone="1 marked: "),
        Step("run.quit", "q", ends=True),
    ),
    untouched,
)  # fmt: skip

LIKELY = Part(
    "likely the same",
    (
        Step("name.likely", "", "Likely the same · 1 of 1",
             then=(":", "~enter runs", "merge", "~:merge", "enter")),
        Step("likely.next", "j", "That was all: 0 decided"),
        Step("likely.previous", "k", gone="That was all"),
        Step("likely.first", "1", "MENTIONS(.|\n)*Shinzo Abe met"),
        Step("entity.back", "ctrl+o", "Likely the same"),
        Step("likely.second", "2", "MENTIONS(.|\n)*Sergey Lavrov spoke"),
        Step("entity.next-part", "tab", r"(?m)^>  Moscow"),
        Step("entity.note", "a", "A friend", then=("~save and close", "A friend")),
        Step("note.save", "esc", "Note on Sergey Lavrov saved", gone="save and close",
             saved=lambda tables: any(row["body"] == "A friend" for row in tables["entities"])),
        Step("entity.later", ">", "date:2017-03"),
        Step("entity.earlier", "<", gone="date:2017-03"),
        Step("entity.back", "ctrl+o", "Likely the same"),
        Step("", "q", gone="Likely the same"),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: any(row["body"] == "A friend" for row in tables["entities"]),
)  # fmt: skip

PARTS = (MAP, LIKELY)
