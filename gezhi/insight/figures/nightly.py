"""Every night: freeze the periods that ended some days ago, and count anew what was frozen lately."""

from gezhi.ground.jobs.sweeps import Sweep
from gezhi.insight.figures.actions import correct, freeze
from gezhi.insight.figures.freezing import frozen_since
from gezhi.insight.figures.periods import Span
from gezhi.insight.figures.reach import Reach
from gezhi.insight.figures.settling import closed_periods
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.models import District


def freeze_periods() -> int:
    """Freeze what is due of every street, count anew what is frozen; answers how many were looked at."""
    periods = [period for span in Span for period in closed_periods(span)]
    with Sweep("freeze-periods") as each:
        for district in District.objects.order_by("pk"):
            by = Viewer.system("figures", district.pk)
            for street in places.streets_in_use(district.pk):
                known = frozen_since(Reach(district.pk, Level.STREET, (street.id,)), periods)
                for period in periods:
                    with each.one("street", f"{street.code} {period.code}", district.pk):
                        settle = correct if period in known else freeze
                        settle(district_id=district.pk, street_id=street.id, period=period, by=by)
        return each.done
