"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.kernel import clock
from gezhi.records.posts import actions
from gezhi.records.posts.models import Page, RotaChange, Shift, Swap
from gezhi.records.posts.rota_words import LineDraft
from tests.cast import Cast

SEVERAL = {
    "desk:rota_swap_deed": ("<slug:deed>", ["agree", "refuse", "withdraw"]),
    "desk:rota_call": ("<slug:deed>", ["answer", "decline"]),
}


def furnish(cast: Cast) -> None:
    """A rota of the community office by its clerk; one night changed, one asked to be swapped; and
    a call of the clerk about a case that is over."""
    people = (cast.zhang.user_id, cast.li.user_id, cast.zhao.user_id)
    rota = actions.begin_rota(
        unit=cast.street.office,
        name="夜间值班",
        lines=[LineDraft("every", 17 * 60, 9 * 60, people)],
        from_day=clock.today(),
        by=cast.li.viewer,
    )
    first, second, third = rota.shifts.order_by("from_at")[:3]
    actions.ask_swap(shift_id=first.pk, for_shift_id=second.pk, by=cast.zhang.viewer)
    actions.set_shift(
        rota_id=rota.pk, from_at=third.from_at, to_at=third.to_at, user_id=None, reason="开会",
        by=cast.li.viewer,
    )  # fmt: skip
    Page.objects.create(
        district_id=rota.district_id, subject_kind="case", subject_id=1,
        subject_number="519901202611239999999", round=1, rank=0, level="unit",
        unit=cast.street.office, user=cast.li.user, channel="notice", called_at=clock.now(),
        outcome="answered", is_over=True,
    )  # fmt: skip


def values(cast: Cast) -> dict[str, str]:
    """The rota of `furnish`, its change, its swap, and the clerk's first night."""
    change = RotaChange.objects.latest("pk")
    mine = Shift.objects.filter(user_id=cast.li.user_id).earliest("from_at")
    return {
        "rota_id": str(change.rota_id),
        "change_id": str(change.pk),
        "swap_id": str(Swap.objects.latest("pk").pk),
        "shift_id": str(mine.pk),
        "page_id": str(Page.objects.filter(subject_kind="case").latest("pk").pk),
    }
