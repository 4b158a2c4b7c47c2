"""Topics, the value of advice and failed tasks as sheets, for whom their pages are."""

import io

import pytest
from python_calamine import CalamineWorkbook

from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.work.triage.models import Topic, TopicMember


def _rows(response):
    assert response.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response)))
    heading, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.fixture
def topic(play, cast):
    play.report()
    moment = clock.now()
    made = Topic.objects.create(
        district_id=cast.street.district.pk, key="a1b2c3d4e5f60718", title="桐花苑 建筑垃圾",
        people=5, messages=1, heat=3.0, first_at=moment, last_at=moment, found_at=moment,
        trend=[1, 2, 2],
    )  # fmt: skip
    TopicMember.objects.create(topic=made, report=play.report_row)
    return made


def test_topics_are_taken_along_by_whoever_lists_them(topic, desk_of, cast):
    (row,) = _rows(desk_of(cast.wang).get("topics/export/"))
    assert row["热点"] == "桐花苑 建筑垃圾"
    assert row["人数"] == 5
    assert _rows(desk_of(cast.wang).get("topics/export/", monthly="1")) == []
    assert "/desk/topics/export/" in desk_of(cast.wang).get("topics/").content.decode()
    # Whoever can open none of its cases is not told of it.
    assert _rows(desk_of(cast.sun).get("topics/export/")) == []
    assert desk_of(cast.handler).get("topics/export/").status_code == 404
    assert Entry.objects.filter(verb="triage.export").count() == 3


def test_the_value_of_a_month_is_for_whoever_oversees(desk_of, cast):
    assert _rows(desk_of(cast.supervisor).get("advice/value/export/", month="2026-11")) == []
    assert desk_of(cast.acceptor).get("advice/value/export/").status_code == 404


def test_failed_tasks_are_for_the_system_administrator(desk_of, cast):
    assert _rows(desk_of(cast.system_administrator).get("tasks/export/")) == []
    assert desk_of(cast.supervisor).get("tasks/export/").status_code == 404
    assert Entry.objects.get(verb="jobs.export").detail == {"rows": 0}
