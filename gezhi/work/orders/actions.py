"""What is done with orders of another system: taken in, changed, answered, reconciled."""

from gezhi.work.orders.arriving import change, take
from gezhi.work.orders.classes import class_open, settle
from gezhi.work.orders.exporting import export
from gezhi.work.orders.mappings import keep
from gezhi.work.orders.reconciling import reconcile
from gezhi.work.orders.replying import add, collect, complete, write_out, written

__all__ = [
    "add",
    "change",
    "class_open",
    "collect",
    "complete",
    "export",
    "keep",
    "reconcile",
    "settle",
    "take",
    "write_out",
    "written",
]
