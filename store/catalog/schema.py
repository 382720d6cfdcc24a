"""The tables of the derived index and of the shared analysis store."""

from __future__ import annotations

INDEX_VERSION = 6
"""Kept in `PRAGMA user_version`; an index of another version is deleted and built anew."""

INDEX = """
CREATE TABLE article(
    id        INTEGER PRIMARY KEY,
    text_hash TEXT NOT NULL UNIQUE,
    title     TEXT NOT NULL,
    byline    TEXT NOT NULL,
    published TEXT NOT NULL,          -- YYYY-MM-DD, or '' when unknown: sorts last with DESC
    language  TEXT NOT NULL,          -- ISO 639: as the file says, where that is believable, else as recognised; or ''
    declared  TEXT NOT NULL DEFAULT '',   -- as the file says, or ''
    judged    INTEGER NOT NULL DEFAULT 0, -- version of the detector that looked at the language, 0 until then
    url       TEXT NOT NULL,
    encoding  TEXT NOT NULL,
    words     INTEGER NOT NULL,
    added     TEXT NOT NULL,          -- when this index first saw the text: UTC, YYYY-MM-DDTHH:MM:SS.ffffff
    analysed  TEXT NOT NULL DEFAULT '',   -- recogniser and link version of its mentions, '' until analysed;
                                      -- begins with 'none' where no pipeline reads its language
    failed    TEXT NOT NULL DEFAULT ''    -- why it cannot be analysed
);
CREATE INDEX article_newest ON article(published DESC, id);
CREATE INDEX article_waiting ON article(language, analysed, failed, published DESC, id, words);
CREATE INDEX article_unjudged ON article(judged, published DESC, id);

-- The text stands apart so that a scan of the list does not read it.
CREATE TABLE body(
    id     INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    title  TEXT NOT NULL,
    text   TEXT NOT NULL,
    blocks TEXT NOT NULL              -- JSON [[kind, start, end, level], ...]
);
-- As words are compared: FTS5 alone knows no stroke (ł, ø), no ß and no ligature.
CREATE VIEW folded AS SELECT id, fold(title) AS title, fold(text) AS text FROM body;
CREATE VIRTUAL TABLE fulltext USING fts5(
    title, text, content='folded', content_rowid='id', prefix='2 3', tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER body_added AFTER INSERT ON body BEGIN
    INSERT INTO fulltext(rowid, title, text) VALUES (new.id, fold(new.title), fold(new.text));
END;
CREATE TRIGGER body_removed AFTER DELETE ON body BEGIN
    INSERT INTO fulltext(fulltext, rowid, title, text) VALUES ('delete', old.id, fold(old.title), fold(old.text));
END;

-- Scripts without spaces between words (Chinese, Thai, ...), which full text takes for one long word: each pair of
-- neighbours as a word, see store.catalog.grams. Only texts that hold some have a row.
CREATE VIRTUAL TABLE spaceless USING fts5(grams, content='', tokenize='ascii');
CREATE TRIGGER body_paired AFTER INSERT ON body BEGIN
    INSERT INTO spaceless(rowid, grams)
    SELECT new.id, g FROM (SELECT grams(new.title, new.text) AS g) WHERE g <> '';
END;
CREATE TRIGGER body_unpaired AFTER DELETE ON body BEGIN
    INSERT INTO spaceless(spaceless, rowid, grams)
    SELECT 'delete', old.id, g FROM (SELECT grams(old.title, old.text) AS g) WHERE g <> '';
END;

-- One row a file that was looked at, readable or not.
CREATE TABLE file(
    path    TEXT PRIMARY KEY,         -- absolute, storable (store.paths)
    stamp   TEXT NOT NULL,            -- size, mtime, inode, reader version: unchanged means not read again
    format  TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE source(
    path    TEXT NOT NULL REFERENCES file(path) ON DELETE CASCADE,
    member  TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article(id),
    raw     INTEGER NOT NULL DEFAULT 0,   -- fingerprint of the bytes it was read from, 0 where the file is read whole
    PRIMARY KEY(path, member)
) WITHOUT ROWID;
CREATE INDEX source_article ON source(article);
CREATE TABLE problem(
    path    TEXT NOT NULL,
    member  TEXT NOT NULL DEFAULT '',
    stage   TEXT NOT NULL,            -- scan, read, analyse
    reason  TEXT NOT NULL,
    stamp   TEXT NOT NULL DEFAULT '', -- holds until the file (or, for analyse, the recogniser) changes
    PRIMARY KEY(path, member, stage)
) WITHOUT ROWID;

CREATE TABLE entity(
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,          -- person, organisation, place, group, number, other
    canonical TEXT NOT NULL,          -- as shown
    folded    TEXT NOT NULL,          -- NFC, casefold: entities with the same kind and folded name are one
    mentions  INTEGER NOT NULL DEFAULT 0,
    articles  INTEGER NOT NULL DEFAULT 0,
    level     INTEGER NOT NULL DEFAULT 0,   -- binary digits of `articles`, see store.catalog.entity_words
    latitude  REAL,                   -- of a place that can only be one
    longitude REAL,
    country   TEXT,                   -- ISO 3166-1, two letters
    UNIQUE(kind, folded)
);
CREATE INDEX entity_folded ON entity(folded);
CREATE INDEX entity_level ON entity(kind, level);
CREATE INDEX entity_placed ON entity(id) WHERE latitude IS NOT NULL;
-- Only of those that can come first: the others' counts change without it.
CREATE INDEX entity_mentioned ON entity(mentions) WHERE mentions >= 32;
CREATE TABLE entity_word(
    kind    TEXT NOT NULL,
    level   INTEGER NOT NULL,
    word    TEXT NOT NULL,            -- as words are compared: without case, diacritics and punctuation
    entity  INTEGER NOT NULL,
    PRIMARY KEY(kind, level, word, entity)
) WITHOUT ROWID;
CREATE TABLE entity_form(
    entity  INTEGER NOT NULL,
    form    TEXT NOT NULL,            -- what texts write, NFC, single spaces; not the canonical name itself
    n       INTEGER NOT NULL,
    PRIMARY KEY(entity, form)
) WITHOUT ROWID;
CREATE INDEX entity_form_written ON entity_form(form);
CREATE TABLE mention(
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    start   INTEGER NOT NULL,
    end     INTEGER NOT NULL,
    label   TEXT NOT NULL,
    entity  INTEGER NOT NULL,         -- no REFERENCES: to delete an entity would scan this table
    PRIMARY KEY(article, start, end)
) WITHOUT ROWID;
CREATE TABLE article_entity(
    entity  INTEGER NOT NULL REFERENCES entity(id),
    day     INTEGER NOT NULL,         -- when the article was published: YYYYMMDD, 0 when unknown
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    n       INTEGER NOT NULL,
    PRIMARY KEY(entity, day, article)
) WITHOUT ROWID;
CREATE INDEX article_entity_article ON article_entity(article, entity, n);
CREATE TRIGGER entity_named AFTER INSERT ON article_entity BEGIN
    UPDATE entity SET mentions = mentions + new.n, articles = articles + 1 WHERE id = new.entity;
END;
CREATE TRIGGER entity_named_otherwise AFTER UPDATE OF n ON article_entity BEGIN
    UPDATE entity SET mentions = mentions + new.n - old.n WHERE id = new.entity;
END;
CREATE TRIGGER entity_unnamed AFTER DELETE ON article_entity BEGIN
    UPDATE entity SET mentions = mentions - old.n, articles = articles - 1 WHERE id = old.entity;
END;
CREATE TRIGGER article_dated AFTER UPDATE OF published ON article WHEN new.published <> old.published BEGIN
    UPDATE article_entity SET day = CAST(replace(new.published, '-', '') AS INTEGER) WHERE article = new.id;
END;
-- The same once more, an article a row: to count who is named in thousands of articles.
CREATE TABLE named(
    article  INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    entities BLOB NOT NULL,           -- each once, four bytes a number
    again    BLOB NOT NULL            -- each as often as it is mentioned again
);
CREATE TABLE talked(                  -- dates in texts that are days of the calendar
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    start   INTEGER NOT NULL,         -- of the mention
    first   INTEGER NOT NULL,         -- YYYYMMDD
    last    INTEGER NOT NULL,
    PRIMARY KEY(article, start)
) WITHOUT ROWID;

-- Near copies, see store.catalog.copies. A text that is like no other has no row in `copy`.
CREATE TABLE signature(
    article INTEGER PRIMARY KEY,      -- below zero: a leader whose text has gone
    numbers BLOB NOT NULL
);
CREATE TABLE band(
    row     INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY(row, article)
) WITHOUT ROWID;
CREATE TABLE copy(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    leader  INTEGER NOT NULL          -- whose signature those of the group are like: one of them, or one that has gone
);
CREATE INDEX copy_leader ON copy(leader);

CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;  -- counters, recogniser
"""

