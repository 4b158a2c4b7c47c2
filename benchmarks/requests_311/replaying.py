"""The requests as a city's own system would send them, and everybody's deeds at the file's times.

Each comes in over HTTP through `POST /api/v1/reports` with its class; the centre accepts it and sends
it to a unit, which takes it in the same moment, so that its clock begins as the city's did. The unit
finishes it in the moment the city closed it, and it is checked and closed in that moment.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.test import Client
from django.urls import reverse

from benchmarks.requests_311.pack import Class
from benchmarks.requests_311.reading import Request
from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.models import Task, TaskState
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.models import Report

TOGETHER = 200
_AT_ONCE = ("report", "accept", "dispatch", "take")
_AT_END = ("finish", "check", "close")
# An address of GEZHI_KNOWN_ADDRESSES: another system, which sends for many people.
SENDER = "10.3.1.1"


class Staff(NamedTuple):
    """Who does what; a unit with whoever handles in it, by the city's department ("" for any other)."""

    acceptor: Viewer
    dispatcher: Viewer
    checker: Viewer
    closer: Viewer
    handlers: Mapping[str, tuple[int, Viewer]]


class _Event(NamedTuple):
    moment: datetime
    number: str
    order: int
    deed: str
    request: Request


def replay(
    requests: Sequence[Request],
    classes: Mapping[Class, str],
    staff: Staff,
    point: Callable[[Request], tuple[float, float]],
    tell: Callable[[int, int], None] = lambda done, of: None,
    *,
    alone: bool = True,
) -> int:
    """Do every deed in the order of their moments; answers how many.

    `alone`: many deeds in one transaction. Two that replay beside each other would wait for each
    other's units in any order, so each deed is then a transaction of its own, as in a real office.

    AssertionError, with the answer, where the API does not take a request.
    """
    events = sorted(_events(requests), key=lambda event: event[:3])
    cases: dict[str, str] = {}
    client = Client(REMOTE_ADDR=SENDER)
    for begin in range(0, len(events), TOGETHER):
        with transaction.atomic() if alone else nullcontext(), codes.steady():
            for event in events[begin : begin + TOGETHER]:
                class_code = classes[event.request.type, event.request.limit]
                with clock.moved_to(event.moment):
                    if event.deed == "report":
                        cases[event.number] = _sent(
                            client, event.request, class_code, point(event.request)
                        )
                    else:
                        _done(event, cases[event.number], class_code, staff)
            # What is to be told and advised is nobody's business here.
            Task.objects.filter(state=TaskState.WAITING).delete()
        tell(min(begin + TOGETHER, len(events)), len(events))
    return len(events)


def _events(requests: Sequence[Request]) -> Iterator[_Event]:
    for request in requests:
        for order, deed in enumerate(_AT_ONCE):
            yield _Event(request.opened, request.number, order, deed, request)
        if request.closed is not None:
            for order, deed in enumerate(_AT_END, start=len(_AT_ONCE)):
                yield _Event(request.closed, request.number, order, deed, request)


def _sent(client: Client, request: Request, class_code: str, point: tuple[float, float]) -> str:
    """Send one request as a program would; answers the number of its case."""
    longitude, latitude = point
    answer = client.post(
        reverse("openapi:reports"),
        {
            "text": f"{request.title} {request.location}",
            "place": {"longitude": longitude, "latitude": latitude},
            "class_code": class_code,
        },
        content_type="application/json",
        headers={"Idempotency-Key": f"boston-311-{request.number}"},
    )
    assert answer.status_code == 201, answer.content.decode()
    number = answer.json()["number"]
    return str(Report.objects.values_list("case__number", flat=True).get(number=number))


def _done(event: _Event, number: str, class_code: str, staff: Staff) -> None:
    unit_id, handler = staff.handlers.get(event.request.department, staff.handlers[""])
    common: dict[str, Any] = {"number": number, "key": f"boston-{event.number}-{event.deed}"}
    match event.deed:
        case "accept":
            actions.accept(**common, by=staff.acceptor, class_code=class_code)
        case "dispatch":
            actions.dispatch(**common, by=staff.dispatcher, lead_unit_id=unit_id)
        case "take":
            actions.take(**common, by=handler)
        case "finish":
            actions.finish(**common, by=handler, words="Case closed.")
        case "check":
            actions.check(**common, by=staff.checker, passed=True)
        case _:
            actions.close(**common, by=staff.closer)
