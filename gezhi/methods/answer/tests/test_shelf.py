"""Like closed cases are found by what was asked and what was answered."""

from gezhi.methods.answer import Shelf, Source

LAMP = Source(
    1,
    "幸福路口的路灯不亮了，晚上黑，请维修",
    "经现场查看，路灯电缆被挖断，已更换电缆，路灯恢复照明。",
    "0101",
    moment=100.0,
)
CARD = Source(
    2,
    "社保卡丢了怎么补办，要带什么材料",
    "补办社保卡请携带身份证到社保服务窗口申请，当场领卡。",
    "0302",
    "人社局",
    moment=100.0,
)
NOISE = Source(
    3,
    "夜里工地施工打桩，吵得睡不着",
    "根据《噪声污染防治法》，夜间禁止进行产生噪声的建筑施工作业。",
    "0103",
    moment=100.0,
)


def test_the_case_on_the_same_matter_comes_first():
    shelf = Shelf([LAMP, CARD, NOISE])
    found = shelf.like("我的社保卡不见了，请问补办要什么材料？")
    assert found[0].source is CARD
    assert 0.0 < found[0].score <= 1.0


def test_what_only_the_answer_says_also_counts():
    found = Shelf([LAMP, CARD, NOISE]).like("电缆断了没人换")
    assert found[0].source is LAMP


def test_an_identical_question_scores_as_wholly_held():
    found = Shelf([LAMP, CARD, NOISE]).like(LAMP.question, most=1)
    assert found[0].score > 0.99


def test_of_two_equals_the_one_of_the_same_class_comes_first():
    twin = Source(9, LAMP.question, LAMP.answer, "0909", moment=100.0)
    shelf = Shelf([LAMP, twin, CARD])
    assert shelf.like(LAMP.question, class_code="0909", most=1)[0].source is twin
    assert shelf.like(LAMP.question, class_code="0101", most=1)[0].source is LAMP


def test_of_two_equals_the_newer_one_comes_first():
    newer = Source(9, LAMP.question, LAMP.answer, moment=5000.0)
    assert Shelf([LAMP, newer, CARD]).like(LAMP.question, most=1)[0].source is newer


def test_a_case_of_the_same_unit_is_preferred():
    twin = Source(9, CARD.question, CARD.answer, "0302", "街道", moment=100.0)
    assert Shelf([twin, CARD]).like(CARD.question, unit="人社局", most=1)[0].source is CARD


def test_a_question_that_shares_nothing_finds_nothing():
    assert Shelf([LAMP, CARD, NOISE]).like("zzzz qqqq") == []


def test_cases_without_an_answer_are_not_on_the_shelf():
    assert len(Shelf([LAMP, Source(7, "路灯不亮", "  ")])) == 1


def test_an_empty_shelf_finds_nothing():
    assert Shelf([]).like("路灯不亮") == []


def test_rare_spans_are_what_few_other_answers_hold():
    common = [Source(n, f"路灯问题{n}", "路灯由市政部门负责维修。") for n in range(10, 16)]
    own = Source(1, "路灯不亮", "路灯由市政部门负责维修，龚小满已去看过。")
    found = Shelf([*common, own]).like("路灯不亮", most=7)
    rare = next(item.rare for item in found if item.source is own)
    assert rare is not None
    said = "".join(own.answer[start:end] for start, end in rare)
    assert "龚小满" in said
    assert "市政部门" not in said


def test_any_text_may_be_asked():
    shelf = Shelf([LAMP, Source(4, "<p>路灯</p>", "<b>好了</b>"), Source(5, "\ud800", "İ已办")])
    for text in (
        "",
        "灯",
        "😀😀",
        "<div>路灯</div>" * 50,
        "路灯不亮" * 25_000,
        "\ud800坏",
        "İ" * 9,
    ):
        assert all(0.0 <= item.score <= 1.0 for item in shelf.like(text))
