"""Near copies are one group, whatever comes, goes and is edited; what only looks alike is none."""

from __future__ import annotations

import random
import sqlite3
import statistics
from datetime import date
from pathlib import Path
from struct import Struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.edits import Draft, Hand, inserted, reflowed, removed, reworded, typos
from bench.make_library import samples
from store.article import Article, ArticleKey, Block, BlockKind
from store.catalog import copies, schema
from store.catalog.articles import CatalogReader
from store.catalog.signature import FEWEST, LIKE, SIZE, likeness, shingles, signature
from store.catalog.writer import CatalogWriter
from store.formats import registry
from store.query.session import QuerySession

SEEDS = sorted((Path(__file__).parents[2] / "seeds").iterdir())


def article(text: str, title: str = "", **more: object) -> Article:
    """Return an article of one paragraph under a title."""
    title = title or text[:30]
    whole = f"{title}\n\n{text}"
    blocks = (Block(BlockKind.TITLE, 0, len(title)), Block(BlockKind.PARAGRAPH, len(title) + 2, len(whole)))
    return Article(title, whole, blocks, **more)  # type: ignore[arg-type]


def read(path: Path) -> Article:
    """Return the article of a file."""
    with path.open("rb") as stream:
        (found,) = registry.read(stream, str(path))
    assert isinstance(found, Article)
    return found


def long_seeds() -> list[Article]:
    """Return the real articles that are long enough to tell copies of."""
    return [one for one in map(read, SEEDS) if len(shingles(one.text)) > 3 * FEWEST]


def signed(text: str) -> bytes:
    """Return the signature of a text."""
    one = article(text)
    return signature(one.text, one.blocks)


def edited(one: Article, number: int) -> Article:
    """Return an article as another paper prints it: another headline, some words changed, a sentence in or out."""
    draft = Draft(one.text)
    dice = random.Random(number)
    hand = Hand(dice, ((0, 30),), ("A sentence that stands in another paper alone.",))
    for change in dice.sample([typos, reworded, inserted, removed, reflowed], 2):
        change(draft, hand)
    return article(draft.text, f"Headline of paper {number}")


def groups(writer: CatalogWriter) -> set[frozenset[str]]:
    """Return the groups, by the titles of their articles."""
    rows = writer._db.execute("SELECT c.leader, a.title FROM copy c JOIN article a ON a.id=c.article").fetchall()
    return {frozenset(title for other, title in rows if other == leader) for leader, _ in rows}


def leftovers(writer: CatalogWriter) -> list[int]:
    """Count what is kept of texts that are gone."""
    return [
        writer._db.execute(f"SELECT count(*) FROM {table} WHERE article NOT IN (SELECT id FROM article)").fetchone()[0]
        for table in ("signature", "band", "copy")
    ]


@pytest.fixture
def writer(tmp_path: Path) -> CatalogWriter:
    return CatalogWriter(tmp_path / "index")


def test_real_articles_with_small_edits_are_copies_and_different_ones_are_not(writer: CatalogWriter) -> None:
    originals = long_seeds()
    assert len(originals) > 10
    expect_pairs(writer, originals)


def test_a_hundred_real_posts_and_their_copies(writer: CatalogWriter, shared: Path) -> None:
    posts = [read(path) for path in sorted((shared / "corpus" / "articles" / "18f").glob("*.md"))[::5]]
    expect_pairs(writer, [post for post in posts if len(shingles(post.text)) > 3 * FEWEST])


def expect_pairs(writer: CatalogWriter, originals: list[Article]) -> None:
    """Index articles and an edited copy of each: a pair is one group if it shares enough, and no other articles are."""
    shared = {}
    for number, one in enumerate(originals):
        other = edited(one, number)
        a, b = (set(shingles(each.text)) for each in (one, other))
        shared[number] = len(a & b) / len(a | b)
        writer.put_file(f"/lib/{number}", "1", [one.replace(title=f"{number}")])
        writer.put_file(f"/lib/{number}/copy", "1", [other.replace(title=f"{number} copy")])
    found = {number for number in shared if frozenset({f"{number}", f"{number} copy"}) in groups(writer)}
    assert len(groups(writer)) == len(found), "two stories in one group"
    assert found >= {number for number, part in shared.items() if part > 0.9}
    assert not found & {number for number, part in shared.items() if part < 0.7}
    assert len(found) > len(originals) / 2


def test_a_signature_estimates_what_two_texts_share() -> None:
    dice = random.Random(1)
    errors = []
    for _ in range(60):
        words = [f"w{dice.randrange(5_000)}" for _ in range(400)]
        other = [word if dice.random() > 0.06 else f"x{dice.randrange(900)}" for word in words]
        one, two = " ".join(words), " ".join(other)
        a, b = set(shingles(one)), set(shingles(two))
        errors.append(likeness(signed(one), signed(two)) - len(a & b) / len(a | b))
    assert abs(statistics.mean(errors)) < 0.02 and max(map(abs, errors)) < 0.15


