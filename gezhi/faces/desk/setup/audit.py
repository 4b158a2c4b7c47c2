"""留痕: what was done, by whom, when; read by the audit administrator only."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gezhi.faces.desk.setup.trail import lines
from gezhi.faces.desk.setup.verbs import module_choices
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import asked_after, export_url, next_url
from gezhi.ground.accounts.queries import by_staff_number
from gezhi.ground.audit import queries
from gezhi.ground.audit.queries import Asked
from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.queries import id_of_case


class TrailForm(PageForm):
    """What to look for."""

    staff_number = forms.CharField(label=gettext_lazy("工号"), required=False, max_length=30)
    case = forms.CharField(
        label=gettext_lazy("案件号"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    verb = forms.ChoiceField(label=gettext_lazy("做了什么"), required=False)
    since = forms.DateField(
        label=gettext_lazy("从"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("到"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("verb", module_choices())

    def asked(self, viewer: Viewer) -> Asked | None:
        """The filter; None when it names somebody or a case that is not there."""
        data = self.cleaned_data
        user_id = case_id = None
        if number := "".join(data.get("case", "").split()):
            case_id = id_of_case(viewer, number)
            if case_id is None:
                self.add_error("case", _("没有这个案件号，请写全 21 位"))
                return None
        if data.get("staff_number"):
            user = by_staff_number(data["staff_number"])
            if user is None:
                self.add_error("staff_number", _("没有这个工号"))
                return None
            user_id = user.pk
        since, until = data.get("since"), data.get("until")
        asked = Asked(
            user_id=user_id,
            verb=data.get("verb", ""),
            since=datetime.combine(since, time(), SHANGHAI) if since else None,
            until=datetime.combine(until + timedelta(days=1), time(), SHANGHAI) if until else None,
        )
        return replace(asked, subject_kind="case", subject_id=case_id) if case_id else asked


@require_GET
@staff_only(Right.READ_TRAIL)
def audit(request: HttpRequest) -> HttpResponse:
    """The trail, newest first, by person, deed and day."""
    viewer = viewer_in(request)
    form = TrailForm(request.GET or None)
    asked = _asked(form, viewer)
    page = queries.entries(viewer, asked, after=asked_after(request)) if asked else None
    rows = page.rows if page else ()
    context = {
        "form": form,
        "clear_url": reverse("desk:setup:audit") if form.is_bound else "",
        "entries": lines(viewer, rows),
        "sealed": queries.newest_block(viewer),
        "next_url": next_url(request, page.after if page else ""),
        "export_url": export_url(request, reverse("desk:setup:export", args=["audit"])),
    }
    return render(request, "desk/setup/audit.html", context)


def asked_of(request: HttpRequest, viewer: Viewer) -> Asked | None:
    """The filter in the address, as the page of the trail reads it; None when it fits nobody."""
    return _asked(TrailForm(request.GET or None), viewer)


def _asked(form: TrailForm, viewer: Viewer) -> Asked | None:
    return form.asked(viewer) if form.is_valid() else (None if form.is_bound else Asked())
