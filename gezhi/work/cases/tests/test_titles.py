"""Titles keep the reporter's words and are cut where one may stop reading."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from gezhi.work.cases.models import CaseWords
from gezhi.work.cases.queries import listing
from gezhi.work.cases.titles import kept, shown, title_of

LONG = (
    "帮忙看一下，石磨街转角堆了一大堆垃圾袋，苍蝇嗡嗡的，两天没人收。都好几天了，请尽快派人来看。"
)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("康宁里3栋楼下路灯不亮", "康宁里3栋楼下路灯不亮"),
        ("  楼道\n灯  不亮 ", "楼道 灯 不亮"),
        (LONG, "帮忙看一下，石磨街转角堆了一大堆垃圾袋，苍蝇嗡嗡的，两天没人收…"),
        ("灯坏了。" + "很" * 50, "灯坏了。" + "很" * 35 + "…"),
        ("路灯不亮从上个星期一开始，" + "黑" * 50, "路灯不亮从上个星期一开始…"),
        ("黑" * 40, "黑" * 40),
        ("黑" * 41, "黑" * 39 + "…"),
    ],
)
def test_a_title_is_cut_behind_a_sentence_else_a_clause_and_says_so(words, title):
    assert shown(words) == title
    assert len(title) <= 40


def test_what_is_kept_is_one_line_and_fits_its_column():
    assert kept("一\n二" * 60) == ("一 二" * 60)[:80]


def test_erased_words_leave_the_class_else_the_number():
    number = "510104202611210000123"
    assert title_of("", "路灯", number) == "路灯"
    assert title_of("", "", number) == "510104 20261121 0000123"


@pytest.mark.django_db
def test_acceptance_and_a_public_summary_leave_the_words(cast, play):
    said = "康宁里3栋楼下路灯不亮"
    play.report(text=said)
    (before,) = listing(cast.acceptor.viewer, "accepting").rows
    play.accept(public_summary="桐花社区 路灯")
    (after,) = listing(cast.dispatcher.viewer, "dispatching").rows
    assert before.title == after.title == said
    assert after.public_summary == "桐花社区 路灯"


@pytest.mark.django_db
def test_words_behind_the_fortieth_sign_are_kept_for_the_search(cast, play):
    play.report(text=LONG)
    assert CaseWords.objects.get().title == LONG


@pytest.mark.django_db
def test_titles_that_were_cut_get_their_words_back(play):
    play.report(text=LONG)
    CaseWords.objects.update(title=LONG[:40], seal="")
    step = import_module("gezhi.work.cases.migrations.0007_titles_keep_the_words")
    step.lengthen(apps, connection.schema_editor())
    assert CaseWords.objects.get().title == LONG


@pytest.mark.django_db
def test_erased_titles_stay_erased(play):
    play.report(text=LONG)
    CaseWords.objects.update(title="", seal="")
    step = import_module("gezhi.work.cases.migrations.0007_titles_keep_the_words")
    step.lengthen(apps, connection.schema_editor())
    assert CaseWords.objects.get().title == ""
