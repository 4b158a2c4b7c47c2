"""One cut for stored texts and for readers' words."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel.bigrams import bigrams, held_as, phrase, searched, stored

TEXTS = [
    "小区门口路灯坏了三天",
    "3栋2单元楼道灯不亮",
    "水井坊社区 井盖缺失",
    "灯",
    "ＡＢＣ公司噪音",
    "abc公司施工扰民",
]


def test_a_run_gives_its_pairs_and_its_last_sign():
    assert bigrams("路灯坏了") == ["路灯", "灯坏", "坏了", "了"]
    assert bigrams("灯") == ["灯"]
    assert bigrams("") == bigrams("，。！") == []


def test_a_pair_never_reaches_over_a_gap():
    assert bigrams("路灯，坏了") == ["路灯", "灯", "坏了", "了"]


def test_width_and_case_do_not_matter():
    assert bigrams("ＡＢ座") == bigrams("ab座")


def test_words_of_a_reader_are_cut_alike_without_the_last_sign():
    assert searched("路灯坏") == ["路灯", "灯坏"]
    assert searched("灯 路灯") == ["灯", "路灯"]
    assert set(searched("路灯坏")) <= set(bigrams(TEXTS[0]))


@pytest.fixture(scope="module")
def index():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(body, tokenize='ascii')")
    connection.executemany(
        "INSERT INTO words(rowid, body) VALUES (?, ?)",
        [(number, stored(text)) for number, text in enumerate(TEXTS)],
    )
    yield connection
    connection.close()


def found(index, words: str) -> list[str]:
    rows = index.execute(
        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", [phrase(words)]
    )
    return [TEXTS[number] for (number,) in rows]


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def test_fts5_finds_every_substring_and_nothing_else(index):
    for text in TEXTS:
        for begin in range(len(text)):
            for end in range(begin + 1, len(text) + 1):
                words = text[begin:end]
                if " " not in words:
                    assert found(index, words) == [
                        other for other in TEXTS if plain(words) in plain(other)
                    ]


@pytest.mark.parametrize(
    "words", ["路灯", "路灯坏", "灯", "楼道 单元", "单元楼", "ａｂｃ公司", "路坏", "3"]
)
def test_a_stored_line_compared_as_it_is_says_the_same_as_the_index(index, words):
    by_line = [text for text in TEXTS if all(run in stored(text) for run in held_as(words))]
    assert by_line == found(index, words)


def test_one_sign_is_found_at_the_end_of_a_run_too(index):
    assert found(index, "灯") == [TEXTS[0], TEXTS[1], TEXTS[3]]
    assert found(index, "失") == [TEXTS[2]]


def test_two_words_must_both_be_there(index):
    assert found(index, "楼道 单元") == [TEXTS[1]]
    assert found(index, "路灯 单元") == []


def test_signs_apart_do_not_make_a_phrase(index):
    assert found(index, "路坏") == []
    assert found(index, "门口坏了") == []


@given(words=st.text())
def test_whatever_is_typed_is_a_query_sqlite_takes(words):
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(body, tokenize='ascii')")
        if query := phrase(words):
            connection.execute("SELECT 1 FROM words WHERE words MATCH ?", [query]).fetchall()
    finally:
        connection.close()


@given(text=st.text(), words=st.text(min_size=2))
def test_a_text_that_holds_the_words_holds_their_pairs(text, words):
    whole = f"{text} {words} {text}"
    assert set(searched(words)) <= set(stored(whole).split())
    assert all(run in stored(whole) for run in held_as(words))
