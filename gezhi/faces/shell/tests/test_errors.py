"""What went wrong is said where one works: staff keep the rail and find the way back."""

import pytest
from django.test import Client

from gezhi.faces.shell.menu import entries_for


@pytest.mark.parametrize("path", ["/desk/setup/units/", "/nowhere/at/all/", "/desk/cases/1/"])
def test_who_works_at_the_desk_keeps_the_rail(client_of, cast, path):
    answer = client_of(cast.acceptor).get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    rail = page.split('class="rail"')[1].split("</nav>")[0]
    assert all(entry.url in rail for entry in entries_for(cast.acceptor.viewer))
    assert 'href="/work/"' in page
    assert "不归您看" in page


def test_no_page_of_the_rail_is_called_the_current_one(client_of, cast):
    page = client_of(cast.acceptor).get("/desk/setup/units/").content.decode()
    assert "aria-current" not in page.split('class="rail"')[1].split("</nav>")[0]


def test_every_administrator_keeps_the_own_rail(client_of, cast):
    page = client_of(cast.security_administrator).get("/desk/setup/units/").content.decode()
    assert "账号安全" in page.split('class="rail"')[1]
    assert "/desk/setup/units/" not in page.split('class="rail"')[1].split("</nav>")[0]


def test_a_worker_with_a_phone_gets_a_plain_page_and_the_way_back(client_of, cast):
    page = client_of(cast.zhang).get("/pocket/nowhere/").content.decode()
    assert 'class="rail"' not in page
    assert 'href="/work/"' in page


def test_a_stranger_gets_a_plain_page_that_leads_home(client, db):
    page = client.get("/nowhere/").content.decode()
    assert 'class="rail"' not in page
    assert "回首页" in page
    assert "查询码" in page


def test_a_form_too_old_keeps_the_rail(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.acceptor.user)
    answer = browser.post("/desk/notices/read/")
    assert answer.status_code == 403
    assert 'class="rail"' in answer.content.decode()
