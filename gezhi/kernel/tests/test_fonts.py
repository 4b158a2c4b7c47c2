"""Which font is taken for what, and what is said where one, or all of them, are missing."""

from pathlib import Path

from gezhi.kernel import fonts


def test_an_office_with_the_fonts_of_the_standard_uses_them_and_is_told_nothing():
    found = fonts.chosen({"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "Arial"})
    assert (found.title, found.text) == ("方正小标宋简体", "仿宋_GB2312")
    assert (found.heading, found.kai) == ("黑体", "楷体_GB2312")
    assert not found.missing and found.words == ""


def test_without_them_a_song_type_stands_in_and_that_is_said():
    found = fonts.chosen({"Noto Serif CJK SC", "Noto Sans CJK SC", "DejaVu Sans"})
    assert found.is_usable and found.title == found.text == "Noto Serif CJK SC"
    assert found.heading == "Noto Sans CJK SC"
    assert "方正小标宋" in found.words and "Noto Serif CJK SC" in found.words


def test_one_chinese_font_sets_everything():
    found = fonts.chosen({"WenQuanYi Micro Hei"})
    assert {found.title, found.text, found.heading, found.kai} == {"WenQuanYi Micro Hei"}


def test_of_no_chinese_font_it_says_what_to_install():
    found = fonts.chosen({"DejaVu Sans", "Noto Serif CJK JP"})
    assert not found.is_usable and "fonts-noto-cjk" in found.words


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path):
    assert fonts.found(tmp_path / "fonts").words == fonts.found(tmp_path / "none").words
