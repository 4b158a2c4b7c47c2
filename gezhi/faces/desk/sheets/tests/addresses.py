"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets import commas, declared
from gezhi.ground.sheets.models import SheetBatch
from tests.cast import Cast

SEVERAL = {
    "desk:sheet_upload": ("<slug:sheet>", declared.names()),
    "desk:sheet_template": ("<slug:sheet>", declared.names()),
}


def furnish(cast: Cast) -> None:
    """A sheet that was brought in."""
    bring_in(cast, "夏天")


def values(_cast: Cast) -> dict[str, str]:
    """The sheet brought in last."""
    return {"batch_id": str(SheetBatch.objects.latest("pk").pk)}


def bring_in(cast: Cast, name: str, number: str = "XT") -> None:
    """A list of staff with one bad row, begun, and the same once more, only looked at."""
    by = cast.system_administrator.viewer
    rows = [
        ("工号", "姓名", "单位", "备注"),
        (f"{number}901", "夏好", "", ""),
        (f"{number}902", name, "无", ""),
    ]
    for begins in (True, False):
        content = commas.content(rows)
        batch = sheets.look_at(sheet=declared.find("staff"), content=content, by=by)
        if begins:
            sheets.begin(batch_id=batch.pk, version=0, by=by)
