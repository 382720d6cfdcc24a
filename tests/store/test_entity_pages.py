"""Who, where and when across a library: what the screen is told of entities, from a real index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.annotations.records import Marks
from store.article import Article, ArticleKey, Block, BlockKind, EntityKey, Mention
from store.catalog.entity_rows import EntityList
from store.catalog.writer import CatalogWriter
from store.entities.labels import group_of
from store.errors import QueryError
from store.library.entities import EntityLibrary
from store.query.session import QuerySession

ABE, PUTIN, TOKYO = (EntityKey(key) for key in ("person:shinzo abe", "person:vladimir putin", "place:tokyo"))
LABELS = {"Shinzo Abe": "PERSON", "Abe": "PERSON", "Vladimir Putin": "PERSON", "Putin": "PERSON", "Tokyo": "GPE"}
LABELS |= {"Moscow": "GPE", "NHK": "ORG", "Tōkyō": "GPE", "Prime Minister": "PERSON", "2016": "DATE"}
MEANT = {"Abe": "Shinzo Abe", "Putin": "Vladimir Putin", "Tōkyō": "Tokyo"}
TEXTS = (
    ("2017-03-20", "Summit\n\nShinzo Abe flew home. In Tokyo, Abe met Vladimir\nPutin again! NHK reported."),
    ("2017-05-02", "Islands\n\nNobody expected Abe in Moscow. Putin did in 2016."),
    ("", "Weather\n\nTōkyō is warm."),
    ("2016-12-01", "Minister\n\nThe Prime Minister spoke in Tokyo."),
)


def article(day: str, text: str) -> Article:
    title = text.partition("\n")[0]
    blocks = (Block(BlockKind.TITLE, 0, len(title)), Block(BlockKind.PARAGRAPH, len(title) + 2, len(text)))
    return Article(title, text, blocks, published=date.fromisoformat(day) if day else None)


def mentions(text: str) -> list[Mention]:
    found: list[Mention] = []
    flat = text.replace("\n", " ")
    for name in sorted(LABELS, key=len, reverse=True):
        at = flat.find(name)
        while at >= 0:
            end = at + len(name)
            if all(end <= one.start or at >= one.end for one in found):
                found.append(Mention(at, end, LABELS[name], MEANT.get(name, name)))
            at = flat.find(name, end)
    return sorted(found, key=lambda one: one.start)


def write(path: Path, texts: tuple[tuple[str, str], ...] = TEXTS) -> None:
    writer = CatalogWriter(path)
    for number, (day, text) in enumerate(texts):
        one = article(day, text)
        writer.put_file(f"/lib/{number}.txt", "stamp", [one])
        writer.put_mentions(one.id, "v1", mentions(text), group_of)
    writer.note_looked()
    writer.close()


class Told(EntityLibrary):
    """The entities of an index, without the rest of a library."""

    narrowed = ""

    def __init__(self, path: Path) -> None:
        self.session = QuerySession(path)
        self._lists = self  # type: ignore[assignment]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Told]:
    write(tmp_path / "index.sqlite3")
    told = Told(tmp_path / "index.sqlite3")
    yield told
    told.session.close()


def named(found: EntityList) -> list[tuple[str, int, int]]:
    return [(row.name, row.articles, row.mentions) for row in found.rows]


def test_a_page_tells_how_often_and_since_when_somebody_is_named(library: Told) -> None:
    card = library.entity(ABE).result()
    assert card is not None
    assert (card.name, card.kind, card.label, card.mentions, card.articles) == ("Shinzo Abe", "person", "PERSON", 3, 2)
    assert card.forms == (("Abe", 2), ("Shinzo Abe", 1))
    assert (card.first, card.last) == (date(2017, 3, 20), date(2017, 5, 2))
    assert library.entity(EntityKey("person:nobody")).result() is None


def test_mentions_stand_in_their_sentences_newest_first(library: Told) -> None:
    lines = library.mention_lines(ABE).result()
    assert [line.sentence for line in lines] == [
        "Nobody expected Abe in Moscow.",
        "Shinzo Abe flew home.",
        "In Tokyo, Abe met Vladimir Putin again!",
    ]
    assert [line.sentence[slice(*line.at)] for line in lines] == ["Abe", "Shinzo Abe", "Abe"]
    assert [line.published for line in lines] == [date(2017, 5, 2), date(2017, 3, 20), date(2017, 3, 20)]
    assert library.mention_lines(ABE, skip=1, limit=1).result() == lines[1:2]
    assert library.mention_lines(ABE, skip=2).result() == lines[2:]
    wrapped = library.mention_lines(PUTIN, order="oldest").result()[0]
    assert wrapped.sentence[slice(*wrapped.at)] == "Vladimir Putin"
    assert TEXTS[0][1][wrapped.start : wrapped.end] == "Vladimir\nPutin"


def test_the_best_mentions_are_those_of_articles_that_name_it_often_for_their_length(library: Told) -> None:
    lines = library.mention_lines(ABE, order="best").result()
    assert [line.title for line in lines] == ["Summit", "Summit", "Islands"]


def test_undated_articles_come_last_both_ways(library: Told) -> None:
    for order, titles in (("newest", ["Summit", "Minister", "Weather"]), ("oldest", ["Minister", "Summit", "Weather"])):
        assert [line.title for line in library.mention_lines(TOKYO, order=order).result()] == titles


def test_a_day_that_was_set_by_hand_goes_over_the_files(library: Told) -> None:
    weather = article(*TEXTS[2]).id
    library.session.fill_mirror([(weather, Marks(published=date(2018, 1, 1)), [])])
    assert library.mention_lines(TOKYO).result()[0].title == "Weather"
    card = library.entity(TOKYO).result()
    assert card is not None and card.last == date(2018, 1, 1)
    assert library.months(TOKYO, by="year").result() == (("2016", 1), ("2017", 1), ("2018", 1))
    tokyo, abe = (library.entities(word).result().rows[0] for word in ("tok", "abe"))
    assert (tokyo.first, tokyo.last) == (date(2016, 12, 1), date(2018, 1, 1))
    assert (abe.first, abe.last) == (date(2017, 3, 20), date(2017, 5, 2))
    library.session.fill_mirror([(article(*TEXTS[0]).id, Marks(published=date(1999, 1, 1)), [])])
    (abe,) = library.entities("abe").result().rows
    assert (abe.first, abe.last) == (date(1999, 1, 1), date(2017, 5, 2))
    library.session.fill_mirror([])
    (abe,) = library.entities("abe").result().rows
    assert (abe.first, abe.last) == (date(2017, 3, 20), date(2017, 5, 2))


def test_months_have_their_gaps_filled(library: Told) -> None:
    assert library.months(ABE).result() == (("2017-03", 1), ("2017-04", 0), ("2017-05", 1))
    assert library.months(EntityKey("person:nobody")).result() == ()


def test_entities_are_found_by_the_beginnings_of_their_words(library: Told) -> None:
    assert named(library.entities().result())[:2] == [("Tokyo", 3, 3), ("Shinzo Abe", 2, 3)]
    assert named(library.entities("ab").result()) == [("Shinzo Abe", 2, 3)]
    assert named(library.entities("ab shi").result()) == [("Shinzo Abe", 2, 3)]
    assert named(library.entities("TŌK").result()) == [("Tokyo", 3, 3)]
    assert named(library.entities("ab put").result()) == []
    assert named(library.entities(kinds=("number",)).result()) == [("2016", 1, 1)]
    assert named(library.entities(kinds=("organisation",)).result()) == [("NHK", 1, 1)]


def test_counts_follow_a_query(library: Told) -> None:
    found = library.entities(query="islands").result()
    assert named(found) == [("Moscow", 1, 1), ("Shinzo Abe", 1, 1), ("Vladimir Putin", 1, 1)]
    assert (found.total, found.complete) == (3, True)
    assert named(library.entities("put", query="-islands").result()) == [("Vladimir Putin", 1, 1)]
    assert [line.title for line in library.mention_lines(ABE, query="islands").result()] == ["Islands"]


def test_entities_have_four_orders(library: Told) -> None:
    def names(order: str) -> list[str]:
        return [row.name for row in library.entities(kinds=("person",), order=order).result().rows]

    assert names("name") == ["Prime Minister", "Shinzo Abe", "Vladimir Putin"]
    assert names("newest") == ["Shinzo Abe", "Vladimir Putin", "Prime Minister"]
    assert names("mentions") == ["Shinzo Abe", "Vladimir Putin", "Prime Minister"]


def test_company_is_ranked_by_a_measure_that_has_a_name(library: Told) -> None:
    company = library.together(ABE).result()
    assert (company.of, company.all) == (2, 2)
    assert "G²" in company.measure
    assert [(row.name, row.both) for row in company.rows][:1] == [("Vladimir Putin", 2)]
    assert company.rows[0].score > 0


def test_joined_entities_are_one_everywhere_and_part_again(library: Told) -> None:
    minister = EntityKey("person:prime minister")
    library.join_names({minister: ABE})
    card = library.entity(minister).result()
    assert card is not None
    assert (card.key, card.name, card.mentions, card.articles) == (ABE, "Shinzo Abe", 4, 3)
    assert [(alias.key, alias.mentions) for alias in card.aliases] == [(minister, 1)]
    assert named(library.entities("minis").result()) == [("Shinzo Abe", 3, 4)]
    (offered,) = library.session.complete("person:minis", 12).result().options
    assert (offered.shown, offered.count) == ("Shinzo Abe", 3)
    assert named(library.entities(kinds=("person",)).result())[0] == ("Shinzo Abe", 3, 4)
    assert len(library.mention_lines(ABE).result()) == 4
    library.join_names({})
    card = library.entity(ABE).result()
    assert card is not None and (card.mentions, card.aliases) == (3, ())


def test_a_whole_name_is_completed_behind_its_sign(library: Told) -> None:
    for query in ("person:=sh", 'person:="Shinzo A', "-person:=ab"):
        (offered,) = library.session.complete(query, len(query)).result().options
        assert (offered.insert, offered.count) == ('="Shinzo Abe"', 2)
    done = library.session.complete('person:="Sh', 11).result()
    assert (done.start, done.end) == (7, 11)
    assert library.session.complete('="Sh', 4).result().options == ()


def test_texts_talk_about_days_of_the_calendar(library: Told, tmp_path: Path) -> None:
    assert library.talked_about(by="year").result() == (("2016", 1),)
    assert library.talked_about(by="year", key=ABE).result() == (("2016", 1),)
    assert library.talked_about(by="year", key=TOKYO).result() == ()
    # A year says nothing about months.
    assert library.talked_about().result() == ()


def test_a_date_follows_the_day_of_its_article(tmp_path: Path) -> None:
    index, text = tmp_path / "dates.sqlite3", "News\n\nIt rained yesterday."
    writer = CatalogWriter(index)
    for day in ("2017-03-20", "2015-05-01"):
        one = article(day, text)
        writer.put_file("/lib/a.txt", day, [one])
        writer.put_mentions(one.id, "v1", [Mention(16, 25, "DATE")], group_of)
        writer.commit()
        told = Told(index)
        month = (date.fromisoformat(day) - timedelta(1)).isoformat()[:7]
        assert told.talked_about().result() == ((month, 1),)
        told.session.close()
    writer.close()


def test_a_date_follows_the_day_that_the_user_has_set(tmp_path: Path) -> None:
    index = tmp_path / "dates.sqlite3"
    writer = CatalogWriter(index)
    one = article("2017-03-20", "News\n\nIt rained last Tuesday, and in May 2016.")
    writer.put_file("/lib/a.txt", "1", [one])
    dates = [Mention(16, 28, "DATE"), Mention(37, 45, "DATE")]
    writer.put_mentions(one.id, "v1", dates, group_of)
    writer.close()
    told = Told(index)

    def months() -> list[str]:
        return [month for month, articles in told.talked_about().result() if articles]

    def found(query: str) -> int:
        return told.session.count([query]).result()[0]

    assert months() == ["2016-05", "2017-03"]
    times = ("2017-03-14", "2017-03", "2016..2018", "2015-01", "2016")
    assert [found(f"when:{time}") for time in times] == [1, 1, 1, 0, 1]
    told.session.update_mirror([(one.id, Marks(published=date(2015, 1, 9)), [])])
    assert found("when:2015-01-06") == 1
    assert months() == ["2015-01", "2016-05"]
    assert [found(f"when:{time}") for time in ("2017-03", "2015-01", "2016-05")] == [0, 1, 1]
    told.session.update_mirror([(one.id, Marks(), [])])
    assert months() == ["2016-05", "2017-03"]
    told.session.close()


def test_places_that_can_only_be_one_have_coordinates(library: Told) -> None:
    found = library.places().result()
    assert [(place.name, place.country, place.articles, place.mentions) for place in found] == [
        ("Tokyo", "JP", 3, 3),
        ("Moscow", "RU", 1, 1),
    ]
    assert [place.name for place in library.places(query="islands").result()] == ["Moscow"]
    assert [(place.name, place.articles) for place in library.places(article=ArticleKey(1)).result()] == [("Tokyo", 1)]
    card = library.entity(TOKYO).result()
    assert card is not None and card.at is not None and card.at.country == "JP"


def test_without_an_index_there_is_nobody(tmp_path: Path) -> None:
    nobody = Told(tmp_path / "none.sqlite3")
    assert nobody.entity(ABE).result() is None
    assert nobody.entities("a").result() == nobody.entities(query="x").result() == EntityList((), 0, True)
    assert nobody.mention_lines(ABE).result() == []
    assert nobody.together(ABE).result().rows == nobody.places().result() == ()
    assert nobody.likely_same(decided=()).result() == ()
    assert nobody.months(ABE).result() == nobody.talked_about().result() == ()
    nobody.session.close()


def test_a_wrong_query_is_told_through_the_future(library: Told) -> None:
    with pytest.raises(QueryError):
        library.entities(query="tags:x").result()


def test_a_query_for_several_entities_finds_the_articles_with_all(library: Told) -> None:
    query = library.with_all([ABE, TOKYO])
    assert query == 'person:="shinzo abe" place:="tokyo"'
    assert len(library.session.search(query).result().keys) == 1
