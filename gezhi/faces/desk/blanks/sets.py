"""The sets of blanks, printing a new one, and printing one again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gezhi.faces.desk.blanks.forms import SetForm
from gezhi.faces.desk.blanks.sheet import drawn
from gezhi.faces.paper import pdf
from gezhi.faces.paper.pdf import NoFont
from gezhi.faces.paper.printing import file
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.audit import actions as audit
from gezhi.kernel.errors import Refusal
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.work.blanks import actions, queries
from gezhi.work.blanks.rules import number_of, spoken


@require_http_methods(["GET", "POST"])
@staff_only(Right.TAKE_IN)
def blanks(request: HttpRequest) -> HttpResponse:
    """GET lists the sets, `?before=` older ones; POST makes a new one and shows it on top."""
    viewer = viewer_in(request)
    form = SetForm(viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.print_set(
                area_id=form.area_id, size=form.cleaned_data["size"], by=viewer, key=form.key
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            told = _("编好了 %(size)d 张：%(first)s 到 %(last)s。按这一行的“打印”。") % {
                "size": row.size,
                "first": spoken(row.first_serial),
                "last": spoken(row.last_serial),
            }
            messages.success(request, told)
            return HttpResponseRedirect(reverse("desk:blanks"), status=303)
    before = typed_id(request.GET.get("before", ""))
    lines = queries.listed(viewer, before=before)
    context = {
        "form": form,
        "lines": [
            (line, spoken(line.row.first_serial), spoken(line.row.last_serial)) for line in lines
        ],
        "older": lines[-1].row.pk if len(lines) == queries.PAGE else None,
        "waiting": len(queries.waiting(viewer)),
        "font_words": "" if (fonts := pdf.chosen_fonts()).is_usable else fonts.words,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/blanks/blanks.html", context, status=status)


@require_POST
@staff_only(Right.TAKE_IN)
def print_again(request: HttpRequest, set_id: int) -> HttpResponse:
    """The set as PDF, a page a blank, as often as the printer wants it; recorded each time.

    Unseen for a set that is none of the viewer's; 503 in words where no PDF can be set.
    """
    viewer = viewer_in(request)
    row = queries.get_set(viewer, set_id)
    try:
        made = drawn(row)
    except NoFont as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("desk:blanks"), status=303)
    seat = viewer.seats_for(Right.TAKE_IN)[0]
    audit.record(
        by=viewer,
        verb="papers.print",
        subject_kind="blank_set",
        subject_id=row.pk,
        detail={"paper": "blank", "way": "pdf", "size": row.size},
        post_id=seat.post_id,
        unit_id=seat.unit_id,
    )
    name = _("反映表 %(first)s-%(last)s") % {
        "first": number_of(row.first_serial),
        "last": number_of(row.last_serial),
    }
    return file(made, pdf.MEDIA_TYPE, f"{name}.pdf")
