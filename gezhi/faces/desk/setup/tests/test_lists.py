"""Lists are found by words, come by pages, and hold what the first page counts."""

import re

import pytest

from gezhi.records.duties import actions as duties
from gezhi.records.posts import actions as posts
from tests.cast import SYSTEM


@pytest.fixture
def many_duties(cast):
    for number in range(60):
        duties.add_duty(
            class_code=f"event-9{number:03}", name=f"第 {number} 项", legal_basis="条例第九条",
            area_id=cast.street.street.pk, list_kind="basic",
            lead_unit=cast.street.sanitation, by=SYSTEM,
        )  # fmt: skip


def _rows(page):
    return re.findall(r'<th scope="row"[^>]*>', page)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("第 59 项", 1), ("环卫所 条例", 60), ("event-9001", 1), ("自来水", 0), ("桐花街道", 60),
    ],
)  # fmt: skip
def test_duties_are_found_by_words(admin, text_of, many_duties, words, found):
    page = text_of(admin.get("/desk/setup/duties/", {"q": words}))
    assert len(_rows(page)) == min(found, 50)
    assert (f"共 {found} 条" in page) == (found > 50)
    assert f'value="{words}"' in page


def test_pages_keep_the_words_and_bear_any_number(admin, text_of, many_duties):
    page = text_of(admin.get("/desk/setup/duties/", {"q": "条例"}))
    assert "?q=%E6%9D%A1%E4%BE%8B&amp;page=2" in page
    last = text_of(admin.get("/desk/setup/duties/", {"q": "条例", "page": "2"}))
    assert len(_rows(last)) == 10
    assert "第 51–60 条，共 60 条" in last
    for wrong in ("0", "-1", "99999", "x", "²"):
        assert admin.get("/desk/setup/duties/", {"page": wrong}).status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("张小川", "第一网格网格员"), ("WG101", "第一网格网格员"), ("zhang xiao", "第一网格网格员"),
        ("环卫所", "环卫经办人"), ("派遣员", "派遣员"), ("梧桐社区 社区经办", "社区经办"),
    ],
)  # fmt: skip
def test_posts_are_found_by_post_unit_area_role_or_who_sits_there(admin, text_of, words, said):
    page = text_of(admin.get("/desk/setup/posts/", {"q": words}))
    assert len(_rows(page)) == 1
    assert said in page
    assert "没有找到" in text_of(admin.get("/desk/setup/posts/", {"q": f"{words} 没有的"}))


def test_units_and_areas_are_found_by_words(admin, text_of, cast):
    page = text_of(admin.get("/desk/setup/units/", {"q": "公用事业"}))
    assert len(_rows(page)) == 1
    assert cast.street.water.name in page
    page = text_of(admin.get("/desk/setup/areas/", {"q": "梧桐"}))
    assert len(_rows(page)) == 1
    assert "没有找到" in text_of(admin.get("/desk/setup/areas/", {"q": "没有的社区"}))


def _said(home, url):
    """The numbers the first page says of the step that leads to this page."""
    line = re.search(rf'href="{url}[^"]*"><span class="row-title">.*?row-meta">(.*?)</span>', home)
    assert line is not None
    return [int(number) for number in re.findall(r"(\d+) [个条]", line[1])]


def test_each_number_of_the_first_page_is_the_length_of_the_list_it_leads_to(
    admin, text_of, cast, many_duties
):
    posts.create_post(
        unit=cast.street.water, area_id=cast.street.street.pk, role="handler",
        name="空着的岗", by=SYSTEM,
    )  # fmt: skip
    home = text_of(admin.get("/desk/setup/"))

    def listed(name, **asked):
        return len(_rows(text_of(admin.get(f"/desk/setup/{name}/", asked))))

    assert _said(home, "/desk/setup/posts/") == [listed("posts"), listed("posts", show="vacant")]
    staffed = text_of(admin.get("/desk/setup/units/")).count("没有人<")
    assert _said(home, "/desk/setup/units/") == [listed("units"), staffed]
    assert _said(home, "/desk/setup/staff/") == [listed("staff")]
    assert _said(home, "/desk/setup/duties/") == [60]
    assert listed("duties") + listed("duties", page="2") == 60
    areas = text_of(admin.get("/desk/setup/areas/"))
    grids = len(re.findall(r'href="/desk/setup/areas/grids/\d+/"', areas))
    assert _said(home, "/desk/setup/areas/") == [len(_rows(areas)), grids]
    packs = re.findall(r" 版", text_of(admin.get("/desk/setup/limits/")))
    assert _said(home, "/desk/setup/calendar/")[0] == len(packs)
