"""Posts in the browser: made, filled, left, abolished."""

import pytest

from gezhi.records.posts.models import Appointment, Post


@pytest.fixture
def made(admin, cast):
    """A vacant post of the water company."""
    sent = {
        "unit": str(cast.street.water.pk), "role": "handler", "area": str(cast.street.street.pk),
        "name": "抢修班", "profession": "", "meeting_words": "",
    }  # fmt: skip
    assert admin.post("/desk/setup/posts/new/", sent).status_code == 303
    return Post.objects.get(name="抢修班")


def test_a_vacant_post_is_listed_as_such(admin, made, text_of):
    page = text_of(admin.get("/desk/setup/posts/?show=vacant"))
    assert "抢修班" in page
    assert "第一网格网格员" not in page


def test_somebody_is_appointed_by_number(admin, made, cast, text_of):
    url = f"/desk/setup/posts/{made.pk}/"
    answer = admin.post(url, {"deed": "appoint", "staff_number": "hw101"})
    assert answer.status_code == 303
    assert cast.street.water.pk in cast.handler.viewer_now.unit_ids
    assert "陈刚" in text_of(admin.get(url))


@pytest.mark.parametrize(
    ("number", "said"),
    [("NOBODY", "没有这个工号"), ("", "“工号”还没填，请填上。"), ("GL101", "不能任命自己"),
     ("GL103", "三员分设")],
)  # fmt: skip
def test_a_refused_appointment_says_why(admin, made, text_of, number, said):
    url = f"/desk/setup/posts/{made.pk}/"
    page = text_of(admin.post(url, {"deed": "appoint", "staff_number": number}), 422)
    assert said in page


def test_the_words_of_a_post_are_changed(admin, made):
    sent = {"name": "抢修一班", "profession": "", "meeting_words": "全天"}
    assert admin.post(f"/desk/setup/posts/{made.pk}/", sent).status_code == 303
    made.refresh_from_db()
    assert (made.name, made.meeting_words) == ("抢修一班", "全天")


def test_leaving_asks_first_and_tells_what_is_left(admin, cast, text_of):
    row = Appointment.objects.get(user_id=cast.tang.user_id)
    url = f"/desk/setup/appointments/{row.pk}/end/"
    assert "让唐文离岗" in text_of(admin.get(url))
    assert len(cast.tang.viewer_now.seats) == 1
    answer = admin.post(url)
    page = text_of(admin.get(answer.url))
    assert "青溪自来水公司现在没有人了" in page
    assert cast.tang.viewer_now.seats == ()


def test_only_a_vacant_post_is_abolished(admin, made, text_of):
    url = f"/desk/setup/posts/{made.pk}/abolish/"
    admin.post(f"/desk/setup/posts/{made.pk}/", {"deed": "appoint", "staff_number": "HW101"})
    answer = admin.post(url)
    assert "请先办理离岗" in text_of(admin.get(answer.url))
    admin.post(f"/desk/setup/appointments/{made.appointments.get().pk}/end/")
    assert admin.post(url).url == "/desk/setup/posts/"
    made.refresh_from_db()
    assert made.abolished_at is not None


def test_each_administrator_sees_the_posts_they_fill(admin, security, text_of):
    assert "审计管理员" not in text_of(admin.get("/desk/setup/posts/")).split("<tbody>")[1]
    rows = text_of(security.get("/desk/setup/posts/")).split("<tbody>")[1]
    assert "审计管理员" in rows
    assert "派遣员" not in rows


def test_the_last_auditor_stays(security, cast, text_of):
    row = Appointment.objects.get(user_id=cast.audit_administrator.user_id)
    answer = security.post(f"/desk/setup/appointments/{row.pk}/end/")
    assert "最后一位" in text_of(security.get(answer.url))
    assert len(cast.audit_administrator.viewer_now.seats) == 1


def test_the_system_administrator_cannot_end_the_auditor(admin, cast, text_of):
    row = Appointment.objects.get(user_id=cast.audit_administrator.user_id)
    answer = admin.post(f"/desk/setup/appointments/{row.pk}/end/")
    assert "由安全管理员来做" in text_of(admin.get(answer.url))
