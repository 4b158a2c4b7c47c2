"""The texts of messages: one slot, their length as SMS, those of the packs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.ground.codes import actions as codes
from gezhi.ground.codes import queries
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.ground.notices import sentences, texts
from gezhi.kernel.errors import Invalid

NUMBER = "2612310000123"


@pytest.mark.parametrize(
    ("text", "signs", "parts"),
    [
        ("", 0, 0),
        ("字" * 70, 70, 1),
        ("字" * 71, 71, 2),
        ("字" * 134, 134, 2),
        ("字" * 135, 135, 3),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("[" * 80, 160, 1),
        ("[" * 81, 162, 2),
        ("字" + "a" * 70, 71, 2),
        ("𠮷" * 35, 70, 1),
        ("𠮷" * 36, 72, 2),
    ],
)
def test_a_text_is_counted_as_it_is_paid(text, signs, parts):
    assert texts.length_of(text) == texts.Length(signs, parts)


@given(st.text(max_size=200), st.text(max_size=60))
def test_saying_more_never_costs_less(text, more):
    before, after = texts.length_of(text), texts.length_of(text + more)
    assert after.signs >= before.signs or after.parts >= before.parts
    assert after.parts >= before.parts
    assert before.parts <= before.signs


@given(st.text(alphabet="{}number中文 ", max_size=30))
def test_a_text_that_may_be_sent_names_nothing_but_the_number(text):
    if not texts.wrong_slots(text):
        sent = texts.filled(text, NUMBER)
        assert "{" not in sent and "}" not in sent
        assert sent.count(NUMBER) == text.count(texts.NUMBER)


@pytest.mark.parametrize(
    "text", ["您好 {name}", "地点 {place} {number}", "{ number }", "{number", "}", "", "字" * 201]
)
def test_another_slot_or_no_text_is_refused(text):
    with pytest.raises(Invalid) as refused:
        texts.valid_text(text, "text")
    assert refused.value.field == "text"


def _row(code):
    term = queries.term("message_texts", code)
    assert term is not None
    return RowOfTerm(
        term.dictionary,
        term.code,
        term.name,
        term.name_en,
        term.parent_code,
        term.order,
        dict(term.data),
    )


def _amend(cast, row):
    pack = queries.pack_holding("message_texts")
    assert pack is not None
    codes.amend(
        pack_id=pack.id, changes=[row], reason="改一句", by=cast.system_administrator.viewer
    )


def test_what_the_office_wrote_is_sent_from_then_on(cast):
    assert "受理号 261231" in sentences.message("report", "case_report", NUMBER)
    _amend(cast, texts.text_row(_row("case_report"), "【桐花街道】收到，编号 {number}。", ""))
    assert sentences.message("report", "case_report", NUMBER).startswith(
        "【桐花街道】收到，编号 261231"
    )
    assert "有新进展" in sentences.message("report", "case_unheard_of", NUMBER)
    assert "新的待办" in sentences.message("user", "case_report", "510104202612310000123")


def test_every_packed_text_may_be_sent_and_is_one_sms_in_chinese(cast):
    rows = queries.terms("message_texts")
    assert len(rows) >= 14
    for row in rows:
        for text in (row.data["text"], row.data["text_en"]):
            assert texts.wrong_slots(text) == []
        sent = texts.filled(row.data["text"], "2612 3100 00123 0000 000")
        assert texts.length_of(sent).parts == 1


def test_a_pack_whose_text_names_more_is_not_sent(cast):
    row = _row("case_close")
    _amend(cast, RowOfTerm(**{**vars_of(row), "data": {**row.data, "text": "{name}，办结了"}}))
    assert "{name}" not in sentences.message("report", "case_close", NUMBER)
    assert "已办结" in sentences.message("report", "case_close", NUMBER)


def vars_of(row):
    """The columns of a row."""
    return {name: getattr(row, name) for name in RowOfTerm.__slots__}
