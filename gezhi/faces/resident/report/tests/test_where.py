"""在哪儿: the page says at once which community and grid, whichever way the place is told."""

from html.parser import HTMLParser

import pytest
import shapely

from gezhi.faces.resident.conftest import values, words
from gezhi.records.places.actions import PlaceDraft, add_places
from gezhi.records.places.models import Place, PlaceKind
from gezhi.records.places.queries.searching import split_words
from gezhi.work.cases.models import Case, CaseWords
from tests.cast import SYSTEM

FIRST_GRID = "桐花社区 第一网格"


@pytest.fixture
def street(resident):
    return resident.cast.street


def test_a_point_is_named_at_once(resident, street):
    longitude, latitude = street.point
    said = resident.where(longitude=longitude, latitude=latitude, last="map-choice")
    assert FIRST_GRID in words(said)


def test_a_point_outside_every_grid_is_no_fault(resident, street):
    longitude, latitude = street.outside_point
    said = resident.where(longitude=longitude, latitude=latitude, last="map-choice")
    assert "不在我们的网格里" in said
    resident.receipt(longitude=longitude, latitude=latitude)
    assert Case.objects.get().holder == street.centre


def test_a_point_outside_every_grid_does_not_silence_sure_words(resident, street):
    longitude, latitude = street.outside_point
    point = {"longitude": longitude, "latitude": latitude}
    said = resident.where(place_words="桐花苑1栋", **point, last="map-choice")
    assert f"按“桐花苑 1栋”登记： {FIRST_GRID}" in words(said)
    resident.receipt(place_words="桐花苑1栋", **point)
    case = Case.objects.get()
    assert (case.place_id, case.grid_id) == (street.building.pk, street.grid.pk)
    assert case.longitude is None


def test_a_point_outside_stays_where_the_words_are_refused_or_unknown(resident, street):
    longitude, latitude = street.outside_point
    point = {"longitude": longitude, "latitude": latitude}
    resident.receipt(place_words="桐花苑1栋", place="none", **point)
    resident.receipt(place_words="火星基地", text="另一件事", **point)
    for case in Case.objects.all():
        assert case.place_id is None and case.longitude == pytest.approx(longitude)


def test_words_that_fit_one_place_choose_it(resident, street):
    said = resident.where(place_words="桐花苑1栋2单元门口", last="id_place_words")
    assert f"按“桐花苑 1栋”登记： {FIRST_GRID}" in words(said)
    assert "都不是" in said


def test_a_community_without_a_place_holds_it(resident, street):
    Place.objects.create(
        district_id=street.district.pk,
        kind=PlaceKind.SITE,
        name="桐花社区党群服务中心",
        address="桐花街 9 号",
        community_id=street.community.pk,
        longitude=street.point[0],
        latitude=street.point[1],
    )
    said = resident.where(place_words="桐花社区 火星苑2栋", last="id_place_words")
    assert "按“桐花社区”登记： 桐花社区" in words(said)
    assert "写上小区和楼栋" in said
    assert "党群服务中心" not in said
    resident.receipt(place_words="桐花社区，哪一栋还不清楚")
    case = Case.objects.get()
    assert (case.community_id, case.place_id, case.grid_id) == (street.community.pk, None, None)


def test_a_community_that_is_not_meant_can_be_undone(resident):
    said = resident.where(place_words="桐花社区", place="none", last="candidates")
    assert "照您写的登记" in said
    resident.receipt(place_words="桐花社区", place="none")
    assert Case.objects.get().community_id is None


def test_words_that_nobody_knows_are_said_to_be_unknown(resident):
    said = resident.where(place_words="火星基地", last="id_place_words")
    assert "没认出这个地方，可以在地图上点" in said
    assert "found-place" not in said and "candidates" not in said


def test_unknown_words_that_look_like_a_place_are_asked_without_saying_that_none_was_found(
    resident, street
):
    add = {"district_id": street.district.pk, "by": SYSTEM}
    add_places([PlaceDraft(PlaceKind.COMPOUND, "市二建宿舍")], **add)
    said = resident.where(place_words="二建", last="id_place_words")
    assert "没认出" not in said
    assert "像这一处，是吗？" in said and "市二建宿舍" in said
    add_places([PlaceDraft(PlaceKind.COMPOUND, "省二建宿舍")], **add)
    said = resident.where(place_words="二建", last="id_place_words")
    assert "没认出" not in said and "像这几处，是哪一处？" in said


def test_without_script_unknown_words_are_said_once_and_nothing_is_lost(resident):
    answer = resident.report(place_words="火星基地", name="陈阿姨")
    page = answer.content.decode()
    assert answer.status_code == 200 and not Case.objects.exists()
    assert "还没有提交：没认出您写的地方" in page
    assert "楼道灯坏了三天" in page and "陈阿姨" in page
    again = resident.report(**{**values(page), "text": "楼道灯坏了三天", "place_words": "火星基地"})
    assert again.status_code == 303
    assert Case.objects.get().grid_id is None
    assert "没有认出您写的地方" in resident.read(again["Location"])


