"""消息发送: what went and what did not, by day, state and way; and once more for what failed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gezhi.faces.desk.deliveries import words
from gezhi.faces.shell import moments
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.notices import actions, queries
from gezhi.ground.notices.queries import DeliveryLine
from gezhi.ground.notices.quiet import quiet_until
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid
from gezhi.kernel.paging import BadCursor
from gezhi.kernel.rights import Right


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it stands on the page."""

    line: DeliveryLine
    whom: str
    provider: str
    state: str
    kind: str
    fault: str


class DeliveriesForm(PageForm):
    """Which messages to show."""

    day = forms.DateField(
        label=gettext_lazy("哪一天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    state = forms.ChoiceField(label=gettext_lazy("怎样了"), required=False)
    provider = forms.ChoiceField(label=gettext_lazy("哪种"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        providers = [pair for pair in words.PROVIDERS.items() if pair[0]]
        self.offer("state", [("", _("全部")), *words.STATES.items()])
        self.offer("provider", [("", _("全部")), *providers])


@require_GET
@staff_only(Right.TEND_TASKS)
def deliveries(request: HttpRequest) -> HttpResponse:
    """Messages of one day, today unless said; nobody's number stands here. Refuses (Invalid) a place
    that was never a page; a day that is none is today."""
    viewer = viewer_in(request)
    day = _day(request.GET.get("day", ""))
    state = request.GET.get("state", "")
    provider = request.GET.get("provider", "")
    try:
        page = queries.deliveries(
            viewer,
            day=day,
            state=state if state in words.STATES else "",
            provider=provider if provider in words.PROVIDERS else "",
            after=request.GET.get("after", ""),
        )
    except BadCursor as error:
        raise Invalid(_("翻页的位置不对，请从第一页重新打开")) from error
    chosen = {"day": day.isoformat(), "state": state, "provider": provider}
    counted = queries.count_deliveries(viewer, day)
    waits = any(line.state == "waiting" for line in page.rows)
    morning = quiet_until(clock.now()) if waits else None
    more = f"{reverse('desk:deliveries')}?{urlencode({**chosen, 'after': page.after})}"
    context = {
        "rows": [_shown(line, morning) for line in page.rows],
        "next_url": more if page.after else "",
        "day": day,
        "form": DeliveriesForm(initial=chosen | {"day": day}),
        "counted": [
            (words.word(words.PROVIDERS, way), words.word(words.STATES, what), many)
            for (way, what), many in sorted(counted.items())
        ],
    }
    return render(request, "desk/deliveries/deliveries.html", context)


@staff_only(Right.TEND_TASKS)
@posted_from("desk:deliveries")
def again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Let one that failed go out once more."""
    actions.try_again(delivery_id, by=viewer_in(request))
    messages.success(request, _("已经排上，过一会儿再看"))
    day = _day(request.POST.get("day", ""))
    query = urlencode({"day": day.isoformat(), "state": "failed"})
    return HttpResponseRedirect(f"{reverse('desk:deliveries')}?{query}", status=303)


def _day(typed: str) -> date:
    today = clock.today()
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today
    return day if clock.EARLIEST <= day <= today else today


def _shown(line: DeliveryLine, morning: datetime | None) -> Shown:
    return Shown(
        line=line,
        whom=words.word(words.WHOM, line.recipient_kind),
        provider=words.word(words.PROVIDERS, line.provider),
        state=words.word(words.STATES, line.state),
        kind=words.KINDS.get(line.state, "line"),
        fault=words.word(words.FAULTS, line.fault) if line.fault else _waits_for(line, morning),
    )


def _waits_for(line: DeliveryLine, morning: datetime | None) -> str:
    """Why one waits that nobody has refused yet; "" for one that does not wait."""
    if line.state != "waiting":
        return ""
    if morning is not None and line.recipient_kind == "report":
        return _("免打扰，%(when)s 发") % {"when": moments.spoken(morning)}
    return _("排着队，马上发")
