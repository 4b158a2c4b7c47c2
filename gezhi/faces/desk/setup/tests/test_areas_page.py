"""Areas in the browser: borders from a file, grids by a list, who looks after a place."""

import json

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile

from gezhi.records.places import queries
from gezhi.records.places.models import Area, AreaVersion, Place
from tests.cast import box

BORDERS = "/desk/setup/areas/borders/"


def face(shape, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def send(admin, *faces, level="grid", crs="CGCS2000", save=True, content=None):
    body = content or json.dumps({"type": "FeatureCollection", "features": list(faces)}).encode()
    sent = {"level": level, "crs": crs, "file": SimpleUploadedFile("b.geojson", body)}
    return admin.post(BORDERS, sent | ({"save": "yes"} if save else {}))


@pytest.fixture
def empty_community(cast):
    """The other community with its border and no grid in it."""
    Place.objects.filter(grid_id=cast.street.other_grid.pk).update(grid_id=None)
    AreaVersion.objects.filter(area=cast.street.other_grid).delete()
    cast.street.other_grid.delete()
    return cast.street.other_community


def test_looking_says_what_would_be_drawn_and_draws_nothing(admin, empty_community, text_of):
    left = face(box(0, 1, 1, 2), community="梧桐社区", number=2, households=280)
    page = text_of(send(admin, left, save=False))
    assert "1 个面都对得上，其中 1 个是新网格" in page
    assert not Area.objects.filter(community_id=empty_community.pk, level="grid").exists()


def test_new_grids_are_opened_and_points_find_them(admin, empty_community, cast):
    answer = send(
        admin,
        face(box(0, 1, 1, 2), 社区="梧桐社区", 编号=2, 户数="280"),
        face(box(1, 1, 2, 2), code=f"{empty_community.code}003", name="梧桐东网格"),
    )
    assert answer.status_code == 303
    grids = Area.objects.filter(community_id=empty_community.pk, level="grid").order_by("code")
    assert [grid.code[-3:] for grid in grids] == ["002", "003"]
    assert grids[1].name == "梧桐东网格"
    where = queries.locate(cast.street.district.pk, 104.086, 30.656)
    assert where.grid_id == grids[1].pk


def test_a_known_grid_is_redrawn_by_code_or_name(admin, cast):
    half = box(0, 0, 0.5, 1)
    assert send(admin, face(half, code=cast.street.grid.code)).status_code == 303
    where = queries.locate(cast.street.district.pk, *cast.street.point)
    assert where.community_id == cast.street.community.pk
    version = AreaVersion.objects.get(area=cast.street.grid, valid_to=None)
    assert version.east is not None
    assert version.east < cast.street.point[0] + 1e-6


def test_the_system_of_coordinates_is_asked_for_and_used(admin, cast, text_of):
    assert "还没选，请选一项。" in text_of(send(admin, face(box(0, 0, 1, 1)), crs=""), 422)
    send(admin, face(box(0, 0, 1, 1), code=cast.street.grid.code), crs="GCJ-02")
    version = AreaVersion.objects.get(area=cast.street.grid, valid_to=None)
    assert version.west is not None
    assert 0.001 < 104.08 - version.west < 0.01


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({}, "社区"),
        ({"community": "没有的社区", "number": 2}, "新网格要写明 community"),
        ({"community": "桐花社区"}, "新网格要写明 number"),
    ],
)
def test_a_face_that_fits_nothing_is_told_and_nothing_drawn(admin, text_of, properties, said):
    before = AreaVersion.objects.count()
    page = text_of(send(admin, face(box(0, 0, 1, 1), **properties)), 422)
    assert said in page
    assert "什么都没有保存" in page
    assert AreaVersion.objects.count() == before


def test_two_faces_for_one_area_are_told(admin, cast, text_of):
    twice = [face(box(0, 0, 1, 1), code=cast.street.grid.code)] * 2
    assert "两个面是同一个区域" in text_of(send(admin, *twice), 422)


