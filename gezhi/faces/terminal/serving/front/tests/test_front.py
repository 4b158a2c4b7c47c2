"""Requests are read whole or refused, without a thread that waits for their sender."""

import asyncio
import io
import threading

import pytest

from gezhi.faces.terminal.serving.front import application, patience
from gezhi.faces.terminal.serving.front.application import Front
from gezhi.faces.terminal.serving.front.tests.exchanges import Exchange, Request

HOST = ("host", "gezhi.example")
FORM = ("content-type", "multipart/form-data; boundary=b")
JSON = ("content-type", "application/json")
CHUNKED = ("transfer-encoding", "chunked")
SENT_BY = "192.0.2.7"


class Asked:
    """A WSGI application that answers 200 with what it read, and remembers its environments."""

    def __init__(self):
        self.environs = []

    def __call__(self, environ, start):
        self.environs.append(environ)
        body = environ["wsgi.input"].read()
        status = {"too_large": "413", "too_slow": "408", "length_required": "411"}
        start(
            status.get(environ.get("gezhi.refused"), "200") + " x", [("content-type", "text/plain")]
        )
        return [body]


@pytest.fixture
def asked():
    return Asked()


@pytest.fixture
def front(asked, monkeypatch):
    monkeypatch.setattr(application, "most_bytes", lambda path: 1000)
    return Front(asked, threads=1)


def do(front, *lines, pieces=(), silent=False, **request):
    exchange = Exchange(list(pieces), silent)
    asyncio.run(front.__rsgi__(Request(lines=(HOST, *lines), **request), exchange))
    assert front._room == patience.Room(), "nothing is held once the answer is given"
    return exchange


def answer(*arguments, **named):
    (given,) = do(*arguments, **named).answers
    return given


def test_a_form_arrives_whole(front):
    status, _headers, body = answer(front, ("content-length", "8"), FORM, pieces=[b"two ", b"bits"])
    assert (status, body) == (200, b"two bits")


def test_a_page_is_asked_for_without_a_body(front, asked):
    assert answer(front, method="GET")[0] == 200
    assert asked.environs[0]["REMOTE_ADDR"] == SENT_BY


def test_a_body_announced_too_large_is_refused_before_a_byte_is_read(front, asked):
    exchange = Exchange([b"x" * 600] * 3)
    seen = []

    def application_looks(environ, start):
        seen.append(exchange.taken)
        return asked(environ, start)

    front._application = application_looks
    lines = (HOST, FORM, ("content-length", "1800"))
    asyncio.run(front.__rsgi__(Request(lines=lines), exchange))
    (status, headers, _body), *_ = exchange.answers
    assert (status, headers["connection"]) == (413, "close")
    assert seen == [0]
    assert "CONTENT_LENGTH" not in asked.environs[0]
    assert exchange.taken == 3, "what still comes is thrown away, so that the answer gets through"


def test_a_body_in_chunks_is_counted_while_it_comes(front, asked):
    exchange = do(front, JSON, CHUNKED, pieces=[b"x" * 600] * 3)
    assert exchange.answers[0][0] == 413
    assert asked.environs[0]["wsgi.input"].read() == b""


def test_a_program_may_send_json_in_chunks(front):
    assert answer(front, JSON, CHUNKED, pieces=[b"{", b"}"])[2] == b"{}"


def test_a_form_in_chunks_is_refused_since_its_end_does_not_show(front):
    assert answer(front, FORM, CHUNKED, pieces=[b"a=1"])[0] == 411


def test_a_sender_who_falls_silent_is_told_that_it_took_too_long(front, monkeypatch):
    monkeypatch.setattr(patience, "GRACE", 0.0)
    status, headers, _body = answer(
        front, ("content-length", "10"), FORM, pieces=[b"12345"], silent=True
    )
    assert (status, headers["connection"]) == (408, "close")


def test_a_body_that_breaks_off_reaches_no_view(front, asked):
    assert answer(front, ("content-length", "10"), FORM, pieces=[b"12345"])[0] == 400
    assert asked.environs == []


def test_two_hosts_are_no_request(front, asked):
    assert answer(front, ("host", "evil.example"), method="GET")[0] == 400
    assert asked.environs == []


def test_one_address_may_not_fill_the_room(front, asked, monkeypatch):
    monkeypatch.setattr(patience, "MOST_OF_ONE", 0)
    status, headers, _body = answer(front, ("content-length", "1"), FORM, pieces=[b"x"])
    assert (status, headers["retry-after"]) == (503, "60")
    assert asked.environs == []


def test_a_proxy_on_this_machine_stands_for_many(front, monkeypatch):
    monkeypatch.setattr(patience, "MOST_OF_ONE", 0)
    lines = (("content-length", "1"), FORM)
    assert answer(front, *lines, pieces=[b"x"], client="127.0.0.1:40000")[0] == 200


def test_no_more_is_held_than_there_is_room_for(front, monkeypatch):
    monkeypatch.setattr(patience, "MOST_HELD", 3)
    assert answer(front, ("content-length", "5"), FORM, pieces=[b"12345"])[0] == 503


def test_too_many_waiting_are_told_to_come_back(asked, monkeypatch):
    monkeypatch.setattr(application, "MOST_WAITING", 0)
    front = Front(asked, threads=1)
    held = threading.Event()
    front._application = lambda environ, start: held.wait(20) and asked(environ, start)
    exchanges = [Exchange(), Exchange()]

    async def both():
        first = asyncio.ensure_future(front.__rsgi__(Request(method="GET"), exchanges[0]))
        await asyncio.sleep(0)
        await front.__rsgi__(Request(method="GET"), exchanges[1])
        held.set()
        await first

    asyncio.run(both())
    assert [exchange.answers[0][0] for exchange in exchanges] == [200, 503]


def test_what_brings_a_lot_has_threads_of_its_own(asked, monkeypatch):
    monkeypatch.setattr(application, "most_bytes", lambda path: 10_000_000)
    threads = []

    def looks(environ, start):
        threads.append(threading.current_thread().name.partition("_")[0])
        return asked(environ, start)

    front = Front(looks, threads=1)
    for length in (10, patience.IN_MEMORY + 1):
        answer(front, ("content-length", str(length)), FORM, pieces=[b"x" * length])
    assert threads == ["web", "heavy"]


def test_an_application_that_falls_over_is_an_answer_too(front, caplog):
    def broken(environ, start):
        raise RuntimeError

    front._application = broken
    assert answer(front, method="GET")[0] == 500
    assert "was not answered" in caplog.text


def test_a_whole_file_is_sent_by_its_path(front, tmp_path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"picture")

    def sends(environ, start):
        start("200 OK", [])
        return environ["wsgi.file_wrapper"](photo.open("rb"))

    front._application = sends
    assert answer(front, method="GET")[2] == str(photo)


def test_a_file_without_a_path_is_sent_as_bytes(front):
    def sends(environ, start):
        start("200 OK", [])
        return environ["wsgi.file_wrapper"](io.BytesIO(b"picture"))

    front._application = sends
    assert answer(front, method="GET")[2] == b"picture"


@pytest.mark.parametrize(
    ("received", "after", "left"),
    [
        (0, 0.0, 20.0),
        (5, 19.0, 1.0),
        (5_000_000, 60.0, 20.0),
        (5_000_000_000, 899.0, 1.0),
    ],
)
def test_the_time_left_depends_on_what_came_and_is_never_endless(received, after, left):
    pace = patience.Pace(began=100.0, received=received)
    assert pace.until(100.0 + after) - (100.0 + after) == pytest.approx(left, abs=0.01)
