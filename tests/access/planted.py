"""What is planted for the crawl: cases and people full of texts found nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass, field

from gezhi.faces.desk.sheets.tests.addresses import bring_in
from gezhi.ground.notices import actions as notices
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play, a_class
from tests.access import kept
from tests.access.beside import CODE as BESIDE_CODE
from tests.access.beside import NAME as BESIDE
from tests.access.beside import Beside
from tests.access.routes import Route, routes
from tests.access.scenes import NO_CODE, code_of, furnish, known_values
from tests.access.walk import STRANGER, TIES
from tests.cast import Cast, Person

_STREET = {"li", "acceptor", "dispatcher", "checker", "supervisor", "wang"}
_EVERYBODY = set(TIES)
# A stranger with the receipt of the first case: reads their own words, and nobody else's.
HOLDER = "receipt holder"
# Who works in the district beside.
FAR = "far "
OWN_NAMES = ("桐花", "青溪", "柳荫", "519901001")
STAFF_ONLY = ("/desk", "/pocket")
# Where one case is seen, for those of which there are many.
_DOORS = {
    "desk:case", "desk:sheet", "desk:reveal", "desk:confidential_case", "pocket:case",
    "pocket:verify",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Canary:
    """A text found nowhere else, what it stands for, who may read it, under which addresses it must
    not stand for the others."""

    text: str
    what: str
    readers: frozenset[str] = field(default_factory=frozenset)
    under: tuple[str, ...] = ("",)


class Planted:
    """Cases and people full of canaries, made through the actions."""

    def __init__(self, cast: Cast, photo: Callable[[], int]) -> None:
        self.cast = cast
        self.canaries: list[Canary] = []
        self.plays: list[Play] = []
        furnish(cast)
        bring_in(cast, "金丝雀名单", "JS")
        self.canaries.append(
            Canary("金丝雀名单", "名单里的人", frozenset({"system_administrator"}))
        )
        street = cast.street
        mine = {*_STREET, "zhang", "handler", "tang"}
        play = self._case("金丝雀甲", "13811110001", mine, holder=True)
        self._accepted(play, "金丝雀甲批", mine)
        play.dispatch(assist_unit_ids=(street.water.pk,), words=self._plant("金丝雀甲派", mine))
        play.take().finish(words=self._plant("金丝雀甲办结", mine | {HOLDER}))
        # A unit that returned a case was never the right one, and keeps no view of it.
        without_units = mine - {"tang", "handler"}
        play = self._case("金丝雀乙", "13811110002", without_units)
        self._accepted(play, "金丝雀乙批", without_units)
        play.dispatch()
        play.do(
            actions.return_to_centre,
            cast.handler.viewer,
            reason_code="not_our_area",
            duty_id=None,
            right_unit_id=street.water.pk,
            words=self._plant("金丝雀乙退", without_units),
        )
        community = {*_STREET, "zhang"}
        self._case("金丝雀丙", "13811110003", community, class_code=a_class(intake="community"))
        self._case("金丝雀丁", "13811110004", {*_STREET, "zhao"}, point=street.next_point)
        east = street.next_point[0] - street.point[0]
        far = (street.next_point[0] + 1.5 * east, street.point[1])
        self._case("金丝雀戊", "13811110005", {"he"}, point=far)
        self._staff()
        self._notice()
        self.kept = kept.plant(cast, self._plant_kept, photo)
        self.beside = Beside()
        self._next_district()

    def person(self, name: str) -> Person:
        """Somebody of the cast, or of the district beside it."""
        if name.startswith(FAR):
            return self.beside.people[name.removeprefix(FAR)]
        found: Person = getattr(self.cast, name)
        return found

    def _plant_kept(self, text: str, readers: frozenset[str]) -> str:
        self.canaries.append(Canary(text, "保密的话", readers))
        return f"{text}，其余照常办理，情况已经写明。"

    def _next_district(self) -> None:
        """Of each district nothing is read in the other; what is open to all is the first one's."""
        far = frozenset(f"{FAR}{name}" for name in self.beside.people)
        near = frozenset({*TIES, HOLDER})
        self.canaries += [
            Canary(BESIDE, "另一个区的", far),
            Canary(f"{BESIDE_CODE}0", "另一个区的代码", far),
            Canary("1395555", "另一个区的电话"),
            *(Canary(text, "另一个区的", near, STAFF_ONLY) for text in OWN_NAMES),
        ]

    def _plant(self, text: str, readers: set[str]) -> str:
        self.canaries.append(Canary(text, "事件里的话", frozenset(readers)))
        return f"{text}，其余照常办理，情况已经写明。"

    def _case(
        self,
        word: str,
        phone: str,
        readers: set[str],
        *,
        point: tuple[float, float] | None = None,
        holder: bool = False,
        class_code: str = "",
    ) -> Play:
        play = Play(self.cast)
        readers = readers | {HOLDER} if holder else readers
        longitude, latitude = point or self.cast.street.point
        play.report(
            text=self._plant(f"{word}述", readers),
            where=actions.Where(
                longitude=longitude,
                latitude=latitude,
                words=self._plant(f"{word}处", readers),
            ),
            contact=actions.Contact(name=f"{word}姓名", phone=phone),
            class_code=class_code,
        )
        self.canaries += [
            # The whole name and number open only by a deed with a purpose, never by a link.
            Canary(f"{word}姓名", "反映人姓名"),
            Canary(phone, "反映人电话"),
            Canary(
                code_of(play.receipt.report_id), "查询码", frozenset({HOLDER} if holder else ())
            ),
        ]
        self.plays.append(play)
        return play

    def _accepted(self, play: Play, word: str, readers: set[str]) -> None:
        play.accept(words=self._plant(word, readers))

    def _staff(self) -> None:
        """Nobody's telephone stands on a page; a stranger reads no full name of staff."""
        for place, (_name, person) in enumerate(self.cast.staff()):
            self.canaries += [
                Canary(f"1390000{place:04}", "工作人员电话"),
                Canary(person.name, "工作人员姓名", frozenset(_EVERYBODY - {STRANGER, HOLDER})),
            ]

    def _notice(self) -> None:
        """An inbox is its owner's."""
        play = self.plays[2]
        notices.notify_user(
            self.cast.zhang.user_id, "case_ask", "case", play.case.pk,
            play.receipt.case_number, "canary",
        )  # fmt: skip

    def seeds(self) -> list[str]:
        """Where a curious reader begins: the front doors, then every address by guess."""
        guesses = []
        for play in self.plays:
            values = {
                **known_values(self.cast),
                "number": play.receipt.case_number,
                "report_number": play.receipt.number,
                "code": NO_CODE,
                "signed": "1.photo.u1.9999999999.AAAA",
            }
            guesses += [
                _path(route, values)
                for route in routes()
                # All deeds pass one door; the first case shows whether it holds.
                if route.name != "desk:deed" or play is self.plays[0]
            ]
        for play in (*self.kept.values(), *self.beside.plays):
            guesses += _doors_of(play)
        guesses += self._ids_beside()
        words = [play.receipt.number for play in self.plays] + ["金丝雀", "1381111", "姓名"]
        guesses += [f"{path}?q={word}" for path in ("/desk/search/", "/where") for word in words]
        searched = [kept.WORD, f"{kept.PHONES}0", "鹭", "垃圾"]
        searched += [play.receipt.case_number for play in self.kept.values()]
        searched += [play.receipt.number for play in self.kept.values()]
        guesses += [f"/desk/search/?q={word}" for word in searched]
        guesses.append(f"/desk/search/export/?q={kept.WORD}")
        guesses += [f"/desk/queues/{name}/?q={kept.WORD}" for name in ("open", "handling", "ended")]
        return ["/", "/work/", *dict.fromkeys(guesses)]

    def seeds_from_afar(self) -> list[str]:
        """Where a reader of the district beside begins: every address once, for what is here."""
        values = {**known_values(self.cast), "code": NO_CODE, "signed": "1.photo.u1.9999999999.AA"}
        play = self.plays[0]
        values |= {"number": play.receipt.case_number, "report_number": play.receipt.number}
        guesses = [_path(route, values) for route in routes()]
        for other in (*self.plays, self.kept["reported"], *self.beside.plays):
            guesses += _doors_of(other)
        guesses += [f"/desk/search/?q={word}" for word in ("金丝雀", kept.WORD, "垃圾")]
        return ["/work/", *dict.fromkeys(guesses)]

    def _ids_beside(self) -> list[str]:
        """Every address that takes an id, asked for one of the district beside."""
        ids = self.beside.guesses()
        values = {**known_values(self.cast), **ids}
        return [
            _path(route, values)
            for route in routes()
            if set(route.parameters) & set(ids) and "number" not in route.parameters
        ]

    def doors_of_a_receipt(self) -> list[str]:
        """Every address that stands under the first receipt, with its right code."""
        receipt = self.plays[0].receipt
        values = {"number": receipt.number, "code": receipt.code}
        return [route.path(values) for route in routes() if "code" in route.parameters]


def _doors_of(play: Play) -> list[str]:
    values = {"number": play.receipt.case_number, "report_number": play.receipt.number}
    return [route.path(values) for route in routes() if route.name in _DOORS]


def _path(route: Route, values: dict[str, str]) -> str:
    """The address, where a parameter may mean another thing than elsewhere (`known_values`)."""
    own = {
        name: values[f"{route.name} {name}"]
        for name in route.parameters
        if f"{route.name} {name}" in values
    }
    return route.path({**values, **own})
