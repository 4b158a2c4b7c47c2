"""Finding a class while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gezhi.faces.desk.cases.deeds import classes
from gezhi.faces.shell.access import staff_only


@require_GET
@staff_only()
def class_choices(request: HttpRequest) -> HttpResponse:
    """The classes that fit `class_words`, as choices for a form; names of classes are public."""
    typed = request.GET.get("class_words", "")[:40]
    urgency = request.GET.get("urgency", "") or "ordinary"
    found = classes.find(typed, urgency=urgency[:20])
    chosen = classes.by_code(request.GET.get("class_code", "")[:40])
    return render(
        request,
        "desk/cases/deeds/_class_choices.html",
        {"found": found, "chosen": chosen, "typed": typed},
    )
