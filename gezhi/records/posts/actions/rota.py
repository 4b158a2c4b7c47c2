"""Arranging duty: a rota begins and ends; a change puts somebody else in for a while."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts.models import User
from gezhi.ground.audit import actions as audit
from gezhi.ground.notices import actions as notices
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts import rota_words, shifts
from gezhi.records.posts.models import Rota, RotaChange, RotaLine, Swap
from gezhi.records.posts.rota_queries import (
    filled_posts,
    may_keep,
    people_of,
    people_on,
    readable_unit_ids,
    whose,
)
from gezhi.records.posts.rota_twice import Double, OnDutyTwice, doubles_in, doubles_of
from gezhi.records.posts.rota_words import LineDraft
from gezhi.records.units.models import Unit


@transaction.atomic
def begin_rota(
    *,
    unit: Unit,
    name: str,
    lines: Sequence[LineDraft],
    from_day: date,
    by: Viewer,
    role: str = "",
    posts: Collection[int] = (),
    last_day: date | None = None,
    doubled: bool = False,
) -> Rota:
    """Begin a rota of a unit, of all its people, those of one role or those in some of its posts; its
    shifts are written ahead.

    Refuses: a role and posts at once, a post of another unit or with nobody in it (Invalid); who does not keep the unit's rotas (NotPermitted, Unseen for a unit out of sight), a
    closed unit (Conflict), days that have passed, nobody in a line, somebody without a seat there,
    lines that overlap (Invalid), another rota of the same people on the same days (Conflict), and
    somebody who would be on duty twice at a time (OnDutyTwice) unless that is meant: `doubled`.
    """
    _keeps(by, unit.pk)
    if not Unit.objects.select_for_update().get(pk=unit.pk).is_open:
        raise Conflict(_("这个单位已经撤并"))
    if role and role not in list(Role):
        raise Invalid(_("请选择这张值班表排的是谁"), field="role")
    title = rota_words.rota_name(name)
    first, to_day = rota_words.days(from_day, last_day, clock.today())
    narrowed = _posts(unit, role, posts)
    people = {user.pk: user.name for user in people_of(unit.pk, role, narrowed)}
    pattern = rota_words.valid_lines(lines, people, whose=whose(unit, role, narrowed))
    _refuse_two(unit, role, title, first, to_day)
    rota = Rota.objects.create(
        district_id=unit.district_id,
        unit=unit,
        role=role,
        posts=narrowed,
        name=title,
        from_day=first,
        to_day=to_day,
        made_at=clock.now(),
        made_by=by.user_id,
    )
    RotaLine.objects.bulk_create(
        RotaLine(
            rota=rota,
            place=place,
            kind=line.kind.value,
            weekdays=sorted(line.weekdays),
            from_minute=line.from_minute,
            to_minute=line.to_minute,
            people=list(line.people),
            turn=line.turn.value,
        )
        for place, line in enumerate(pattern)
    )
    shifts.write(rota)
    _refuse_doubles(doubled, doubles_of(rota))
    _record(by, "posts.begin_rota", "rota", rota.pk, rota, lines=len(pattern))
    return rota


def _refuse_doubles(meant: bool, found: Sequence[Double]) -> None:
    if found and not meant:
        raise OnDutyTwice(found)


def _posts(unit: Unit, role: str, posts: Collection[int]) -> list[int]:
    """The posts a rota is narrowed to, as its row has them."""
    if not posts:
        return []
    if role:
        words_ = _("“排谁”和“只排这些岗位”选一样：选了岗位，“排谁”就选“本单位所有人”")
        raise Invalid(words_, field="posts")
    if not set(posts) <= {post.pk for post in filled_posts(unit.pk)}:
        raise Invalid(_("有的岗位不在本单位，或现在没有人，请重新选"), field="posts")
    return sorted(set(posts))


def _refuse_two(unit: Unit, role: str, name: str, first: date, to_day: date | None) -> None:
    """Two patterns for the same people on the same days would name two for one minute."""
    rows = Rota.objects.filter(unit=unit, role=role, name=name).exclude(to_day__lte=first)
    if to_day is not None:
        rows = rows.exclude(from_day__gte=to_day)
    if rows.exists():
        words_ = _("这几天已经有一张叫“%(name)s”的值班表：先写明它到哪天为止，或换个名字")
        raise Conflict(words_ % {"name": name})


@transaction.atomic
def end_rota(*, rota_id: int, last_day: date, by: Viewer) -> Rota:
    """Let a rota end after a day; shifts that came after it go.

    Refuses a day that has passed or lies before its first, and one that has an end before (Invalid).
    """
    rota = _kept(rota_id, by)
    if last_day < clock.today():
        raise Invalid(_("最后一天写今天或以后：已经过去的班次要留着查"), field="last_day")
    to_day = max(last_day + timedelta(days=1), rota.from_day)
    if rota.to_day is not None and rota.to_day <= to_day:
        raise Invalid(_("这张值班表本来就到那天之前结束，请写更早的日子"), field="last_day")
    rota.to_day = to_day
    rota.save(update_fields=["to_day"])
    shifts.write(rota)
    _record(by, "posts.end_rota", "rota", rota.pk, rota)
    return rota


@transaction.atomic
def end_rotas_of(*, unit: Unit, by: Viewer) -> int:
    """Let every rota of a unit end today; for `work.handover`, when the unit closes. How many."""
    tomorrow = clock.today() + timedelta(days=1)
    found = list(Rota.objects.select_for_update().filter(unit=unit).exclude(to_day__lte=tomorrow))
    for rota in found:
        rota.to_day = max(tomorrow, rota.from_day)
        rota.save(update_fields=["to_day"])
        shifts.write(rota)
        _record(by, "posts.end_rota", "rota", rota.pk, rota)
    return len(found)


@transaction.atomic
def set_shift(
    *,
    rota_id: int,
    from_at: datetime,
    to_at: datetime,
    user_id: int | None,
    by: Viewer,
    reason: str = "",
    doubled: bool = False,
) -> RotaChange:
    """Put somebody on duty for a span in the place of whoever the pattern names, or nobody.

    What has passed of the span stays as it was. Whoever comes in or goes out is told. The same asked
    again is the same change. Refuses who does not keep the rota (NotPermitted), a span that is none or
    has passed, somebody with no seat there, no reason, a span after the end of the rota (Invalid), and
    somebody who is on duty elsewhere then (OnDutyTwice) unless that is meant: `doubled`.
    """
    rota = _kept(rota_id, by)
    start, end = rota_words.span(from_at, to_at, clock.now())
    why = words.line(reason, field="reason", most=60)
    if not why:
        raise Invalid(_("请写一句为什么改，大家看得到"), field="reason")
    refuse_outside(rota, start)
    if user_id is not None and user_id not in {one.pk for one in people_on(rota)}:
        words_ = _("这个人不是%(whose)s的，请从名单里选")
        raise Invalid(words_ % {"whose": whose(rota.unit, rota.role, rota.posts)}, field="user")
    standing = _standing(rota, start, end)
    if standing is not None and (standing.user_id, standing.reason) == (user_id, why):
        return standing
    if user_id is not None:
        _refuse_doubles(doubled, doubles_in(rota, user_id, start, end))
    cut = rota.shifts.filter(from_at__lt=end, to_at__gt=start)
    out = {one for one in cut.values_list("user_id", flat=True) if one is not None}
    change = write_change(rota, start, end, user_id, by=by, reason=why)
    shifts.write(rota)
    _record(by, "posts.set_shift", "rota_change", change.pk, rota, user=user_id)
    told = out ^ ({user_id} if user_id is not None else set())
    for one in told - {by.user_id}:
        tell(rota, one, "rota_changed", f"rota_change:{change.pk}:{one}")
    return change


@transaction.atomic
def take_back_change(*, change_id: int, by: Viewer) -> RotaChange:
    """Let the pattern hold again where a change by hand stood, from now on.

    Refuses one that is over or came of a swap (Conflict): that is swapped back.
    """
    change = RotaChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise Unseen("")
    rota = _kept(change.rota_id, by)
    if change.swap_id is not None:
        raise Conflict(_("这是两个人换的班，要换回来请他们再换一次"))
    if change.taken_back_at is not None or change.to_at <= clock.now():
        raise Conflict(_("这次改动已经过去或已经撤掉了"))
    change.taken_back_at = clock.now()
    change.save(update_fields=["taken_back_at"])
    shifts.write(rota)
    _record(by, "posts.take_back_change", "rota_change", change.pk, rota)
    return change


def _standing(rota: Rota, start: datetime, end: datetime) -> RotaChange | None:
    """The change by hand that holds over the whole of a span, and was the last of it."""
    rows = RotaChange.objects.filter(rota=rota, taken_back_at=None)
    last = rows.filter(from_at__lt=end, to_at__gt=start).order_by("-id").first()
    if last is None or last.swap_id is not None:
        return None
    return last if last.from_at <= start and last.to_at == end else None


def write_change(
    rota: Rota,
    from_at: datetime,
    to_at: datetime,
    user_id: int | None,
    *,
    by: Viewer,
    reason: str = "",
    swap: Swap | None = None,
) -> RotaChange:
    """The row of a change; the caller locks the rota and writes its shifts anew."""
    return RotaChange.objects.create(
        district_id=rota.district_id,
        rota=rota,
        from_at=from_at,
        to_at=to_at,
        user_id=user_id,
        swap=swap,
        reason=reason,
        made_at=clock.now(),
        made_by=by.user_id,
    )


def refuse_outside(rota: Rota, from_at: datetime) -> None:
    """Invalid for a moment on which the rota does not hold."""
    day = clock.local(from_at).date()
    if day < rota.from_day:
        words_ = _("这张值班表从 %(day)s 开始，请改日期")
        raise Invalid(words_ % {"day": rota.from_day.isoformat()}, field="from_at")
    if rota.to_day is not None and day >= rota.to_day:
        last = rota.to_day - timedelta(days=1)
        words_ = _("这张值班表到 %(day)s 为止，请改日期，或另建一张")
        raise Invalid(words_ % {"day": last.isoformat()}, field="from_at")


def locked(rota_id: int) -> Rota:
    """The rota for a change of its shifts in the caller's transaction."""
    return Rota.objects.select_for_update(of=("self",)).select_related("unit").get(pk=rota_id)


def tell(rota: Rota, user_id: int, kind: str, key: str) -> None:
    """A line in somebody's inbox about a rota."""
    if User.objects.filter(pk=user_id, is_active=True).exists():
        notices.notify_user(
            user_id, kind, "rota", rota.pk, "", key, district_id=rota.district_id
        )  # fmt: skip


def _kept(rota_id: int, by: Viewer) -> Rota:
    row = Rota.objects.filter(pk=rota_id).first()
    if row is None:
        raise Unseen("")
    _keeps(by, row.unit_id)
    return locked(rota_id)


def _keeps(by: Viewer, unit_id: int) -> None:
    if may_keep(by, unit_id):
        return
    if unit_id not in readable_unit_ids(by):
        raise Unseen("")
    require(by, Right.KEEP_ROTA)
    raise NotPermitted(_("这个单位的值班由它自己的社区工作人员或街道值班长来排"))


def _record(by: Viewer, verb: str, kind: str, pk: int, rota: Rota, **detail: int | None) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject_kind=kind,
        subject_id=pk,
        detail={"rota": rota.pk, **detail},
        unit_id=rota.unit_id,
        district_id=rota.district_id,
    )
