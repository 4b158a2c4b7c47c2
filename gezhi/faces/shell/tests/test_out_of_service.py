"""The machine fails: nothing is called stored, it is said in words, and it goes on by itself."""

import errno
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test import Client

from gezhi.faces.shell.writes import TEN_MINUTES
from gezhi.work.cases.models import Report

SENT = {"text": "路灯不亮", "place": "none", "place_words": "3 栋门口", "phone": "13800000000"}


@pytest.fixture
def broken(monkeypatch):
    """Every statement fails so, until `mend()`."""

    class Broken:
        raises: BaseException | None = None

        def __call__(self, execute, sql, params, many, context):
            if self.raises is not None:
                raise self.raises
            return execute(sql, params, many, context)

    wrapper = Broken()
    with connection.execute_wrapper(wrapper):
        yield wrapper


def browser():
    return Client(raise_request_exception=False)


def sent_by_program():
    return browser().post(
        "/api/v1/reports",
        {"text": "路灯不亮", "place": {"longitude": 104.0851, "latitude": 30.6402}},
        content_type="application/json",
        headers={"Idempotency-Key": "0b3cbb0c-6b7b-4d0c-9c53-1f0f35f4f9a1"},
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("gone"), "数据库一时连不上"),
        (OSError(errno.ENOSPC, "x"), "盘满了"),
        (OSError(errno.EROFS, "x"), "只能读"),
    ],
)
def test_a_report_that_could_not_be_stored_says_so_and_keeps_its_words(cast, broken, error, said):
    broken.raises = error
    answer = browser().post("/", SENT)
    broken.raises = None
    page = answer.content.decode()
    assert answer.status_code == 503
    assert said in page and "没有存" in page and "重新发送" in page
    assert "路灯不亮" in page and "3 栋门口" in page and "13800000000" not in page
    assert answer.headers["Retry-After"] == "2" and "Refresh" not in answer.headers
    assert not Report.objects.exists()


def test_what_was_not_stored_is_not_counted_as_written(cast, broken):
    """A disk may take a count, a few bytes where others were, and no report."""
    with mock.patch("gezhi.work.cases.actions.report", side_effect=OperationalError("full")):
        for _try in range(TEN_MINUTES.most + 1):
            assert sent_by_program().status_code == 503
    assert sent_by_program().status_code == 201


def test_a_page_that_only_shows_something_opens_by_itself_again(cast, client_of, broken):
    client = client_of(cast.acceptor)
    client.raise_request_exception = False
    broken.raises = OperationalError("gone")
    answer = client.get("/desk/")
    broken.raises = None
    assert answer.status_code == 503 and answer.headers["Refresh"]
    assert "这一页自己会打开" in answer.content.decode()
    assert client.get("/desk/").status_code == 200


def test_a_program_is_told_when_to_come_again(cast, broken):
    broken.raises = OperationalError("gone")
    answer = sent_by_program()
    broken.raises = None
    assert answer.status_code == 503
    assert answer.json()["code"] == "busy" and answer.headers["Retry-After"] == "2"


def test_a_fault_of_ours_is_none_of_them(cast, broken):
    broken.raises = ValueError("ours")
    answer = browser().post("/", SENT)
    broken.raises = None
    assert answer.status_code == 500 and "Retry-After" not in answer.headers
