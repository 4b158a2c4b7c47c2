"""隐私说明 in plain words: what is held, why, how long, who reads it, how to have it changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gezhi.ground.codes import queries as codes


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The page; the days it names are those of the packs in force."""
    return render(
        request, "resident/privacy/privacy.html", {"reopen_days": int(codes.figure("reopen_days"))}
    )
