"""Where articles are, as JSON lines tell it: a path that is no Unicode is told exactly by a URI. Pure."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from store.paths import openable, storable

Shape = dict[str, Any]


def stored_place(source: Mapping[str, str]) -> Shape:
    """Return a place; `uri` where the path is no Unicode, for then only it is exact."""
    path = openable(source["path"])
    shown = path.encode("utf-8", "replace").decode() if path != source["path"] else path
    exact = {} if shown == path else {"uri": "file://" + quote(os.fsencode(path))}
    return {"path": shown, "member": source.get("member", ""), **exact}


def read_places(value: object) -> object:
    """Return places as they are kept; what is no list of places is left for a check."""
    if not isinstance(value, list):
        return value
    return [_source(one) if isinstance(one, dict) else one for one in value]


def _source(shape: Shape) -> Shape:
    uri, path = shape.get("uri"), shape.get("path")
    if isinstance(uri, str) and uri.startswith("file:///"):
        path = storable(os.fsdecode(unquote_to_bytes(uri.removeprefix("file://"))))
    return {"path": path, "member": shape.get("member", "")}