ANALYSIS_VERSION = 1

ANALYSIS = """
CREATE TABLE analysis(
    text_hash  TEXT NOT NULL,
    recogniser TEXT NOT NULL,         -- store.entities.recognizer: Recognizer.version
    mentions   TEXT NOT NULL,         -- JSON [[start, end, label], ...]: the model's own, unlinked
    PRIMARY KEY(text_hash, recogniser)
) WITHOUT ROWID;
"""

MIRROR = """
CREATE TABLE mirror.marked(
    text_hash TEXT PRIMARY KEY, starred INTEGER NOT NULL, read INTEGER NOT NULL,
    notes INTEGER NOT NULL, highlights INTEGER NOT NULL, draft INTEGER NOT NULL,
    changed INTEGER NOT NULL,         -- its text is another than its notes were written on
    lost INTEGER NOT NULL             -- notes whose passage is not found
) WITHOUT ROWID;
CREATE TABLE mirror.tagged(text_hash TEXT NOT NULL, tag TEXT NOT NULL, folded TEXT NOT NULL,
    own INTEGER NOT NULL,             -- the article itself bears it, not only a note of it
    PRIMARY KEY(folded, text_hash)) WITHOUT ROWID;
CREATE INDEX mirror.tagged_article ON tagged(text_hash);
CREATE TABLE mirror.note(text_hash TEXT NOT NULL, id TEXT NOT NULL,
    folded TEXT NOT NULL,             -- body and quotes, a line each
    PRIMARY KEY(text_hash, id)) WITHOUT ROWID;
CREATE TABLE mirror.dated(text_hash TEXT PRIMARY KEY, published TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE mirror.redated(article INTEGER PRIMARY KEY, day INTEGER NOT NULL);   -- the same as rows of the index
CREATE TABLE mirror.retalked(         -- what the same talk of, which is told from their own day
    article INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE mirror.alias(key TEXT PRIMARY KEY, into_key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE mirror.joined(           -- the same as rows of the index, in which entities come and go
    entity INTEGER PRIMARY KEY, into_entity INTEGER NOT NULL, into_key TEXT NOT NULL);
CREATE INDEX mirror.joined_into ON joined(into_entity);
"""
MIRRORED = ("marked", "tagged", "note", "dated")
"""The tables of the mirror that hold marks, by the text they are on."""
"""The user's annotations as the query connection sees them: an ATTACHed in-memory database, `mirror`."""
