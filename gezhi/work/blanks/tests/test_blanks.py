"""Sets with numbers of their own; a paper becomes a report once; its photo stays the original."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from gezhi.ground.audit.models import Entry
from gezhi.ground.files import actions as files
from gezhi.ground.files.models import File
from gezhi.ground.files.tests.pictures import picture, upload
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Unseen
from gezhi.work.blanks import actions, queries, tasks
from gezhi.work.blanks.models import Blank, BlankSet
from gezhi.work.blanks.rules import number_of
from gezhi.work.cases import actions as cases
from gezhi.work.cases.actions import Contact, Intake, Where
from gezhi.work.cases.models import Report

SAID = "楼下路灯三天不亮，老人晚上看不见"


def _printed(cast, size=3, key="print-0001", area=None, by=None):
    return actions.print_set(
        area_id=area or cast.street.community.pk,
        size=size,
        by=(by or cast.acceptor).viewer,
        key=key,
    )


def _intake(**changes):
    fields = {
        "text": SAID,
        "channel": "web",
        "where": Where(words=""),
        "contact": Contact(name="李桂花", phone="13912345678"),
    }
    return Intake(**{**fields, **changes})


def _typed_in(cast, row, at=0, *, key="type-in-0001", box="B", by=None, **changes):
    return actions.type_in(
        serial=number_of(row.first_serial + at),
        intake=_intake(**changes),
        box=box,
        by=(by or cast.acceptor).viewer,
        key=key,
    )


def test_sets_follow_each_other_and_no_number_comes_twice(cast):
    first, second = _printed(cast, 3), _printed(cast, 2, key="print-0002")
    assert second.first_serial == first.last_serial + 1
    assert str(first.first_serial).startswith(f"{clock.today():%y}")
    assert Blank.objects.count() == 5


def test_the_same_press_is_the_same_set(cast):
    assert _printed(cast).pk == _printed(cast).pk
    assert BlankSet.objects.count() == 1 and Blank.objects.count() == 3


def test_who_takes_nothing_in_prints_nothing_and_nobody_for_other_areas(cast):
    with pytest.raises(NotPermitted):
        _printed(cast, by=cast.handler)
    with pytest.raises(Unseen):
        _printed(cast, area=cast.street.other_street.pk)
    with pytest.raises(Invalid, match="1 到 200"):
        _printed(cast, 201)
    assert not Blank.objects.exists()


def test_a_paper_becomes_a_report_like_any_other(cast):
    row = _printed(cast)
    done = _typed_in(cast, row)
    report = Report.objects.get(pk=done.receipt.report_id)
    assert report.channel == "paper" and report.case.class_code == "component-0118"
    assert report.case.community_id == cast.street.community.pk
    blank = Blank.objects.get(serial=row.first_serial)
    assert blank.report_id == report.pk and blank.entered_by == cast.acceptor.user_id
    entry = Entry.objects.get(verb="blanks.type_in")
    assert SAID not in str(entry.detail) and "李桂花" not in str(entry.detail)


def test_a_second_time_it_says_which_report_it_is(cast):
    row = _printed(cast)
    done = _typed_in(cast, row)
    with pytest.raises(Conflict, match="已经录过") as told:
        _typed_in(cast, row, key="type-in-0002", text="又打了一遍")
    assert done.receipt.number[:6] in str(told.value) and cast.acceptor.name in str(told.value)
    assert Report.objects.count() == 1


def test_the_same_press_is_the_same_report(cast):
    row = _printed(cast)
    first, again = _typed_in(cast, row), _typed_in(cast, row)
    assert again.repeated and again.receipt.number == first.receipt.number
    assert Report.objects.count() == 1
    with pytest.raises(KeyReused):
        _typed_in(cast, row, text="内容变了")


def test_one_press_is_not_two_papers(cast):
    row = _printed(cast)
    _typed_in(cast, row)
    with pytest.raises(Conflict, match="另一张表"):
        _typed_in(cast, row, 1)
    assert Blank.objects.filter(report__isnull=False).count() == 1


def test_what_is_refused_leaves_the_paper_as_it_was(cast):
    row = _printed(cast)
    with pytest.raises(Invalid, match="那个字母"):
        _typed_in(cast, row, box="Q")
    with pytest.raises(Invalid):
        _typed_in(cast, row, contact=Contact(name="李桂花", phone="123"))
    assert not Report.objects.exists() and not Blank.objects.exclude(report=None).exists()


def test_where_nothing_is_written_what_is_ticked_is_what_was_said(cast):
    row = _printed(cast)
    done = _typed_in(cast, row, text=" ")
    assert Report.objects.get(pk=done.receipt.report_id).words.text == "路灯不亮"
    with pytest.raises(Invalid):
        _typed_in(cast, row, 1, box="", text=" ", key="type-in-0002")


def test_a_place_the_words_name_goes_before_the_community_of_the_set(cast):
    row = _printed(cast, area=cast.street.street.pk)
    done = _typed_in(cast, row, where=Where(words="桐花苑1栋"))
    assert done.receipt.community_id == cast.street.community.pk


def test_the_photo_is_the_original_and_no_attachment_of_the_case(cast):
    row = _printed(cast)
    kept = _photographed(cast, row)
    assert [one.pk for one in queries.waiting(cast.acceptor.viewer)] == [kept.pk]
    assert queries.next_serial(cast.acceptor.viewer) == row.first_serial
    done = _typed_in(cast, row)
    report = Report.objects.get(pk=done.receipt.report_id)
    assert not report.case.attachments.exists()
    assert not queries.waiting(cast.acceptor.viewer)
    assert not queries.may_look(cast.handler.viewer, kept.original_id)
    assert queries.may_look(cast.acceptor.viewer, kept.original_id)


def _photographed(cast, row, content=None):
    photo = files.prepare_photo(upload(content or picture()))
    return actions.keep_original(
        serial=number_of(row.first_serial), photo=photo, by=cast.acceptor.viewer
    )


def test_another_photo_takes_its_place_until_it_is_typed_in(cast):
    row = _printed(cast)
    first = _photographed(cast, row).original_id
    second = _photographed(cast, row, picture(size=(50, 70))).original_id
    assert first != second and File.objects.get(pk=first).removed_at is not None
    _typed_in(cast, row)
    with pytest.raises(Conflict, match="已经存好"):
        _photographed(cast, row, picture(size=(90, 70)))


def test_opening_the_original_is_recorded_with_its_purpose(cast):
    row = _printed(cast)
    _photographed(cast, row)
    _typed_in(cast, row)
    actions.open_original(
        serial=number_of(row.first_serial), by=cast.acceptor.viewer, purpose="核对电话"
    )
    assert Entry.objects.get(verb="read.original").purpose == "other: 核对电话"
    with pytest.raises(Unseen):
        actions.open_original(
            serial=number_of(row.first_serial), by=cast.handler.viewer, purpose="看看"
        )


def test_the_photo_goes_with_the_reporter(cast, django_capture_on_commit_callbacks):
    row = _printed(cast)
    _photographed(cast, row)
    done = _typed_in(cast, row)
    cases.erase_reporter(
        number=done.receipt.number,
        by=cast.security_administrator.viewer,
        words="本人要求",
        key="erase-001",
    )
    assert tasks.drop_original.func(report_id=done.receipt.report_id)
    blank = Blank.objects.get(serial=row.first_serial)
    assert blank.original_id is None and blank.report_id == done.receipt.report_id
    assert not File.objects.filter(removed_at=None).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a race between real transactions")
def test_two_who_type_in_one_paper_make_one_report(cast):
    row = _printed(cast)

    def one(key):
        try:
            return _typed_in(cast, row, key=key).receipt.number
        except Conflict:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(one, ("race-0001", "race-0002")))
    assert sum(map(bool, found)) == 1 and Report.objects.count() == 1
