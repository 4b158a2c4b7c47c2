"""Whatever a program sends, made from the interface's own description: no answer it does not name."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gezhi.faces.openapi.api import api

DESCRIBED: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
SCHEMAS = DESCRIBED["components"]["schemas"]
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
# Where things break: other lengths, signs and ends than a person would type.
EDGES = st.sampled_from(
    ["", "\x00", "\u202e路灯", "\u200b", "9" * 19, str(2**63), "0001-01-01T00:00:00+14:00",
     "9999-12-31T23:59:59-14:00", "1700000000", "NaN", "长" * 4001, "路灯坏了", "GCJ-02", "13800000000",
     "2026-11-20T19:30:00+08:00", "A\ud800"]
)  # fmt: skip
BOUNDS = [0, -1, 180, 181, 104.08, 30.65, 1e308, -1e308, 2**63]


def made_from(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a schema, some of which are anything but."""
    if "$ref" in schema:
        return made_from(SCHEMAS[schema["$ref"].rsplit("/", 1)[1]])
    if "anyOf" in schema:
        return st.one_of([made_from(one) for one in schema["anyOf"]])
    kind = schema.get("type")
    if kind == "object":
        fields = {name: made_from(one) for name, one in schema.get("properties", {}).items()}
        whole = st.fixed_dictionaries({}, optional=fields)
        return whole | whole.flatmap(lambda held: JUNK.map(lambda more: {**held, "more": more}))
    fitting: st.SearchStrategy[Any] = {
        "string": st.text(max_size=30) | EDGES,
        "number": st.floats() | st.sampled_from(BOUNDS),
        "boolean": st.booleans(),
    }.get(str(kind), st.none())
    return st.one_of(fitting, fitting, fitting, JUNK)


@pytest.mark.usefixtures("cast")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_answer_is_one_the_interface_describes(data: st.DataObject) -> None:
    client = Client(raise_request_exception=False)
    for path, methods in DESCRIBED["paths"].items():
        for method, operation in methods.items():
            answer = _asked(client, data, path, method, operation)
            assert str(answer.status_code) in operation["responses"]
            assert answer.status_code < 500
            assert answer["Content-Type"].startswith("application/json")
            if answer.status_code >= 400:
                assert set(answer.json()) == {"code", "message", "errors"}


def _asked(client: Client, data: st.DataObject, path: str, method: str, operation: Any) -> Any:
    headers, content = {}, b""
    for parameter in operation.get("parameters", []):
        # A header holds no other signs, and a slash would be another address.
        safe = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="/?#%"), min_size=1, max_size=90)  # fmt: skip
        value = data.draw(safe | st.sampled_from(["k" * 20, "2611230000001", "1" * 16]))
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", value)
        elif data.draw(st.booleans()) or parameter["in"] != "header":
            headers[parameter["name"]] = value
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        content = json.dumps(data.draw(made_from(body))).encode()
    return client.generic(method.upper(), path, content, "application/json", headers=headers)
