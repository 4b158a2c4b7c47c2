"""What the group of a unit is told: counts and tails, twice a day, and what is urgent at once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gezhi.ground.notices.models import Delivery
from gezhi.kernel import clock
from gezhi.work.cases import actions, group_notes
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.tests.playing import Play


@pytest.fixture
def grouped(play: Play, settings: Any, tmp_path: Path) -> Play:
    """The sanitation office has a robot in its group."""
    file = tmp_path / "notices.toml"
    file.write_text(
        f'[[groups]]\nunit = "{play.cast.street.sanitation.name}"\nrobot = "wecom"\n'
        'url = "https://qyapi.example.cn/send?key=k"\n',
        encoding="utf-8",
    )
    settings.GEZHI_NOTICES = str(file)
    return play


def test_a_group_is_told_how_much_there_is_to_do_and_nothing_of_whom(grouped: Play) -> None:
    assert group_notes.tell_groups() == 0
    grouped.report().accept().dispatch()
    assert group_notes.tell_groups() == 1
    assert group_notes.tell_groups() == 1
    row = Delivery.objects.get(recipient_kind="group")
    assert (row.provider, row.kind) == ("wecom", "group_to_dos")
    told = group_notes.to_dos_of(row.recipient_id)
    assert told is not None and "待接单 1 件" in told.text
    assert told.address == grouped.cast.street.sanitation.name
    for kept in (grouped.cast.chen.name, "桐花苑", grouped.case.number, "垃圾"):
        assert kept not in told.text


def test_what_is_late_is_named_by_its_last_digits(grouped: Play) -> None:
    grouped.until("handling")
    clock.advance(timedelta(days=60))
    told = group_notes.to_dos_of(grouped.cast.street.sanitation.pk)
    assert told is not None
    assert f"已经超期 1 件（尾号 {grouped.case.number[-4:]}）" in told.text


def test_confidential_ones_are_neither_counted_nor_named(grouped: Play) -> None:
    grouped.until("handling", confidential=True)
    assert group_notes.to_dos_of(grouped.cast.street.sanitation.pk) is None


def test_an_urgent_one_is_told_at_once_and_only_once(grouped: Play) -> None:
    grouped.report().accept(urgency="urgent").dispatch()
    step = Step.objects.get(deed="dispatch")
    assert group_notes.concerns_groups(step)
    group_notes.tell_of_urgent(step.pk)
    group_notes.tell_of_urgent(step.pk)
    row = Delivery.objects.get(recipient_kind="group_case")
    told = group_notes.urgent_of(row.recipient_id)
    assert told is not None and grouped.case.number[-4:] in told.text
    grouped.do(
        actions.return_to_centre,
        grouped.cast.handler.viewer,
        reason_code="not_our_area",
        duty_id=None,
        right_unit_id=grouped.cast.street.water.pk,
        words="不在我们这里",
    )
    found = Case.objects.get(pk=row.recipient_id).holder
    assert found is not None and found.name != grouped.cast.street.sanitation.name


def test_without_a_group_nobody_is_told(play: Play) -> None:
    play.report().accept(urgency="urgent").dispatch()
    step = Step.objects.get(deed="dispatch")
    assert not group_notes.concerns_groups(step)
    group_notes.tell_of_urgent(step.pk)
    assert not Delivery.objects.filter(recipient_kind="group_case").exists()
