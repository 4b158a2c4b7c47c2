"""What the walk of `tests/access` puts into the addresses of this room."""

from dataclasses import replace

from gezhi.faces.desk.setup.exports import SHEETS
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import actions as duties
from gezhi.records.duties.models import Duty, Route
from gezhi.records.posts.models import Appointment
from gezhi.work.cases.tests.playing import a_class
from gezhi.work.dry_runs import actions as dry_runs
from gezhi.work.dry_runs.models import DryRun
from tests.cast import Cast

SEVERAL = {
    "desk:setup:export": ("<slug:what>", sorted(SHEETS)),
    "desk:setup:account_deed": ("<slug:deed>", ["unlock", "factor", "sessions"]),
}


def furnish(cast: Cast) -> None:
    """A row of the duty list, a routing rule in force."""
    by = Viewer.system("test", cast.street.district.pk)
    duties.add_duty(
        class_code=a_class(),
        name="清运建筑垃圾",
        area_id=cast.street.street.pk,
        list_kind="basic",
        lead_unit=cast.street.sanitation,
        by=by,
    )
    wanted = duties.RouteWanted(
        name="夜里归环卫所",
        order=10,
        area_id=cast.street.street.pk,
        lead_unit=cast.street.sanitation,
        hours="off",
    )
    rule = duties.draft_route(wanted=wanted, by=by)
    duties.enact_routes(route_ids=[rule.pk], by=by)
    tried = duties.draft_route(wanted=replace(wanted, name="都归环卫所", order=20), by=by)
    day = clock.today()
    dry_runs.begin(route_ids=[tried.pk], first=day, last=day, by=by)


def values(cast: Cast) -> dict[str, str]:
    """One of each thing that is set up."""
    street = cast.street
    seat = Appointment.objects.get(user_id=cast.handler.user_id)
    return {
        "unit_id": str(street.sanitation.pk),
        "user_id": str(cast.handler.user_id),
        "post_id": str(seat.post_id),
        "appointment_id": str(seat.pk),
        "duty_id": str(Duty.objects.latest("pk").pk),
        "route_id": str(Route.objects.get(state="in_force").pk),
        "dry_run_id": str(DryRun.objects.latest("pk").pk),
        "grid_id": str(street.grid.pk),
        "area_id": str(street.street.pk),
        "place_id": str(street.compound.pk),
        "community_id": str(street.community.pk),
        "class_code": a_class(),
        "year": "2027",
        "day": "2026-12-09",
        "enactment_id": "1",
        "pack_id": "1",
        "desk:setup:stage_limit name": "accepting",
        "level": "community",
        "message_code": "case_close",
        "desk:setup:enactments name": "limits",
        "desk:setup:enact_again name": "limits",
    }
