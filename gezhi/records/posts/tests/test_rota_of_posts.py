"""A rota narrowed to posts: who is in them is put on duty, whoever that is by then."""

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts.models import Appointment
from gezhi.records.posts.tests.test_rota import nights

__all__ = ["nights"]


def post_of(person):
    return Appointment.objects.get(user=person.user).post


def test_only_who_is_in_a_chosen_post_may_be_put_on_duty(cast, nights):
    chosen = post_of(cast.zhang)
    with pytest.raises(Invalid, match=chosen.name):
        nights(cast.zhang, cast.li, posts=[chosen.pk])
    rota = nights(cast.zhang, posts=[chosen.pk])
    assert [one.name for one in queries.people_on(rota)] == ["张小川"]
    assert queries.whose(rota.unit, rota.role, rota.posts).endswith(f"（{chosen.name}）")


def test_who_leaves_the_post_leaves_a_gap_and_who_follows_may_fill_it(cast, nights):
    chosen = post_of(cast.zhang)
    rota = nights(cast.zhang, posts=[chosen.pk])
    Appointment.objects.filter(user=cast.zhang.user).update(to_at=clock.now())
    for user in (cast.zhao.user, cast.zhang.user):
        Appointment.objects.create(
            district_id=rota.district_id,
            post=chosen if user == cast.zhao.user else post_of(cast.li),
            user=user,
            from_at=clock.now(),
        )
    lines = queries.shown(rota.shifts.all())
    assert {line.gap for line in lines} == {"已不在这个岗位"}
    assert [one.name for one in queries.people_on(rota)] == ["赵德海"]


@pytest.mark.parametrize("how", ["a role too", "another unit's", "nobody in it"])
def test_posts_that_cannot_be_chosen_are_refused_at_their_row(cast, nights, how):
    chosen = post_of(cast.handler if how == "another unit's" else cast.zhang)
    if how == "nobody in it":
        Appointment.objects.filter(post=chosen).update(to_at=clock.now())
    role = "grid_worker" if how == "a role too" else ""
    with pytest.raises(Invalid) as refused:
        nights(cast.zhang, posts=[chosen.pk], role=role)
    assert refused.value.field == "posts"
