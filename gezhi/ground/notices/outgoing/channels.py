"""Where messages go: one file, `GEZHI_NOTICES`, that only its owner may read, since it holds secrets.

It is read when the first message goes out, and again whenever it was changed. What is wrong in it is
said in words that name the line's key and never its value.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.ground.notices.outgoing.signing import FORMS, METHODS
from gezhi.kernel.ownership import open_to_others

# What a text of the file may hold between braces; anything else in braces is a mistake.
NAMES = frozenset(
    {"phone", "text", "key", "seconds", "milliseconds", "time", "nonce", "sign", "secret"}
)
_GAP = re.compile(r"\{([a-z_]+)\}")
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
ROBOTS = ("wecom", "dingtalk")


class BadFile(Exception):
    """The file cannot be used; says which key of it and why."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How the body is signed, and in which of its fields it stands."""

    method: str
    secret: str = field(repr=False)
    of: str = ""
    form: str = "hex"


@dataclass(frozen=True, slots=True)
class Told:
    """What the gateway's answer means: where its code stands, and which codes say what."""

    code: str = ""
    ok: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    signature: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gateway:
    """An SMS gateway: address, way, what it is sent and how that is signed."""

    url: str = field(repr=False)
    method: str = "POST"
    form: str = "json"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, str] = field(default_factory=dict, repr=False)
    sign: Sign | None = None
    answer: Told = Told()


@dataclass(frozen=True, slots=True)
class Group:
    """The robot in the group chat of one unit."""

    unit: str
    robot: str
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Channels:
    """All of them."""

    sms: Gateway | None = None
    groups: Mapping[str, Group] = field(default_factory=dict)


def channels() -> Channels:
    """What the file says now; nothing where there is none. Raises BadFile."""
    path = getattr(settings, "GEZHI_NOTICES", "")
    if not path:
        return Channels()
    try:
        changed = os.stat(path).st_mtime_ns
    except OSError:
        raise BadFile(_("GEZHI_NOTICES 指的文件打不开")) from None
    return _read(path, changed)


def group_of(unit: str) -> Group | None:
    """The group of a unit by its name; None for one that has none, or while the file is wrong."""
    try:
        return channels().groups.get(unit)
    except BadFile:
        return None


def faults() -> list[str]:
    """What is wrong with the file, in words, for `gezhi check`; [] when all is well."""
    path = getattr(settings, "GEZHI_NOTICES", "")
    try:
        channels()
    except BadFile as fault:
        return [str(fault)]
    if path and open_to_others([Path(path)]):
        return [_("GEZHI_NOTICES 指的文件里有密钥，别人也读得到：请 chmod 600")]
    return []


@cache
def _read(path: str, _changed: int) -> Channels:
    try:
        told = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError:
        raise BadFile(_("GEZHI_NOTICES 指的文件打不开")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise BadFile(_("GEZHI_NOTICES 指的文件不是 TOML")) from None
    gateway = _gateway(_table(told, "sms")) if "sms" in told else None
    groups = [_group(one) for one in told.get("groups", []) if isinstance(one, dict)]
    return Channels(gateway, {group.unit: group for group in groups})


def _gateway(table: Mapping[str, Any]) -> Gateway:
    method = _one_of(table, "method", ("POST", "GET"), "sms")
    form = _one_of(table, "format", ("json", "form"), "sms")
    body = _texts(table, "body", "sms")
    sign = _sign(_table(table, "sign")) if "sign" in table else None
    if sign is None and any("{sign}" in text for text in body.values()):
        raise BadFile(_("[sms.body] 用了 {sign}，但没有写 [sms.sign]"))
    answer = _table(table, "answer") if "answer" in table else {}
    return Gateway(
        url=_url(table, "sms"),
        method=method,
        form=form,
        headers=_texts(table, "headers", "sms"),
        body=body,
        sign=sign,
        answer=Told(
            code=str(answer.get("code", "")),
            **{name: _codes(answer, name) for name in ("ok", "busy", "refused", "signature")},
        ),
    )


def _sign(table: Mapping[str, Any]) -> Sign:
    method = _one_of(table, "method", METHODS, "sms.sign")
    secret = str(table.get("secret", ""))
    if not secret:
        raise BadFile(_("[sms.sign] 要写 secret"))
    of = str(table.get("of", ""))
    if method != "md5-sorted" and not of:
        raise BadFile(_("[sms.sign] 要写 of：签名的是哪几样，如 {phone}{seconds}"))
    _known_gaps(of, "sms.sign.of")
    return Sign(method, secret, of, _one_of(table, "form", FORMS, "sms.sign"))


def _group(table: Mapping[str, Any]) -> Group:
    unit = str(table.get("unit", ""))
    if not unit:
        raise BadFile(_("[[groups]] 要写 unit：单位的全名"))
    robot = str(table.get("robot", ""))
    if robot not in ROBOTS:
        raise BadFile(_("[[groups]] 的 robot 写 wecom（企业微信）或 dingtalk（钉钉、政务钉钉）"))
    return Group(unit, robot, _url(table, "groups"), str(table.get("secret", "")))


def _url(table: Mapping[str, Any], where: str) -> str:
    url = str(table.get("url", ""))
    parts = urlsplit(url)
    if "{" in f"{parts.scheme}{parts.netloc}" or not parts.hostname or parts.username:
        raise BadFile(_("[%(where)s] 的 url 要写完整的地址，主机名是固定的") % {"where": where})
    in_the_clear = parts.scheme != "https" and parts.hostname not in _HERE
    if in_the_clear and settings.PRODUCTION and not table.get("plain"):
        raise BadFile(
            _("[%(where)s] 的 url 要用 https；内网网关没有 https 的，写 plain = true")
            % {"where": where}
        )
    if parts.scheme not in ("http", "https"):
        raise BadFile(_("[%(where)s] 的 url 要用 https") % {"where": where})
    return url


def _table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = table.get(name)
    if not isinstance(found, dict):
        raise BadFile(_("%(name)s 要写成一节") % {"name": name})
    return found


def _texts(table: Mapping[str, Any], name: str, where: str) -> dict[str, str]:
    found = _table(table, name) if name in table else {}
    texts = {str(key): str(value) for key, value in found.items()}
    for key, text in texts.items():
        _known_gaps(text, f"{where}.{name}.{key}")
    return texts


def _known_gaps(text: str, where: str) -> None:
    for gap in _GAP.findall(text):
        if gap not in NAMES:
            raise BadFile(_("%(where)s 里的 {%(gap)s} 没有这一样") % {"where": where, "gap": gap})


def _one_of(table: Mapping[str, Any], name: str, words: tuple[str, ...], where: str) -> str:
    """One of these words; the first where nothing is said."""
    found = str(table.get(name, words[0]))
    if found not in words:
        raise BadFile(
            _("[%(where)s] 的 %(name)s 只能是 %(words)s")
            % {"where": where, "name": name, "words": "、".join(words)}
        )
    return found


def _codes(table: Mapping[str, Any], name: str) -> frozenset[str]:
    found = table.get(name, [])
    return frozenset(map(str, found if isinstance(found, list) else [found]))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its gaps filled, each once: what is filled in is never looked through again."""
    return _GAP.sub(lambda gap: values.get(gap.group(1), ""), text)
