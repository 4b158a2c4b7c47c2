"""What a link shows of the case it was made for."""

from datetime import timedelta

from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.models import Invitation
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.invitations import queries
from tests.cast import Cast


def test_the_limit_that_came_with_the_case_is_told_where_it_ends_sooner(cast: Cast) -> None:
    play = Play(cast)
    due = clock.now() + timedelta(hours=3)
    firm, by, key = cast.street.property_firm.pk, cast.dispatcher.viewer, fresh_key()
    play.report(origin=actions.Origin("12345", "GD-1", "1", due)).accept()
    play.dispatch(lead_unit_id=firm)
    play.do(actions.invite, by, key=key, brief="把袋子清走", unit_id=firm)
    invitation = Invitation.objects.get()
    assert queries.guest_page(invitation).due_at == due
