"""The floor: plain views. One does the INSERTs of one report and nothing else, one shows a list.

No rights, no sealing, no digests, no key, no limits, no look-ups: what Django and the database
cost for the same rows. It keeps the counter and the transaction, as any such view would.
"""

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Engine
from django.urls import path

from gezhi.ground.audit.models import Entry, Head
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock, secrets
from gezhi.kernel.ids import new_id
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import (
    Case,
    CaseWords,
    Report,
    Reporter,
    ReportWords,
    StageRow,
    Step,
)
from gezhi.work.cases.numbers import case_number, next_serial, report_number

_unit: list[tuple[int, int, int]] = []
# The column takes sealed text only; one value sealed once costs the floor nothing.
_sealed = secrets.seal("13812345678", table="cases_reporter", column="phone", row=1)


def _holder() -> tuple[int, int, int]:
    if not _unit:
        unit = Unit.objects.filter(kind="street_centre").first()
        assert unit is not None
        _unit.append((unit.pk, unit.district_id, unit.area_id))
    return _unit[0]


def report(request: HttpRequest) -> JsonResponse:
    """Insert the eleven rows of one report."""
    return JsonResponse({"number": insert(json.loads(request.body))}, status=201)


def insert(body: dict[str, Any], *, task: bool = True) -> str:
    """The rows of one report in one transaction; `task` false leaves the queue row to the caller."""
    unit_id, district_id, street_id = _holder()
    now = clock.now()
    due = now + timedelta(hours=4)
    with transaction.atomic():
        serial = next_serial(district_id)
        case = Case(
            district_id=district_id,
            number=case_number("510104", now, serial),
            state="reported",
            version=1,
            holder_id=unit_id,
            due_at=due,
            reported_at=now,
            street_id=street_id,
            longitude=body["place"]["longitude"],
            latitude=body["place"]["latitude"],
        )
        case.save(force_insert=True)
        CaseWords(case=case, title=body["text"][:40]).save(force_insert=True)
        StageRow(
            district_id=district_id,
            case=case,
            stage="accepting",
            round=1,
            unit_id=unit_id,
            began_at=now,
            due_at=due,
        ).save(force_insert=True)
        row = Report(
            district_id=district_id,
            number=report_number(now),
            case=case,
            first_case=case,
            channel="web",
            received_at=now,
            promised_at=due,
        )
        row.save(force_insert=True)
        ReportWords(report=row, text=body["text"]).save(force_insert=True)
        Reporter(report=row, name=_sealed, phone=_sealed).save(force_insert=True)
        Step(
            district_id=district_id,
            case=case,
            serial=1,
            round=1,
            deed="report",
            to_state="reported",
            happened_at=now,
            recorded_at=now,
            deed_key=str(new_id()),
            content_digest="0" * 64,
            digest="0" * 64,
            chain_digest="0" * 64,
        ).save(force_insert=True)
        Head(subject_kind="case", subject_id=case.pk, length=1).save(force_insert=True)
        Entry(
            district_id=district_id,
            recorded_at=now,
            verb="cases.report",
            subject_kind="case",
            subject_id=case.pk,
            digest="0" * 64,
        ).save(force_insert=True)
        if task:
            queue(row.number)
    return row.number


def queue(number: str) -> None:
    """One row for the worker; done already, for the floor measures no worker."""
    now = clock.now()
    Task(
        path="gezhi.work.cases.tasks.announce",
        key=f"plain:{number}",
        state="done",
        run_after=now,
        enqueued_at=now,
    ).save(force_insert=True)


_PAGE = Engine().from_string(
    "<!doctype html><title>全部在办</title><ul>{% for case in cases %}<li><a href='/{{ case.number }}'>"
    "{{ case.words.title }}</a> {{ case.state }} {{ case.class_code }} {{ case.holder.name }}"
    " {{ case.due_at|date:'Y-m-d H:i' }}</li>{% endfor %}</ul>"
)


def rows(request: HttpRequest) -> HttpResponse:
    """One page of open cases: one statement, one template."""
    cases = Case.objects.filter(ended_at=None).select_related("words", "holder")
    page = cases.order_by("due_at", "id")[:30]
    return HttpResponse(_PAGE.render(Context({"cases": page})))


urlpatterns = [path("api/v1/reports", report), path("rows", rows)]
