import numpy as np

from gezhi.methods.classify.folds import folds, groups

LONG = "东湖里三栋楼下的烧烤店每天营业到凌晨两点，油烟和噪音让人无法休息，多次反映没有结果"


def test_a_text_sent_again_with_a_word_changed_is_in_one_group() -> None:
    group = groups(
        [("油烟扰民", LONG), ("别的事", "垃圾没有人清运，臭得很"), ("再次反映", LONG + "！")]
    )
    assert group[0] == group[2] != group[1]


def test_an_equal_subject_makes_one_group_however_the_rest_differs() -> None:
    group = groups([("请求解决东湖里停车难", "一"), ("请求解决东湖里停车难！", LONG)])
    assert group[0] == group[1]


def test_a_short_common_subject_makes_none() -> None:
    group = groups([("投诉", LONG), ("投诉", "完全不同的一件事情，水管爆了三天没有人来修")])
    assert group[0] != group[1]


def test_empty_texts_are_one_group() -> None:
    assert len(set(groups([("", ""), ("", ""), ("", "甲乙丙丁戊己庚辛")]).tolist())) == 2


def test_every_row_is_in_one_fold_and_no_group_in_two() -> None:
    draw = np.random.default_rng(1)
    group, label = draw.integers(0, 60, 200), draw.integers(0, 3, 200)
    parts = folds(group, label, 5)
    assert sorted(np.concatenate(parts).tolist()) == list(range(200))
    where = {(int(group[row]), at) for at, part in enumerate(parts) for row in part}
    assert len(where) == len(set(group.tolist()))


def test_each_fold_has_its_share_of_each_label() -> None:
    label = np.arange(300) % 3
    parts = folds(np.arange(300), label, 5)
    assert all(np.bincount(label[part]).tolist() == [20, 20, 20] for part in parts)


def test_the_seed_settles_the_folds() -> None:
    group, label = np.arange(50), np.arange(50) % 2
    again = [part.tolist() for part in folds(group, label, 5, seed=3)]
    assert [part.tolist() for part in folds(group, label, 5, seed=3)] == again
    assert [part.tolist() for part in folds(group, label, 5, seed=4)] != again