def test_overlapping_grids_are_refused_whole(admin, empty_community, text_of):
    page = text_of(
        send(
            admin,
            face(box(0, 1, 1.5, 2), community="梧桐社区", number=2),
            face(box(1, 1, 2, 2), community="梧桐社区", number=3),
        ),
        422,
    )
    assert "重叠" in page
    assert not Area.objects.filter(community_id=empty_community.pk, level="grid").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "这不是 GeoJSON"),
        (b"[" * 100_000, "这不是 GeoJSON"),
        (b'{"type": "Feature"}', "文件里没有面"),
        (b'{"features": [1, null]}', "读不懂这条边界"),
        (b'{"features": [{"geometry": {"type": "Point", "coordinates": [104, 30]}}]}', "多边形"),
    ],
)
def test_what_is_no_border_is_explained(admin, text_of, content, said):
    assert said in text_of(send(admin, content=content), 422)


def test_communities_are_drawn_by_name(admin, cast):
    assert send(admin, face(box(0, 0, 2, 1), name="桐花社区"), level="community").status_code == 303


def test_a_grid_without_a_map(admin, cast, text_of):
    sent = {
        "community": str(cast.street.other_community.pk), "number": "7", "name": "",
        "households": "260", "places": "新院：1栋、2栋\n老院",
    }  # fmt: skip
    assert admin.post("/desk/setup/areas/grids/new/", sent).status_code == 303
    grid = Area.objects.get(code=f"{cast.street.other_community.code}007")
    page = text_of(admin.get(f"/desk/setup/areas/grids/{grid.pk}/"))
    assert "新院 2栋" in page
    assert admin.post(f"/desk/setup/areas/grids/{grid.pk}/", {"places": "后院"}).status_code == 303
    assert Place.objects.get(name="后院").grid_id == grid.pk


def test_a_used_number_and_an_empty_list_are_explained(admin, cast, text_of):
    sent = {"community": str(cast.street.community.pk), "number": "1", "places": "新院"}
    assert "编号用过了" in text_of(admin.post("/desk/setup/areas/grids/new/", sent), 422)
    sent = sent | {"number": "9", "places": "：1栋"}
    assert "至少写一个小区" in text_of(admin.post("/desk/setup/areas/grids/new/", sent), 422)


def test_a_community_the_register_does_not_know(admin, cast, text_of):
    url = "/desk/setup/areas/communities/new/"
    sent = {"street": str(cast.street.street.pk), "code": "519901001009", "name": "新桥社区"}
    assert "519901001" in text_of(admin.post(url, sent | {"code": "519901002009"}), 422)
    assert admin.post(url, sent).status_code == 303
    assert "已经有社区了" in text_of(admin.post(url, sent), 422)


def test_staff_find_who_looks_after_a_place(client_of, cast, text_of):
    browser = client_of(cast.acceptor)
    page = text_of(browser.get("/desk/setup/crew/?q=桐花苑"))
    assert f"?place={cast.street.compound.pk}" in page
    page = text_of(browser.get(f"/desk/setup/crew/?place={cast.street.compound.pk}"))
    assert cast.zhang.name in page
    assert cast.zhao.name not in page
    assert "桐花社区居委会" in page


def test_a_point_and_a_grid_find_their_crew(client_of, cast, text_of):
    browser = client_of(cast.acceptor)
    longitude, latitude = cast.street.next_point
    page = text_of(browser.get(f"/desk/setup/crew/?longitude={longitude}&latitude={latitude}"))
    assert cast.zhao.name in page
    assert cast.zhang.name in text_of(browser.get(f"/desk/setup/crew/?area={cast.street.grid.pk}"))


@pytest.mark.parametrize(
    "query", ["place=1", "area=1", "place=x", "longitude=a&latitude=b", "q=没有的地方"]
)
def test_nonsense_finds_nobody_and_breaks_nothing(client_of, cast, query):
    answer = client_of(cast.acceptor).get(f"/desk/setup/crew/?{query}")
    assert answer.status_code in (200, 404)
    assert cast.zhang.name not in answer.content.decode()


def test_outside_every_area_the_centre_answers(client_of, cast, text_of):
    page = text_of(client_of(cast.acceptor).get("/desk/setup/crew/?longitude=110&latitude=30"))
    assert "不在任何网格里" in page
    assert cast.street.centre.name in page


def test_borders_of_millions_of_points_are_refused_before_they_are_parsed(admin, text_of):
    assert "点太多" in text_of(send(admin, content=b"[1,1]," * 1_600_000), 422)
