"""A subject that is no case, with a table made for its test: an errand somebody is sent on."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import QuerySet

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Role, Viewer
from gezhi.work.deeds import doing
from gezhi.work.deeds.asked import Photos
from gezhi.work.deeds.models import StepRow, Subject
from gezhi.work.deeds.rules import Given, Rule, moving


class Errand(Subject):
    """Open until it is done."""

    objects: ClassVar[models.Manager["Errand"]] = models.Manager()

    class Meta:
        app_label = "deeds"


class ErrandStep(StepRow):
    """What was done to an errand."""

    errand = models.ForeignKey(Errand, on_delete=models.PROTECT, related_name="steps")

    objects: ClassVar[models.Manager["ErrandStep"]] = models.Manager()

    class Meta:
        app_label = "deeds"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["errand", "serial"], name="one_errand_step"),
            models.UniqueConstraint(
                fields=["district_id", "key_owner", "deed_key"], name="one_errand_step_per_key"
            ),
        ]

    def content(self) -> dict[str, Any]:
        return super().content() | {"errand": self.errand.pk}


class ErrandPhoto(SealedRow):
    """A photo of what was found."""

    id = models.BigIntegerField(primary_key=True, default=new_id)
    step = models.ForeignKey(ErrandStep, on_delete=models.PROTECT, related_name="photos")
    file_id = models.BigIntegerField()

    objects: ClassVar[models.Manager["ErrandPhoto"]] = models.Manager()

    class Meta:
        app_label = "deeds"


class Deed(StrEnum):
    SEND = "send"
    RUN = "run"
    DROP = "drop"


class Run(doing.Doing[Errand, ErrandStep]):
    """A deed on an errand: handlers of the unit that holds it may."""

    kind = "errand"
    verbs = "errands"
    steps = ErrandStep
    table: ClassVar = {
        Deed.SEND: Rule(frozenset(), (), who="任何人"),
        Deed.RUN: Rule(
            moving(("open", "done")), ("holder",), frozenset({Role.HANDLER}), "承办单位的经办人"
        ),
        Deed.DROP: Rule(moving(("open", "open")), (), who="任何人"),
    }

    @classmethod
    def door(cls, by: Viewer, presented: models.Model | None) -> QuerySet[Errand]:
        return Errand.objects.filter(district_id=by.district_id or 0).exclude(
            number__startswith="hidden"
        )

    def standing(self, rule: Rule[Any, Any]) -> Given:
        seat = self.by.seat_in(self.subject.holder_id, *rule.roles)
        return Given(seat is not None or not rule.standing, seat)

    def keep_photo(self, step: ErrandStep, purpose: str, file_id: int) -> None:
        self.seals.insert(ErrandPhoto(step=step, file_id=file_id))


def send(*, errand: Errand, by: Viewer, key: str) -> ErrandStep:
    """Begin an errand."""
    return Run.open(
        Deed.SEND, errand, lambda running: running.finish(),
        by=by, key=key, content={"number": errand.number},
    )  # fmt: skip


def run(
    *, number: str, by: Viewer, key: str, found: str = "", photos: Photos = (),
    version: int | None = None, to: str = "done",
) -> ErrandStep:  # fmt: skip
    """Run the errand: what was found is part of what the key stands for."""

    def body(running: Run) -> ErrandStep:
        running.subject.state = to
        return running.finish(reason_code=found, photos={"found": photos})

    return Run.do(
        Deed.RUN,
        body,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"found": found, "photos": photos},
    )


@contextmanager
def tables() -> Iterator[None]:
    """The tables of errands, inside the transaction of a test, which takes them back."""
    with connection.cursor() as cursor:
        for model in (Errand, ErrandStep, ErrandPhoto):
            editor = connection.schema_editor()
            editor.deferred_sql = []
            statement, values = editor.table_sql(model)
            cursor.execute(statement, values or None)
    yield
