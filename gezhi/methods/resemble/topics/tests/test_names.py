"""Places are found by the last sign of their names, and what is no place is not."""

import pytest

from gezhi.methods.resemble.topics.names import places, read, without


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("桂花苑路灯不亮", ["桂花苑"]),
        ("路灯不亮，路面塌陷", []),
        ("门前路面破了", []),
        ("太平路路灯坏了", ["太平路"]),
        ("请问太平路的路面何时修", ["太平路"]),
        ("A3区望江府与松鹤小区", ["望江府", "松鹤"]),
        ("小区停水", []),
        ("我住在凯旋大道", ["凯旋大道"]),
    ],
)
def test_names_end_where_a_place_ends_and_a_lamp_is_no_road(text, names):
    assert places(text) == names


def test_gaps_are_as_long_as_the_names_they_stand_for():
    text = "A3区太平路桂花苑停水"
    assert without(text, ["桂花苑", "太平路"]) == "   " + "   " + "   " + "停水"


def test_a_text_and_its_gaps_are_read_sign_for_sign():
    found = read("桂花苑停水\n我住桂花苑，B2县太平路口停水三天" + "很久" * 400)
    assert found.names == (["桂花苑"], ["我住桂花苑", "太平路"])
    assert [len(part) for part in found.bare] == [len(part) for part in found.whole]
    assert "桂花苑" not in "".join(found.bare)
    assert found.bare[1].endswith("很久很")
