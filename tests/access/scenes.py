"""What stands behind an address when the permission table is walked: cases near and far.

A scene is a name and the values of the parameters of a route. The table shows rights by their
three ways (design §4.1): by area and role, by the unit that holds or assists, by one's own receipt.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from gezhi.faces.desk.triage.tests.addresses import heat
from gezhi.ground.files import queries as files
from gezhi.kernel import clock, secrets
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play, a_class
from tests.access.routes import Route, rooms
from tests.cast import Cast

NEVER = "519901202611239999999"
NO_REPORT = "2611239999999"
NO_CODE = "0" * 16

ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")
# A scene of a case in the first grid → who, of those it might concern, must not be able to tell
# it from a number that never was. Added to each: those far away and the three administrators.
_FAR = ("zhao", "sun", "he", *ADMINISTRATORS)
_UNITS = ("handler", "tang")
OUTSIDERS: dict[str, tuple[str, ...]] = {
    "new": (*_FAR, *_UNITS),
    "asked of the grid": (*_FAR, *_UNITS),
    "with the community": (*_FAR, *_UNITS),
    "settled on the spot": (*_FAR, *_UNITS),
    "accepted": (*_FAR, *_UNITS),
    "sent, water assists": _FAR,
    "sent to sanitation": (*_FAR, "tang"),
    "being handled": (*_FAR, "tang"),
    "to be checked": (*_FAR, "tang"),
    "asked to hang": (*_FAR, "tang"),
    "hung": (*_FAR, "tang"),
    "asked for more time": (*_FAR, "tang"),
    "checked": (*_FAR, "tang"),
    "ended": (*_FAR, "tang"),
    "returned once": (*_FAR, *_UNITS),
    "waiting for a ruling": (*_FAR, *_UNITS),
    "late": (*_FAR, "tang"),
    "appealed": (*_FAR, "tang"),
    "scored": _FAR,
    "score appealed": _FAR,
    "left out": (*_FAR, "tang"),
    "supervised": (*_FAR, "tang"),
    "whistled": _FAR,
    "given a link": (*_FAR, *_UNITS),
    "in confidence": (*_FAR, "tang", "zhang", "li", "acceptor", "dispatcher", "checker"),
    "in the next grid": ("zhang", "sun", "he", *_UNITS, *ADMINISTRATORS),
    "in the next street": (
        "zhang", "zhao", "li", "sun", "acceptor", "dispatcher", "checker", "supervisor", "wang",
        *_UNITS, *ADMINISTRATORS,
    ),
}  # fmt: skip
# Pages of a case are walked in these scenes; a deed in those where it can be done (its room says
# which), so that the table shows who may (200, 303), who may not (403) and for whom the case does
# not exist (404).
PAGE_SCENES = (
    "with the community", "sent, water assists", "sent to sanitation", "ended", "in confidence",
    "in the next grid", "in the next street",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """A name for the table, values for the parameters, headers a program would send."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class Stage:
    """The cases of all scenes, made through the actions."""

    def __init__(self, cast: Cast, photo: Callable[[], int]) -> None:
        self.cast = cast
        self.photo = photo
        furnish(cast)
        self.plays = {name: self._play(name) for name in OUTSIDERS}
        heat(self.plays["sent, water assists"])

    def _play(self, name: str) -> Play:
        play = Play(self.cast)
        street = self.cast.street
        states = {
            "new": "reported", "accepted": "accepted", "sent to sanitation": "dispatched",
            "being handled": "handling", "to be checked": "checking", "checked": "checked",
            "ended": "closed",
        }  # fmt: skip
        if name in states:
            return play.until(states[name])
        if name == "returned once":
            return play.until("dispatched").give_back()
        if name == "waiting for a ruling":
            return play.disputed()
        if name == "late":
            return play.late()
        if name == "appealed":
            return play.late().appeal()
        if name == "scored":
            return play.scored()
        if name == "score appealed":
            return play.scored().appeal_score()
        if name == "left out":
            return play.until("closed").leave_out()
        if name in ("asked to hang", "hung", "asked for more time"):
            return _delayed(play.until("handling"), name)
        if name == "in confidence":
            return play.until("handling", confidential=True)
        if name == "with the community":
            return play.report(class_code=a_class(intake="community"))
        if name == "in the next grid":
            return play.report(where=_at(street.next_point))
        if name == "in the next street":
            return play.report(where=_at(_middle_of_the_next_street(self.cast)))
        if name == "asked of the grid":
            play.report()
            play.do(actions.ask, self.cast.acceptor.viewer)
            return play
        if name == "whistled":
            return play.until("handling").whistle()
        if name == "supervised":
            play.until("handling")
            return play.supervise()
        if name == "given a link":
            firm = street.property_firm.pk
            play.until("accepted").dispatch(lead_unit_id=firm)
            play.do(actions.invite, self.cast.dispatcher.viewer, unit_id=firm, brief="开一下门")
            return play
        if name == "settled on the spot":
            play.report(class_code=a_class(intake="community"))
            spot = actions.handle_on_the_spot
            play.do(spot, self.cast.zhang.viewer, words="已清走", photos=[self.photo()])
            return play
        play.report(photos=(self.photo(),)).accept()
        return play.dispatch(assist_unit_ids=(street.water.pk,))

    def scenes(self, route: Route) -> list[Scene]:
        """The scenes of a route; KeyError with advice when a parameter means nothing here yet."""
        names = route.parameters
        if not names:
            return [Scene("-")]
        if "code" in names or route.name in {"openapi:report", "desk:intake_receipt"}:
            return self._receipts()
        if names == ("signed",):
            return self._files()
        if names[0] == "number":
            return self._cases(route, names[1:])
        return [Scene("-", self._rest(route, names))]

    def _cases(self, route: Route, names: tuple[str, ...]) -> list[Scene]:
        """The case of every scene, with its own report where the address names one."""
        by_report = "report_number" in names
        others = self._rest(route, tuple(name for name in names if name != "report_number"))
        found = [
            Scene(
                name,
                {
                    "number": play.receipt.case_number,
                    "report_number": play.receipt.number,
                    **others,
                },
            )
            for name, play in self.plays.items()
            if name in _scenes_of(route)
        ]
        found.append(Scene("never was", {"number": NEVER, "report_number": NO_REPORT, **others}))
        if by_report:
            own, other = self.plays["sent to sanitation"], self.plays["in the next street"]
            mixed = {"number": own.receipt.case_number, "report_number": other.receipt.number}
            found.append(Scene("a report of another case", {**mixed, **others}))
        return found

    def _receipts(self) -> list[Scene]:
        receipt = self.plays["sent, water assists"].receipt
        number, code = receipt.number, receipt.code
        return [
            Scene("own receipt", {"number": number, "code": code}, {"X-Receipt-Code": code}),
            Scene("wrong code", {"number": number, "code": NO_CODE}, {"X-Receipt-Code": NO_CODE}),
            Scene("never was", {"number": NO_REPORT, "code": NO_CODE}, {"X-Receipt-Code": NO_CODE}),
        ]

    def _files(self) -> list[Scene]:
        play = self.plays["sent, water assists"]
        file_id = play.case.attachments.get().file_id
        of_zhang = files.signed_address(file_id, self.cast.zhang.viewer)
        of_receipt = files.signed_address(file_id, play.stranger, report_id=play.receipt.report_id)
        return [
            Scene("signed for zhang", {"signed": of_zhang.removeprefix(files.PREFIX)}),
            Scene("signed for a receipt", {"signed": of_receipt.removeprefix(files.PREFIX)}),
            Scene("forged", {"signed": f"{file_id}.photo.u1.9999999999.{'A' * 43}"}),
        ]

    def _rest(self, route: Route, names: tuple[str, ...]) -> dict[str, str]:
        known = known_values(self.cast)
        values = {}
        for name in names:
            value = known.get(f"{route.name} {name}") or known.get(name)
            if value is None:
                raise KeyError(
                    f"权限表不知道 {route.pattern} 里的 <{name}> 放什么："
                    f"请在 {route.room}/tests/addresses.py 的 values 里写一个真实的值"
                )
            values[name] = value
        return values


