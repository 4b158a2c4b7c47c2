"""What stands beside a case: a mark is a word of its own, and every kind registers once."""

from dataclasses import replace

import pytest

from gezhi.work.cases import asides
from gezhi.work.cases.asides import ASIDES, marked, register, written
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import Mark
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast


def test_marks_are_kept_as_words_in_order_and_read_back() -> None:
    case = Case(marks=written([Mark.SUPERVISED, Mark.HUNG, Mark.HUNG]))
    assert case.marks == " hung supervised "
    assert case.all_marks == {Mark.HUNG, Mark.SUPERVISED}
    assert written([]) == ""


def test_all_marks_together_fit_the_column() -> None:
    assert len(written(Mark)) <= (Case._meta.get_field("marks").max_length or 0)


def test_a_case_is_found_by_its_whole_mark_alone(cast: Cast) -> None:
    asked, hung = Play(cast).report().case, Play(cast).report().case
    Case.objects.filter(pk=asked.pk).update(marks=written([Mark.HANG_ASKED]))
    Case.objects.filter(pk=hung.pk).update(marks=written([Mark.HUNG]))
    assert list(Case.objects.filter(marked(Mark.HUNG))) == [hung]


def test_no_kind_registers_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asides, "ASIDES", dict(ASIDES))
    kind = asides.Aside(Mark.FORCED, lambda _case: False)
    asides.ASIDES.pop(Mark.FORCED, None)
    register(kind)
    with pytest.raises(ValueError, match="twice"):
        register(replace(kind))
