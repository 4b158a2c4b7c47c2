"""A class typed instead of looked for among a hundred."""

import pytest
from django import forms

from gezhi.faces.shell.class_field import ClassField

_GROUPS = [
    ("整个门类", [("event", "事件（整类）")]),
    ("事件 · 市容", [("event-01", "暴露垃圾"), ("event-02", "积存垃圾"), ("event-03", "占道经营")]),
    ("部件 · 公用", [("part-01", "井盖"), ("part-02", "路灯")]),
    ("部件 · 交通", [("part-03", "井盖")]),
]


class _Form(forms.Form):
    class_code = ClassField(label="事项类别", groups=lambda: _GROUPS)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("占道经营", "event-03"), ("event-03", "event-03"), ("占道", "event-03"),
        ("垃圾 积存", "event-02"), ("事件（整类）", "event"), ("井盖（部件 · 交通）", "part-03"),
    ],
)  # fmt: skip
def test_a_class_is_known_by_its_name_its_code_or_a_part(typed, code):
    form = _Form({"class_code": typed})
    assert form.is_valid()
    assert form.cleaned_data["class_code"] == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("垃圾", "有几个类别都像，请写其中一个：暴露垃圾、积存垃圾"),
        ("井盖", "井盖（部件 · 公用）、井盖（部件 · 交通）"),
        ("月亮", "没有“月亮”这个类别"),
        ("", "还没选"),
    ],
)
def test_what_is_no_one_class_is_refused_and_stays_as_typed(typed, said):
    form = _Form({"class_code": typed})
    assert said in str(form.errors["class_code"])
    assert f'value="{typed}"' in str(form["class_code"]) or not typed


def test_a_code_stands_as_its_name_above_a_list_the_browser_narrows():
    drawn = str(_Form(initial={"class_code": "part-02"})["class_code"])
    assert 'value="路灯"' in drawn.partition("<datalist")[0]
    assert (
        '<datalist id="id_class_code_offered">' in drawn and 'list="id_class_code_offered"' in drawn
    )
    assert drawn.count("<option") == 7
