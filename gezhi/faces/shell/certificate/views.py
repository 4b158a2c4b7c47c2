"""The page, and the certificate itself: for everybody, and before anything can be encrypted."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gezhi.faces.shell import qr
from gezhi.faces.shell.certificate.steps import DEVICES, device_of
from gezhi.faces.shell.encryption import authority, is_near, office_host, page_address
from gezhi.kernel.certificates import Certificate

FILE = "gezhi.crt"


@require_safe
def install(request: HttpRequest) -> HttpResponse:
    """What it is for, its fingerprint to compare, the file, and the steps for each device.

    Nobody's words and no cookie travel with it, for it is opened without encryption. `?language=`
    chooses the language, since the other way to choose needs one.
    """
    certificate = _authority()
    host = split_domain_port(request.get_host())[0]
    host = office_host() if is_near(host) else host
    ours = page_address(host, settings.GEZHI_TLS_PORT, settings.GEZHI_PLAIN_PORT)
    likely = device_of(request.headers.get("User-Agent", ""))
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        response = render(
            request,
            "shell/certificate/install.html",
            {
                "certificate": certificate,
                "groups": certificate.sha256.split(),
                "windows_groups": certificate.sha1.split(),
                "devices": [(device, at == likely) for at, device in enumerate(DEVICES)],
                "address": ours,
                "qr": qr.draw(ours),
                "safe_address": _safe_address(host),
                "file": FILE,
                "in_english": language == "en",
            },
        )
    response.headers["Content-Language"] = str(language)
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["User-Agent", "Cookie"])
    return response


@require_safe
def certificate_file(request: HttpRequest) -> HttpResponse:
    """The authority's certificate (DER), as phones and PCs take it; no key is in it."""
    return HttpResponse(
        _authority().der(),
        content_type="application/x-x509-ca-cert",
        headers={
            "Content-Disposition": f'attachment; filename="{FILE}"',
            "Cache-Control": "no-cache",
        },
    )


def _authority() -> Certificate:
    """The one to install; where somebody else's certificate or a proxy is in force there is none."""
    found = authority()
    if found is None:
        raise Http404
    return found


def _safe_address(host: str) -> str:
    port = settings.GEZHI_TLS_PORT
    return f"https://{host}/" if port in (0, 443) else f"https://{host}:{port}/"
