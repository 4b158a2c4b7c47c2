"""Finding a thing by its number or by words, among what the rooms of the desk can find."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk import registry
from gezhi.faces.desk.queues.case_list import CaseList, is_somebodys, searched_for
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page
from gezhi.kernel import phones
from gezhi.kernel.digits import number_in
from gezhi.kernel.rights import Right, roles_with
from gezhi.records.posts.rules import ROLE_NAMES


def _who_may() -> str:
    """Who finds cases by a phone, in words."""
    may = roles_with(Right.TAKE_IN)
    return "、".join(str(name) for role, name in ROLE_NAMES.items() if role in may)


@require_http_methods(["GET", "POST"])
@staff_only()
def search(request: HttpRequest) -> HttpResponse:
    """What the words find among the viewer's things; the number of one opens it at once.

    Words are sent in the body (POST) and led on to an address that can be kept (303), unless they
    hold a phone or an identity number: those are answered there and stand in no address.
    """
    typed = searched_for(request)
    viewer = viewer_in(request)
    plain = number_in(typed)
    address = registry.numbered(viewer, plain) if plain else ""
    address = address or (registry.named(viewer, typed) if typed else "")
    if address:
        return HttpResponseRedirect(address)
    if request.method == "POST" and not is_somebodys(typed):
        return HttpResponseRedirect(CaseList(find=typed).url if typed else request.path, status=303)
    sections = registry.found(viewer, typed) if typed else []
    phone = phones.normalized(typed)
    phone = phone if phones.is_valid(phone) else ""
    context = {
        "search_words": typed,
        # A phone is not said once more than it was typed.
        "list_title": _("查“%(words)s”") % {"words": typed} if typed and not phone else _("查找"),
        "phone": phone,
        "may_look_up": viewer.may(Right.TAKE_IN),
        "who_may": _who_may() if phone else "",
        "sections": sections,
        "export_url": next((one.export_url for one in sections if one.export_url), ""),
        "shows_state": True,
    }
    return page(
        request, "desk/search/search.html", context, parts={"list-body": "desk/queues/_found.html"}
    )