def test_texts_of_one_form_with_other_content_are_not_folded(writer: CatalogWriter) -> None:
    for number, sample in enumerate(list(samples(300))):
        writer.put_file(f"/made/{number}", "1", [article(sample.text, f"made {number}")])
    form = (
        "The {} said on {} that output of {} fell by {} per cent in the {} quarter. Analysts at {} had expected {}. "
        "Shares of {} closed at {} in {}. The board of {} meets in {} to choose between {} and {}, people who know "
        "it said; a decision on {} is due by {}. Figures for {} follow on {} together with those of {}."
    )
    for number in range(60):
        words = [f"name{number}x{blank}" for blank in range(form.count("{}"))]
        writer.put_file(f"/form/{number}", "1", [article(form.format(*words), f"form {number}")])
    assert not groups(writer)


def test_short_texts_are_never_copies(writer: CatalogWriter) -> None:
    for number in range(5):
        writer.put_file(f"/lib/{number}", "1", [article(f"Today at {number}: rain, wind from the west, 12 degrees.")])
    assert not groups(writer) and signed("word " * 10) == b""


def test_headline_byline_and_captions_do_not_count() -> None:
    one = long_seeds()[0]
    head = "Quite another headline by somebody else"
    text = f"{head}\n\n{one.text}"
    moved = [block.replace(start=block.start + len(head) + 2, end=block.end + len(head) + 2) for block in one.blocks]
    blocks = [Block(BlockKind.TITLE, 0, len(head)), *moved]
    assert signature(text, blocks) == signature(one.text, one.blocks)


def test_scripts_without_spaces_are_compared_by_their_letters() -> None:
    dice = random.Random(3)
    letters = [chr(0x4E00 + dice.randrange(2_000)) for _ in range(600)]
    one = "".join(letters)
    for at in dice.sample(range(600), 8):
        letters[at] = "改"
    other = "".join(chr(0x4E00 + dice.randrange(2_000)) for _ in range(600))
    assert likeness(signed(one), signed("".join(letters))) >= LIKE > 0.2 > likeness(signed(one), signed(other))


def test_case_punctuation_and_line_ends_make_no_difference() -> None:
    text = long_seeds()[0].text
    assert shingles(text) == shingles(text.upper().replace(". ", " ... ").replace(" ", "\n"))


def words_with(changes: dict[int, str]) -> str:
    """Return a text of 300 words, some of them changed."""
    return " ".join(changes.get(n, f"word{n}") for n in range(300))


BASE, ONE, TWO = words_with({}), words_with({5: "x"}), words_with({250: "y", 90: "z"})


def test_a_group_loses_its_leader_and_stays_a_group(writer: CatalogWriter) -> None:
    for name, text in {"base": BASE, "one": ONE, "two": TWO}.items():
        writer.put_file(f"/{name}", "1", [article(text, name)])
    assert groups(writer) == {frozenset({"base", "one", "two"})}
    writer.remove_files(["/base"])
    assert groups(writer) == {frozenset({"one", "two"})}
    writer.remove_files(["/one"])
    assert not groups(writer) and leftovers(writer) == [0, 0, 0]
    writer.put_file("/again", "1", [article(BASE, "again")])
    assert groups(writer) == {frozenset({"two", "again"})}


def test_an_edited_text_leaves_its_group_and_comes_back(writer: CatalogWriter) -> None:
    writer.put_file("/base", "1", [article(BASE, "base")])
    writer.put_file("/one", "1", [article(ONE, "one")])
    writer.put_file("/one", "2", [article("Something else altogether was written here. " * 20, "one")])
    assert not groups(writer)
    writer.put_file("/one", "3", [article(TWO, "one")])
    assert groups(writer) == {frozenset({"base", "one"})} and leftovers(writer) == [0, 0, 0]


def test_a_chain_of_daily_reports_is_no_group(writer: CatalogWriter) -> None:
    # Each day a tenth of the text is new: neighbours are alike, and the first and the last are not.
    for day in range(12):
        text = " ".join(f"word{n}" for n in range(30 * day, 30 * day + 360))
        writer.put_file(f"/{day:02}", "1", [article(text, f"day {day}")])
    assert groups(writer) and all(len(group) < 4 for group in groups(writer))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 60), st.booleans()), max_size=40))
