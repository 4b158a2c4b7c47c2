"""What was erased is emptied here too; what was missed is taken up."""

from gezhi.work.cases.models import ReportWords
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage.advising import advise_case
from gezhi.work.triage.models import AdviceWords, Fingerprint
from gezhi.work.triage.queries import advice_for_case, similar_to
from gezhi.work.triage.sweeping import sweep
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
