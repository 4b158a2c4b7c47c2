"""A draft carries over rules and nothing that belongs to another person's case."""

import re

import pytest

from gezhi.methods.answer import Found, Shelf, Source, draft, findings_of
from gezhi.methods.answer.facts import belongs_to_a_case, masked

QUESTION = "咨询补办。\n请问社保卡丢了怎么补办？补办社保卡要带什么材料？"
RULE = "根据《社会保障卡管理办法》规定，补办社保卡应当携带本人身份证到社保服务窗口申请办理。"
CASE = "经核实，龚小满的社保卡于2019年3月5日遗失，联系电话13912345678，我局已为其补办。"
SOURCE = Source(
    41, "社保卡丢了怎么补办", "您好！来信收悉。" + CASE + RULE + "感谢您的支持。2019年3月9日"
)


def test_a_rule_is_carried_over_and_its_source_named():
    made = draft(QUESTION, [Found(SOURCE, 0.6)])
    assert RULE in made.text
    assert made.sources == (41,)


def test_nothing_of_the_other_case_travels():
    text = draft(QUESTION, [Found(SOURCE, 0.6)]).text
    for own in ("龚小满", "2019", "3月", "13912345678", "遗失", "来信收悉"):
        assert own not in text


def test_each_ask_has_its_own_place_for_an_answer():
    text = draft(QUESTION, []).text
    assert "怎么补办" in text and "什么材料" in text
    assert text.count("【处理结果】") == 2


@pytest.mark.parametrize("found", [[], [Found(SOURCE, 0.01)]])
def test_where_nothing_is_like_enough_only_slots_remain(found):
    made = draft(QUESTION, found)
    assert made.sources == ()
    assert RULE not in made.text
    assert "【依据】" in made.text


def test_every_gap_of_the_text_is_among_the_slots():
    long = "市民办理补办社保卡，根据《社会保障卡管理办法》应当缴纳工本费20元，材料齐全后申请办理。"
    sources = [Found(Source(5, "补办", RULE + long), 0.5)]
    made = draft("补办。\n我4月2日丢了社保卡，请问补办要缴纳多少工本费？", sources)
    assert set(re.findall(r"【([^】]*)】", made.text)) == {gap.words for gap in made.slots}


def test_a_draft_that_goes_out_unfilled_is_stopped_by_the_check():
    codes = {finding.code for finding in findings_of(QUESTION, draft(QUESTION, []).text)}
    assert "unfilled_slot" in codes


def test_what_hardly_any_other_answer_holds_stays_behind():
    common = "办理居住证应当携带身份证到社区服务窗口申请。"
    odd = "办理居住证应当持玳瑁堂颛顼阁蓬荜巷樨榭坞门牌申请。"
    others = [Source(n, "居住证怎么办理", common) for n in range(6)]
    shelf = Shelf([*others, Source(9, "居住证怎么办理", odd + common)])
    text = draft("请问居住证怎么办理？", shelf.like("请问居住证怎么办理？", most=9)).text
    assert "玳瑁" not in text


@pytest.mark.parametrize(
    "sentence",
    [
        "刘某应当按照《物业管理条例》规定缴纳物业费。",
        "根据《物业管理条例》，阳光花园小区可以使用维修资金。",
        "经查，该店不符合《食品安全法》规定。",
        "省检测中心根据《危险房屋鉴定标准》鉴定为C级。",
        "根据《条例”规定，“应当申请办理。",
    ],
)
def test_sentences_about_a_case_are_known(sentence):
    assert belongs_to_a_case(sentence)


def test_facts_become_slots_and_public_titles_stay():
    text, slots = masked(
        "《2018年秋季收费通知》〔2018〕14号：3月1日起补贴500元，电话0731-88551234。"
    )
    assert text == "《2018年秋季收费通知》〔2018〕14号：【日期】起补贴【金额】，电话【联系电话】。"
    assert [gap.key for gap in slots] == ["contact", "date", "amount"]


def test_limits_of_a_rule_stay():
    sentence = "连续工作满十年的，应当在30日内申请。"
    assert masked(sentence) == (sentence, ())


@pytest.mark.parametrize("text", ["", "😀", "<b>路灯</b>", "请问" * 50_000, "\ud800"])
def test_any_question_gets_a_draft(text):
    assert "【处理结果】" in draft(text, [Found(Source(1, text, text), 0.9)]).text
