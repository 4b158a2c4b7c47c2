"""Real ways out, against a gateway on this machine that behaves like them, and badly."""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from gezhi.ground.notices.outgoing import channels, http
from gezhi.ground.notices.outgoing.channels import BadFile
from gezhi.ground.notices.outgoing.robots import RobotProvider
from gezhi.ground.notices.outgoing.signing import robot_sign, signed, sorted_text
from gezhi.ground.notices.outgoing.sms import SmsProvider
from gezhi.ground.notices.providers import (
    AddressRefused,
    Message,
    Refused,
    Unavailable,
)
from gezhi.ground.notices.tests.gateway import Gateway, running

PHONE, TEXT, SECRET = "13912345678", "【格治】您反映的 261123 0000 017 已派单", "SEC-very-secret"
SMS = """
[sms]
url = "{url}/send"
format = "{form}"
[sms.headers]
X-Time = "{{seconds}}"
[sms.body]
account = "gezhi"
mobile = "{{phone}}"
content = "{{text}}"
msgid = "{{key}}"
sign = "{{sign}}"
[sms.sign]
method = "{method}"
secret = "SEC-very-secret"
of = "{of}"
form = "{written}"
[sms.answer]
code = "result.code"
ok = [0]
busy = ["B1"]
refused = ["N1"]
signature = ["S1"]
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Gateway]:
    """One for the file; each test begins with what it says."""
    with running() as gateway:
        yield gateway


@pytest.fixture
def gateway(server: Gateway) -> Gateway:
    server.got.clear()
    server.status, server.body = 200, b'{"errcode": 0}'
    server.cut_at, server.drips, server.location = None, False, ""
    return server


@pytest.fixture
def told(settings: Any, tmp_path: Path) -> Callable[[str], None]:
    """`told(text)`: the file that says where messages go."""

    def write(text: str) -> None:
        file = tmp_path / "notices.toml"
        file.write_text(text, encoding="utf-8")
        file.chmod(0o600)
        settings.GEZHI_NOTICES = str(file)

    return write


def message(address: str = PHONE, text: str = TEXT) -> Message:
    return Message("7:report:9", "case_dispatch", "report", 9, address, text)


def sms(gateway: Gateway, **changes: str) -> str:
    parts = {
        "form": "json",
        "method": "hmac-sha256",
        "of": "gezhi{seconds}{phone}",
        "written": "hex",
    }
    return SMS.format(url=gateway.url, **(parts | changes)).replace("{{", "{").replace("}}", "}")


def robot(gateway: Gateway, name: str) -> str:
    return f"""
