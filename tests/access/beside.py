"""A second district beside the first: its own street, units, people and cases; nothing crosses.

Everything in it is called 白鹭, so that one word found anywhere is a leak.
"""

from types import SimpleNamespace
from typing import Any

import shapely

from gezhi.ground.accounts import actions as accounts
from gezhi.kernel.viewer import Level, Role, Viewer
from gezhi.records.duties import actions as duties
from gezhi.records.places import actions as places
from gezhi.records.places.models import Area, PlaceKind
from gezhi.records.posts import actions as posts
from gezhi.records.posts import queries as posts_queries
from gezhi.records.units import actions as units
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play, a_class
from tests.cast import PASSWORD, SET_UP, Person, Resident

NAME = "白鹭"
CODE = "519902"
# Who of it goes for a walk → role, unit, level of the area.
_PEOPLE = {
    "acceptor": (Role.ACCEPTOR, "centre", "street"),
    "dispatcher": (Role.DISPATCHER, "centre", "street"),
    "leader": (Role.LEADER, "centre", "street"),
    "zhang": (Role.GRID_WORKER, "office", "grid"),
    "handler": (Role.HANDLER, "sanitation", "street"),
    "system": (Role.SYSTEM_ADMINISTRATOR, "centre", "district"),
    "security": (Role.SECURITY_ADMINISTRATOR, "centre", "district"),
    "audit": (Role.AUDIT_ADMINISTRATOR, "centre", "district"),
}


class Beside:
    """The second district, built through actions, with a case in two states."""

    def __init__(self) -> None:
        self._system = Viewer.system("test")
        self._build_areas()
        self.people = self._build_people()
        duty = duties.add_duty(
            class_code=a_class(),
            name=f"{NAME}清运",
            area_id=self.areas["street"].pk,
            list_kind="basic",
            lead_unit=self.units["sanitation"],
            by=Viewer.system("test", self.district.pk),
        )
        self.duty_id = duty.pk
        self.plays = [self._play("handling"), self._play("reported", confidential=True)]

    def _build_areas(self) -> None:
        by = self._system
        self.district = places.register_district(
            code=CODE, name=f"{NAME}区", city_name=f"{NAME}市", province_name=f"{NAME}省", by=by
        )
        by = self._system = Viewer.system("test", self.district.pk)
        (street,) = places.register_streets(
            self.district, [places.AreaName(f"{CODE}001", f"{NAME}街道")], by=by
        )
        (community,) = places.register_communities(
            street, [places.AreaName(f"{CODE}001001", f"{NAME}社区")], by=by
        )
        district = Area.objects.get(district=self.district, level=Level.DISTRICT)
        border = shapely.box(105.0, 30.65, 105.01, 30.66)
        places.set_borders(
            [(district, border), (street, border), (community, border)],
            valid_from=SET_UP,
            by=by,
        )
        draft = places.GridDraft(1, border, f"{NAME}第一网格", 300)
        (grid,) = places.open_grids(community, [draft], valid_from=SET_UP, by=by)
        self.areas = {"district": district, "street": street, "community": community, "grid": grid}
        self.compound = places.PlaceDraft(
            PlaceKind.COMPOUND, f"{NAME}苑", longitude=105.005, latitude=30.655, households=80
        )
        places.add_places([self.compound], district_id=self.district.pk, by=by)
        self.units = {
            name: units.open_unit(kind=kind, name=f"{NAME}{words}", area_id=area.pk, by=by)
            for name, kind, words, area in (
                ("centre", "street_centre", "网格中心", street),
                ("office", "community_office", "居委会", community),
                ("sanitation", "department", "环卫所", street),
            )
        }

    def _build_people(self) -> dict[str, Person]:
        rows = [
            accounts.NewUser(
                staff_number=f"BL{place:03}",
                name=f"{NAME}{place}号",
                phone=f"1395550{place:04}",
                encoded_password=accounts.encode(PASSWORD),
                must_change_password=False,
            )
            for place in range(len(_PEOPLE))
        ]
        users = accounts.create_users(rows, by=self._system, district_id=self.district.pk)
        people = {}
        for (name, (role, unit, area)), user in zip(_PEOPLE.items(), users, strict=True):
            post = posts.create_post(
                unit=self.units[unit],
                area_id=self.areas[area].pk,
                role=role,
                name=f"{NAME}岗",
                meeting_words="",
                by=self._system,
            )
            posts.appoint(post=post, user=user, by=self._system, from_at=SET_UP)
            self.post_id = post.pk
            people[name] = Person(
                user.pk, user.staff_number, user.name, posts_queries.viewer_of(user)
            )
        return people

    def _play(self, state: str, **changes: Any) -> Play:
        street = SimpleNamespace(
            district=self.district, point=(105.005, 30.655), sanitation=self.units["sanitation"]
        )
        cast: Any = SimpleNamespace(
            street=street, chen=Resident(f"{NAME}居民", "13955559999"), **self.people
        )
        where = actions.Where(longitude=105.005, latitude=30.655, words=f"{NAME}苑门口")
        told = f"{NAME}苑门口堆了垃圾，请清走"
        return Play(cast).until(state, text=told, where=where, **changes)

    def guesses(self) -> dict[str, str]:
        """One real id of it for each parameter of an address."""
        return {
            "unit_id": str(self.units["sanitation"].pk),
            "user_id": str(self.people["handler"].user_id),
            "post_id": str(self.post_id),
            "duty_id": str(self.duty_id),
            "grid_id": str(self.areas["grid"].pk),
            "area_id": str(self.areas["street"].pk),
            "community_id": str(self.areas["community"].pk),
            "place_id": str(self.compound.id),
        }
