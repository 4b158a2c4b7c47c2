"""Drafts tried over past cases in the browser, and what each reader sees of the cases."""

import pytest

from gezhi.faces.shell.terms import label
from gezhi.records.duties import actions as duties
from gezhi.records.duties.actions import RouteWanted
from gezhi.work.cases.models import Case
from gezhi.work.dry_runs import actions
from gezhi.work.dry_runs.models import DryRun

NEW = "/desk/setup/dry-runs/new/"
DAYS = {"first": "2026-11-01", "last": "2026-11-23"}


@pytest.fixture
def draft(cast):
    wanted = RouteWanted(
        name="都归自来水", order=10, area_id=cast.street.street.pk, lead_unit=cast.street.water
    )
    return duties.draft_route(wanted=wanted, by=cast.system_administrator.viewer)


@pytest.fixture
def tried(admin, play, draft):
    """The address of a dry run over one case that would have gone elsewhere."""
    play.until("dispatched")
    answer = admin.post(NEW, {"route": [draft.pk], **DAYS})
    assert answer.status_code == 303
    return answer.url


def test_last_month_is_offered(admin, draft, text_of):
    page = text_of(admin.get(f"{NEW}?route={draft.pk}"))
    assert 'name="first" value="2026-10-01"' in page
    assert 'name="last" value="2026-10-31"' in page
    assert "都归自来水" in page


def test_without_a_draft_chosen_it_says_so(admin, text_of):
    assert "请先勾选要试算的草稿" in text_of(admin.get(NEW, follow=True))


def test_wrong_days_are_explained(admin, draft, text_of):
    sent = {"route": [draft.pk], "first": "2026-11-02", "last": "2026-11-01"}
    assert "“到哪天”要在“从哪天”以后" in text_of(admin.post(NEW, sent), 422)


def test_the_outcome_counts_and_lists_what_changes(cast, client_of, play, tried, text_of):
    page = text_of(client_of(cast.supervisor).get(tried))
    assert "1 件（100%）" in page
    assert "没有规则，要人选" in page
    assert cast.street.water.name in page
    assert f"/desk/cases/{play.case.number}/" in page
    assert "现在的规则 0%，加上草稿 0%" in page


def test_an_administrator_sees_counts_and_no_case(cast, admin, play, tried, text_of):
    page = text_of(admin.get(tried))
    assert "1 件（100%）" in page
    assert play.case.number not in page
    assert "这些草稿生效…" in page
    # What is no case: class, community, from and to, by which rule, on which day, what was done.
    row = page.partition('id="cases"')[2].partition("</table>")[0]
    known = (label("matters", play.case.class_code), cast.street.community.name,
             "没有规则，要人选", cast.street.water.name, "都归自来水", "2026-11-23",
             "派给别的单位 1 件")  # fmt: skip
    for said in known:
        assert said in row
    assert "/desk/cases/" not in row
    assert "您看不到" not in page
    # The number of a move opens the groups of that move.
    water = cast.street.water.pk
    assert f'href="?move=0-{water}#cases"' in page
    assert "都归自来水</small>" in text_of(admin.get(f"{tried}?move=0-{water}"))


def test_what_became_restricted_is_in_no_group(cast, admin, play, tried, text_of):
    Case.objects.filter(pk=play.case.pk).update(confidentiality="restricted")
    page = text_of(admin.get(tried))
    assert "另有 1 件您看不到，只计数" in page
    assert "都归自来水</small>" not in page
    # The number of the move leads nowhere then.
    assert "?move=" not in page


def test_the_shares_that_agree_say_what_they_mean(cast, client_of, tried, text_of):
    page = text_of(client_of(cast.supervisor).get(tried))
    assert "越高，越接近派遣员后来实际派的" in page


def test_the_list_is_narrowed_to_one_move(cast, client_of, play, tried, text_of):
    browser = client_of(cast.supervisor)
    water = cast.street.water.pk
    assert play.case.number in text_of(browser.get(f"{tried}?move=0-{water}"))
    other = text_of(browser.get(f"{tried}?move={water}-0"))
    assert play.case.number not in other
    for nonsense in ("x", "1", "0-0", "1-99999999999999999999"):
        assert browser.get(f"{tried}?move={nonsense}").status_code == 200


def test_a_restricted_case_is_counted_only(cast, client_of, play, draft, text_of):
    play.until("dispatched", confidential=True)
    browser = client_of(cast.supervisor)
    page = text_of(browser.get(browser.post(NEW, {"route": [draft.pk], **DAYS}).url))
    assert "其中 1 件保密，不列出来" in page
    assert play.case.number not in page


def test_many_cases_show_their_progress_first(cast, admin, play, draft, text_of, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    play.until("dispatched")
    url = admin.post(NEW, {"route": [draft.pk], **DAYS}).url
    page = text_of(admin.get(url))
    assert "正在数有多少件" in page
    assert 'hx-trigger="every 2s"' in page
    part = admin.get(url, headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)
    DryRun.objects.update(state="done")
    assert admin.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_nothing_in_those_days_is_said(admin, draft, text_of):
    url = admin.post(NEW, {"route": [draft.pk], **DAYS}).url
    assert "这段时间没有派出过的事" in text_of(admin.get(url))


def test_who_only_sends_has_no_such_page(cast, client_of, tried):
    assert client_of(cast.dispatcher).get(tried).status_code == 404
    assert client_of(cast.dispatcher).get(NEW).status_code == 404
    assert client_of(cast.wang).get(tried).status_code == 200
