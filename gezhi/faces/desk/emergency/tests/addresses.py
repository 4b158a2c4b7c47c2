"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.records.posts.models import Page
from gezhi.work.emergency.crew import SUBJECT
from gezhi.work.emergency.models import Emergency, EmergencyCase
from tests import emergencies
from tests.cast import Cast

SEVERAL = {"desk:emergency_call": ("<slug:deed>", ["answer", "decline"])}


def furnish(cast: Cast) -> None:
    """A flood in the street, switched on by the leader; grid one is in trouble."""
    emergencies.flood(cast, trouble="地下室进水")


def values(cast: Cast) -> dict[str, str]:
    """The flood, its case, and the call of the duty chief."""
    page = Page.objects.filter(subject_kind=SUBJECT, user_id=cast.supervisor.user_id).latest("pk")
    return {
        "emergency_id": str(Emergency.objects.get(plan_code="flood").pk),
        "case_number": EmergencyCase.objects.latest("pk").case.number,
        "crew_page_id": str(page.pk),
    }
