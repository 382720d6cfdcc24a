"""n and N walk through the words of the filter, on into the articles of the list that hold some."""

from __future__ import annotations


async def filtered(user, words: str) -> None:
    before = len(user.main.articles.keys)
    await user.press("f", *words, "enter")
    await user.until(lambda: 0 < len(user.main.articles.keys) < before and user.main.reader.filter_words)
    await user.until(lambda: user.main.opened.stored.key == user.main.articles.current.key)


async def test_hits_are_walked_and_go_on_into_the_next_article_and_back(run_app) -> None:
    async with run_app() as user:
        await filtered(user, "kuriles")
        await user.press("enter")
        reader = user.main.reader
        first, count = user.main.opened.stored.key, len(reader._look.hits)
        for at in range(1, count + 1):
            await user.press("n")
            assert user.sees(f"{at} of {count}")
        await user.press("n")
        await user.until(lambda: user.main.opened.stored.key != first)
        assert user.main.articles.cursor == 1 and user.main.in_reader
        assert user.sees("1 of", "in the next article")
        assert user.main.reader.current_hit == user.main.reader._look.hits[0]
        await user.press("N")
        await user.until(lambda: user.main.opened.stored.key == first)
        assert user.main.reader.current_hit == user.main.reader._look.hits[-1]
        await user.press(*["N"] * count)
        await user.until(lambda: user.sees("no more words found further up in this list"))
        assert user.main.opened.stored.key == first


async def test_the_list_keeps_the_focus_while_hits_are_walked_beside_it(run_app) -> None:
    async with run_app() as user:
        await filtered(user, "kuriles")
        await user.press("n")
        assert user.main.focused is user.main.articles
        assert user.main.reader.current_hit is not None


async def test_where_one_pane_is_shown_the_text_is_entered(run_app) -> None:
    async with run_app((50, 20)) as user:
        await filtered(user, "kuriles")
        await user.press("n")
        assert user.main.in_reader and user.main.reader.current_hit is not None


async def test_articles_without_the_words_are_passed_over(run_app) -> None:
    async with run_app() as user:
        await filtered(user, "Kunashir OR is:undated")
        keys = list(user.main.articles.keys)
        walked = [user.main.opened.stored.key]
        for _ in range(60):
            await user.press("n")
            await user.until(lambda: user.main.opened is not None)
            if user.main.opened.stored.key != walked[-1]:
                walked.append(user.main.opened.stored.key)
            if user.sees("no more words found"):
                break
        assert 0 < len(walked) < len(keys)
        texts = [user.app.library.article(key).article.text for key in walked]
        assert all("Kunashir" in text for text in texts)


async def test_words_found_in_one_article_stay_in_it_and_escape_leaves_it(run_app) -> None:
    async with run_app() as user:
        await filtered(user, "kuriles")
        key = user.main.opened.stored.key
        await user.press("enter", "slash", *"island", "enter", *["n"] * 40)
        assert user.main.opened.stored.key == key
        assert user.sees("no more below")
        await user.press("escape")
        assert not user.main.reader.finds and user.main.reader.has_words
        await user.press("escape")
        assert user.main.filter == ""


async def test_hits_follow_the_language_of_the_filter(run_app) -> None:
    async with run_app() as user:
        await filtered(user, '"southern kuriles" OR kunash*')
        text = user.main.opened.stored.article.text
        marked = {text[start:end] for start, end in user.main.reader._look.hits}
        assert marked == {"Southern Kuriles", "Kunashir"}
