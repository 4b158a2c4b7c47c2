"""What random histories do to posts (`tests/journeys`): whoever left is there again; duty is arranged,
changed and ended."""

from datetime import timedelta

from gezhi.kernel import clock
from gezhi.records.posts import actions, rota_gaps
from gezhi.records.posts.models import Appointment, Rota
from gezhi.records.posts.queries import users_in
from gezhi.records.posts.rota_words import LineDraft
from tests.journeys.occasions import Move, Occasion


def _return_to_post(_at: Occasion) -> None:
    Appointment.objects.exclude(to_at=None).update(to_at=None)


def _begin_rota(at: Occasion) -> None:
    street = at.cast.street
    unit = (street.sanitation, street.office, street.centre)[at.who % 3]
    people = tuple(user.pk for user in users_in(unit.pk))
    actions.begin_rota(
        unit=unit,
        name=f"值班{at.who % 2}",
        lines=[LineDraft("every", 17 * 60, 9 * 60, people)],
        from_day=clock.today(),
        by=at.viewer("supervisor"),
    )


def _set_shift(at: Occasion) -> None:
    rota = Rota.objects.order_by("-id").first()
    if rota is not None:
        actions.set_shift(
            rota_id=rota.pk,
            from_at=clock.now() + timedelta(hours=at.who),
            to_at=clock.now() + timedelta(hours=at.who + 9),
            user_id=None if at.who % 2 else users_in(rota.unit_id)[0].pk,
            reason="临时有事",
            by=at.viewer("supervisor"),
        )


def _end_rota(at: Occasion) -> None:
    rota = Rota.objects.order_by("-id").first()
    if rota is not None:
        last = clock.today() + timedelta(days=at.who)
        actions.end_rota(rota_id=rota.pk, last_day=last, by=at.viewer("supervisor"))


def _warn_of_gaps(_at: Occasion) -> None:
    rota_gaps.write_ahead()
    rota_gaps.warn()


MOVES: dict[str, Move] = {
    "return_to_post": _return_to_post,
    "begin_rota": _begin_rota,
    "set_shift": _set_shift,
    "end_rota": _end_rota,
    "warn_of_gaps": _warn_of_gaps,
}
OFTEN: tuple[str, ...] = ()
