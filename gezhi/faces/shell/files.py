"""Photos by their signed addresses."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.files import queries as files


@require_safe
def signed_file(request: HttpRequest, signed: str) -> FileResponse:
    """The bytes of one photo, to be looked at and nothing else; 404 for any address not good now.

    Told to the browser: an image of this type whatever it looks like, run nothing, keep it for
    yourself and shortly, show it in no other site.
    """
    return sent(files.open_signed(viewer_in(request), signed))


def sent(opened: files.Opened, *, kept: int = 300) -> FileResponse:
    """The answer with the bytes of a photo; `kept` is for how many seconds the browser may keep it."""
    response = FileResponse(
        opened.path.open("rb"), content_type=opened.media_type, filename=opened.name
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"private, max-age={kept}" if kept else "no-store"
    return response
