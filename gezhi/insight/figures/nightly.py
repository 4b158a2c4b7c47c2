"""Every night: freeze the month that ended some days ago, and count anew what was frozen."""

from datetime import date, timedelta

from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.insight.figures.actions import correct, freeze
from gezhi.insight.figures.freezing import is_frozen
from gezhi.insight.figures.periods import Period, Span, holding
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.models import District

# A year back, and the month beside it: what a page compares with.
MONTHS = 13


def freeze_months() -> int:
    """Freeze what is due of every street, count anew what is frozen; answers how many were looked at."""
    with Sweep("freeze-months") as each:
        for district in District.objects.order_by("pk"):
            by = Viewer.system("figures", district.pk)
            for street in places.streets_in_use(district.pk):
                for month in _closed_months():
                    with each.one("street", f"{street.code} {month:%Y-%m}", district.pk):
                        settle = correct if is_frozen(street.id, month) else freeze
                        settle(district_id=district.pk, street_id=street.id, month=month, by=by)
        return each.done


def _closed_months() -> list[date]:
    """The months that ended as many days ago as the pack says, the newest first."""
    settled = clock.today() - timedelta(days=codes.figure("freeze_days"))
    month = Period(Span.MONTH, holding(Span.MONTH, settled).first)
    found = []
    for _number in range(MONTHS):
        month = month.before()
        found.append(month.first)
    return found
