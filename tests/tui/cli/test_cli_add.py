"""`dateline add`: a page becomes a file of the library, with where and when it was found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from web_server import Site

from store.fetching.shelf import Shelf
from store.formats.saved import Saved
from tests.tui.cli.conftest import Dateline

BODY = "".join(
    f"<p>Sentence number {n} tells what happened at the harbour of Kirkwall that day.</p>" for n in range(30)
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry strike in Orkney</title>
<meta name="author" content="Jane Mowat"><meta property="article:published_time" content="2024-11-23T10:00:00Z">
</head><body><nav>Home</nav><article><h1>Ferry strike in Orkney</h1>{BODY}</article></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a library."""
    made = tmp_path / "articles"
    made.mkdir()
    return made


def files(folder: Path) -> list[str]:
    """Return the names of the saved files."""
    return sorted(path.name for path in folder.rglob("*.html"))


def head(path: str | Path) -> Saved:
    """Return what a saved file says of itself."""
    path = Path(path)
    found = Shelf(path.parent).head(path)
    assert found is not None
    return found


def test_a_page_is_kept_as_it_came_and_read_back_with_all_that_is_known(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    site.page("/news/ferry", PAGE)
    ran = dateline("add", site.url("/news/ferry#top"), "--to", folder)
    assert ran.code == 0 and len(ran.lines) == 1
    path = Path(ran.lines[0])
    assert path == folder / "127.0.0.1" / "2024-11-23-ferry-strike-in-orkney.html"
    assert path.read_bytes().endswith(PAGE.encode()) and path.stat().st_mode & 0o777 == 0o600
    assert head(path).url == site.url("/news/ferry") and head(path).retrieved.startswith("20")
    shown = json.loads(dateline("show", path, "--format", "json", "--no-entities").out)
    assert (shown["title"], shown["byline"], shown["published"]) == (
        "Ferry strike in Orkney", "Jane Mowat", "2024-11-23",
    )  # fmt: skip
    assert shown["url"] == site.url("/news/ferry")
    assert "Home" not in shown["text"] and "harbour of Kirkwall" in shown["text"]


def test_the_same_address_again_is_already_there(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/a", PAGE, ETag='"1"')
    first = dateline("add", site.url("/a"), "--to", folder)
    again = dateline("add", site.url("/a"), "--to", folder)
    assert (again.code, again.lines) == (1, first.lines) and "already there" in again.talk
    assert site.requests[-1][1]["If-None-Match"] == '"1"' and len(files(folder)) == 1


def test_a_page_whose_text_has_changed_is_brought_up_to_date_in_its_place(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    site.page("/a", PAGE)
    first = dateline("add", site.url("/a"), "--to", folder)
    site.page("/a", PAGE.replace("<nav>Home", "<nav>Buy!"))
    before = Path(first.lines[0]).read_bytes()
    assert dateline("add", site.url("/a"), "--to", folder).code == 1
    assert Path(first.lines[0]).read_bytes() == before
    site.page("/a", PAGE.replace("number 3 ", "number three "))
    again = dateline("add", site.url("/a"), "--to", folder)
    assert again.code == 0 and again.lines == first.lines and "1 updated" in again.talk
    assert b"number three" in Path(first.lines[0]).read_bytes()


def test_a_file_that_was_moved_within_the_folder_is_found_again(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/a", PAGE)
    path = Path(dateline("add", site.url("/a"), "--to", folder).lines[0])
    moved = folder / "kept" / "ferry.html"
    moved.parent.mkdir()
    path.rename(moved)
    assert dateline("add", site.url("/a"), "--to", folder).lines == [str(moved)]
    (folder / ".dateline-fetch.json").unlink()
    assert dateline("add", site.url("/a"), "--to", folder).lines == [str(moved)]
    assert len(files(folder)) == 1


def test_a_file_that_was_deleted_is_fetched_again_when_asked_for(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/a", PAGE, ETag='"1"')
    path = Path(dateline("add", site.url("/a"), "--to", folder).lines[0])
    path.unlink()
    assert dateline("add", site.url("/a"), "--to", folder).code == 0 and path.exists()


def test_another_article_of_the_same_title_and_day_is_never_overwritten(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    site.page("/a", PAGE)
    site.page("/b", PAGE.replace("Kirkwall", "Stromness"))
    ran = dateline("add", site.url("/a"), site.url("/b"), "--to", folder)
    one, other = ran.lines
    assert one != other and b"Kirkwall" in Path(one).read_bytes() and b"Stromness" in Path(other).read_bytes()
    own = Path(one)
    own.write_text("my own words")
    (folder / ".dateline-fetch.json").unlink()
    ran = dateline("add", site.url("/a"), "--to", folder)
    assert ran.code == 0 and own.read_text() == "my own words" and ran.lines != [one]


def test_an_address_that_leads_elsewhere_is_kept_with_both(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/long/name", PAGE)
    site.redirect("/s", "/long/name")
    path = dateline("add", site.url("/s"), "--to", folder).lines[0]
    assert (head(path).url, head(path).asked) == (site.url("/long/name"), site.url("/s"))
    assert dateline("add", site.url("/long/name"), site.url("/s"), "--to", folder).code == 1
    assert len(files(folder)) == 1


@pytest.mark.parametrize(
    ("kind", "codec"),
    [
        ("text/html; charset=utf-8", "cp1252"),  # what the server says is wrong
        ("text/html; charset=koi8-r", "utf-8"),  # and here the page would be nonsense in what it says
        ("text/html", "utf-16"),
        ("text/html; charset=windows-1252", "cp1252"),
        ("text/html; charset=x-unknown", "utf-8"),
        ("", "utf-8-sig"),
    ],
)
def test_a_page_is_read_back_whatever_its_encoding(
    site: Site, folder: Path, dateline: Dateline, kind: str, codec: str
) -> None:
    site.page("/a", PAGE.replace("Kirkwall", "Tromsø über “Ærø”").encode(codec), kind)
    path = dateline("add", site.url("/a"), "--to", folder).lines[0]
    text = dateline("show", path, "--no-entities").out
    assert "Tromsø über “Ærø”" in text


def test_plain_text_becomes_a_page_of_its_paragraphs(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/a.txt", "A <headline> & more\n\nFirst paragraph,\nsecond line.\n\nThe end.\n", "text/plain")
    shown = json.loads(
        dateline("show", dateline("add", site.url("/a.txt"), "--to", folder).lines[0], "--format", "json").out
    )
    assert shown["title"] == "A <headline> & more" and "First paragraph,\nsecond line." in shown["text"]


def test_hostile_titles_stay_in_the_folder_and_out_of_the_terminal(
    site: Site, folder: Path, dateline: Dateline
) -> None:
    site.page("/a", PAGE.replace("Ferry strike in Orkney", '../../../x\x1b]52;c;x\x07\u202e<!-- "> [/nope]'))
    ran = dateline("add", site.url("/a"), "--to", folder, "--format", "json")
    assert ran.code == 0 and b"\x1b" not in ran.data and "\x1b" not in ran.talk
    (path,) = folder.rglob("*.html")
    assert path.resolve().is_relative_to(folder.resolve()) and path.name.isprintable()


def test_one_failure_keeps_no_other_page_back(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/a", PAGE)
    ran = dateline("add", site.url("/none"), site.url("/a"), "--to", folder)
    assert ran.code == 3 and len(ran.lines) == 1
    assert (
        f"{site.url('/none')} is not there (404)." in ran.talk and "1 saved" in ran.talk and "1 not saved" in ran.talk
    )


def test_a_page_without_text_is_not_saved(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/a", "<html><body><script>app()</script></body></html>")
    site.page("/b", b"\x89PNG\r\n\x1a\n" + bytes(100))
    ran = dateline("add", site.url("/a"), site.url("/b"), "--to", folder)
    assert ran.code == 3 and not files(folder) and "nothing to read" in ran.talk and "PNG" in ran.talk


def test_a_dry_run_writes_nothing(site: Site, folder: Path, dateline: Dateline) -> None:
    site.page("/a", PAGE)
    ran = dateline("add", site.url("/a"), "--to", folder / "new", "--dry-run", "--format", "jsonl")
    (row,) = map(json.loads, ran.lines)
    assert ran.code == 0 and row["status"] == "saved" and row["title"] == "Ferry strike in Orkney"
    assert row["path"].endswith(".html") and not list(folder.iterdir())


def test_where_to_save_is_said_once_for_all_in_the_settings(
    site: Site, folder: Path, own_home: Path, dateline: Dateline
) -> None:
    site.page("/a", PAGE)
    ran = dateline("add", site.url("/a"))
    assert ran.code == 2 and "--to" in ran.talk and "library =" in ran.talk and not site.requests
    settings = own_home / ".config" / "dateline" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'library = "{folder}"\n')
    settings.chmod(0o600)
    assert dateline("add", site.url("/a")).code == 0 and files(folder)


@pytest.mark.parametrize("word", ["example.org/page", "file:///etc/passwd", "https://", "nonsense"])
def test_what_is_no_address_is_wrong_use(folder: Path, dateline: Dateline, word: str) -> None:
    ran = dateline("add", word, "--to", folder)
    assert ran.code == 2 and not ran.data


def test_a_folder_that_cannot_be_is_refused(site: Site, folder: Path, dateline: Dateline) -> None:
    (folder / "file").write_text("x")
    assert dateline("add", site.url("/a"), "--to", folder / "file").code == 2
    assert dateline("add", site.url("/a"), "--to", folder / "no" / "such").code == 2
    assert not site.requests


def test_an_interrupted_run_leaves_whole_files_only(
    site: Site, folder: Path, dateline: Dateline, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("/a", PAGE)
    site.page("/b", PAGE.replace("Ferry strike", "Another strike"))
    real = Shelf.put

    def put(shelf: Shelf, path: Path, data: bytes) -> None:
        if "another" in path.name:
            raise KeyboardInterrupt
        real(shelf, path, data)

    monkeypatch.setattr(Shelf, "put", put)
    ran = dateline("add", site.url("/a"), site.url("/b"), "--to", folder)
    assert ran.code == 130 and len(files(folder)) == 1
    monkeypatch.setattr(Shelf, "put", real)
    ran = dateline("add", site.url("/a"), site.url("/b"), "--to", folder)
    assert ran.code == 0 and len(files(folder)) == 2
    assert not list(folder.rglob("*.tmp-*"))
