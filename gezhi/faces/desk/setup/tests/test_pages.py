"""Every page of the setup opens for whom it is made and does not exist for the others."""

import pytest

from gezhi.kernel.viewer import Role
from gezhi.records.duties import actions as duties
from gezhi.records.posts import queries as posts
from tests.cast import SYSTEM

SYSTEM_PAGES = [
    "", "areas/", "areas/borders/", "areas/communities/new/", "areas/grids/new/",
    "areas/grids/{grid}/", "units/", "units/new/", "units/{unit}/", "units/{unit}/close/",
    "staff/", "staff/new/", "staff/{user}/", "staff/{user}/seat/",
    "staff/{user}/password/", "staff/{user}/close/", "posts/", "posts/new/", "posts/{post}/",
    "posts/{post}/abolish/", "appointments/{appointment}/end/", "duties/new/", "duties/{duty}/end/",
    "limits/stages/accepting/", "limits/figures/", "calendar/2027/", "calendar/days/2026-12-09/",
    "enactments/limits/", "enactments/matters/", "enactments/calendar/",
]  # fmt: skip
SECURITY_PAGES = [
    "", "accounts/", "accounts/{user}/unlock/", "accounts/{user}/factor/",
    "accounts/{user}/sessions/", "roles/", "posts/", "posts/new/",
]  # fmt: skip
# What the security administrator does for administrators, the system administrator for the rest.
_SHARED = {
    *SECURITY_PAGES, "staff/{user}/seat/", "staff/{user}/password/", "staff/{user}/close/",
    "posts/{post}/", "posts/{post}/abolish/", "appointments/{appointment}/end/",
}  # fmt: skip
SYSTEM_ONLY = sorted({*SYSTEM_PAGES} - _SHARED)
STAFF_PAGES = ["duties/", "limits/", "limits/classes/", "calendar/", "crew/"]
AUDIT_PAGES = ["", "audit/", "roles/"]


@pytest.fixture
def address(cast):
    viewer = cast.system_administrator.viewer
    appointment = posts.appointments(viewer).get(user_id=cast.handler.user_id)
    duty = duties.add_duty(
        class_code="T01", name="清扫", area_id=cast.street.street.pk, list_kind="basic",
        lead_unit=cast.street.sanitation, by=SYSTEM,
    )  # fmt: skip

    def filled(page):
        return "/desk/setup/" + page.format(
            grid=cast.street.grid.pk,
            unit=cast.street.water.pk,
            user=cast.handler.user_id,
            post=appointment.post_id,
            appointment=appointment.pk,
            duty=duty.pk,
        )

    return filled


@pytest.mark.parametrize("page", [*SYSTEM_PAGES, *STAFF_PAGES])
def test_the_system_administrator_opens(admin, address, page):
    answer = admin.get(address(page))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert " style=" not in text
    assert "onclick" not in text


@pytest.mark.parametrize("page", SECURITY_PAGES)
def test_the_security_administrator_opens(security, address, page):
    assert security.get(address(page)).status_code == 200


@pytest.mark.parametrize("page", AUDIT_PAGES)
def test_the_audit_administrator_opens(auditor, address, page):
    assert auditor.get(address(page)).status_code == 200


@pytest.mark.parametrize("page", sorted({*SYSTEM_PAGES, *SECURITY_PAGES, *AUDIT_PAGES}))
@pytest.mark.parametrize("person", ["acceptor", "wang", "zhang", "handler"])
def test_for_working_staff_none_of_them_exists(client_of, cast, address, page, person):
    assert client_of(getattr(cast, person)).get(address(page)).status_code == 404


@pytest.mark.parametrize("page", SYSTEM_ONLY)
def test_for_the_other_administrators_the_system_pages_do_not_exist(
    security, auditor, address, page
):
    assert security.get(address(page)).status_code == 404
    assert auditor.get(address(page)).status_code == 404


@pytest.mark.parametrize("page", ["accounts/", "accounts/{user}/unlock/", "audit/"])
def test_for_the_system_administrator_accounts_and_trail_do_not_exist(admin, address, page):
    assert admin.get(address(page)).status_code == 404


@pytest.mark.parametrize("page", STAFF_PAGES)
@pytest.mark.parametrize("person", ["acceptor", "zhang", "li", "handler", "wang"])
def test_all_staff_read_duties_limits_and_the_crew(client_of, cast, address, page, person):
    assert client_of(getattr(cast, person)).get(address(page)).status_code == 200


@pytest.mark.parametrize("page", [*SYSTEM_PAGES, *SECURITY_PAGES, *STAFF_PAGES, *AUDIT_PAGES])
def test_a_stranger_is_asked_to_log_in(client, address, page):
    answer = client.get(address(page))
    assert answer.status_code == 302
    assert answer.url.startswith("/login/?next=")


def test_the_rail_shows_each_administrator_their_own_pages(
    admin, security, auditor, client_of, cast
):
    rails = {
        "admin": admin.get("/desk/setup/").content.decode(),
        "security": security.get("/desk/setup/").content.decode(),
        "auditor": auditor.get("/desk/setup/").content.decode(),
    }
    assert "/desk/setup/units/" in rails["admin"]
    assert "/desk/setup/audit/" not in rails["admin"]
    assert "/desk/setup/accounts/" in rails["security"]
    assert "/desk/setup/units/" not in rails["security"]
    assert "/desk/setup/audit/" in rails["auditor"]
    assert "/desk/setup/accounts/" not in rails["auditor"]


def test_rows_of_another_district_do_not_exist(admin, cast, address):
    cast.street.water.district_id = 777
    cast.street.water.save()
    assert admin.get(address("units/{unit}/")).status_code == 404
    user = cast.handler.user
    user.district_id = 777
    user.save()
    for page in ("staff/{user}/", "staff/{user}/seat/", "staff/{user}/close/"):
        assert admin.post(address(page)).status_code == 404


def test_the_first_page_says_how_far_one_is(admin, text_of):
    text = text_of(admin.get("/desk/setup/"))
    assert "2 个社区，3 个网格" in text
    assert "7 个单位，其中 1 个还没有人" in text
    assert "15 个账号" in text


@pytest.mark.parametrize(
    "page", ["", "units/", "staff/", "posts/", "duties/", "areas/", "crew/", "limits/", "calendar/"]
)
def test_lists_cost_few_queries(admin, address, page, django_assert_max_num_queries):
    url = address(page)
    # The packs are read once a process; whether another test has read them must not matter.
    admin.get(url)
    with django_assert_max_num_queries(20):
        admin.get(url)


def test_every_role_that_works_has_a_page_to_begin_with(client_of, cast):
    for _name, person in cast.staff():
        answer = client_of(person).get("/work/")
        assert answer.status_code == 302
        assert person.viewer.roles != {Role.RESIDENT}
