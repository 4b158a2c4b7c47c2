"""Doing a deed: its form on the case's page, then the deed, then the case as it stands after."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.case import show
from gezhi.faces.desk.cases.deeds import FORMS, DeedForm
from gezhi.faces.desk.cases.deeds.inviting import InviteForm
from gezhi.faces.desk.cases.drafts import looked
from gezhi.faces.desk.queues.case_list import opened_from
from gezhi.faces.desk.queues.lines import with_query
from gezhi.faces.shell import terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.deeds import DeedPages, answer, stage_version, typed_so_far
from gezhi.faces.shell.htmx import go_to, wants_part
from gezhi.faces.shell.marks import state_word
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Version
from gezhi.kernel.errors import Conflict, KeyReused, NotPermitted, Refusal, Unseen
from gezhi.records.posts import queries as posts
from gezhi.work.cases import queries as cases
from gezhi.work.cases.kinds import answerable
from gezhi.work.cases.queries import CasePage, desk
from gezhi.work.cases.rules import TABLE, Deed, State

# A button inside a form with this name looks something up and does nothing.
LOOK = "look"
# What an address may name, with the row of the form it begins: which of several reporters is called
# back, the case to merge into, the unit chosen just now (its due time hangs on its hours).
NAMED_ROWS = {"report": "report", "into": "chosen", "lead_unit_id": "lead_unit_id"}


@takes_up_to(2 * PHOTOS_BYTES)
@require_http_methods(["GET", "POST"])
@staff_only()
def deed(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    """GET shows the deed's form in the case's page, POST does it and shows the case after.

    Unseen for a case or deed that does not exist for the viewer. What the action refuses comes
    back with the typed text: a row to put right (422), two versions (409), or who can (403).
    """
    if deed not in {known.value for known in FORMS}:
        raise Unseen(_("没有这一步"))
    form_class = FORMS[Deed(deed)]
    if request.method == "POST" and LOOK in request.POST:
        return _looked(request, cases.case_page(viewer_in(request), number), form_class)
    return answer(request, number, form_class, PAGES)


def _looked(request: HttpRequest, page: CasePage, form_class: type[DeedForm]) -> HttpResponse:
    typed = typed_so_far(form_class, request.POST)
    form = form_class(page, viewer_in(request), initial=typed)
    form.take_photos(request.FILES, request.POST)
    known = looked(form, request.POST.dict(), request.POST[LOOK])
    return show(request, page, form=form, **known)


def _opened(request: HttpRequest, page: CasePage, form_class: type[DeedForm]) -> HttpResponse:
    if form_class.deed not in page.deeds:
        said = cases.refusal_of(viewer_in(request), page.case, form_class.deed)
        refusal, status = why_not(page, form_class.deed, against=said)
        return show(request, page, status=status, refusal=refusal)
    named = ((row, request.GET.get(name)) for name, row in NAMED_ROWS.items())
    initial = {row: value for row, value in named if value is not None}
    return show(request, page, form=form_class(page, viewer_in(request), initial=initial))


def _refused(request: HttpRequest, form: DeedForm, status: int) -> HttpResponse:
    return show(request, form.page, form=form, status=422)


def _done(request: HttpRequest, form: DeedForm) -> HttpResponse:
    if isinstance(form, InviteForm):
        response = _handed_over(request, form)
    else:
        messages.success(request, form.said)
        response = after(request, form.number)
    # Done is done: the same deed on the same case begins anew when it comes back.
    response.headers["Draft-Done"] = f"{form.deed.value}-{form.number}"
    return response


def _handed_over(request: HttpRequest, form: InviteForm) -> HttpResponse:
    """The case with the link and the code: shown here and nowhere else, so nothing leads on."""
    handed = form.handed
    address = request.build_absolute_uri(reverse("resident:guest", args=[handed.link]))
    words = {"address": address, "code": handed.code, "hours": handed.hours}
    response = show(
        request,
        cases.case_page(viewer_in(request), form.number),
        handed=handed,
        link_words=_("【格治】有一件事请您单位办，%(hours)d 小时内有效：%(address)s") % words,
        code_words=_("【格治】打开链接要填的码：%(code)s") % words,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def after(request: HttpRequest, number: str) -> HttpResponse:
    """The case after a deed: its pane with the list put right beside it, or a redirect to it.

    A unit that returned a case keeps no view of it: then the way leads back to its list.
    """
    case_list = opened_from(request)
    viewer = viewer_in(request)
    try:
        page = cases.case_page(viewer, number)
    except Unseen:
        home = case_list.url if case_list else reverse("desk:home")
        return go_to(home) if wants_part(request) else HttpResponseRedirect(home, status=303)
    url = with_query(reverse("desk:case", args=[number]), case_list.query if case_list else "")
    if not wants_part(request):
        return HttpResponseRedirect(url, status=303)
    queue = case_list.queue if case_list else ""
    left = bool(queue) and not desk.is_in(viewer, queue, number)
    response = show(request, page, has_left=left, was_done=True)
    response.headers["HX-Push-Url"] = url
    return response


def _overtaken(
    request: HttpRequest, page: CasePage, form: DeedForm, refusal: Refusal
) -> HttpResponse:
    """The case as it stands now, beside what was typed; the form stays if it can still be done."""
    fresh = form.on(page)
    if isinstance(refusal, NotPermitted):
        message, status = why_not(page, form.deed, str(refusal.message))
        return show(request, page, form=fresh, status=status, refusal=message, mine=form.mine())
    if isinstance(refusal, KeyReused):
        message = _("这一步刚才已经提交过，没有再做一次。下面是现在的样子。")
        return show(request, page, form=fresh, status=409, refusal=message)
    seen = form.seen
    newer = [step for step in page.steps if seen is not None and step.serial > seen]
    return show(
        request,
        page,
        form=fresh,
        status=409,
        refusal=str(refusal.message) if not newer else "",
        versions=versions(form, page, seen) if newer else (),
        changed_by=newer[-1].doer if newer else "",
        changed_at=newer[-1].recorded_at if newer else None,
        mine=form.mine() if not newer else (),
    )


PAGES = DeedPages(_opened, _refused, _overtaken, _done, left=after)


def versions(form: DeedForm, page: CasePage, seen: int | None) -> list[Version]:
    """Line by line what was seen and typed here, and what stands there now."""
    now = page.steps[-1]
    rows = [
        stage_version(page, seen),
        Version(_("这一步"), deed_words.deed_word(form.deed), deed_words.deed_word(now.deed)),
    ]
    there = {
        str(_("事项类别")): page.row.class_name,
        str(_("诉求类型")): page.row.kind_name,
        str(_("急不急")): terms.label("urgency", page.row.urgency),
        str(_("地点")): page.row.place_words or page.place_name,
        str(_("公开摘要")): page.case.public_summary,
        str(_("主办单位")): page.row.holder_name,
    }
    last_words = next((step.words for step in reversed(page.steps) if step.words), "")
    for name, value in form.mine():
        rows.append(Version(name, value, there.get(name, last_words) or "—"))
    return rows


def why_not(
    page: CasePage, deed: Deed, said: str = "", *, against: Refusal | None = None
) -> tuple[str, int]:
    """Why a deed cannot be done now and who can, with the status it is answered with."""
    rule = TABLE[deed]
    name = deed_words.deed_word(deed)
    if not rule.allows(State(page.case.state)):
        message = _("现在不能%(deed)s：这件事是“%(state)s”。") % {
            "deed": name,
            "state": state_word(page.case.state),
        }
        return message, 409
    if deed is Deed.ANSWER and not answerable(page.case.kind):
        return _("只有咨询可以直接答复。是来咨询的，先受理并把诉求类型选成咨询，再答复。"), 409
    if isinstance(against, Conflict):
        return str(against.message), against.status
    said = said or (str(against.message) if against else "")
    message = said or _("%(deed)s由%(who)s来做。") % {"deed": name, "who": _(rule.who)}
    people = who_can(page, deed)
    if people:
        message += _("可以找：%(people)s。") % {"people": "、".join(people)}
    return message, 403


def who_can(page: CasePage, deed: Deed) -> list[str]:
    """Up to three people of the holding unit whose role may do it."""
    roles = TABLE[deed].roles
    if page.case.holder_id is None or not roles:
        return []
    return [user.name for user in posts.users_in(page.case.holder_id, roles)][:3]
