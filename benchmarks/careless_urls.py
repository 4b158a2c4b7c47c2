"""The bad design the crash harness must catch: no deed key, and the task queued after the commit."""

import json

from django.http import HttpRequest, JsonResponse
from django.urls import path

from benchmarks.plain_urls import insert, queue


def report(request: HttpRequest) -> JsonResponse:
    """Store first, dispatch afterwards, know no key: what many systems do."""
    number = insert(json.loads(request.body), task=False)
    queue(number)
    return JsonResponse({"number": number}, status=201)


urlpatterns = [path("api/v1/reports", report)]
