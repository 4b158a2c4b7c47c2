"""发临时链接: a unit without accounts does the one case sent to it, and nothing else."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Unseen
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions, watching
from gezhi.work.cases.invitations import InvitationContact
from gezhi.work.cases.inviting import holds, is_code_of, link_index, signs_of
from gezhi.work.cases.models import Case, Invitation, Step
from gezhi.work.cases.rules import State
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.cases.verification import broken_rows


@dataclass
class Guest:
    """Whoever holds the invitation of a case, at its page."""

    play: Play
    invitation: Invitation

    def does(self, deed: Any, *, key: str = "", **asked: Any) -> Step:
        """One deed as the guest; the answer is the step."""
        case = self.play.case
        by = Viewer.anonymous(case.district_id)
        step: Step = deed(
            number=case.number, by=by, key=key or fresh_key(), invitation=self.invitation, **asked
        )
        return step


def invite(play: Play, **asked: Any) -> Guest:
    """An invitation for the property firm, made by the dispatcher."""
    asked.setdefault("unit_id", play.cast.street.property_firm.pk)
    asked.setdefault("brief", "把三号楼门口的袋子清走")
    play.do(actions.invite, asked.pop("by", play.cast.dispatcher.viewer), **asked)
    return Guest(play, Invitation.objects.order_by("-id")[0])


@pytest.fixture
def sent(play: Play) -> Play:
    """A case sent to the property firm, where nobody is in post."""
    return play.report().accept().dispatch(lead_unit_id=play.cast.street.property_firm.pk)


def test_a_guest_takes_asks_and_finishes_and_every_step_is_the_invitations(sent: Play) -> None:
    guest = invite(sent)
    took = guest.does(actions.take)
    asked = guest.does(actions.inquire, words="钥匙在谁那里？")
    sent.do(actions.respond, sent.cast.dispatcher.viewer, words="门卫那里")
    done = guest.does(actions.finish, words="清走了", photos=[sent.photo()])
    for step in Step.objects.filter(pk__in=[took.pk, asked.pk, done.pk]):
        assert step.key_owner == f"invitation:{guest.invitation.pk}"
        assert step.unit_id == sent.cast.street.property_firm.pk
        assert step.user_id is None
    case = sent.case
    assert case.state == State.CHECKING
    assert case.finished_unit_id == sent.cast.street.property_firm.pk
    assert list(broken_rows()) == []


def test_of_link_and_code_only_keyed_digests_are_stored(sent: Play) -> None:
    key, by = fresh_key(), sent.cast.dispatcher.viewer
    guest = invite(sent, key=key, contact="保安王师傅 13800000000")
    signs = signs_of(by, key)
    assert len(signs.link) == 24 and len(signs.code) == 6
    assert guest.invitation.link_index == link_index(signs.link)
    assert is_code_of(guest.invitation, signs.code)
    assert not is_code_of(guest.invitation, "000000" if signs.code != "000000" else "1")
    row = Invitation.objects.filter(pk=guest.invitation.pk).values()[0]
    assert signs.link not in str(row) and signs.code not in str(row)
    contact = InvitationContact.objects.get(invitation=guest.invitation)
    assert open_sealed(contact, "words") == "保安王师傅 13800000000"
    assert "王师傅" not in contact.words


def test_the_same_button_twice_is_one_invitation_with_the_same_signs(sent: Play) -> None:
    key = fresh_key()
    first, again = invite(sent, key=key), invite(sent, key=key)
    assert first.invitation.pk == again.invitation.pk
    with pytest.raises(KeyReused):
        invite(sent, key=key, brief="另一件")


def test_a_new_invitation_ends_the_one_before(sent: Play) -> None:
    old = invite(sent)
    new = invite(sent)
    assert not holds(old.invitation) and holds(new.invitation)
    with pytest.raises(Unseen):
        old.does(actions.take)


def test_taken_back_it_does_nothing_more_and_what_was_done_stays(sent: Play) -> None:
    guest = invite(sent)
    key = fresh_key()
    took = guest.does(actions.take, key=key)
    sent.do(actions.revoke, sent.cast.dispatcher.viewer)
    with pytest.raises(Unseen):
        guest.does(actions.finish, words="清走了")
    assert sent.case.state == State.HANDLING
    # What was done before is answered as it was.
    assert guest.does(actions.take, key=key).pk == took.pk
    with pytest.raises(Conflict):
        sent.do(actions.revoke, sent.cast.dispatcher.viewer)
    assert list(broken_rows()) == []


def test_it_ends_by_itself_after_the_hours_of_the_pack(sent: Play) -> None:
    guest = invite(sent)
    clock.advance(timedelta(hours=71, minutes=59))
    assert holds(guest.invitation)
    clock.advance(timedelta(minutes=2))
    assert not holds(guest.invitation)
    with pytest.raises(Unseen):
        guest.does(actions.take)


def test_a_guest_does_no_other_deed_and_no_other_case(sent: Play, cast: Any) -> None:
    guest = invite(sent)
    with pytest.raises(NotPermitted):
        guest.does(actions.close, words="好了")
    other = Play(cast).report().accept().dispatch(lead_unit_id=cast.street.property_firm.pk)
    by = Viewer.anonymous(other.case.district_id)
    with pytest.raises(Unseen):
        actions.take(number=other.case.number, by=by, key=fresh_key(), invitation=guest.invitation)


def test_what_a_stranger_brings_without_an_invitation_is_refused(sent: Play) -> None:
    invite(sent)
    by = Viewer.anonymous(sent.case.district_id)
    with pytest.raises(Unseen):
        actions.take(number=sent.case.number, by=by, key=fresh_key())


def test_a_unit_with_people_in_post_gets_none(play: Play) -> None:
    play.report().accept().dispatch()
    with pytest.raises(Conflict):
        invite(play, unit_id=play.cast.street.sanitation.pk)


def test_a_unit_it_was_not_sent_to_and_an_empty_brief_are_refused(sent: Play) -> None:
    with pytest.raises(Invalid):
        invite(sent, unit_id=sent.cast.street.sanitation.pk)
    with pytest.raises(Invalid):
        invite(sent, brief=" ")


def test_only_dispatchers_and_clerks_of_the_place_invite(sent: Play) -> None:
    with pytest.raises(NotPermitted):
        invite(sent, by=sent.cast.checker.viewer)


def test_made_confidential_meanwhile_it_opens_nothing(sent: Play) -> None:
    guest = invite(sent)
    assert holds(guest.invitation)
    Case.objects.filter(pk=sent.case.pk).update(confidentiality="restricted")
    assert not holds(guest.invitation)


def test_an_assisting_unit_answers_by_its_invitation(play: Play) -> None:
    firm = play.cast.street.property_firm
    play.report().accept().dispatch(assist_unit_ids=[firm.pk]).take()
    guest = invite(play)
    with pytest.raises(NotPermitted):
        guest.does(actions.finish, words="清走了")
    guest.does(actions.assist, words="门开好了")
    with pytest.raises(NotPermitted):
        guest.does(actions.assist, words="又来一次")


def test_while_the_invitation_holds_the_watchdog_lifts_nothing_and_then_as_ever(
    sent: Play,
) -> None:
    guest = invite(sent)
    clock.advance(timedelta(hours=1))
    assert watching.lift_unstaffed() == 0
    clock.advance(timedelta(hours=72))
    assert watching.lift_unstaffed() == 1
    assert not holds(guest.invitation)
    assert sent.case.holder_id == sent.cast.street.property_firm.parent_id


def test_sent_to_whom_nobody_ever_worked_for_it_waits_a_while_for_an_invitation(
    sent: Play,
) -> None:
    clock.advance(timedelta(minutes=29))
    assert watching.lift_unstaffed() == 0
    clock.advance(timedelta(minutes=2))
    assert watching.lift_unstaffed() == 1


def test_taken_back_the_watchdog_lifts_at_once(sent: Play) -> None:
    invite(sent)
    sent.do(actions.revoke, sent.cast.dispatcher.viewer)
    assert watching.lift_unstaffed() == 1


def test_erasing_a_reporter_takes_the_contact_along(sent: Play) -> None:
    invite(sent, contact="住户李某 13900000000")
    actions.erase_reporter(
        number=sent.receipt.number,
        by=sent.cast.security_administrator.viewer,
        words="本人要求",
        key=fresh_key(),
    )
    assert not InvitationContact.objects.exists()
    assert list(broken_rows()) == []


def test_a_mobile_number_goes_outside_only_where_it_is_meant_to(sent: Play) -> None:
    with pytest.raises(Invalid, match=r"138\*\*\*\*5678") as refused:
        invite(sent, brief="到了打 138 1234 5678，有人开门")
    assert refused.value.field == "brief"
    guest = invite(sent, contact="门卫老周 13812345678")
    guest.does(actions.inquire, words="钥匙在谁那里？")
    by = sent.cast.dispatcher.viewer
    with pytest.raises(Invalid, match="手机号给对方看"):
        sent.do(actions.respond, by, words="打 13812345678")
    assert sent.do(actions.respond, by, words="打 13812345678", phones=True).deed == "respond"
