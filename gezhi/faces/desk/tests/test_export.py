"""A unit's queue for its own system: no contact, nothing that runs, and the taking recorded."""

import csv
from io import StringIO

from gezhi.ground.audit.models import Entry


def _read(response):
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_what_waits_is_in_the_file_and_nobody_by_name(cast, play, desk_of):
    play.until("handling")
    response = desk_of(cast.handler).get("queues/handling/export/")
    header, row = _read(response)
    assert header[0] == "案件号"
    assert row[0] == f"'{play.case.number}"
    assert "建筑垃圾" in row[2]
    text = response.content.decode()
    assert cast.chen.phone not in text
    assert cast.chen.name not in text
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_taking_is_recorded(cast, play, desk_of):
    play.until("handling")
    desk_of(cast.handler).get("queues/handling/export/")
    entry = Entry.objects.get(verb="cases.export")
    assert entry.user_id == cast.handler.user_id
    assert entry.detail == {"queue": "handling", "rows": 1}


def test_a_formula_is_words(cast, play, desk_of):
    play.report(text="=HYPERLINK(1)").accept().dispatch().take()
    _header, row = _read(desk_of(cast.handler).get("queues/handling/export/"))
    assert row[2] == "'=HYPERLINK(1)"


def test_only_a_units_own_and_only_its_two_queues(cast, play, desk_of):
    play.until("handling")
    assert len(_read(desk_of(cast.tang).get("queues/handling/export/"))) == 1
    assert desk_of(cast.handler).get("queues/open/export/").status_code == 404
    assert desk_of(cast.acceptor).get("queues/handling/export/").status_code == 404
