"""Articles on a drive that is not mounted stay, be it the library's folder or one below it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from indexer_session import hello, library

from store.indexer.protocol import encode

SCRIPT = """
import subprocess, sys
from pathlib import Path
from store.catalog.articles import CatalogReader
from store.indexer.foreground import run_in_foreground
from store.indexer.protocol import decode
greeting = decode(sys.stdin.buffer.readline())
root = Path(greeting.roots[0])
stick, deep = root / "stick", root / "some/drive"

def mount(folder, *texts):
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "none", str(folder)], check=True)
    for text in texts:
        (folder / f"{text}.txt").write_text(f"{text}\\n\\nText.")

def unmount(folder):
    subprocess.run(["umount", str(folder)], check=True)

def look(when):
    assert run_in_foreground(greeting) == ""
    books = CatalogReader(Path(greeting.index))
    titles = sorted(row.title for row in books.first_page())
    print(when, ",".join(titles), *sorted(Path(p.path).name + ":" + p.reason.split()[1] for p in books.problems()))
    books.close()

mount(stick, "One", "Two"); mount(deep, "Three"); look("mounted")
unmount(stick); look("unmounted")
unmount(deep); deep.rmdir(); look("folder gone")
mount(stick, "One", "Four"); look("mounted again")
unmount(stick); (stick / "Five.txt").write_text("Five\\n\\nText."); look("not a mount any more")
(stick / "Five.txt").unlink(); look("emptied")
deep.mkdir(); (deep / "Six.txt").write_text("Six\\n\\nText."); look("made anew")
(root / "home.txt").unlink(); shutil = __import__("shutil"); shutil.rmtree(deep); look("deleted")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts in a namespace of its own")
def test_a_drive_that_is_not_mounted_is_told_from_files_that_were_deleted(tmp_path: Path) -> None:
    private = ("unshare", "--user", "--map-root-user", "--mount")
    folder = tmp_path / "may it be"
    folder.mkdir()
    allowed = shutil.which("unshare") and subprocess.run(
        (*private, "mount", "-t", "tmpfs", "none", str(folder)), capture_output=True, check=False
    )
    if not allowed or allowed.returncode:
        pytest.skip("needs to mount")
    library(tmp_path, {"home.txt": "Home\n\nText."})
    done = subprocess.run(
        (*private, sys.executable, "-c", SCRIPT), input=encode(hello(tmp_path)), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().splitlines() == [
        "mounted Home,One,Three,Two",
        "unmounted Home,One,Three,Two stick:folder",
        "folder gone Home,One,Three,Two drive:drive stick:folder",
        "mounted again Four,Home,One,Three drive:drive",
        "not a mount any more Five,Home,Three drive:drive",
        "emptied Home,Three drive:drive",
        "made anew Home,Six",
        "deleted ",
    ]
