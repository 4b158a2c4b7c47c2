"""Robots of group chats: 企业微信, and 钉钉 or 政务钉钉, each a webhook that takes one line of text."""

import json
from typing import Any

from gezhi.ground.notices.outgoing import http
from gezhi.ground.notices.outgoing.channels import Group, group_of
from gezhi.ground.notices.outgoing.signing import robot_sign
from gezhi.ground.notices.outgoing.sms import plain_code
from gezhi.ground.notices.providers import Message, Refused, Unavailable
from gezhi.kernel import clock

# What their codes mean; what is not here may be over by the next try.
_BUSY = frozenset({"45009", "130101", "410100", "-1"})
_REFUSED = {
    "93000": "webhook",
    "93017": "webhook",
    "300001": "webhook",
    "400102": "webhook",
    "40035": "bad_message",
    "45002": "bad_message",
    "43004": "bad_message",
}
# One code of 钉钉 stands for three faults; its sentence says which.
_SECURITY = "310000"
_SECURITY_FAULTS = (
    ("sign", "signature"),
    ("timestamp", "clock"),
    ("ip", "ip"),
    ("keyword", "keyword"),
)


class RobotProvider:
    """Sends to the group of a unit, whose name is the address."""

    def __init__(self, name: str) -> None:
        self.name = name

    def send(self, message: Message) -> None:
        """Hand the text to the robot. Raises Unavailable where another try may help (too many of them,
        nobody answers), Refused where none does (sign, key word, network, address of the robot)."""
        group = group_of(message.address)
        if group is None or group.robot != self.name:
            raise Refused("not_set_up")
        body = json.dumps(
            {"msgtype": "text", "text": {"content": message.text}}, ensure_ascii=False
        )
        answer = http.send(
            _address(group),
            headers={"Content-Type": "application/json; charset=utf-8"},
            body=body.encode(),
        )
        if answer.status == 429 or answer.status >= 500:
            raise Unavailable("busy" if answer.status == 429 else "server", code=str(answer.status))
        _understand(answer.body)


def _address(group: Group) -> str:
    if group.robot != "dingtalk" or not group.secret:
        return group.url
    moment = int(clock.now().timestamp() * 1000)
    joint = "&" if "?" in group.url else "?"
    return f"{group.url}{joint}timestamp={moment}&sign={robot_sign(group.secret, moment)}"


def _understand(body: bytes) -> None:
    told = _parsed(body)
    if told.get("errcode") == 0 or (told.get("success") is True and "errcode" not in told):
        return
    code = plain_code(told.get("errcode", told.get("errorCode", "")))
    if code in _BUSY:
        raise Unavailable("busy", code=code)
    if code == _SECURITY:
        said = str(told.get("errmsg", "")).lower()
        raise Refused(
            next((fault for word, fault in _SECURITY_FAULTS if word in said), "refused"), code=code
        )
    if code in _REFUSED:
        raise Refused(_REFUSED[code], code=code)
    raise Unavailable("unknown_answer", code=code)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        raise Unavailable("bad_answer") from None
    if not isinstance(found, dict):
        raise Unavailable("bad_answer")
    return found
