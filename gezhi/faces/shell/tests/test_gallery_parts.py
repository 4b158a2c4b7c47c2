"""What each part promises to the pages that use it."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from gezhi.faces.shell import htmx, marks
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.pages import page
from gezhi.faces.shell.parts import MenuEntry, Version
from gezhi.kernel import clock
from gezhi.work.cases.rules import State


class Sample(forms.Form):
    words = forms.CharField(label="说明", help_text="写一句")
    note = forms.CharField(label="备注", required=False)
    way = forms.ChoiceField(label="方式", choices=[("call", "打电话")], widget=forms.RadioSelect)


def _draw(source: str, **context: object) -> str:
    return Template("{% load shell %}" + source).render(Context(context))


def test_a_row_ties_label_hint_and_control_together() -> None:
    row = _draw("{% form_row form.words %}", form=Sample())
    assert '<label for="id_words">说明</label>' in row
    assert 'id="id_words_helptext">写一句' in row
    assert 'aria-describedby="id_words_helptext"' in row
    assert "aria-invalid" not in row


def test_a_refused_row_says_what_to_do_and_keeps_the_text() -> None:
    form = Sample({"words": "", "note": "已经写了一半"})
    row = _draw("{% form_row form.words %}{% form_row form.note %}", form=form)
    assert 'aria-describedby="id_words_helptext id_words_error"' in row
    assert 'aria-invalid="true"' in row
    assert 'value="已经写了一半"' in row


def test_an_optional_row_says_so_in_words_and_a_required_one_does_not() -> None:
    assert "选填" in _draw("{% form_row form.note %}", form=Sample())
    assert "选填" not in _draw("{% form_row form.words %}", form=Sample())


def test_choices_stand_in_a_group_with_a_legend() -> None:
    row = _draw("{% form_row form.way chips=True %}", form=Sample({}))
    assert "<fieldset" in row and "<legend>方式</legend>" in row
    assert 'aria-describedby="id_way_error"' in row
    assert 'for="id_way_0"' in row


def test_the_summary_links_to_every_faulty_row() -> None:
    summary = _draw("{% form_errors form %}", form=Sample({}))
    assert re.findall(r'href="#(id_\w+)"', summary) == ["id_words", "id_way"]
    assert 'role="alert"' in summary
    assert _draw("{% form_errors form %}", form=Sample()).strip() == ""


class Named(PlainForm):
    words = forms.CharField(label="说明")
    note = forms.CharField(label="备注", required=False)


def test_the_summary_says_the_name_of_a_row_once() -> None:
    form = Named({})
    form.add_error("note", "请写在别处")
    summary = re.sub(r"\s+", "", _draw("{% form_errors form %}", form=form))
    assert '<ahref="#id_words">“说明”还没填，请填上。</a></li>' in summary
    assert '<ahref="#id_note">备注</a>：请写在别处</li>' in summary


def test_typed_text_is_escaped_wherever_a_part_shows_it() -> None:
    bad = "<script>alert(1)</script>"
    drawn = _draw(
        "{% row bad '/x' place=bad side=bad %}{% button bad url=bad %}{% notice 'warn' bad %}"
        "{% state 'empty' bad bad %}{% light 'red' bad %}{% badge '' bad %}{% copy_tools bad %}"
        "{% facts pairs %}{% conflict versions who=bad %}{% map_panel '/b' words=bad %}"
        "{% ask id='x' url='/x' label=bad title=bad hidden=hidden %}{{ bad }}{% endask %}",
        bad=bad,
        pairs=[(bad, bad)],
        versions=[Version(bad, bad, "")],
        hidden={"a": bad},
    )
    assert "<script" not in drawn
    assert drawn.count("&lt;script") >= 15


def test_a_deed_that_asks_back_works_without_script() -> None:
    drawn = _draw(
        "{% ask id='reject' url='/cases/1/reject' label='不予受理' title='不予受理这件事？'"
        " hidden=hidden key='x' %}<p>说明</p>{% endask %}",
        hidden={"version": 3},
        csrf_token="token",
    )
    link, dialog = drawn.split("<dialog", 1)
    assert 'href="/cases/1/reject"' in link and 'data-dialog="reject"' in link
    assert 'method="post" action="/cases/1/reject"' in dialog
    assert 'name="csrfmiddlewaretoken" value="token"' in dialog
    assert 'name="version" value="3"' in dialog
    assert "<p>说明</p>" in dialog


def test_the_key_of_a_deed_is_fresh_each_time() -> None:
    assert _draw("{% deed_key %}") != _draw("{% deed_key %}")


def test_every_state_of_a_case_has_a_badge_in_staff_words() -> None:
    # And one for what a passed check waits for (`CaseRow.shown_state`).
    assert set(marks.STATES) == {state.value for state in State} | {"closing"}
    assert "待受理" in marks.badge("reported")


def test_a_light_never_speaks_by_color_alone() -> None:
    for color in marks.LIGHTS:
        drawn = marks.light(color, "还剩 3 天")
        assert "<svg" in drawn and "还剩 3 天" in drawn


def test_a_due_time_turns_amber_before_and_red_after() -> None:
    now = clock.now()
    assert "light-none" in marks.due(now + timedelta(hours=5))
    assert "light-yellow" in marks.due(now + timedelta(hours=4))
    assert "light-red" in marks.due(now - timedelta(minutes=1))
    assert "light-paused" in marks.due(now, color="paused", text="暂停")
    assert marks.due(None) == ""


def test_an_icon_that_the_set_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        marks.icon("no-such-icon")


def test_a_pager_shows_only_pages_that_exist() -> None:
    assert _draw("{% pager '' '' %}").strip() == ""
    last = _draw("{% pager '/x?before=1' '' %}")
    assert "上一页" in last and "下一页" not in last


def test_the_menu_takes_plain_tuples_as_well() -> None:
    request = RequestFactory().get("/")
    menu = [MenuEntry("受理台", "/desk/", "inbox", 0, True), ("派单台", "/d/", "send", None, False)]
    drawn = Template("{% extends 'shell/desk.html' %}").render(
        Context({"menu": menu, "request": request})
    )
    assert 'href="/desk/" aria-current="page"' in drawn
    assert '<span class="count">0</span>' in drawn
    assert 'href="/d/"' in drawn


def _asked(**headers: str) -> HttpRequest:
    return RequestFactory().get("/", headers=headers)


def _answer(request: HttpRequest) -> HttpResponse:
    return page(
        request, "shell/plain.html", {"street_name": "锦官驿街道"}, part="shell/parts/skeleton.html",
        parts={"case": "shell/parts/pager.html"},
    )  # fmt: skip


def test_htmx_gets_the_piece_and_everyone_else_the_page() -> None:
    whole = _answer(_asked())
    assert b"<html" in whole.content
    assert "HX-Request" in whole.headers["Vary"]
    piece = _answer(_asked(**{"HX-Request": "true"}))
    assert b"<html" not in piece.content and b"skeleton" in piece.content
    other = _answer(_asked(**{"HX-Request": "true", "HX-Target": "case"}))
    assert b"skeleton" not in other.content and b"<html" not in other.content


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_and_the_back_button_get_the_whole_page(header: str) -> None:
    assert b"<html" in _answer(_asked(**{"HX-Request": "true", header: "true"})).content


def test_a_toast_travels_in_an_ascii_header() -> None:
    answer = htmx.toast(HttpResponse(), "已派单")
    header = answer.headers["HX-Trigger-After-Swap"]
    assert header.isascii() and "\\u" in header
    assert htmx.go_to("/desk/").headers["HX-Redirect"] == "/desk/"


def test_several_faults_of_one_field_stand_apart():
    drawn = Template("{% load shell %}{{ faults|in_one_line }}").render(
        Context({"faults": ["密码太短", "密码太常见。", "换一个<b>"]})
    )
    assert drawn == "密码太短；密码太常见。换一个&lt;b&gt;"
