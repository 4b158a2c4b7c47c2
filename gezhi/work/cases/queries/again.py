"""What was sent before: cases of a viewer's own key, also those they have lost sight of since.

For reading what is sent again, so that its deed can answer as it did the first time; never to be
shown.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.keys import derived, owner_of
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.queries.detail import CasePage, page_among


def case_sent_again(viewer: Viewer, number: str, key: str) -> Case:
    """The case this viewer did something to with this key; Unseen when there is none."""
    case = (
        _done_to(viewer, key, number)
        .select_related("holder", "words")
        .filter(number=number)
        .first()
    )
    if case is None:
        raise Unseen(_("没有找到这件事"))
    return case


def page_sent_again(viewer: Viewer, number: str, key: str) -> CasePage:
    """As `case_sent_again`, with everything the form of a deed reads."""
    return page_among(_done_to(viewer, key, number), viewer, number)


def was_sent(viewer: Viewer, key: str, number: str = "") -> bool:
    """Whether this viewer did anything with this key, to the case of this number among others."""
    return _done_to(viewer, key, number).exists()


def _done_to(viewer: Viewer, key: str, number: str) -> QuerySet[Case]:
    # In bulk each case has a key derived from the one that was sent.
    steps = Step.objects.filter(
        district_id=viewer.district_id or 0,
        key_owner=owner_of(viewer),
        deed_key__in=[key, derived(key, number)],
    )
    return Case.objects.filter(pk__in=steps.values("case_id"))
