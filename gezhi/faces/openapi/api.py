"""The open interface: programs send reports and ask how theirs stand; nothing else is open."""

from datetime import datetime
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.params.functions import Header, Path

from gezhi.faces.openapi import errors
from gezhi.faces.openapi.language import in_callers_language
from gezhi.faces.openapi.schemas import Progress, Receipt, Refused, SentReport
from gezhi.faces.shell import tries
from gezhi.faces.shell.writes import count_write
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import actions as cases
from gezhi.work.cases.queries import Tracked, tracked

CHANNEL = "api"
# Long enough that two strangers never think of the same one; a UUID fits.
KEY = r"^[0-9A-Za-z._:-]{16,80}$"

api = NinjaAPI(
    title="格治开放接口",
    version="1",
    description=(
        "把诉求交进来，凭回执查进度。不需要账号；不认识的字段一律不收。"
        "错误信息按 Accept-Language 给中文（zh）或英文（en）。"
    ),
    parser=errors.JsonParser(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="openapi",
)
errors.register(api)
api.add_decorator(in_callers_language, mode="view")


@api.post(
    "/reports",
    response={
        201: Receipt,
        200: Receipt,
        400: Refused,
        409: Refused,
        413: Refused,
        415: Refused,
        422: Refused,
        429: Refused,
        500: Refused,
    },
    operation_id="send_report",
    summary="交一条诉求",
    url_name="reports",
)
def send_report(
    request: HttpRequest,
    sent: SentReport,
    key: str = Header(
        ...,
        alias="Idempotency-Key",
        pattern=KEY,
        description="这次提交的编号，16–80 个英文字母、数字或 - _ : .（建议 UUID）。重发用同一个，永久有效",
    ),
) -> HttpResponse:
    """第一次收到答 201；同一编号、同样内容再来，答 200 和同一张回执；内容不同答 409。

    同一条诉求超时后请用同一编号重发，不会多出一件。
    """
    count_write(request)
    place = sent.place
    by = Viewer.anonymous(places.default_district().pk)
    receipt = cases.report(
        intake=cases.Intake(
            text=sent.text,
            channel=CHANNEL,
            where=cases.Where(
                longitude=place.longitude,
                latitude=place.latitude,
                crs=place.crs,
                place_id=int(place.place_id) if place.place_id else None,
                words=place.words,
            ),
            contact=cases.Contact(name=sent.contact.name, phone=sent.contact.phone),
            kind=sent.kind,
            class_code=sent.class_code,
            confidential=sent.confidential,
            happened_at=sent.happened_at,
            language=get_language() or "zh-hans",
        ),
        by=by,
        key=key,
    )
    page = reverse("resident:receipt", args=[receipt.number, receipt.code])
    community, grid = _names(receipt.community_id, receipt.grid_id, _minute())
    response = JsonResponse(
        {
            "number": receipt.number,
            "code": receipt.code,
            "promised_at": _moment(receipt.promised_at),
            "unit": receipt.unit_name,
            "community": community,
            "grid": grid,
            "place": _place(receipt.place_id, community, grid),
            "page": request.build_absolute_uri(page),
        },
        status=200 if receipt.repeated else 201,
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Location"] = reverse("openapi:report", args=[receipt.number])
    return response


@api.get(
    "/reports/{number}",
    response={200: Progress, 404: Refused, 422: Refused, 429: Refused, 500: Refused},
    operation_id="track_report",
    summary="查一条诉求的进度",
    url_name="report",
)
def track_report(
    request: HttpRequest,
    number: str = Path(..., description="回执上的受理号，13 位数字"),
    code: str = Header(
        ..., alias="X-Receipt-Code", description="回执上的 16 位查询码；不放在地址里"
    ),
) -> HttpResponse:
    """受理号或查询码不对，一律答 404，不说是哪一样不对。"""
    found = tries.limited(request, lambda: tracked(number, code))
    return JsonResponse(_progress(found), json_dumps_params={"ensure_ascii": False})


def _place(place_id: int | None, community: str, grid: str) -> dict[str, str] | None:
    """What was understood of the place; None where it was nothing at all."""
    found = places.places_found([place_id]) if place_id is not None else ()
    name = found[0].words if found and found[0].is_public else ""
    if not (name or community):
        return None
    return {"name": name, "community": community, "grid": grid}


def _minute() -> int:
    return int(clock.now().timestamp()) // 60


@lru_cache(maxsize=2048)
def _names(community_id: int | None, grid_id: int | None, minute: int) -> tuple[str, str]:
    """Names of a community and a grid, asked for once a minute: every report has them in its
    receipt, and they change once in years."""
    ids = {area for area in (community_id, grid_id) if area}
    names = places.names_of(ids) if ids else {}
    return names.get(community_id or 0, ""), names.get(grid_id or 0, "")


def _progress(found: Tracked) -> dict[str, object]:
    return {
        "number": found.number,
        "state": found.state,
        "received_at": _moment(found.received_at),
        "promised_at": _moment(found.promised_at),
        "unit": found.holder_name,
        "due_at": _moment(found.due_at),
        "ended_at": _moment(found.ended_at),
        "round": found.round,
        "class_name": found.class_name,
        "community": found.community_name,
        "grid": found.grid_name,
        "resolved": found.resolved,
        "satisfied": found.satisfied,
        "history": [
            {
                "deed": step.deed,
                "at": _moment(step.at),
                "unit": step.unit_name,
                "words": step.words,
            }
            for step in found.steps
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    """ISO 8601 on the wall clock of China."""
    return clock.local(moment).isoformat(timespec="seconds") if moment else None
