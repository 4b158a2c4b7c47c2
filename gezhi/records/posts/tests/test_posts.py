"""Posts, appointments and the rights that come from them."""

from datetime import timedelta

import pytest

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.places import queries as places
from gezhi.records.posts import actions, crew, queries
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.rota_words import LineDraft
from gezhi.records.units import actions as units
from tests.cast import SYSTEM


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


@pytest.fixture
def fresh(cast, admin):
    """Somebody with an account and no post yet."""
    return accounts.create_user(
        staff_number="NW301", name="新来的", password="quiet-river-42", by=admin
    )


def make_post(cast, by, role="handler", **changes):
    fields = {
        "unit": cast.street.water,
        "area_id": cast.street.street.pk,
        "role": role,
        "name": "供水经办人二",
    }
    return actions.create_post(**{**fields, "by": by, **changes})


def test_an_appointment_gives_the_seat_of_the_post(cast, admin, fresh):
    assert queries.viewer_of(fresh).seats == ()
    actions.appoint(post=make_post(cast, admin), user=fresh, by=admin)
    seat = queries.viewer_of(fresh).seats[0]
    assert (seat.role, seat.unit_id) == (Role.HANDLER, cast.street.water.pk)


def test_an_appointment_to_come_gives_nothing_before_its_moment(cast, admin, fresh):
    tomorrow = clock.now() + timedelta(days=1)
    actions.appoint(post=make_post(cast, admin), user=fresh, by=admin, from_at=tomorrow)
    assert queries.viewer_of(fresh).seats == ()
    clock.advance(timedelta(days=1))
    assert len(queries.viewer_of(fresh).seats) == 1


def test_an_ended_appointment_gives_nothing_from_that_moment(cast):
    row = Appointment.objects.get(user_id=cast.zhang.user_id)
    actions.mark_ended(row, by=SYSTEM, at=clock.now())
    assert cast.zhang.viewer_now.seats == ()


def test_ending_kills_the_sessions(cast):
    before = cast.zhang.user.get_session_auth_hash()
    actions.mark_ended(
        Appointment.objects.get(user_id=cast.zhang.user_id), by=SYSTEM, at=clock.now()
    )
    assert cast.zhang.user.get_session_auth_hash() != before


def test_a_person_sits_in_a_post_once(cast, admin, fresh):
    post = make_post(cast, admin)
    actions.appoint(post=post, user=fresh, by=admin)
    with pytest.raises(Conflict):
        actions.appoint(post=post, user=fresh, by=admin)


def test_nobody_appoints_themselves(cast, admin):
    with pytest.raises(NotPermitted):
        actions.appoint(post=make_post(cast, admin), user=cast.system_administrator.user, by=admin)


def test_a_closed_account_is_not_appointed(cast, admin, fresh):
    accounts.deactivate(user=fresh, by=admin)
    with pytest.raises(Conflict):
        actions.appoint(post=make_post(cast, admin), user=fresh, by=admin)


@pytest.mark.parametrize(
    "role", ["acceptor", "wang", "security_administrator", "audit_administrator"]
)
def test_only_the_system_administrator_fills_posts_of_work(cast, fresh, role):
    with pytest.raises(NotPermitted):
        make_post(cast, getattr(cast, role).viewer)


def test_posts_of_administrators_are_the_security_administrators(cast, admin, fresh):
    with pytest.raises(NotPermitted):
        make_post(cast, admin, role="audit_administrator")
    security = cast.security_administrator.viewer
    post = make_post(cast, security, role="audit_administrator")
    with pytest.raises(NotPermitted):
        actions.appoint(post=post, user=fresh, by=admin)
    actions.appoint(post=post, user=fresh, by=security)


def test_the_three_administrators_are_three_people(cast):
    security = cast.security_administrator.viewer
    post = make_post(cast, security, role="audit_administrator")
    for person in (cast.system_administrator, cast.acceptor):
        with pytest.raises(Conflict):
            actions.appoint(post=post, user=person.user, by=security)


