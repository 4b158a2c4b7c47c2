from gezhi.methods.classify.reading import HEAD, TAIL, clean


def test_width_case_digits_and_tags_make_no_difference() -> None:
    assert clean("<b>ＡＢＣ</b>小区１２３号&nbsp;楼") == "abc 小区0号 楼"


def test_traditional_characters_are_read_as_simplified() -> None:
    assert clean("垃圾車亂停擾民") == "垃圾车乱停扰民"


def test_a_very_long_text_keeps_its_beginning_and_end() -> None:
    text = clean("头" + "中" * 100_000 + "尾")
    assert text[0] == "头"
    assert text[-1] == "尾"
    assert len(text) <= HEAD + TAIL + 1


def test_lone_surrogates_and_control_characters_are_blanks() -> None:
    assert clean("井盖\ud800\x00\x07丢了") == "井盖 丢了"


def test_a_less_than_sign_alone_is_no_tag() -> None:
    assert "面积<0平" in clean("面积<90平，停车位>1个")
