"""Routing rules in the browser: written as drafts, read as sentences, put in force, ended."""

import pytest

from gezhi.records.duties.models import Route
from gezhi.work.cases.tests.playing import a_class

URL = "/desk/setup/routes/"


@pytest.fixture
def words(cast):
    return {
        "name": "占道经营归环卫所",
        "order": "10",
        "class_code": a_class(),
        "area": str(cast.street.community.pk),
        "held": "",
        "hours": "working",
        "opens": "9:00",
        "closes": "17:00",
        "lead_unit": str(cast.street.sanitation.pk),
        "assist_units": [str(cast.street.water.pk), str(cast.street.office.pk)],
        "waits": [str(cast.street.office.pk)],
        "legal_basis": "市容条例第十二条",
        "valid_from": "2026-11-23",
    }


@pytest.fixture
def drafted(admin, words):
    def draft(**changes):
        answer = admin.post(f"{URL}new/", words | changes)
        assert answer.status_code == 303, answer.content.decode()
        return Route.objects.latest("pk")

    return draft


@pytest.fixture
def enacted(admin, drafted):
    def enact(**changes):
        row = drafted(**changes)
        assert admin.post(f"{URL}enact/", {"route": [row.pk]}).status_code == 303
        return row

    return enact


def test_a_draft_is_read_as_a_sentence_among_the_drafts(admin, drafted, text_of):
    drafted()
    assert "占道经营归环卫所" not in text_of(admin.get(URL))
    page = text_of(admin.get(f"{URL}?show=draft"))
    assert "工作日 9:00–17:00，桐花社区的" in page
    assert "桐花街道环卫所主办，" in page
    assert "协办（主办要等）" in page
    assert "市容条例第十二条" in page


def test_what_the_form_says_is_what_the_rule_holds(cast, drafted):
    row = drafted(
        weekdays=["6", "7"], season_from="5-1", season_to="09-30", urgency="urgent",
        opens="8:30", closes="24:00", held="community",
    )  # fmt: skip
    assert (row.opens, row.closes, row.weekdays) == (510, 1440, "67")
    assert (row.season_from, row.season_to) == ("0501", "0930")
    assert (row.urgency, row.held, row.hours) == ("urgent", "community", "working")
    assert [(one.unit, one.waits) for one in row.assists.all()] == [
        (cast.street.water, False),
        (cast.street.office, True),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "“规则名称”还没填"),
        ({"class_code": "月亮上的事"}, "没有“月亮上的事”这个类别"),
        ({"order": "0"}, "“先后”不能小于 1"),
        ({"opens": "nine"}, "时间写成 9:00"),
        ({"opens": "18:00"}, "前一个要早"),
        ({"season_from": "May"}, "日子写成 05-01"),
        ({"season_from": "05-01"}, "季节要写从哪天到哪天"),
        ({"waits": "lead"}, "要等的单位先要在协办单位里勾上"),
        ({"assist_units": "lead", "waits": []}, "主办单位不能同时是协办单位，请去掉一个"),
        ({"valid_to": "2026-11-23"}, "一直有效就空着"),
    ],
)
def test_a_refusal_is_explained_and_nothing_is_lost(admin, words, text_of, change, said):
    change = {
        name: [words["lead_unit"]] if value == "lead" else value for name, value in change.items()
    }
    page = text_of(admin.post(f"{URL}new/", words | change), 422)
    assert said in page
    assert "市容条例第十二条" in page
    assert not Route.objects.exists()


def test_chosen_drafts_come_in_force_after_a_look(admin, drafted, text_of):
    row = drafted()
    look = text_of(admin.get(f"{URL}enact/?route={row.pk}"))
    assert "还没有生效。看一看对不对" in look
    admin.post(f"{URL}enact/", {"route": [row.pk]})
    assert "占道经营归环卫所" in text_of(admin.get(URL))