def test_an_administrator_does_no_business(cast, admin):
    with pytest.raises(Conflict):
        actions.appoint(post=make_post(cast, admin), user=cast.audit_administrator.user, by=admin)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"role": "resident"}, "role"), ({"role": "king"}, "role"), ({"area_id": 1}, "area"),
     ({"name": ""}, "name")],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_its_field(cast, admin, changes, field):
    with pytest.raises(Invalid) as refusal:
        make_post(cast, admin, **changes)
    assert refusal.value.field == field


def test_a_closed_unit_gets_no_post(cast, admin):
    units.mark_closed(cast.street.property_firm, cast.street.centre, by=SYSTEM)
    with pytest.raises(Conflict):
        make_post(cast, admin, unit=cast.street.property_firm)


def test_only_a_vacant_post_is_abolished(cast, admin, fresh):
    post = make_post(cast, admin)
    row = actions.appoint(post=post, user=fresh, by=admin)
    with pytest.raises(Conflict):
        actions.abolish_post(post=post, by=admin)
    actions.mark_ended(row, by=SYSTEM, at=clock.now())
    actions.abolish_post(post=post, by=admin)
    with pytest.raises(Conflict):
        actions.appoint(post=post, user=fresh, by=admin)
    assert post not in queries.posts(admin)


def test_words_of_a_post_are_changed(cast, admin):
    post = Post.objects.get(appointments__user_id=cast.zhang.user_id)
    actions.update_post(post=post, by=admin, name="网格长", meeting_words="每周二在门卫室")
    post.refresh_from_db()
    assert (post.name, post.meeting_words) == ("网格长", "每周二在门卫室")


def test_the_crew_of_a_point_is_its_grid_then_its_community(cast):
    members = crew.crew_of(cast.street.district.pk, location(cast))
    assert [(member.post_name, member.user_name) for member in members] == [
        ("第一网格网格员", "张**"),
        ("社区经办", "李**"),
    ]
    assert members[0].meeting_words.startswith("每天")


def test_of_the_street_only_its_professions_belong_to_the_crew_of_a_point(cast):
    street = cast.street
    members = crew.crew_of(street.district.pk, places.location_of_area(street.grid.pk))
    assert [member.post_name for member in members] == ["第一网格网格员", "社区经办"]
    post = Post.objects.get(appointments__user_id=cast.handler.user_id)
    Post.objects.filter(pk=post.pk).update(profession="police")
    members = crew.crew_of(street.district.pk, places.location_of_area(street.grid.pk))
    assert [(one.post_name, one.team) for one in members] == [
        ("第一网格网格员", "service_staff"),
        ("社区经办", "managers"),
        ("环卫经办人", "ten"),
    ]


def test_whoever_is_on_duty_is_marked_and_comes_first_in_their_area(cast):
    actions.begin_rota(
        unit=cast.street.office,
        name="值班",
        lines=[LineDraft("every", 0, 0, (cast.zhang.user_id,))],
        from_day=clock.today(),
        by=cast.li.viewer,
    )
    members = crew.crew_of(cast.street.district.pk, location(cast))
    assert [member.on_duty for member in members] == [True, False]
    here = places.location_of_area(cast.street.grid.pk)
    lines = crew.duty_of(cast.street.district.pk, here, viewer=cast.acceptor.viewer)
    assert [line.user_name for line in lines] == ["张小川"]
    stranger = Viewer.anonymous(cast.street.district.pk)
    assert crew.duty_of(cast.street.district.pk, here, viewer=stranger) == []


def test_a_strangers_crew_tells_no_id_of_a_person(cast):
    members = crew.crew_of(cast.street.district.pk, location(cast))
    assert [member.user_id for member in members] == [None, None]


