"""Random histories without a database: each is told as it happens, and written as the rows it leaves;
the formulas of the pack over the rows come to what the telling comes to.

`GEZHI_SOAK` sets how many (`make soak`: 20,000).
"""

import csv
import os
from collections import Counter as Tally
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings

from gezhi.insight.figures.counters import COUNTERS
from gezhi.insight.figures.facts import DELAYED, NOW, Day, counts, seconds
from gezhi.insight.figures.formulas import Unit, indicator, summed, value

HISTORIES = int(os.environ.get("GEZHI_SOAK", "3000"))
NOW_IS = datetime(2026, 11, 30, tzinfo=UTC)
ENDS = ("close", "pass", "answer", "force", "reject", "merge", "")


class History:
    """One case as somebody would tell it, with the rows it leaves."""

    def __init__(self, chance: Random, told: "Tally[str]") -> None:
        self.chance, self.told = chance, told
        self.began = NOW_IS - timedelta(hours=chance.randint(1, 2000))
        self.promise = self.began + timedelta(hours=chance.randint(24, 240))
        self.kind = chance.choice(("", "consult", "complaint", "praise"))
        self.case: dict[str, Any] = {
            "state": "reported", "marks": "", "on_the_spot": False, "kind": self.kind,
            "accepted_at": None, "ended_at": None, "check_passed_at": None, "due_at": None,
        }  # fmt: skip
        self.sends: list[dict[str, Any]] = []
        self.end = chance.choice(ENDS)
        self.delayed, self.late = chance.random() < 0.2, chance.random() < 0.3
        self._live()
        self._tell()

    def _live(self) -> None:
        case, chance = self.case, self.chance
        moment = self.began
        if self.end not in ("answer", "reject", "merge") or chance.random() < 0.2:
            moment += timedelta(minutes=chance.randint(1, 600))
            case["accepted_at"] = moment
            case["state"] = "accepted"
        if self.end == "pass":
            case["on_the_spot"] = True
        if self.end in ("close", "force", ""):
            for _number in range(chance.randint(self.end == "close", 3)):
                moment += timedelta(minutes=chance.randint(1, 600))
                self.sends.append(
                    {
                        "part": "lead", "handed_on": False, "misrouted": chance.random() < 0.2, "reworked": 0,
                        "returned_at": moment if chance.random() < 0.3 else None,
                        "finished_at": None,
                    }
                )  # fmt: skip
                self.told["sent"] += 1
                self.told["accurate"] += not self.sends[-1]["misrouted"]
                self.told["returned"] += self.sends[-1]["returned_at"] is not None
            if self.sends and chance.random() < 0.7:
                last = self.sends[-1]
                last["reworked"] = chance.choice((0, 0, 1, 2))
                last["finished_at"] = moment if chance.random() < 0.7 else None
                done = last["finished_at"] is not None or last["reworked"] > 0
                self.told["finished"] += done
                self.told["reworked"] += last["reworked"] > 0
        marks = [
            word for word, holds in (("late", self.late), ("forced", self.end == "force")) if holds
        ]
        if self.end:
            moment += timedelta(minutes=chance.randint(1, 20000))
            case["ended_at"] = moment
            case["state"] = {"reject": "rejected", "merge": "merged"}.get(
                self.end, chance.choice(("closed", "archived"))
            )
            if self.end in ("close", "pass"):
                case["check_passed_at"] = moment
        else:
            case["due_at"] = NOW_IS + timedelta(hours=chance.randint(-50, 50))
            if chance.random() < 0.2:
                marks.append("hung")
        case["marks"] = f" {' '.join(marks)} "
        self.hung = "hung" in marks

    def _tell(self) -> None:
        told, case = self.told, self.case
        if self.end not in ("merge", "answer"):
            told["reported"] += 1
            told["filed"] += case["accepted_at"] is not None
        if case["accepted_at"] is not None and self.end != "merge":
            told["accepted"] += 1
        names = {"close": "closed", "pass": "on_the_spot", "answer": "answered", "force": "forced"}
        if self.end in names:
            told[names[self.end]] += 1
        if self.end == "close":
            told["handling_time"] += int((case["ended_at"] - case["accepted_at"]).total_seconds())
        self._tell_of_the_report()

    def _tell_of_the_report(self) -> None:
        told, case, chance = self.told, self.case, self.chance
        contact = self.began + timedelta(hours=chance.randint(1, 300))
        self.report: dict[str, Any] = {
            "joined": False, "first_case_id": 1, "case_id": 1, "promised_at": self.promise,
            "anonymous": chance.random() < 0.4, "resolved": "", "satisfied": "",
            "first_contact_at": contact if chance.random() < 0.7 else None,
        }  # fmt: skip
        if self.end and chance.random() < 0.6:
            self.report["resolved"] = chance.choice(("solved", "partly", "unsolved"))
            said = chance.choice(("", "satisfied", "acceptable", "dissatisfied"))
            self.report["satisfied"] = said
            if self.kind not in ("consult", "praise"):
                told[self.report["resolved"]] += 1
                if said:
                    told[said] += 1
        if self.promise >= NOW_IS or self.end in ("merge", "reject"):
            return
        if not self.report["anonymous"]:
            told["to_contact"] += 1
            in_time = self.report["first_contact_at"] is not None and contact <= self.promise
            told["contacted"] += in_time
        waits = self.delayed and case["due_at"] is not None and case["due_at"] >= NOW_IS
        if self.end in ("pass", "answer") or self.hung or waits:
            return
        told["due"] += 1
        if self.end == "close":
            told["due_closed"] += 1
            kept = not self.late if self.delayed else case["ended_at"] <= self.promise
            told["due_on_time"] += kept

    def rows(self, day: Day) -> list[dict[str, Any]]:
        """What a database has of it under this day."""
        of_case = {f"case__{name}": value for name, value in self.case.items()}
        beside = {**of_case, NOW: NOW_IS, DELAYED: self.delayed}
        match day:
            case Day.SENT:
                return [{**send, **beside} for send in self.sends]
            case Day.DUE:
                return [{**self.report, **beside}] if self.promise < NOW_IS else []
            case Day.RATED:
                return [{**self.report, **beside}] if self.report["resolved"] else []
            case Day.ACCEPTED:
                return [self.case] if self.case["accepted_at"] else []
            case Day.ENDED:
                return [self.case] if self.case["ended_at"] else []
        return [self.case]


def test_every_indicator_of_the_pack_comes_to_what_the_histories_told():
    told: Tally[str] = Tally()
    chance = Random(20261130)
    histories = [History(chance, told) for _number in range(HISTORIES)]
    counted: Tally[str] = Tally()
    for name, counter in COUNTERS.items():
        for history in histories:
            for row in history.rows(counter.day):
                if counts(counter, row):
                    counted[name] += seconds(counter, row) if counter.hours else 1
    assert {name: counted[name] for name in COUNTERS} == {name: told[name] for name in COUNTERS}
    assert all(told[name] for name in COUNTERS)
    with (settings.GEZHI_PACKS / "indicators/indicators.csv").open(encoding="utf-8") as table:
        for line in csv.DictReader(table):
            one = indicator(line["code"], line["name"], line)
            sides = summed(one.numerator, counted), summed(one.denominator, counted)
            found = value(one.unit, *sides)
            assert found is not None
            if one.unit is Unit.SHARE:
                assert 0 <= found <= 1, one.code
