"""What nobody does by hand: the end of what expired, the call to the owner."""

from datetime import timedelta

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.records.units.models import Unit
from gezhi.work.knowledge import actions, queries, watching


def told(kind):
    """Whose inboxes hold a notice of this kind."""
    return set(Notice.objects.filter(kind=kind).values_list("user_id", flat=True))


def test_the_owner_is_called_on_the_review_date_and_once(cast, published):
    published(review_on=clock.today() + timedelta(days=10))
    assert watching.remind() == 0
    clock.advance(timedelta(days=10))
    for _time in range(2):
        watching.remind()
    assert cast.handler.user_id in told("knowledge_review")
    assert Notice.objects.filter(user_id=cast.handler.user_id).count() == 1


def test_confirmed_it_is_called_again_on_the_next_date(cast, published):
    row = published(review_on=clock.today())
    watching.remind()
    actions.confirm(
        article=row, review_on=clock.today() + timedelta(days=30), by=cast.handler.viewer
    )
    assert watching.remind() == 0
    clock.advance(timedelta(days=30))
    assert watching.remind() == 1
    assert Notice.objects.filter(user_id=cast.handler.user_id).count() == 2


def test_what_expired_ends_by_night_and_its_owner_hears_of_it(cast, published):
    row = published("停水到什么时候？", valid_to=clock.today())
    assert watching.expire() == 0
    clock.advance(timedelta(days=1))
    assert (watching.expire(), watching.expire()) == (1, 0)
    row.refresh_from_db()
    assert (row.state, row.ended_because) == ("ended", "expired")
    assert cast.handler.user_id in told("knowledge_expired")
    assert queries.counts(cast.acceptor.viewer) == {"drafts": 0, "due": 0}


def test_the_one_after_a_closed_unit_is_called(cast, published):
    row = published(review_on=clock.today())
    Unit.objects.filter(pk=row.unit_id).update(closed_at=clock.now(), successor=cast.street.centre)
    watching.remind()
    assert cast.acceptor.user_id in told("knowledge_review")
    assert cast.handler.user_id not in told("knowledge_review")
