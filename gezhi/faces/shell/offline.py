"""What a browser shows where there is no net: a page of our own, held ready by a small worker.

The worker holds this one page in its four wordings and its style and nothing else: no page of anybody's, so that there
is nothing to clear at log-out. Everything but a page that could not be fetched goes past it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(public=True, max_age=600)
def offline(request: HttpRequest) -> HttpResponse:
    """No net: what was written is kept, and how to go on. The same for everybody; in both languages
    but for staff (`of=staff`), and of a step only where one was sent (`was=sent`)."""
    context = {
        "of_staff": request.GET.get("of") == "staff",
        "was_sent": request.GET.get("was") == "sent",
    }
    return render(request, "shell/offline.html", context)


@require_safe
@cache_control(public=True, max_age=600)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker; it stands at the root, since it may answer for no page above its own address."""
    return render(request, "shell/offline_worker.js", content_type="text/javascript; charset=utf-8")
