"""Each finding is made where it belongs and not where it does not."""

import time

import pytest

from gezhi.methods.answer import CODES, findings_of

QUESTION = "路灯不亮。\n幸福路口的路灯坏了半个月，请问什么时候能修好？停电损失谁来赔偿？"
GOOD = (
    "您好！您反映的路灯问题收悉。经现场查看，路灯电缆被挖断，根据《城市照明管理规定》由市政公司维修，"
    "停电损失由施工单位赔偿，3月5日前修好。有疑问请拨打12345。"
)


def codes(question, answer):
    return {finding.code for finding in findings_of(question, answer)}


def test_a_full_answer_has_no_findings():
    assert findings_of(QUESTION, GOOD) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "您好！您反映的问题已收悉，已转交有关单位处理，感谢您的支持。",
        "网友：您好！留言已收悉",
        "您好，我们高度重视，将进一步加强管理。2019年3月1日",
        "",
    ],
)
def test_receipts_and_promises_are_empty_courtesy(answer):
    assert {"empty_courtesy", "no_result", "no_basis", "no_date", "no_contact"} <= codes(
        QUESTION, answer
    )


@pytest.mark.parametrize(
    ("code", "gone", "instead"),
    [
        ("no_date", "3月5日前", ""),
        ("no_contact", "有疑问请拨打12345。", ""),
        ("unfilled_slot", "3月5日", "【日期】"),
        ("unaddressed_question", "停电损失由施工单位赔偿，", ""),
    ],
)
def test_what_is_taken_out_of_a_full_answer_is_found_missing(code, gone, instead):
    assert code in codes(QUESTION, GOOD.replace(gone, instead))


def test_neither_law_nor_a_look_is_no_basis():
    answer = "路灯电缆断了，由市政公司维修，3月5日前修好，电话12345。"
    assert "no_basis" in codes(QUESTION, answer)
    assert "no_basis" in codes(QUESTION, "按照相关规定，" + answer)
    assert "no_basis" not in codes(QUESTION, "经核实，" + answer)
    assert "no_basis" in codes(QUESTION, "我们将进行现场核实。" + answer)


def test_the_date_of_the_letter_is_no_date_of_the_matter():
    answer = "经现场查看，路灯电缆被挖断，由市政公司维修。电话12345。"
    assert "no_date" in codes(QUESTION, answer + "2019年3月1日")
    assert "no_date" in codes(QUESTION, answer + "市政局 2019年3月1日 网友：您好，已转市政局。")
    assert "no_date" in codes(QUESTION, answer + "依据〔2019〕24号。")


def test_a_named_office_is_a_contact_and_an_unnamed_one_is_not():
    answer = "经核实，路灯电缆3月1日被挖断。"
    assert "no_contact" not in codes(QUESTION, answer + "请到区教育局普教股咨询。")
    assert "no_contact" in codes(QUESTION, answer + "请到相关部门咨询。")


@pytest.mark.parametrize(
    ("line", "pushed"),
    [
        ("此事不属于我局职责范围。", True),
        ("此事不属于我局职责范围，请向区城管局反映。", False),
        ("请您咨询相关职能部门。", True),
        ("该房屋不属于危房。", False),
    ],
)
def test_turning_away_is_found_unless_somebody_is_named(line, pushed):
    assert ("pushes_away" in codes(QUESTION, line)) is pushed


def test_giving_the_question_back_is_found():
    question = "停车。\n小区大门口每天都有大货车停在消防通道上，物业不管，请交警来处理一下。"
    assert "copies_question" in codes(question, "关于" + question + "的问题，我们已经知道了。")
    assert "copies_question" not in codes(question, GOOD)


def test_a_finding_carries_the_sentence_it_is_about():
    found = {f.code: f.words for f in findings_of(QUESTION, GOOD.replace("3月5日", "【日期】"))}
    assert "【日期】" in found["unfilled_slot"]
    answer = "经查，路灯已亮，3月1日修好，电话12345。"
    asked = [f.words for f in findings_of(QUESTION, answer) if f.code == "unaddressed_question"]
    assert asked and all("赔偿" in words for words in asked)


def test_findings_come_in_the_order_of_the_codes():
    order = [
        CODES.index(finding.code) for finding in findings_of(QUESTION, "已转。不属于我局职责。")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "啊",
        "😀" * 40,
        "<p>何时<b>修</b>？</p>" * 99,
        "请到" * 50_000,
        "1" * 100_000,
        "\ud800",
        "【",
    ],
)
def test_any_text_is_checked_quickly(text):
    began = time.process_time()
    findings_of(text, text)
    findings_of(QUESTION, text)
    assert time.process_time() - began < 5.0
