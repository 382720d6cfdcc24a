"""`dateline export --format spacy` and `conll`: names as training data, and what is said of it."""

from __future__ import annotations

import argparse
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from store.errors import UsageError
from store.library import Library
from store.library.exchanging import counted, new_file
from store.library.training import TrainingData, Written, write_in_words
from tui.cli.choosing import bring_up_to_date, chosen, opened_for
from tui.cli.output import Output
from tui.render.safe import plain

_MOST_NAMED = 20


def run(args: argparse.Namespace, format: str, out: Output) -> int:
    """Write the file, or to stdout; returns the exit code."""
    in_words = _in_words(args, format)
    with opened_for(args, out) as library:
        keys = chosen(library, args.query, out)
        data = TrainingData(library, keys, uncorrected=args.all)
        if waiting := data.waiting():
            names = bring_up_to_date(library, out, analyse=waiting)
            data = TrainingData(library, keys, uncorrected=args.all, names=names)
        return _write(args.output, format, in_words, data, library, out)


def write_here(args: argparse.Namespace, format: str, library: Library, keys: Sequence[int], out: Output) -> int:
    """Write the file for some articles of an open library, with the names that are known; returns the exit code."""
    in_words = _in_words(args, format)
    return _write(args.output, format, in_words, TrainingData(library, keys, uncorrected=args.all), library, out)


def _in_words(args: argparse.Namespace, format: str) -> bool:
    if args.group or args.private is not None:
        raise UsageError(f"--group and --private are for notes; {format} holds names.")
    return format == "conll" or _is_docbin(args.output)


def _write(path: Path | None, format: str, in_words: bool, data: TrainingData, library: Library, out: Output) -> int:
    if next(iter(data), None) is None:
        out.say(f"dateline: nothing to export: {_why_nothing(data)}.")
        return 1
    written: Written | None = None
    with _sink(path, library.annotations_file, out) as (write, sink):
        if in_words:
            written = write_in_words(format, data.examples(), write)
        else:
            sink.json_lines(data.json_lines())
    _tell(data, written, path, out)
    return 0


def _is_docbin(path: Path | None) -> bool:
    if path is None or path.suffix.lower() in (".jsonl", ".ndjson", ".json"):
        return False
    if path.suffix.lower() != ".spacy":
        raise UsageError("spacy: name a .spacy file, for `spacy train`, or a .jsonl file, for texts with offsets.")
    return True


@contextmanager
def _sink(path: Path | None, never: Path, out: Output) -> Iterator[tuple[Callable[[bytes], object], Output]]:
    if path is None:
        decoder = getincrementaldecoder("utf-8")("replace")
        # What articles hold never reaches a terminal raw.
        yield lambda data: out.data(plain(decoder.decode(data)).encode("utf-8", "replace")), out
        return
    with new_file(path, never=never) as file:
        yield file.write, Output(file)


def _why_nothing(data: TrainingData) -> str:
    if data.left_out:
        return f"you corrected no name in {counted(data.left_out, 'article')}; --all takes them as they are"
    if data.unread:
        return "no model reads the language of these articles"
    return "no article matches" if not data.unanalysed else "their names are not known yet"


def _tell(data: TrainingData, written: Written | None, path: Path | None, out: Output) -> None:
    parts = [counted(data.articles, "article")]
    if written is not None:
        labels = ", ".join(f"{label} {n:,}" for label, n in sorted(written.labels.items(), key=lambda one: -one[1]))
        parts.append(f"{counted(written.names, 'name')} ({labels})" if labels else "no names")
        parts.append(f"{counted(written.examples, 'paragraph')} of {counted(written.words, 'word')}")
    out.say("; ".join(parts))
    if data.left_out:
        out.say(f"left out: {counted(data.left_out, 'article')} in which you corrected no name (--all takes them)")
    if data.unread:
        out.say(f"left out: {counted(data.unread, 'article')} in a language that no model reads")
    if data.unanalysed:
        out.say(f"left out: {counted(data.unanalysed, 'article')} without known names; run `dateline index`")
    if len(data.languages) > 1:
        told = ", ".join(f"{name or 'not clear'} {n:,}" for name, n in data.languages.most_common())
        out.say(f"several languages: {told}; a model is trained for one, as with -q lang:en")
    if written is not None and written.misaligned_count:
        _tell_misaligned(written, path, out)
    if path is not None:
        out.say(f"written to {path}")


def _tell_misaligned(written: Written, path: Path | None, out: Output) -> None:
    """Name the names that are not made of whole words, and say what became of them."""
    left_open = path is not None and path.suffix.lower() == ".spacy"
    done = "training learns nothing from their words" if left_open else "their words are parted there"
    verb = "begins or ends" if written.misaligned_count == 1 else "begin or end"
    out.say(f"{counted(written.misaligned_count, 'name')} {verb} within a word, so {done}:")
    for one in written.misaligned[:_MOST_NAMED]:
        out.say(f"  {one.title} ({one.article[:12]}), {one.start}-{one.end}: {one.label} “{one.text}”")
    if written.misaligned_count > _MOST_NAMED:
        out.say(f"  and {written.misaligned_count - _MOST_NAMED:,} more")
