"""How browsers reach this installation: what is in force, in words, and the way to TLS.

The three ways are those of `GEZHI_TLS` (`gezhi.config.encryption`).
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from gezhi.faces.shell.errors import answer_program, wants_json
from gezhi.faces.shell.language import language_of
from gezhi.kernel.certificates import Certificate, Damaged, Office, read_certificate
from gezhi.kernel.hosts import office_address

_HTTPS_PORT = 443
_ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 — compared only
_NEAR = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the three ways, as people are told of it; `is_bad` in red."""

    way: str
    sentence: str
    is_bad: bool = False


def in_force(*, given: bool | None = None) -> Chosen:
    """What is in force in this process. On this machine alone nothing needs to be. `given`: TLS is
    ours with somebody else's certificate; a child of `gezhi serve` knows by itself."""
    way = str(settings.GEZHI_TLS)
    given = bool(settings.GEZHI_CERTIFICATE) if given is None else given
    if way == "proxy":
        return Chosen(way, _("加密：由前面的反向代理做 TLS。"))
    if way == "own":
        made = (
            _("加密：本机自己做 TLS，用给的证书。")
            if given
            else _("加密：本机自己做 TLS，用办公室自己的根证书签的证书。")
        )
        return Chosen(way, made)
    if way == "plain":
        return Chosen(
            way, _("没有加密：密码、电话和反映的内容在网上是明文。只许试用，内容要是编的。"), True
        )
    return Chosen("", _("没有加密：只能在这台机器上用。"))


def ways() -> str:
    """The sentence for who chose none of the three."""
    return _(
        "给别人用之前，先选怎样加密，三样选一样：\n"
        "  1. 前面有做 TLS 的反向代理：设 GEZHI_PROXY_TLS_HEADER（如 HTTP_X_FORWARDED_PROTO）；\n"
        "  2. 本机自己做 TLS：gezhi serve --tls（或设 GEZHI_TLS=own）；\n"
        "  3. 明知不加密，只在内网试用：设 GEZHI_TLS=plain。\n"
        "怎么选见 docs/operator/running.md 的“怎样加密”。"
    )


def page_address(host: str, port: int, plain_port: int) -> str:
    """Where the authority is installed from, as somebody types it who does not trust it yet. `host`
    is where the server listens, or the name it was opened by."""
    host = office_host() if host in _ANYWHERE else host
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    scheme, at = ("http", plain_port) if plain_port else ("https", port)
    return f"{scheme}://{shown}:{at}{reverse('shell:install_certificate')}"


def office_host() -> str:
    """The name or address by which phones and PCs in the office open this installation."""
    allowed = list(settings.ALLOWED_HOSTS)
    address = office_address()
    if address and validate_host(address, allowed):
        return address
    told = (host for host in allowed if not is_near(host) and not host.startswith("."))
    return next(told, "localhost")


def is_near(host: str) -> bool:
    """Whether a browser that opens this host stands on this very machine."""
    return host.strip("[]") in _NEAR or host.endswith(".localhost")


def authority() -> Certificate | None:
    """The office's authority that people install; None where somebody else's certificate, a
    proxy or nothing is in force."""
    if settings.GEZHI_TLS != "own" or settings.GEZHI_CERTIFICATE:
        return None
    try:
        return Office(Path(settings.GEZHI_KEYS)).authority()
    except Damaged:
        return None


def served_until() -> datetime | None:
    """When the certificate ends that is being served by this machine; None when none is."""
    if settings.GEZHI_TLS != "own":
        return None
    given = settings.GEZHI_CERTIFICATE
    path = Path(given) if given else Office(Path(settings.GEZHI_KEYS)).server_file
    try:
        return read_certificate(path).ends
    except (OSError, ValueError, IndexError):
        return None


class EncryptionMiddleware(SecurityMiddleware):
    """Django's, which also knows at which port of this machine TLS is served."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:  # type: ignore[override] # it answers in fewer kinds
        """Lead a plain request to TLS. One that brought words is refused: they have already been
        read along, and a browser would not take them along."""
        answer = super().process_request(request)
        if answer is None or settings.GEZHI_TLS != "own":
            return answer
        address = f"https://{_host_of(request)}{request.get_full_path()}"
        if request.method in ("GET", "HEAD"):
            moved = HttpResponse(status=302, headers={"Location": address})
            moved.headers["Cache-Control"] = "no-store"
            return moved
        return _refused(request, f"https://{_host_of(request)}/")

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """As Django's; a browser is told nothing for a year of a name that is every machine's."""
        answered = super().process_response(request, response)
        if answered.has_header("Strict-Transport-Security") and is_near(_name_of(request)):
            del answered["Strict-Transport-Security"]
        return answered


def _host_of(request: HttpRequest) -> str:
    """The host that was asked for, at the port where TLS is; a foreign host is refused (400)."""
    host, _port = split_domain_port(request.get_host())
    port = settings.GEZHI_TLS_PORT
    return host if port in (0, _HTTPS_PORT) else f"{host}:{port}"


def _name_of(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0]


def _refused(request: HttpRequest, address: str) -> HttpResponse:
    with translation.override(language_of(request)):
        words = _("这个地址不加密，您填的内容没有收下。请打开 %(address)s 再填。") % {
            "address": address
        }
    if wants_json(request):
        return answer_program(request, 403, "not_encrypted", words)
    return HttpResponse(
        words,
        status=403,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
