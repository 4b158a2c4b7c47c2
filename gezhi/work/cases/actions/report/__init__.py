"""report 上报 and join 我也遇到: one voice comes in."""

from gezhi.work.cases.actions.report.checking import MOST_PHOTOS, checked
from gezhi.work.cases.actions.report.said import Contact, Intake, Origin, Receipt, Where
from gezhi.work.cases.actions.report.taking import join, report

__all__ = [
    "MOST_PHOTOS",
    "Contact",
    "Intake",
    "Origin",
    "Receipt",
    "Where",
    "checked",
    "join",
    "report",
]
