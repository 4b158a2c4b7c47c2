"""社区电话: whom to call, for whoever cannot or will not write."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gezhi.faces.resident.stranger import stranger
from gezhi.records.units import queries as units


@require_safe
def phones(request: HttpRequest) -> HttpResponse:
    """The street centres and community offices with the phones they made public."""
    lines = units.public_lines(stranger().district_id or 0)
    return render(request, "resident/phones/phones.html", {"lines": lines})
