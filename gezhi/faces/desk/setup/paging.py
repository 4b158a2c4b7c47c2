"""The next page of a list: the same address with another `after`."""

from django.http import HttpRequest

from gezhi.kernel.paging import BadCursor, row_id_of


def asked_after(request: HttpRequest) -> str:
    """The cursor in the address; "" when there is none or it is nobody's."""
    after = request.GET.get("after", "")
    try:
        row_id_of(after)
    except BadCursor:
        return ""
    return after


def next_url(request: HttpRequest, after: str) -> str:
    """The address of the next page with the filters of this one; "" on the last."""
    if not after:
        return ""
    query = request.GET.copy()
    query["after"] = after
    return f"?{query.urlencode()}"
