"""隐私说明: what is held and for how long, in plain words."""

from gezhi.faces.resident.conftest import words


def test_the_privacy_page_says_what_the_law_asks(resident):
    page = words(resident.read("/privacy"))
    for duty in ("为什么", "谁看得到", "留多久", "查看", "更正", "删除", "个人信息保护法"):
        assert duty in page
    assert "14 天内" in page
