"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.ground.lists import actions
from gezhi.ground.lists.models import ListView
from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets.models import OutgoingSheet
from gezhi.work.cases.queries import QUEUES
from tests.cast import Cast

SEVERAL = {
    "desk:queue": ("<slug:name>", sorted(QUEUES)),
    "desk:review": ("<slug:name>", ["spot", "closing"]),
    "desk:export": ("<slug:name>", sorted(QUEUES)),
    "desk:arrange": ("<slug:name>", ["ended", "handling"]),
    "desk:columns": ("<slug:name>", ["ended", "handling"]),
    "desk:save_view": ("<slug:name>", ["ended", "handling"]),
    "desk:queue_paper": ("<slug:name>", ["ended", "handling"]),
}


def furnish(cast: Cast) -> None:
    """A view the acceptor shares with the street centre, and a long list they asked for."""
    sheets.take_out(source="cases", name="全部在办", asked={}, by=cast.acceptor.viewer)
    actions.save_view(
        list_name="open", name="红灯", parameters={"light": "red"}, shape="table", columns=[],
        share=True, by=cast.acceptor.viewer,
    )  # fmt: skip


def values(_cast: Cast) -> dict[str, str]:
    """The view, and the file that is not written yet."""
    return {
        "view_id": str(ListView.objects.latest("pk").pk),
        "outgoing_id": str(OutgoingSheet.objects.latest("pk").pk),
    }
