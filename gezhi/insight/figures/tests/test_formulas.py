"""What a pack may say of an indicator, and what it is refused with."""

import pytest

from gezhi.ground.codes.actions import import_pack
from gezhi.ground.codes.folder import read_folder
from gezhi.insight.figures.formulas import Unit, indicator, value
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Viewer

GOOD = {"numerator": "due_on_time", "denominator": "due", "unit": "share", "day": "due"}


def _refused(**changes: str) -> str:
    with pytest.raises(Invalid) as refusal:
        indicator("x", "某率", {**GOOD, **changes})
    return str(refusal.value.message)


def test_a_formula_says_in_words_how_it_is_counted():
    words = indicator("x", "按期结案率", GOOD).words
    assert "÷" in words
    assert "按到期日" in words


def test_a_sum_in_a_division_stands_in_brackets():
    both = indicator(
        "x",
        "满意率",
        {
            "numerator": "satisfied+acceptable",
            "denominator": "satisfied+acceptable+dissatisfied",
            "unit": "share",
            "day": "rated",
        },
    )
    below = "说满意的诉求 + 说基本满意的 + 说不满意的"
    assert both.short == f"（说满意的诉求 + 说基本满意的）÷（{below}）"
    assert both.formula.startswith("［说满意的诉求（没联系上、没表态的不算） + 说基本满意的］÷［")
    assert both.words == f"{both.formula}，按评价日"
    assert "［" not in indicator("x", "按期结案率", GOOD).words


def test_an_unknown_counter_is_named_with_those_that_are_known():
    said = _refused(numerator="due_on_time+late_ones")
    assert "late_ones" in said
    assert "due_closed" in said


def test_no_indicator_mixes_two_days():
    assert "只能按一种日子" in _refused(numerator="closed")
    assert "只能按一种日子" in _refused(day="ended")


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"unit": "percent"}, "unit"),
        ({"day": "friday"}, "day"),
        ({"numerator": ""}, "numerator"),
        ({"denominator": ""}, "denominator"),
        ({"unit": "count"}, "denominator"),
        ({"numerator": "due+due"}, "只写一次"),
        ({"unit": "hours"}, "小时"),
        (
            {"numerator": "handling_time", "denominator": "closed", "day": "ended"},
            "小时",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused(changes, about):
    assert about in _refused(**changes)


def test_a_denominator_of_nothing_is_no_figure():
    assert value(Unit.SHARE, 0, 0) is None
    assert value(Unit.HOURS, 0, 0) is None
    assert value(Unit.SHARE, 0, 4) == 0
    assert value(Unit.HOURS, 7200, 4) == 0.5
    assert value(Unit.COUNT, 0, 0) == 0


@pytest.mark.django_db
def test_a_pack_with_such_a_formula_is_refused_whole_and_the_row_is_named(tmp_path):
    (tmp_path / "pack.toml").write_text(
        'name = "own"\nversion = "1"\ntitle = "自己的"\nsource = ""\n'
        '[[tables]]\nfile = "indicators.csv"\ndictionary = "indicators"\n'
    )
    table = tmp_path / "indicators.csv"
    head = "code,name,numerator,denominator,unit,day\n"
    table.write_text(head + "mine,某率,due_on_tyme,due,share,due\n")
    with pytest.raises(Invalid, match=r"indicators 的 mine.*due_on_tyme"):
        import_pack(tmp_path, by=Viewer.system("test"))
    table.write_text(head + "mine,某率,due_on_time,due,share,due\n")
    assert read_folder(tmp_path).rows[0].code == "mine"
