"""Fixtures of the open interface's tests."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast
from tools import messages


class Program:
    """A program that sends and tracks reports."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.client = Client(raise_request_exception=False)

    def send(self, body: Any = None, key: str | None = None, **headers: str) -> Any:
        """POST a body (JSON unless it is text already) with a fresh key unless one is given."""
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        key = str(uuid4()) if key is None else key
        if key:
            headers["Idempotency-Key"] = key
        return self.client.post(
            "/api/v1/reports", content, content_type="application/json", headers=headers
        )

    def track(self, number: str, code: str, **headers: str) -> Any:
        """GET the progress of a report."""
        return self.client.get(
            f"/api/v1/reports/{number}", headers={"X-Receipt-Code": code} | headers
        )

    def report(self, **changes: Any) -> dict[str, Any]:
        """A body that is right, with what a test changes."""
        longitude, latitude = self.cast.street.point
        body: dict[str, Any] = {
            "text": "楼道灯坏了三天",
            "place": {"longitude": longitude, "latitude": latitude, "words": "桐花苑1栋"},
            "contact": {"name": self.cast.chen.name, "phone": self.cast.chen.phone},
        }
        return {**body, **changes}


@pytest.fixture
def program(cast: Cast) -> Program:
    """A program at the open interface."""
    return Program(cast)


@pytest.fixture
def english(settings: Any, tmp_path: Path) -> None:
    """The committed English, compiled anew, whatever lies in the package."""
    messages.compile_to(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