def test_one_without_a_basis_is_named_before_it_comes_in_force(admin, drafted, text_of):
    look = f"{URL}enact/?route="
    founded, bare = drafted(), drafted(name="没凭据的", legal_basis="", duty="")
    assert "没有写依据：没凭据的。" in text_of(admin.get(f"{look}{bare.pk}&route={founded.pk}"))
    assert "没有写依据：" not in text_of(admin.get(f"{look}{founded.pk}"))
    admin.post(f"{URL}enact/", {"route": [bare.pk]})
    bare.refresh_from_db()
    assert bare.state == "in_force"


def test_the_deed_of_a_rule_in_force_says_that_another_takes_its_place(admin, enacted, text_of):
    enacted()
    page = text_of(admin.get(URL))
    assert "拟新的换下…" in page
    assert "改</a>" not in page.replace(" ", "").replace("\n", "")


def test_without_a_draft_chosen_it_says_so(admin, text_of):
    answer = admin.get(f"{URL}enact/", follow=True)
    assert "请先勾选要生效的草稿" in text_of(answer)


def test_a_contradiction_names_both(cast, admin, enacted, drafted, text_of):
    enacted()
    row = drafted(name="占道经营归自来水", lead_unit=str(cast.street.water.pk), assist_units=[],
                  waits=[])  # fmt: skip
    page = text_of(admin.post(f"{URL}enact/", {"route": [row.pk]}), 409)
    assert "“占道经营归自来水”和“占道经营归环卫所”的先后一样（10）" in page
    row.refresh_from_db()
    assert row.state == "draft"


def test_what_never_fires_is_warned_of_before_and_after(admin, enacted, drafted, text_of):
    enacted(class_code="", hours="")
    row = drafted(name="永远轮不到的", order="20")
    warned = "上面的“占道经营归环卫所”总是先用"
    assert warned in text_of(admin.get(f"{URL}enact/?route={row.pk}"))
    admin.post(f"{URL}enact/", {"route": [row.pk]})
    assert warned in text_of(admin.get(URL))


def test_a_rule_in_force_is_changed_by_a_draft_that_takes_its_place(admin, words, enacted, text_of):
    old = enacted()
    page = text_of(admin.get(f"{URL}{old.pk}/"))
    assert "拟一条换下“占道经营归环卫所”" in page
    assert 'value="9:00"' in page
    admin.post(f"{URL}{old.pk}/", words | {"order": "5"})
    new = Route.objects.get(state="draft")
    assert new.replaces == old
    assert "生效那天换下“占道经营归环卫所”" in text_of(admin.get(f"{URL}enact/?route={new.pk}"))
    admin.post(f"{URL}enact/", {"route": [new.pk]})
    old.refresh_from_db()
    assert old.state == "ended"
    assert "占道经营归环卫所" in text_of(admin.get(f"{URL}?show=ended"))


def test_a_draft_is_changed_and_thrown_away_after_asking(admin, words, drafted, text_of):
    row = drafted()
    admin.post(f"{URL}{row.pk}/", words | {"name": "改过的名字"})
    assert Route.objects.get().name == "改过的名字"
    assert "删掉这份草稿？" in text_of(admin.get(f"{URL}{row.pk}/end/"))
    admin.post(f"{URL}{row.pk}/end/")
    assert not Route.objects.exists()


def test_a_rule_is_ended_after_asking(admin, enacted, text_of):
    row = enacted()
    assert "从今天起，“占道经营归环卫所”不再用来派单" in text_of(admin.get(f"{URL}{row.pk}/end/"))
    admin.post(f"{URL}{row.pk}/end/")
    row.refresh_from_db()
    assert row.state == "ended"


def test_staff_read_the_rules_without_deeds(client_of, cast, enacted, text_of):
    row = enacted()
    for person in (cast.dispatcher, cast.supervisor, cast.handler):
        page = text_of(client_of(person).get(URL))
        assert "占道经营归环卫所" in page
        assert f"/{row.pk}/" not in page
        assert client_of(person).post(f"{URL}{row.pk}/end/").status_code == 404
