"""A phone in what people wrote is one tap away, in one line; nothing else becomes one."""

import pytest
from django.utils.safestring import mark_safe

from gezhi.faces.shell.dialing import dialable


@pytest.mark.parametrize(
    "phone",
    ["028-0000-1009", "028-55551009", "0835-555 1009", "02855551009", "13800001111",
     "138 0000 1111", "400-800-1234", "400 8001 234"],
)  # fmt: skip
def test_a_phone_is_a_link_in_its_sentence(phone):
    shown = dialable(f"请打{phone}，找王师傅")
    assert shown == f'请打<a href="tel:{phone.replace(" ", "-")}">{phone}</a>，找王师傅'


def test_a_short_number_is_one_after_a_word_that_says_so():
    shown = dialable("火警 119，拨打12345，共 119 户、12345 元")
    assert shown.count("<a ") == 2
    assert 'tel:119"' in shown and "共 119 户" in shown and "12345 元" in shown


@pytest.mark.parametrize(
    "words",
    ["受理号 261123 0001 234", "2611230000001", "0281 2345 6781 2222", "2026-11-20 19:30",
     "身份证 510104199001011234", "104.0665,30.5728", "0.02855551009", "138****1111", "第 02 号"],
)  # fmt: skip
def test_what_is_no_phone_stays_text(words):
    assert dialable(words) == words


def test_markup_stays_text():
    shown = dialable('<b>&"028-0000-1009"')
    assert shown == '&lt;b&gt;&amp;&quot;<a href="tel:028-0000-1009">028-0000-1009</a>&quot;'


def test_tags_of_ours_are_left_alone():
    ours = mark_safe('<a href="tel:028-0000-1009">028-0000-1009</a>')
    assert dialable(ours) == ours
    assert dialable(None) == ""
    assert dialable(mark_safe("A&amp;B 火警 119")) == 'A&amp;B 火警 <a href="tel:119">119</a>'