def furnish(cast: Cast) -> None:
    """What the pages of an office need besides cases: each room's own."""
    for room in rooms():
        getattr(room, "furnish", _nothing)(cast)


def _nothing(_cast: Cast) -> None:
    pass


def known_values(cast: Cast) -> dict[str, str]:
    """One real value for each parameter that is no case and no receipt; after `furnish`."""
    found: dict[str, str] = {}
    for room in rooms():
        own = room.values(cast) if hasattr(room, "values") else {}
        assert all(found.get(name, value) == value for name, value in own.items()), room.__name__
        found |= own
    return found


def _scenes_of(route: Route) -> tuple[str, ...]:
    """Where the case of this route is looked at from: what its room says, else all sides."""
    for room in rooms():
        if hasattr(room, "scenes") and (found := room.scenes(route)):
            scenes: tuple[str, ...] = found
            return scenes
    return PAGE_SCENES


def _delayed(play: Play, name: str) -> Play:
    handler = play.cast.handler.viewer
    reason = {"reason_code": "season", "words": "等天晴"}
    if name == "asked for more time":
        play.do(actions.ask_to_extend, handler, amount=1, **reason)
        return play
    play.do(actions.ask_to_hang, handler, review_on=clock.today() + timedelta(days=7), **reason)
    if name == "hung":
        play.do(actions.hang, play.cast.supervisor.viewer, granted=True)
    return play


def _at(point: tuple[float, float]) -> actions.Where:
    return actions.Where(longitude=point[0], latitude=point[1], words="路口")


def _middle_of_the_next_street(cast: Cast) -> tuple[float, float]:
    """Three of the cast's steps east of where its map begins (see `tests/cast.py`)."""
    east = cast.street.next_point[0] - cast.street.point[0]
    return cast.street.next_point[0] + 1.5 * east, cast.street.point[1]


def code_of(report_id: int) -> str:
    """The code of a receipt, as its holder knows it."""
    return secrets.receipt_code(report_id)
