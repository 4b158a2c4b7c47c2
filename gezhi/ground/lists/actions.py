"""Verbs of views: have a list in another shape, save a view, remove one."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.audit import actions as audit
from gezhi.ground.lists import queries
from gezhi.ground.lists.models import ListView, Shape
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer

# More names than these above a list are read by nobody.
MOST_OF_ONE = 20
MOST_OF_A_UNIT = 20
LONGEST_NAME = 20
_TAKEN = gettext_lazy("您已经有这个名字的视图了，换一个名字，或先删掉原来的")
WHO_REMOVES = gettext_lazy("共用的视图由存它的人或本单位的值班长、社区工作人员删除")


def arrange(*, list_name: str, shape: str, columns: Sequence[str], by: Viewer) -> ListView:
    """Have a list in this shape with these columns whenever one opens it, on any computer.

    Refuses (Invalid) a shape that is none. Whoever calls it knows the columns of the list.
    """
    require(by, Right.BE_STAFF)
    if shape not in Shape.values:
        raise Invalid(_("请在列表和表格里选一样"), field="shape")
    with transaction.atomic():
        row, _made = ListView.objects.update_or_create(
            user_id=by.user_id or 0,
            list=list_name,
            name="",
            defaults={"shape": shape, "columns": list(columns), "district_id": by.district_id},
            create_defaults={
                "shape": shape,
                "columns": list(columns),
                "district_id": by.district_id,
                "made_at": clock.now(),
            },
        )
        _recorded("lists.arrange", row, by)
    return row


def save_view(
    *,
    list_name: str,
    name: str,
    parameters: Mapping[str, str],
    shape: str,
    columns: Sequence[str],
    share: bool,
    by: Viewer,
) -> ListView:
    """Save a list as it stands under a name, for oneself or for the unit of one's first seat too.

    Refuses (Invalid, `name`) no name, a long one, one that is there, and more views than are read.
    """
    require(by, Right.BE_STAFF)
    called = words.line(name, field="name", most=LONGEST_NAME)
    if not called:
        raise Invalid(_("给这个视图起个名字，比如“红灯的投诉”"), field="name")
    unit_id = by.seats[0].unit_id if share and by.seats else None
    with transaction.atomic():
        own = ListView.objects.select_for_update().filter(user_id=by.user_id or 0, list=list_name)
        named = [row.name for row in own if row.name]
        if called in named:
            raise Invalid(_TAKEN, field="name")
        if len(named) >= MOST_OF_ONE:
            raise Invalid(
                _("每个列表最多存 %(most)d 个视图，请先删掉不用的") % {"most": MOST_OF_ONE},
                field="name",
            )
        shared = ListView.objects.filter(unit_id=unit_id, list=list_name) if unit_id else None
        if shared is not None and shared.count() >= MOST_OF_A_UNIT:
            raise Invalid(
                _("本单位在这个列表最多共用 %(most)d 个视图，请先删掉不用的，或只给自己存")
                % {"most": MOST_OF_A_UNIT},
                field="name",
            )
        row, made = ListView.objects.get_or_create(
            list=list_name,
            user_id=by.user_id or 0,
            name=called,
            defaults={
                "district_id": by.district_id,
                "unit_id": unit_id,
                "parameters": dict(parameters),
                "shape": shape,
                "columns": list(columns),
                "made_at": clock.now(),
            },
        )
        if not made:
            # Sent twice at once: the other one was faster.
            raise Invalid(_TAKEN, field="name")
        _recorded("lists.share_view" if unit_id else "lists.save_view", row, by)
    return row


def remove_view(*, view_id: int, by: Viewer) -> None:
    """Remove a view: one's own, or as the unit's supervisor a shared one.

    Refuses (NotPermitted) another's, Conflict one that is gone by now, Unseen what one does not see.
    """
    with transaction.atomic():
        row = queries.view(by, view_id)
        if not queries.may_remove(by, row):
            raise NotPermitted(WHO_REMOVES)
        _recorded("lists.remove_view", row, by)
        if not ListView.objects.filter(pk=row.pk).delete()[0]:
            raise Conflict(_("这个视图已经删掉了"))


def _recorded(verb: str, row: ListView, by: Viewer) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject_kind="list_view",
        subject_id=row.pk,
        detail={"list": row.list},
        unit_id=row.unit_id,
    )