[[groups]]
unit = "市政环卫所"
robot = "{name}"
url = "{gateway.url}/robot/send?access_token=token-of-the-robot"
secret = "{SECRET if name == "dingtalk" else ""}"
"""


def test_a_gateway_gets_number_text_key_and_a_signature(gateway: Gateway, told: Any) -> None:
    told(sms(gateway))
    gateway.says({"result": {"code": 0}})
    SmsProvider().send(message())
    SmsProvider().send(message())
    first, again = (json.loads(one["body"]) for one in gateway.got)
    assert (first["mobile"], first["content"], first["account"]) == (PHONE, TEXT, "gezhi")
    # A repeat carries the same key, which says nothing of whose case it is.
    assert first["msgid"] == again["msgid"] and "report" not in first["msgid"]
    seconds = gateway.got[0]["headers"]["X-Time"]
    expected = hmac.new(SECRET.encode(), f"gezhi{seconds}{PHONE}".encode(), hashlib.sha256)
    assert first["sign"] == expected.hexdigest()


def test_sorted_parameters_are_signed_by_md5_as_some_ask(gateway: Gateway, told: Any) -> None:
    told(sms(gateway, form="form", method="md5-sorted", of="", written="HEX"))
    gateway.says({"result": {"code": 0}})
    SmsProvider().send(message())
    fields = {name: value[0] for name, value in parse_qs(gateway.got[0]["body"]).items()}
    sign = fields.pop("sign")
    text = "&".join(f"{name}={fields[name]}" for name in sorted(fields)) + f"&key={SECRET}"
    assert sign == hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()


def test_signatures_fit_those_that_were_published() -> None:
    # GB/T 32905, example 1: SM3 of "abc".
    assert signed("sm3", "c", "ab").startswith("66c7f0f462eeedd9d1f2d46bdc10e4e2")
    assert signed("hmac-sm3", "k", "t") != signed("sm3", "k", "t")
    raw = hmac.digest(SECRET.encode(), f"1577262236757\n{SECRET}".encode(), hashlib.sha256)
    assert "%" in robot_sign(SECRET, 1577262236757)
    assert (
        signed("hmac-sha256", SECRET, f"1577262236757\n{SECRET}", "base64")
        == base64.b64encode(raw).decode()
    )
    assert sorted_text({"b": "2", "a": "1", "c": ""}) == "a=1&b=2&key="


@pytest.mark.parametrize(
    ("answer", "status", "raised", "fault"),
    [
        ({"result": {"code": "B1"}}, 200, Unavailable, "busy"),
        ({"result": {"code": "N1"}}, 200, AddressRefused, "number"),
        ({"result": {"code": "S1"}}, 200, Refused, "signature"),
        ({"result": {"code": "?? 13912345678 X"}}, 200, Unavailable, "unknown_answer"),
        ({"result": []}, 200, Unavailable, "bad_answer"),
        ({}, 429, Unavailable, "busy"),
        ({}, 500, Unavailable, "server"),
        ({}, 503, Unavailable, "server"),
    ],
)
def test_what_a_gateway_answers_is_understood(
    gateway: Gateway, told: Any, answer: Any, status: int, raised: Any, fault: str
) -> None:
    told(sms(gateway))
    gateway.says(answer, status)
    with pytest.raises(raised) as caught:
        SmsProvider().send(message())
    assert caught.value.fault == fault
    assert len(caught.value.code) <= 20


@pytest.mark.parametrize(
    ("robot_name", "answer", "raised", "fault"),
    [
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, Unavailable, "busy"),
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, Refused, "webhook"),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, Unavailable, "busy"),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, Refused, "signature"),
        ("dingtalk", {"errcode": 310000, "errmsg": "keywords not in content"}, Refused, "keyword"),
        ("dingtalk", {"errcode": 310000, "errmsg": "ip 1.2.3.4 not in whitelist"}, Refused, "ip"),
        ("dingtalk", {"errcode": 310000, "errmsg": "invalid timestamp"}, Refused, "clock"),
        ("dingtalk", {"errcode": 300001, "errmsg": "token is not exist"}, Refused, "webhook"),
        ("dingtalk", [], Unavailable, "bad_answer"),
    ],
)
def test_what_a_robot_answers_is_understood(
    gateway: Gateway, told: Any, robot_name: str, answer: Any, raised: Any, fault: str
) -> None:
    told(robot(gateway, robot_name))
    gateway.says(answer)
    with pytest.raises(raised) as caught:
        RobotProvider(robot_name).send(message("市政环卫所", "有 3 件待接单"))
    assert caught.value.fault == fault


def test_robots_get_a_line_of_text_and_that_of_dingtalk_a_sign(gateway: Gateway, told: Any) -> None:
    told(robot(gateway, "wecom"))
    RobotProvider("wecom").send(message("市政环卫所", "有 3 件待接单"))
    told(robot(gateway, "dingtalk"))
    RobotProvider("dingtalk").send(message("市政环卫所", "有 3 件待接单"))
    gateway.says({"success": True, "content": {}})
    RobotProvider("dingtalk").send(message("市政环卫所", "有 3 件待接单"))
    first, second, _third = gateway.got
    assert json.loads(first["body"]) == {"msgtype": "text", "text": {"content": "有 3 件待接单"}}
    assert "sign" not in first["query"]
    moment = int(second["query"]["timestamp"])
    raw = hmac.digest(SECRET.encode(), f"{moment}\n{SECRET}".encode(), hashlib.sha256)
    assert second["query"]["sign"] == base64.b64encode(raw).decode()
    assert second["query"]["access_token"] == "token-of-the-robot"


def test_half_an_answer_and_no_json_are_no_success(gateway: Gateway, told: Any) -> None:
    told(robot(gateway, "wecom"))
    gateway.cut_at = 5
    with pytest.raises(Unavailable) as caught:
        RobotProvider("wecom").send(message("市政环卫所"))
    assert caught.value.fault == "half_answer"
    gateway.cut_at, gateway.body = None, b"<html>gateway</html>"
    with pytest.raises(Unavailable) as caught:
        RobotProvider("wecom").send(message("市政环卫所"))
    assert caught.value.fault == "bad_answer"


def test_who_answers_a_byte_now_and_then_is_not_waited_for(gateway: Gateway) -> None:
    gateway.drips = True
    with pytest.raises(Unavailable) as caught:
        http.send(f"{gateway.url}/", body=b"x", seconds=0.2)
    assert caught.value.fault == "timeout"


def test_nobody_there_and_another_host_named_in_a_redirect(gateway: Gateway, told: Any) -> None:
    with pytest.raises(Unavailable) as caught:
        http.send("http://127.0.0.1:1/", seconds=2)
    assert caught.value.fault == "unreachable"
    told(robot(gateway, "wecom"))
    gateway.location, gateway.body = f"{gateway.url}/elsewhere", b""
    with pytest.raises(Unavailable):
        RobotProvider("wecom").send(message("市政环卫所"))
    assert [one["path"] for one in gateway.got] == ["/robot/send"]


def test_a_text_of_ours_cannot_name_a_host_or_another_field(gateway: Gateway, told: Any) -> None:
    told(sms(gateway))
    gateway.says({"result": {"code": 0}})
    SmsProvider().send(message(text='{phone} {secret} ","mobile":"10086'))
    sent = json.loads(gateway.got[0]["body"])
    assert sent["content"] == '{phone} {secret} ","mobile":"10086' and sent["mobile"] == PHONE


def test_nothing_of_it_stands_in_a_log_or_an_error(
    gateway: Gateway, told: Any, caplog: pytest.LogCaptureFixture, capsys: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    told(sms(gateway))
    said = []
    for answer, status in (({"result": {"code": "S1"}}, 200), ({}, 500), ({"a": PHONE}, 200)):
        gateway.says(answer, status)
        with pytest.raises(Exception) as caught:
            SmsProvider().send(message())
        said += [repr(caught.value), str(caught.value.__cause__), str(caught.value.__context__)]
    heard = " ".join(
        [*said, caplog.text, *capsys.readouterr(), repr(channels.channels()), repr(message())]
    )
    for kept in (PHONE, TEXT, SECRET, gateway.url):
        assert kept not in heard


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("not = [toml", "TOML"),
        ('[sms]\nurl = "ftp://host/x"', "https"),
        ('[sms]\nurl = "https://{phone}.example.cn/"', "主机名"),
        ('[sms]\nurl = "https://a.cn/"\n[sms.body]\nm = "{phon}"', "phon"),
        ('[sms]\nurl = "https://a.cn/"\n[sms.body]\nm = "{sign}"', "sign"),
        ('[sms]\nurl = "https://a.cn/"\n[sms.sign]\nmethod = "rot13"\nsecret = "x"', "method"),
        ('[[groups]]\nunit = "a"\nrobot = "icq"\nurl = "https://a.cn/"', "robot"),
        ('[[groups]]\nrobot = "wecom"\nurl = "https://a.cn/"', "unit"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_in_words(told: Any, text: str, word: str) -> None:
    told(text)
    with pytest.raises(BadFile, match=word):
        channels.channels()
    assert channels.faults() and SECRET not in channels.faults()[0]
    with pytest.raises(Refused) as caught:
        SmsProvider().send(message())
    assert caught.value.fault == "not_set_up"


def test_others_may_not_read_the_file(told: Any, settings: Any) -> None:
    told("")
    assert channels.faults() == []
    Path(settings.GEZHI_NOTICES).chmod(0o644)
    assert "600" in channels.faults()[0]


def test_in_production_nothing_goes_out_in_the_clear(told: Any, settings: Any) -> None:
    settings.PRODUCTION = True
    told('[sms]\nurl = "http://sms.example.cn/"')
    with pytest.raises(BadFile, match="https"):
        channels.channels()
    told('[sms]\nurl = "http://sms.example.cn/"\nplain = true')
    assert channels.channels().sms is not None