def test_a_colleagues_phone_is_opened_by_right_and_recorded(cast):
    opened = actions.open_work_phone(user_id=cast.zhang.user_id, by=cast.handler.viewer)
    assert opened.phone.startswith("139")
    assert opened.phone not in repr(opened)
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.subject_id, entry.user_id) == (
        "read.work_phone",
        cast.zhang.user_id,
        cast.handler.user_id,
    )
    with pytest.raises(NotPermitted):
        actions.open_work_phone(user_id=cast.zhang.user_id, by=cast.system_administrator.viewer)
    with pytest.raises(Unseen):
        actions.open_work_phone(user_id=7, by=cast.handler.viewer)


def test_staff_read_the_names_of_the_crew(cast):
    members = crew.crew_of(cast.street.district.pk, location(cast), viewer=cast.li.viewer)
    assert members[0].user_name == cast.zhang.name


def test_a_stranger_and_another_district_do_not(cast):
    for viewer in (Viewer.anonymous(cast.street.district.pk), Viewer(user_id=1, district_id=777)):
        members = crew.crew_of(cast.street.district.pk, location(cast), viewer=viewer)
        assert members[0].user_name == "张**"


def test_a_vacant_post_is_named_without_a_person(cast):
    row = Appointment.objects.get(user_id=cast.zhang.user_id)
    actions.mark_ended(row, by=SYSTEM, at=clock.now())
    assert crew.crew_of(cast.street.district.pk, location(cast))[0].user_name == ""


def test_outside_every_area_there_is_no_crew(cast):
    assert crew.crew_of(cast.street.district.pk, Nowhere()) == []


def test_the_crew_costs_three_queries(cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        crew.crew_of(cast.street.district.pk, location(cast))


class Nowhere:
    street_id = community_id = grid_id = None


def location(cast):
    here = Nowhere()
    here.grid_id = cast.street.grid.pk
    here.community_id = cast.street.community.pk
    return here


def test_which_units_have_somebody(cast):
    ids = [cast.street.water.pk, cast.street.property_firm.pk, cast.street.centre.pk]
    assert queries.staffed_unit_ids(ids) == {cast.street.water.pk, cast.street.centre.pk}
    assert queries.staffed_unit_ids(ids, [Role.HANDLER]) == {cast.street.water.pk}


def test_a_closed_account_staffs_nothing(cast):
    accounts.deactivate(user=cast.tang.user, by=SYSTEM)
    assert queries.staffed_unit_ids([cast.street.water.pk]) == set()
    assert queries.users_in(cast.street.water.pk) == []


def test_workers_and_people_of_a_unit(cast):
    assert queries.workers_of_grid(cast.street.grid.pk) == [cast.zhang.user]
    assert queries.users_in(cast.street.sanitation.pk) == [cast.handler.user]
    assert queries.users_in(cast.street.sanitation.pk, [Role.CHECKER]) == []
    assert queries.users_with(cast.street.district.pk, Role.SYSTEM_ADMINISTRATOR) == [
        cast.system_administrator.user
    ]


def test_posts_and_appointments_are_listed_to_administrators_only(cast, admin):
    assert queries.posts(admin).count() == 15
    assert queries.appointments(cast.security_administrator.viewer).count() == 15
    assert not queries.posts(cast.wang.viewer).exists()
    with pytest.raises(Unseen):
        queries.get_post(cast.wang.viewer, queries.posts(admin)[0].pk)
    with pytest.raises(Unseen):
        queries.get_appointment(cast.wang.viewer, queries.appointments(admin)[0].pk)


def test_a_renewed_password_works_once_and_ends_sessions(cast, admin):
    password = actions.renew_password(user=cast.zhang.user, by=admin)
    user = cast.zhang.user
    assert user.check_password(password)
    assert user.must_change_password


def test_the_system_administrator_does_not_take_over_the_audit(cast, admin):
    with pytest.raises(NotPermitted):
        actions.renew_password(user=cast.audit_administrator.user, by=admin)
    actions.renew_password(
        user=cast.audit_administrator.user, by=cast.security_administrator.viewer
    )


def test_ones_own_password_is_not_renewed_here(cast):
    with pytest.raises(NotPermitted):
        actions.renew_password(
            user=cast.security_administrator.user, by=cast.security_administrator.viewer
        )
