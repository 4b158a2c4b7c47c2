"""Who is told of what, and that telling twice tells once."""

from datetime import timedelta

from gezhi.ground.notices.models import Delivery, Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.work.cases import actions
from gezhi.work.cases.announcing import announce_step, reporter_of
from gezhi.work.cases.models import Step
from gezhi.work.cases.tests.playing import Play


def _announce(play: Play) -> None:
    for step in Step.objects.filter(case=play.case):
        announce_step(step.pk)


def _told(play: Play) -> set[tuple[str, str]]:
    names = {person.user_id: name for name, person in play.cast.staff()}
    return {(names[row.user_id], row.kind) for row in Notice.objects.all()}


def test_the_worker_of_the_grid_and_nobody_else_hears_of_a_new_report(play: Play) -> None:
    play.report()
    _announce(play)
    assert _told(play) == {("zhang", "case_report")}


def test_the_unit_hears_of_what_it_is_sent_and_of_rework(play: Play) -> None:
    play.until("checking").check(passed=False)
    _announce(play)
    told = _told(play)
    assert ("handler", "case_dispatch") in told
    assert ("handler", "case_rework") in told
    assert not any(name in ("tang", "zhao", "he") for name, _kind in told)


def test_telling_twice_tells_once(play: Play) -> None:
    play.until("dispatched")
    _announce(play)
    before = Notice.objects.count(), Delivery.objects.count()
    _announce(play)
    assert (Notice.objects.count(), Delivery.objects.count()) == before


def test_a_reporter_without_a_number_is_sent_nothing(play: Play) -> None:
    play.report(contact=actions.Contact())
    _announce(play)
    assert not Delivery.objects.filter(recipient_kind="report").exists()
    assert reporter_of(play.receipt.report_id) is None


def test_a_reporters_number_is_opened_only_to_send(play: Play) -> None:
    play.report()
    _announce(play)
    assert Delivery.objects.filter(recipient_kind="report").count() == 1
    found = reporter_of(play.receipt.report_id)
    assert found is not None and found.address == play.cast.chen.phone
    assert play.cast.chen.phone not in repr(found)


def test_contact_is_revealed_for_a_purpose_by_right_and_recorded(play: Play) -> None:
    play.report()
    report_id = play.receipt.report_id
    opened = actions.reveal_contact(
        report_id=report_id, by=play.cast.acceptor.viewer, purpose="callback"
    )
    assert opened.phone == play.cast.chen.phone
    for person in ("handler", "zhao", "wang", "he", "system_administrator"):
        try:
            actions.reveal_contact(
                report_id=report_id, by=getattr(play.cast, person).viewer, purpose="callback"
            )
        except Refusal:
            continue
        raise AssertionError(person)


def test_a_reveal_without_a_purpose_is_refused(play: Play) -> None:
    play.report()
    for purpose, words in (("", ""), ("other", ""), ("curious", "想看看")):
        try:
            actions.reveal_contact(
                report_id=play.receipt.report_id,
                by=play.cast.acceptor.viewer,
                purpose=purpose,
                words=words,
            )
        except Refusal:
            continue
        raise AssertionError(purpose)


def test_a_case_moved_into_another_grid_is_new_to_its_workers(play: Play) -> None:
    street = play.cast.street
    play.report()
    where = actions.Where(place_id=street.next_compound.pk)
    announce_step(play.do(actions.relocate, play.cast.acceptor.viewer, where=where).pk)
    assert _told(play) == {("zhao", "case_report")}
    play.accept(where=actions.Where(place_id=street.building.pk))
    announce_step(Step.objects.get(case=play.case, deed="accept").pk)
    assert _told(play) == {("zhao", "case_report"), ("zhang", "case_report")}


def test_a_case_moved_within_its_grid_is_told_to_nobody(play: Play) -> None:
    play.report()
    where = actions.Where(place_id=play.cast.street.building.pk)
    announce_step(play.do(actions.relocate, play.cast.acceptor.viewer, where=where).pk)
    assert _told(play) == set()


def test_the_centre_hears_of_a_request_and_the_unit_and_reporters_of_what_came_of_it(
    play: Play,
) -> None:
    play.until("handling")
    by, reason = play.cast.handler.viewer, {"reason_code": "season", "words": "等天晴"}
    day = clock.today() + timedelta(days=4)
    play.do(actions.ask_to_hang, by, review_on=day, **reason)
    play.do(actions.ask_to_extend, by, amount=1, **reason)
    play.do(actions.extend, play.cast.supervisor.viewer, granted=False, words="够了")
    _announce(play)
    told = _told(play)
    assert {("supervisor", "case_ask_to_hang"), ("supervisor", "case_ask_to_extend")} <= told
    assert ("dispatcher", "case_ask_to_extend") in told
    assert ("dispatcher", "case_ask_to_hang") not in told
    assert ("handler", "case_extend") in told
    # What was refused is no news to a reporter.
    assert not Delivery.objects.filter(kind="case_extend").exists()
    play.do(actions.hang, play.cast.supervisor.viewer, granted=True)
    _announce(play)
    assert ("handler", "case_hang") in _told(play)
    assert Delivery.objects.filter(kind="case_hang").exists()
