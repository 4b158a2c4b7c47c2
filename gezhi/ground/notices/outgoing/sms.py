"""短信: any gateway that takes one HTTP request a message, as the settings describe it."""

import json
import secrets as chance
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from gezhi.ground.notices.outgoing import http
from gezhi.ground.notices.outgoing.channels import BadFile, Gateway, channels, filled
from gezhi.ground.notices.outgoing.http import Answer
from gezhi.ground.notices.outgoing.signing import signed, sorted_text
from gezhi.ground.notices.providers import AddressRefused, Message, Refused, Unavailable
from gezhi.kernel import clock
from gezhi.kernel.secrets import digest


class SmsProvider:
    """One message, one request; a repeat carries the same key."""

    name = "sms"

    def send(self, message: Message) -> None:
        """Hand it to the gateway. Raises Unavailable where another try may help, Refused where none
        does, AddressRefused for a number that cannot be reached."""
        try:
            gateway = channels().sms
        except BadFile:
            gateway = None
        if gateway is None:
            raise Refused("not_set_up")
        _read(gateway, http.send(**_request(gateway, message)))


def _request(gateway: Gateway, message: Message) -> dict[str, Any]:
    now = clock.now()
    values = {
        "phone": message.address,
        "text": message.text,
        # The key says whose case it is; the gateway needs to tell repeats apart, and no more.
        "key": digest(message.key.encode()).hex()[:32],
        "seconds": str(int(now.timestamp())),
        "milliseconds": str(int(now.timestamp() * 1000)),
        "time": f"{clock.local(now):%Y%m%d%H%M%S}",
        "nonce": chance.token_hex(8),
    }
    values["sign"] = _sign(gateway, values)
    headers = {name: filled(text, values) for name, text in gateway.headers.items()}
    fields = {name: filled(text, values) for name, text in gateway.body.items()}
    if gateway.method == "GET":
        joint = "&" if "?" in gateway.url else "?"
        url = f"{gateway.url}{joint}{urlencode(fields)}"
        return {"url": url, "method": "GET", "headers": headers}
    if gateway.form == "form":
        kind, body = "application/x-www-form-urlencoded; charset=utf-8", urlencode(fields)
    else:
        kind, body = "application/json; charset=utf-8", json.dumps(fields, ensure_ascii=False)
    return {
        "url": gateway.url,
        "headers": {"Content-Type": kind, **headers},
        "body": body.encode(),
    }


def _sign(gateway: Gateway, values: Mapping[str, str]) -> str:
    sign = gateway.sign
    if sign is None:
        return ""
    if sign.method == "md5-sorted" and not sign.of:
        unsigned = {
            name: filled(text, values)
            for name, text in gateway.body.items()
            if "{sign}" not in text
        }
        return signed(sign.method, sign.secret, sorted_text(unsigned), sign.form)
    return signed(sign.method, sign.secret, filled(sign.of, values), sign.form)


def _read(gateway: Gateway, answer: Answer) -> None:
    """What the answer means; none that is understood is no success."""
    told = gateway.answer
    if answer.status == 429:
        raise Unavailable("busy", code="429")
    if answer.status >= 500:
        raise Unavailable("server", code=str(answer.status))
    if not told.code:
        if 200 <= answer.status < 300:
            return
        raise Refused("refused", code=str(answer.status))
    code = code_in(answer.body, told.code)
    if code in told.ok:
        return
    if code in told.refused:
        raise AddressRefused("number", code=code)
    if code in told.signature:
        raise Refused("signature", code=code)
    if code in told.busy:
        raise Unavailable("busy", code=code)
    raise Unavailable("unknown_answer", code=code)


def code_in(body: bytes, path: str) -> str:
    """What stands in the JSON of an answer under "result.code"; Unavailable where it is no such JSON."""
    try:
        found: Any = json.loads(body)
        for name in path.split("."):
            found = found[int(name) if isinstance(found, list) else name]
    except (ValueError, LookupError, TypeError):
        raise Unavailable("bad_answer") from None
    return plain_code(found)


def plain_code(found: Any) -> str:
    """A code as it may be stored: short, and signs of codes only, whatever the other side sent."""
    text = str(found)
    return "".join(sign for sign in text if sign.isascii() and (sign.isalnum() or sign in "-_."))[
        :20
    ]
