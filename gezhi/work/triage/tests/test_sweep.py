"""What was erased is emptied here too; what was missed is taken up."""

import pytest

from gezhi.ground.jobs.models import Stuck
from gezhi.methods.resemble import fingerprint as fingerprint_of_text
from gezhi.records.places.models import District
from gezhi.work.cases.models import ReportWords
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import fingerprinting, reckoning
from gezhi.work.triage.models import AdviceWords, Fingerprint
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.queries import advice_for_case, similar_to
from gezhi.work.triage.sweeping import sweep
from gezhi.work.triage.topics import finding
from tests.cast import Cast

TEXT = "小区门口垃圾桶满溢，暴露垃圾堆在路边好几天没人清运"


def test_erased_words_leave_neither_fingerprint_nor_reasons(cast: Cast) -> None:
    play = Play(cast).report(text=TEXT)
    advise_case(play.case.pk)
    assert any(AdviceWords.objects.values_list("words", flat=True))
    assert similar_to(cast.acceptor.viewer, cast.street.district.pk, TEXT)
    ReportWords.objects.filter(report__case=play.case).update(text="", place_words="")
    sweep()
    assert bytes(Fingerprint.objects.get(case=play.case).content) == b""
    assert not any(AdviceWords.objects.values_list("words", flat=True))
    assert all(not row.words for row in advice_for_case(cast.acceptor.viewer, play.case).rows)
    assert similar_to(cast.acceptor.viewer, cast.street.district.pk, TEXT) == []
    assert sweep() == 0


def test_cases_from_before_triage_get_their_fingerprint(cast: Cast) -> None:
    open_one, ended = Play(cast).report(text=TEXT), Play(cast).until("closed")
    assert sweep() == 2
    assert set(Fingerprint.objects.values_list("case", flat=True)) == {
        open_one.case.pk,
        ended.case.pk,
    }


def test_one_case_that_cannot_be_read_keeps_none_of_the_others_without_a_fingerprint(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = Play(cast).report(text=TEXT), Play(cast).report(text="读不了的话")
    whole = fingerprint_of_text

    def fingerprint(compared: str) -> bytes:
        if "读不了" in compared:
            raise ValueError
        return whole(compared)

    monkeypatch.setattr(fingerprinting, "fingerprint", fingerprint)
    assert sweep() == 1
    assert Fingerprint.objects.get().case_id == good.case.pk
    row = Stuck.objects.get()
    assert (row.loop, row.subject) == ("take-up-missed", bad.case.number)
    monkeypatch.undo()
    assert sweep() == 1
    assert not Stuck.objects.exists()


def test_a_district_that_cannot_be_reckoned_keeps_none_of_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = District.objects.create(id=9, code="519909", name="另一个区")
    reckoned = []

    def suggest(district_id: int) -> None:
        if district_id == cast.street.district.pk:
            raise ZeroDivisionError
        reckoned.append(district_id)

    monkeypatch.setattr(reckoning, "_suggest_training", suggest)
    monkeypatch.setattr(finding, "_topics", suggest)
    monkeypatch.setattr(finding, "_keep", lambda district_id, found: 0)
    reckoning.reckon()
    finding.find_all()
    assert reckoned == [other.pk, other.pk]
    assert set(Stuck.objects.values_list("loop", "subject")) == {
        ("reckon", cast.street.district.code),
        ("find-topics", cast.street.district.code),
    }
