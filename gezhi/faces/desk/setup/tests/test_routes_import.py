"""Routing rules by Excel: every row a draft; taken along, changed and sent back."""

import io
import re
import zipfile

import pytest

from gezhi.faces.desk.conftest import begin_batch, send_sheet
from gezhi.faces.desk.setup.tests.conftest import cells, sheet_of
from gezhi.faces.shell.terms import label
from gezhi.records.duties import actions
from gezhi.records.duties.actions import RouteWanted
from gezhi.records.duties.models import Route
from gezhi.work.cases.tests.playing import a_class

HEADS = ("先后", "规则名称", "类别代码", "适用区域", "谁来派", "什么时候", "时段", "星期", "季节", "紧急程度",
         "主办单位", "协办单位", "要等的协办单位", "依据", "从哪天起", "到哪天止")  # fmt: skip


@pytest.fixture
def line(cast):
    def made(**changes):
        values = {
            "先后": 10, "规则名称": "夜里归自来水", "类别代码": a_class(), "适用区域": "桐花社区",
            "什么时候": "这段时间以外（含休息日）", "时段": "8:30-18:00", "星期": "六、日",
            "季节": "05-01 到 09-30", "紧急程度": "紧急", "主办单位": cast.street.water.name,
            "协办单位": cast.street.sanitation.name, "要等的协办单位": cast.street.office.name,
            "依据": "供水条例", "从哪天起": "2026-12-01",
        } | changes  # fmt: skip
        return tuple(values.get(head, "") for head in HEADS)

    return made


@pytest.fixture
def send(admin, text_of):
    """The page that previews these rows."""

    def sent(*lines, heads=HEADS):
        return text_of(send_sheet(admin, "routes", sheet_of(heads, *lines)))

    return sent


@pytest.fixture
def take_in(admin, send, text_of):
    def taken(*lines, heads=HEADS):
        return text_of(begin_batch(admin, send(*lines, heads=heads)))

    return taken


def taken_along(admin, show=""):
    answer = admin.get(f"/desk/setup/export/routes/?show={show}")
    return b"".join(answer.streaming_content)


def test_a_row_becomes_a_draft_with_all_it_says(cast, send, take_in, line):
    assert "草稿" in send(line())
    take_in(line())
    row = Route.objects.get()
    assert (row.state, row.order, row.area) == ("draft", 10, cast.street.community)
    assert (row.hours, row.opens, row.closes, row.weekdays) == ("off", 510, 1080, "67")
    assert (row.season_from, row.season_to, row.urgency) == ("0501", "0930", "urgent")
    assert [(one.unit, one.waits) for one in row.assists.all()] == [
        (cast.street.sanitation, False),
        (cast.street.office, True),
    ]


def test_little_is_needed(cast, take_in):
    heads = ("先后", "规则名称", "主办单位")
    take_in((20, "其余归环卫所", cast.street.sanitation.name), heads=heads)
    row = Route.objects.get()
    assert (row.class_code, row.hours, row.area) == ("", "", cast.street.district_area)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"先后": "first"}, "先后写 1 到 99999 的数"),
        ({"类别代码": "no such"}, "没有这一项"),
        ({"适用区域": "火星"}, "没有这个区域"),
        ({"什么时候": "某时"}, "只能是：任何时候"),
        ({"时段": "9点"}, "时段写成 9:00-17:00"),
        ({"星期": "八"}, "星期写成 六、日 或 67"),
        ({"季节": "夏天"}, "季节写成 05-01 到 09-30"),
        ({"主办单位": "没有这个"}, "没有这个单位"),
        ({"协办单位": "没有这个"}, "没有这些单位"),
        ({"协办单位": "桐花街道环卫所、桐花街道环卫所"}, "同一个单位写了两次"),
        ({"规则名称": "=cmd"}, "不该有的符号"),
    ],
)
def test_a_bad_cell_is_red_with_its_reason(send, line, change, said):
    assert said in send(line(**change))
    assert not Route.objects.exists()


@pytest.fixture
def standing(cast):
    """A rule in force with a bit of everything."""
    wanted = RouteWanted(
        name="白天归环卫所", order=7, area_id=cast.street.street.pk,
        lead_unit=cast.street.sanitation, hours="working", weekdays="15", season_from="1101",
        season_to="0315", assists=[(cast.street.office, True)], legal_basis="条例",
    )  # fmt: skip
    by = cast.system_administrator.viewer
    row = actions.draft_route(wanted=wanted, by=by)
    return actions.enact_routes(route_ids=[row.pk], by=by)[0]


def test_the_list_that_was_taken_along_changes_nothing_when_sent_back(admin, standing, text_of):
    content = taken_along(admin)
    assert set(HEADS) < set(cells(content)[0])
    page = text_of(send_sheet(admin, "routes", content))
    assert "没有要导入的：都和现在一样" in page
    assert "没有用上" not in page.split("<details")[0]


def test_the_list_says_classes_and_urgency_in_words(admin, take_in, line, text_of):
    take_in(line())
    content = taken_along(admin, "draft")
    heads, row = cells(content)
    said = dict(zip(heads, row, strict=True))
    assert said["类别代码"] == a_class()
    assert said["类别"] == label("matters", a_class())
    assert said["紧急程度"] == "紧急"
    assert "没有要导入的" in text_of(send_sheet(admin, "routes", content))


def test_a_changed_row_becomes_the_draft_that_takes_the_place_of_its_name(admin, take_in, standing):
    heads, line = cells(taken_along(admin))
    day = heads.index("从哪天起")
    line[0], line[day] = 3, line[day].isoformat()
    take_in(line, heads=heads)
    draft = Route.objects.get(state="draft")
    assert (draft.replaces, draft.order) == (standing, 3)


def test_the_order_of_the_sheet_is_kept(admin, take_in, line):
    take_in(line(), line(先后=5, 规则名称="更早的"), line(先后=7, 规则名称="中间的"))
    _heads, *lines = cells(taken_along(admin, "draft"))
    assert [row[0] for row in lines] == [5, 7, 10]


def test_a_list_that_there_is_not_is_the_one_in_force(admin, standing):
    _heads, line = cells(taken_along(admin, "no-such"))
    assert line[1] == standing.name


def test_a_formula_is_taken_along_as_text(cast, admin):
    wanted = RouteWanted(
        name="白天", order=7, area_id=cast.street.street.pk, lead_unit=cast.street.sanitation,
        legal_basis="=1+1",
    )  # fmt: skip
    actions.draft_route(wanted=wanted, by=cast.system_administrator.viewer)
    content = taken_along(admin, "draft")
    heads, line = cells(content)
    assert line[heads.index("依据")] == "=1+1"
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_batch_is_undone_but_for_what_is_in_force(cast, admin, take_in, line):
    page = take_in(line(), line(规则名称="第二条", 先后=20))
    first = Route.objects.get(order=10)
    actions.enact_routes(route_ids=[first.pk], by=cast.system_administrator.viewer)
    (address,) = re.findall(r'href="(/desk/sheets/batches/\d+/undo/)"', page)
    admin.post(address)
    assert list(Route.objects.all()) == [first]
