from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from gezhi.methods.classify import Model, Unreadable
from gezhi.methods.classify.tests.talk import MATTERS, examples
from gezhi.methods.classify.train import Example, TooFew, cross_validate, train


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    yield train(examples(400))


def test_what_was_learnt_is_known_in_messages_not_seen(model: Model) -> None:
    asked = examples(200, seed=9)
    said = model.predict([(one.subject, one.detail) for one in asked])
    right = [one.label == answer.label for one, answer in zip(asked, said, strict=True)]
    assert np.mean(right) > 0.95


def test_the_file_gives_the_same_model_back(model: Model, tmp_path: Path) -> None:
    model.save(tmp_path / "model.npz")
    again = Model.load(tmp_path / "model.npz")
    asked = [(one.subject, one.detail) for one in examples(20, seed=3)]
    assert again.labels == model.labels
    assert np.allclose(again.chances(asked), model.chances(asked), atol=0.01)
    assert again.threshold_for(0.05) == model.threshold_for(0.05)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not whole", b"label,weight\n"])
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        Model.load(path)


def test_alternatives_are_three_and_begin_with_the_label(model: Model) -> None:
    (said,) = model.predict([("广场舞音响扰民", "每天晚上都很吵")])
    assert len(said.alternatives) == 3
    assert said.alternatives[0] == (said.label, said.confidence)
    assert said.alternatives[0][1] >= said.alternatives[1][1] >= said.alternatives[2][1]


def test_the_words_stand_in_the_message(model: Model) -> None:
    subject, detail = "西苑小区垃圾桶几天没人清运", "楼道堆满杂物，请尽快处理"
    (said,) = model.predict([(subject, detail)])
    assert said.label == "垃圾"
    assert 1 <= len(said.words) <= 6
    assert all(word in subject or word in detail for word in said.words)


def test_nothing_said_gives_the_prior_and_abstains(model: Model) -> None:
    for nothing in ("", "  \n", "😀😀😀", "&nbsp;<br/>"):
        (said,) = model.predict([(nothing, nothing)])
        assert said.abstained
        assert said.confidence <= model.prior.max() + 1e-9


BAD = [
    ("水", ""),
    ("", "a" * 100_000),
    ("垃圾" * 50_000, "垃圾" * 50_000),
    ("The quick brown fox jumps over the lazy dog", "every single day"),
    ("<script>alert(1)</script>", "<p style='x'>"),
    ("\ud800\udfff", "\x00\x01"),
    ("咯个屋里头好吵哦，莫得人管", "啷个办嘛"),
]


@pytest.mark.parametrize(("subject", "detail"), BAD)
def test_bad_input_is_answered_like_any_other(model: Model, subject: str, detail: str) -> None:
    (said,) = model.predict([(subject, detail)])
    assert said.label in MATTERS
    assert 0 < said.confidence <= 1
    assert sum(chance for _, chance in said.alternatives) <= 1 + 1e-9


def test_one_character_and_foreign_text_are_not_sure_of_anything(model: Model) -> None:
    said = model.predict([("水", ""), ("The quick brown fox", "jumps over"), ("", "龘靐齉")])
    assert all(one.confidence < 0.5 for one in said)


def test_traditional_characters_say_the_same(model: Model) -> None:
    old, new = model.predict([("小區裡亂停車堵住通道", ""), ("小区里乱停车堵住通道", "")])
    assert old.label == new.label == "停车"


def test_one_at_a_time_and_all_at_once_agree(model: Model) -> None:
    asked = [(one.subject, one.detail) for one in examples(30, seed=5)] + [("", "")]
    alone = [model.predict([one])[0] for one in asked]
    for one, other in zip(model.predict(asked), alone, strict=True):
        assert (one.label, one.words, one.abstained) == (other.label, other.words, other.abstained)
        assert one.confidence == pytest.approx(other.confidence, abs=1e-5)


def test_below_the_threshold_it_abstains(model: Model) -> None:
    (said,) = model.predict([("停车", "")], threshold=1.1)
    assert said.abstained


def test_the_same_examples_and_seed_give_the_same_model() -> None:
    asked = [(one.subject, one.detail) for one in examples(10, seed=8)]
    one, other = train(examples(80)), train(examples(80))
    assert np.array_equal(one.chances(asked), other.chances(asked))


def test_one_label_alone_cannot_be_learnt() -> None:
    with pytest.raises(TooFew):
        train([Example("井盖丢了", "", "井盖")] * 5)


def test_two_labels_and_few_or_empty_examples_are_enough() -> None:
    few = [Example("井盖丢了", "", "甲"), Example("太吵了", "", "乙"), Example("", "", "乙")]
    (said,) = train(few).predict([("井盖丢了", "")])
    assert said.label in {"甲", "乙"}


def test_one_text_with_two_labels_teaches_nothing_and_breaks_nothing() -> None:
    same = [Example("路口井盖丢了没人管", "", label) for label in "甲甲甲乙"]
    (said,) = train(same).predict([("路口井盖丢了没人管", "")])
    assert said.label == "甲"
    assert said.confidence < 0.95


def test_examples_of_no_weight_count_for_nothing() -> None:
    more = [Example("路灯不亮", "晚上很黑", "路灯", weight=0.0)] * 5
    assert train([*examples(40), *more]).labels == train(examples(40)).labels


def test_a_label_seen_once_does_not_stop_the_others() -> None:
    rare = [*examples(80), Example("路灯不亮", "晚上很黑", "路灯")]
    assert "路灯" in train(rare).labels


def test_cross_validation_reports_every_label_and_counts_all() -> None:
    steps: list[str] = []
    figures = cross_validate(examples(120), folds=3, progress=steps.append)
    assert figures.messages == 120
    assert {one.label for one in figures.by_label} == set(MATTERS)
    assert figures.macro_f1 > 0.8
    assert steps


def test_a_new_label_is_learnt_from_fifty_corrected_examples() -> None:
    old = examples(600, labels=("噪声", "垃圾", "停车"))
    model = train([*old, *examples(50, seed=4, labels=("漏水",))])
    asked = [(one.subject, one.detail) for one in examples(60, seed=6, labels=("漏水",))]
    assert np.mean([one.label == "漏水" for one in model.predict(asked)]) >= 0.8


def test_reading_and_predicting_need_no_scikit_learn() -> None:
    import subprocess
    import sys

    code = "import sys, gezhi.methods.classify; sys.exit('sklearn' in sys.modules or 'jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
