from gezhi.methods.classify import KeywordRules, Keywords
from gezhi.methods.classify.keywords import SURE_AT_MOST

RULES = KeywordRules(
    [
        Keywords("01", "上水井盖", ("井盖", "盖子", "塌")),
        Keywords("02", "噪声扰民", ("噪音", "广场舞", "扰民")),
        Keywords("03", "占道停车", ("乱停", "占道")),
    ]
)


def test_the_label_whose_words_stand_in_the_message_comes_first() -> None:
    (said,) = RULES.predict([("路口井盖塌了", "晚上看不见，很危险")])
    assert said.label == "01"
    assert set(said.words) == {"井盖", "塌"}
    assert not said.abstained


def test_keywords_never_claim_much() -> None:
    (said,) = RULES.predict([("噪音噪声扰民广场舞", "噪音扰民广场舞" * 50)])
    assert said.label == "02"
    assert said.confidence <= SURE_AT_MOST + 1e-9


def test_no_keyword_abstains_with_even_chances() -> None:
    (said,) = RULES.predict([("请问几点上班", "")])
    assert said.abstained
    assert said.confidence <= 1 / 3 + 1e-9
    assert said.words == ()


def test_below_the_threshold_it_abstains_but_still_says_what_it_thinks() -> None:
    (said,) = RULES.predict([("有人占道", "")], threshold=0.9)
    assert said.abstained
    assert said.label == "03"


def test_without_entries_there_is_no_advice() -> None:
    (said,) = KeywordRules([]).predict([("噪音", "")])
    assert said.abstained
    assert said.label == ""


def test_bad_input_is_no_error() -> None:
    said = RULES.predict([("", ""), ("😀", "<p>"), ("井" * 100_000, "\ud800")])
    assert len(said) == 3


def test_one_clear_word_is_not_drowned_by_hundreds_of_labels_nobody_mentioned() -> None:
    others = [Keywords(f"other-{at}", f"别的{at}", ()) for at in range(300)]
    lights = [
        Keywords("street-light", "路灯", ("不亮", "灯坏")),
        Keywords("ground-light", "地灯", ("路灯", "不亮", "灯坏")),
    ]
    found = KeywordRules([*others, *lights]).predict([("路灯坏了", "路灯坏了")])[0]
    assert found.label == "street-light"
    assert found.confidence >= 0.5
    assert sum(share for _label, share in found.alternatives) < 1
