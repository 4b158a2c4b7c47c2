"""Duties and routing rules as what a unit has: registered with `records/units/holdings.py`."""

from django.utils.translation import gettext_lazy

from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import actions, queries
from gezhi.records.units.holdings import Holding
from gezhi.records.units.models import Unit


def _count(unit: Unit) -> int:
    return len(queries.duties_of_unit(unit.pk))


def _give(unit: Unit, successor: Unit, by: Viewer) -> int:
    return actions.hand_over(unit, successor, by=by)


def _count_routes(unit: Unit) -> int:
    return len(queries.routes_of_unit(unit.pk))


def _give_routes(unit: Unit, successor: Unit, by: Viewer) -> int:
    return actions.hand_over_routes(unit, successor, by=by)


DUTIES = Holding(
    name="duties",
    words=gettext_lazy("%(count)s 条权责"),
    order=20,
    count=_count,
    give=_give,
)

# After the duties, for the rules rest on them.
ROUTES = Holding(
    name="routes",
    words=gettext_lazy("%(count)s 条派单规则"),
    order=21,
    count=_count_routes,
    give=_give_routes,
)
