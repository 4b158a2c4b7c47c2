"""The page that explains the open interface: made from its own description, nothing from outside."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gezhi.faces.openapi.api import api

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One field or header as the page shows it."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One deed a program may do."""

    method: str
    path: str
    title: str
    words: str
    headers: tuple[Row, ...]
    fields: tuple[Row, ...]
    answers: tuple[tuple[str, str], ...]


_STATUS = {
    "200": "同一编号重发，或查到了",
    "201": "收到了，答回执",
    "400": "不是有效的 JSON",
    "404": "没有找到：受理号或查询码不对",
    "409": "同一编号对应了不同内容",
    "413": "请求内容太大",
    "415": "内容不是 JSON：Content-Type 要写 application/json",
    "422": "有项目要改，errors 里逐项说明",
    "429": "太多了：过 Retry-After 说的秒数再来",
    "500": "我们这边出错了，什么都没有存：过一会儿用同一编号再发",
}


@require_safe
def description(request: HttpRequest) -> JsonResponse:
    """The interface in OpenAPI 3.1, for programs that make programs."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """What can be sent, what comes back, with a sample; for people who write programs."""
    schema: Schema = api.get_openapi_schema()
    context = {
        "operations": [
            _operation(schema, method, path, described)
            for path, methods in schema["paths"].items()
            for method, described in methods.items()
        ],
        "description": schema["info"]["description"],
        "address": request.build_absolute_uri(reverse("openapi:reports")),
    }
    return render(request, "openapi/document.html", context)


def _operation(schema: Schema, method: str, path: str, described: Schema) -> Operation:
    body = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        method=method.upper(),
        path=path,
        title=described.get("summary", ""),
        words=described.get("description", ""),
        headers=tuple(
            Row(
                parameter["name"],
                "请求头" if parameter["in"] == "header" else "地址里",
                parameter.get("required", False),
                parameter.get("description", "") or parameter["schema"].get("description", ""),
            )
            for parameter in described.get("parameters", [])
        ),
        fields=tuple(_fields(schema, body.get("schema", {}))),
        answers=tuple(
            (str(status), _STATUS[str(status)])
            for status in sorted(described.get("responses", {}), key=str)
        ),
    )


def _fields(schema: Schema, model: Schema, prefix: str = "") -> list[Row]:
    """The fields of a body, those of objects within it as `place.words`."""
    model = _followed(schema, model)
    rows: list[Row] = []
    for name, field in model.get("properties", {}).items():
        inner = _followed(schema, field)
        if inner.get("properties"):
            rows += _fields(schema, inner, f"{prefix}{name}.")
            continue
        kinds = [one.get("type", "") for one in field.get("anyOf", [field])]
        rows.append(
            Row(
                f"{prefix}{name}",
                _KINDS.get(next(kind for kind in kinds if kind != "null"), ""),
                name in model.get("required", []),
                field.get("description", ""),
            )
        )
    return rows


_KINDS = {"string": "文字", "number": "数字", "boolean": "true / false", "integer": "整数"}


def _followed(schema: Schema, model: Schema) -> Schema:
    reference = model.get("$ref", "") or model.get("allOf", [{}])[0].get("$ref", "")
    if not reference:
        return model
    found: Schema = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]
    return found