def test_whatever_comes_and_goes_each_member_is_like_its_leader_and_no_two_leaders_are_alike(
    steps: list[tuple[int, int, bool]],
) -> None:
    db = sqlite3.connect(":memory:")
    db.create_function("grams", 2, lambda *_: "")
    db.executescript(schema.INDEX)
    known: dict[int, bytes] = {}
    for key, change, comes in steps:
        if key in known:
            copies.leave(db, key)
            del known[key]
        if comes:
            known[key] = signed(words_with({n: f"c{change}" for n in range(0, change)}))
            copies.join(db, key, known[key])
    led = dict(db.execute("SELECT article, leader FROM copy").fetchall())
    kept = dict(db.execute("SELECT article, numbers FROM signature").fetchall())
    assert set(led) <= set(known) and {key: kept[key] for key in known} == known
    assert all(likeness(known[member], kept[leader]) >= LIKE for member, leader in led.items())
    assert all(list(led.values()).count(leader) > 1 for leader in led.values())
    assert all(led[leader] == leader for leader in led.values() if leader > 0)
    # A leader whose text has gone is kept for as long as it leads.
    assert {key for key in kept if key < 0} == {leader for leader in led.values() if leader < 0}
    leaders = [key for key in kept if led.get(key, key) == key]
    looked_up = {article for (article,) in db.execute("SELECT DISTINCT article FROM band")}
    assert looked_up == set(leaders)
    # Two that the bands do not bring together may be alike by a hair; these are alike by more.
    assert not [(a, b) for a in leaders for b in leaders if a < b and likeness(kept[a], kept[b]) > 0.9]


def test_a_thousand_copies_go_one_after_the_other_without_being_compared_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    db = sqlite3.connect(":memory:")
    db.create_function("grams", 2, lambda *_: "")
    db.executescript(schema.INDEX)
    for key in range(1, 1_001):
        copies.join(db, key, signed(words_with({key % 300: f"c{key}"})))
    compared = []
    monkeypatch.setattr(copies, "likeness", lambda one, other: compared.append(1) or likeness(one, other))
    for key in range(1, 999):
        copies.leave(db, key)
    assert db.execute("SELECT count(*) FROM copy").fetchone() == (2,)
    copies.leave(db, 999)
    copies.leave(db, 1_000)
    assert len(compared) < 5
    assert [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("copy", "signature", "band")] == [
        0,
        0,
        0,
    ]


def test_a_list_is_folded_to_the_annotated_else_the_earliest_of_each_group(
    writer: CatalogWriter, tmp_path: Path
) -> None:
    day = date(2024, 3, 1)
    for name, text, published in (
        ("undated", BASE, None), ("late", ONE, day.replace(day=9)), ("early", TWO, day),
        ("other", "Other words. " * 60, day),
    ):  # fmt: skip
        writer.put_file(f"/{name}", "1", [article(text, name, published=published)])
    writer.close()
    titles = {1: "undated", 2: "late", 3: "early", 4: "other"}
    session = QuerySession(tmp_path / "index")
    found = session.search(fold=True).result()
    assert [titles[key] for key in found.keys] == ["early", "other"]
    assert {titles[key]: [titles[one] for one in others] for key, others in found.copies.items()} == {
        "early": ["late", "undated"]
    }
    # Folded is what was found: of one copy that matches nothing is hidden.
    assert list(session.search("title:undated", fold=True).result().keys) == [1]
    assert sorted(session.search("is:copy").result().keys) == [1, 2, 3]
    assert list(session.search("-is:copy").result().keys) == [4]
    assert not session.search().result().copies
    session.close()


@pytest.mark.parametrize(
    ("retrieved", "day"), [("2021-05-06T12:00:00+00:00", "2021-05-06"), ("9999-12-31T23:59:59+00:00", ""), ("soon", "")]
)
def test_what_was_fetched_keeps_its_day_when_the_index_is_built_anew(
    writer: CatalogWriter, tmp_path: Path, retrieved: str, day: str
) -> None:
    writer.put_file("/a", "1", [article("One. " * 50).replace(retrieved=retrieved)])
    writer.close()
    assert str(CatalogReader(tmp_path / "index").first_seen(ArticleKey(1))) == (day or str(date.today()))


def test_an_index_without_the_groups_is_built_anew(tmp_path: Path) -> None:
    path = tmp_path / "index"
    CatalogWriter(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=2")
    db.close()
    again = CatalogWriter(path)
    assert again.rebuilt
    again.close()


def test_signatures_are_compared_number_by_number() -> None:
    dice = random.Random(4)
    odd = (0, 1, 0x7FFF, 0x8000, 0xFFFF)
    for _ in range(300):
        one = [dice.choice((*odd, dice.randrange(1 << 16))) for _ in range(SIZE)]
        other = [number if dice.random() < 0.6 else dice.choice((*odd, number ^ 0x8000, number ^ 1)) for number in one]
        equal = sum(a == b for a, b in zip(one, other, strict=True))
        packed = (Struct(f"<{SIZE}H").pack(*numbers) for numbers in (one, other))
        assert likeness(*packed) == equal / SIZE
