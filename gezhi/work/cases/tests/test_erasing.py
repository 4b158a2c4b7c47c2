"""A reporter has what is held of them deleted; the chain of the case fits as before."""

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.files.models import File
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.models import Attachment, Reporter, ReportWords, StepWords
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.cases.verification import broken_rows

WORDS = "本人到大厅申请"


@pytest.fixture
def told(play: Play) -> Play:
    """A closed case with everything a reporter can leave: words, photos, a rating, a reopening."""
    photo = play.photo()
    play.report(photos=(photo,)).accept()
    actions.add_word(
        report=play.report_row, by=play.stranger, key=fresh_key(), words="补充金丝雀",
        photos=[play.photo()],
    )  # fmt: skip
    play.dispatch().take().finish().check().close()
    actions.rate(
        report=play.report_row, by=play.stranger, key=fresh_key(), resolved="solved",
        satisfied="satisfied", words="评价金丝雀",
    )  # fmt: skip
    return play


def erase(
    play: Play, *, by: Viewer | None = None, words: str = WORDS, key: str = ""
) -> actions.Held:
    return actions.erase_reporter(
        number=play.receipt.number,
        by=by or play.cast.security_administrator.viewer,
        words=words,
        key=key or fresh_key(),
    )


def test_words_name_phone_and_photos_are_gone(told: Play) -> None:
    held = erase(told)
    assert (held.words, held.contact, held.photos) == (3, True, 2)
    kept = ReportWords.objects.get(report=told.report_row)
    assert (kept.text, kept.place_words, kept.rating_words) == ("", "", "")
    assert not Reporter.objects.filter(report=told.report_row).exists()
    assert (told.case.words.title, told.case.words.place_words) == ("", "")
    assert not StepWords.objects.filter(text__contains="金丝雀").exists()
    assert not Attachment.objects.filter(case=told.case, purpose="report").exists()
    assert File.objects.filter(removed_at__isnull=False).count() == 2


def test_the_chain_and_the_record_of_the_handling_stay(told: Play) -> None:
    before = list(told.case.steps.values_list("serial", "digest", "chain_digest"))
    said_by_staff = StepWords.objects.filter(step__report_id=None).count()
    erase(told)
    assert list(told.case.steps.values_list("serial", "digest", "chain_digest")) == before
    assert list(broken_rows()) == []
    assert StepWords.objects.filter(step__report_id=None).exclude(text="").count() == said_by_staff


def test_it_is_audited_with_its_purpose_and_no_words(told: Play) -> None:
    erase(told)
    entry = Entry.objects.get(verb="cases.erase")
    assert entry.subject_id == told.receipt.report_id
    assert entry.purpose == f"other: {WORDS}"
    assert entry.detail["words"] == 3


def test_the_same_key_again_answers_the_same_and_another_finds_nothing(told: Play) -> None:
    key = fresh_key()
    first = erase(told, key=key)
    assert erase(told, key=key) == first
    assert Entry.objects.filter(verb="cases.erase").count() == 1
    assert erase(told).nothing


def test_another_report_of_the_same_case_keeps_its_words(play: Play) -> None:
    play.report()
    other = actions.join(
        intake=play.intake(text="我家楼下也是"), case=play.case, by=play.stranger, key=fresh_key()
    )
    actions.erase_reporter(
        number=other.number, by=play.cast.security_administrator.viewer, words=WORDS,
        key=fresh_key(),
    )  # fmt: skip
    assert play.case.words.title
    assert ReportWords.objects.get(report_id=other.report_id).text == ""
    assert ReportWords.objects.get(report=play.report_row).text


def test_a_merged_report_takes_the_words_of_the_case_it_opened(play: Play) -> None:
    into = Play(play.cast).report(text="另一袋垃圾")
    play.report()
    opened = play.case
    play.do(actions.merge, play.cast.acceptor.viewer, into=into.receipt.case_number)
    erase(play)
    assert not type(opened.words).objects.exclude(title="").filter(case=opened).exists()
    assert into.case.words.title
    assert list(broken_rows()) == []


def test_only_the_security_administrator_of_the_district_may(told: Play) -> None:
    for person in (told.cast.system_administrator, told.cast.acceptor, told.cast.wang):
        with pytest.raises(NotPermitted):
            erase(told, by=person.viewer)
    with pytest.raises(NotPermitted):
        erase(told, by=told.stranger)
    assert Reporter.objects.filter(report=told.report_row).exists()


def test_a_number_of_nobody_is_not_there(told: Play) -> None:
    with pytest.raises(Unseen):
        actions.erase_reporter(
            number="2611239999999", by=told.cast.security_administrator.viewer,
            words=WORDS, key=fresh_key(),
        )  # fmt: skip


@pytest.mark.parametrize("words", ["", " 删 ", "长" * 51])
def test_a_purpose_is_asked_for(told: Play, words: str) -> None:
    with pytest.raises(Invalid):
        erase(told, words=words)
    assert Reporter.objects.filter(report=told.report_row).exists()
