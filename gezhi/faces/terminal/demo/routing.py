"""Routing rules of the demo street, some still drafts to be tried, and what was asked of communities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gezhi.faces.terminal.demo.cast import Cast
from gezhi.faces.terminal.demo.offices import CITY_RULES
from gezhi.faces.terminal.demo.places import Ground
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.duties import actions
from gezhi.records.duties.actions import RouteWanted
from gezhi.records.units.models import Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: place in the order, name, class, lead, who assists (with "!" the lead waits)."""

    order: int
    name: str
    class_code: str
    lead: str
    assist: tuple[str, ...] = ()
    basis: str = ""
    community: str = ""
    hours: str = ""
    season: tuple[str, str] = ("", "")
    urgency: str = ""
    draft: bool = False


RULES: Final = (
    Rule(10, "夜里的市政险情先到应急消防站", "event-04", "safety", ("sanitation!",), "突发事件应对法",
         hours="off"),
    Rule(20, "夏天小区停水先找供水站", "event-2116", "water", ("housing",), "城市供水条例",
         season=("0601", "0930")),
    Rule(30, "白天的游商归执法队，社区一起劝", "event-0501", "law", ("office-002",), CITY_RULES,
         community="002", hours="working"),
    Rule(40, "紧急的燃气隐患由燃气站带消防", "safety-03", "gas", ("safety!",), "城镇燃气管理条例",
         urgency="urgent"),
    Rule(25, "乱停车白天先由执法队劝离", "event-0505", "law", ("police!",), "街道办公会纪要 2026-18 号",
         hours="working", draft=True),
    Rule(50, "小区垃圾分类归环卫所", "event-2114", "sanitation", (), "生活垃圾管理有关规定", draft=True),
    Rule(60, "白天的消防通道先由应急消防站看", "event-2104", "safety", ("property_north",), "消防法",
         hours="working", draft=True),
)  # fmt: skip

# Who asks, which communities, class, what for.
ASKED: Final = (
    ("civil", ("office-002", "office-004"), "service-02", "代为收取高龄津贴年审的证明材料"),
    ("market", ("office-002",), "safety-07", "登记辖区电梯的检验日期，每月上报"),
    ("law", ("office-002", "office-003"), "event-0501", "派人在菜市口劝离游商"),
)


def write_rules(ground: Ground, units: Mapping[str, Unit], *, begins: date, by: Viewer) -> int:
    """Draft the rules and put in force those that are no drafts, from a day on; how many."""
    ready = []
    for rule in RULES:
        area = ground.communities[rule.community] if rule.community else ground.street
        wanted = RouteWanted(
            name=rule.name,
            order=rule.order,
            area_id=area.id,
            lead_unit=units[rule.lead],
            class_code=rule.class_code,
            hours=rule.hours,
            season_from=rule.season[0],
            season_to=rule.season[1],
            urgency=rule.urgency,
            assists=[(units[key.rstrip("!")], key.endswith("!")) for key in rule.assist],
            legal_basis=rule.basis,
            valid_from=begins,
        )
        row = actions.draft_route(wanted=wanted, by=by)
        if not rule.draft:
            ready.append(row.pk)
    actions.enact_routes(route_ids=ready, by=by)
    return len(RULES)


def ask_communities(units: Mapping[str, Unit], cast: Cast) -> None:
    """Departments ask to hand matters to communities; the list answers."""
    for pick, (unit, offices, class_code, matter) in enumerate(ASKED):
        actions.ask_admission(
            unit=units[unit],
            offices=[units[key] for key in offices],
            class_code=class_code,
            matter=matter,
            by=cast.of_unit(units[unit].pk, [Role.HANDLER], pick),
        )