def test_without_script_several_places_are_asked_once(resident, street):
    Place.objects.filter(pk=street.next_compound.pk).update(name="桐城棉纺厂宿舍")
    answer = resident.report(place_words="棉纺厂家属院")
    page = answer.content.decode()
    assert "还没有提交：先看看是哪一处" in page and not Case.objects.exists()
    assert f'value="{street.next_compound.pk}"' in page
    resident.receipt(place_words="棉纺厂家属院", place=str(street.next_compound.pk))
    assert Case.objects.get().place_id == street.next_compound.pk


def test_none_of_these_is_respected(resident):
    said = resident.where(place_words="桐花苑", place="none", last="candidates")
    assert "found-place" not in said


def test_a_compound_of_the_list_offers_its_buildings(resident, street):
    said = resident.where(compound=street.compound.pk, last="id_compound")
    assert 'name="building"' in said and "1栋" in said
    assert FIRST_GRID in words(said)


def test_the_last_touch_counts(resident, street):
    longitude, latitude = street.next_point
    both = {"longitude": longitude, "latitude": latitude, "compound": street.compound.pk}
    assert "第二网格" in resident.where(**both, last="map-choice")
    assert FIRST_GRID in words(resident.where(**both, last="id_compound"))


def test_without_script_a_button_says_it_and_keeps_all(resident):
    answer = resident.report(place_words="桐花苑1栋", look="yes")
    assert answer.status_code == 200
    assert FIRST_GRID in words(answer.content.decode())
    assert "楼道灯坏了三天" in answer.content.decode()
    assert not Case.objects.exists()


def test_the_chosen_building_is_where_the_case_lies(resident, street):
    resident.receipt(compound=street.compound.pk, building=street.building.pk)
    case = Case.objects.get()
    assert (case.place_id, case.compound_id) == (street.building.pk, street.compound.pk)
    assert case.grid_id == street.grid.pk
    assert CaseWords.objects.get(case=case).place_words == "桐花苑 1栋"


def test_words_alone_are_resolved_when_they_name_one_place(resident, street):
    resident.receipt(place_words="桐花苑1栋门口")
    assert Case.objects.get().place_id == street.building.pk


def test_a_place_is_never_asked_for_in_an_address(client, cast):
    assert client.get("/where").status_code == 405


def test_the_borders_are_small_public_and_say_nothing_else(client, cast):
    answer = client.get("/borders")
    drawn = answer.json()
    assert len(answer.content) < 30_000
    assert {tuple(sorted(one["properties"])) for one in drawn["features"]} == {("level", "name")}
    assert "public" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("均隆花园3栋2单元", ["均隆花园", "3栋", "2单元"]),
        ("均隆花园 3 栋 2 单元门口的灯", ["均隆花园", "3栋", "2单元"]),
        ("东大街88号", ["东大街", "88号"]),
        ("", []),
        ("3栋", ["3栋"]),
    ],
)
def test_words_are_cut_where_a_neighbor_would(typed, parts):
    assert split_words(typed) == parts


class _Posting(HTMLParser):
    """For every control that posts by itself, the fields it may send."""

    def __init__(self) -> None:
        super().__init__()
        self.above: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        around = self.above[-1] if self.above else "*"
        allowed = named.get("hx-params") or around
        if "hx-post" in named:
            self.found.append(allowed)
        if tag not in ("input", "meta", "link", "img", "br"):
            self.above.append(allowed)

    def handle_endtag(self, tag):
        self.above.pop()


def test_no_control_that_looks_up_a_place_may_send_who_is_writing(resident, street):
    page = _Posting()
    page.feed(resident.report(place_words="桐花苑", look="yes").content.decode())
    assert len(page.found) >= 4
    for allowed in page.found:
        fields = allowed.split(", ")
        assert "place_words" in fields and not {"*", "phone", "name", "deed_key"} & set(fields)


def test_the_roads_of_the_map_have_names_and_are_small(client, cast):
    longitude, latitude = cast.street.point
    road = shapely.LineString([(longitude, latitude), (longitude + 0.01, latitude)])
    drafts = [PlaceDraft(PlaceKind.ROAD, f"青石{at}街", shape=road) for at in range(400)]
    add_places(drafts, district_id=cast.street.district.pk, by=SYSTEM)
    answer = client.get("/roads")
    drawn = answer.json()["features"]
    assert len(answer.content) < 32_000 and "public" in answer["Cache-Control"]
    assert drawn[0]["properties"] == {"name": drawn[0]["properties"]["name"], "long": True}
    assert 'data-roads="/roads"' in client.get("/").content.decode()
