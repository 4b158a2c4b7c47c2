"""可能是同一件事: shown with what spoke for it, merged by a person only, in nobody's way."""

import pytest

from gezhi.faces.desk.cases.likeness import parts_of
from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.methods.resemble.weights import VERSION
from gezhi.work.cases import actions
from gezhi.work.triage.models import Advice
from gezhi.work.triage.queries import SimilarCase
from gezhi.work.triage.tasks import advise


def _alike(case, *others):
    """`others`: (case, score, text, place, time, merge), as the weights of today say it."""
    rows = [[str(other.pk), *rest, VERSION] for other, *rest in others]
    Advice.objects.create(
        district_id=case.district_id,
        street_id=case.street_id or 0,
        case=case,
        what="same",
        method="likeness",
        label=rows[0][0],
        confidence=rows[0][1],
        alternatives=rows,
        made_at=clock.now(),
    )


def test_what_it_may_be_the_same_as_says_how_likely_and_why(cast, play, another, desk_of):
    another.report(text="先反映的一件")
    play.report(text="后反映的一件")
    _alike(play.case, (another.case, 0.93, 0.8, 0.9, 0.5, True))
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "很可能是同一件（93%）" in page
    assert "文字很像（80%）" in page and "地点近" in page and "时间隔了一阵" in page
    assert f'href="/desk/cases/{another.case.number}/" target="_blank"' in page


def test_merging_begins_at_the_form_with_that_case_chosen(cast, play, another, desk_of):
    another.report(text="先反映的一件")
    play.report(text="后反映的一件")
    _alike(play.case, (another.case, 0.93, 0.8, 0.9, 0.9, True))
    desk = desk_of(cast.acceptor)
    address = f"cases/{play.case.number}/merge/"
    assert f"/desk/{address}?into={another.case.number}#deed" in text_of(
        desk.get(f"cases/{play.case.number}/")
    )
    form = text_of(desk.client.get(f"/desk/{address}", {"into": another.case.number}))
    assert f'name="chosen" value="{another.case.number}" checked' in form
    assert "像 93%" in form
    assert play.case.state == "reported"


def test_what_ended_is_shown_but_not_to_be_merged_into(cast, play, another, desk_of):
    another.until("closed")
    play.report()
    _alike(play.case, (another.case, 0.6, 0.6, 0.6, 0.6, False))
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "有点像（60%）" in page
    assert "?into=" not in page


def test_what_lies_in_the_next_street_is_not_shown(cast, play, another, desk_of):
    east = cast.street.next_point[0] - cast.street.point[0]
    longitude, latitude = cast.street.next_point[0] + 1.5 * east, cast.street.point[1]
    there = actions.Where(longitude=longitude, latitude=latitude, words="路口")
    another.report(text="别的街道的一件", where=there)
    play.report()
    _alike(play.case, (another.case, 0.93, 0.8, 0.9, 0.9, True))
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert another.case.street_id != play.case.street_id
    assert "很可能是同一件" not in page and another.case.number not in page


def test_while_the_caller_speaks_like_open_matters_are_shown(cast, another, desk_of):
    another.report()
    advise.func(another.case.pk)
    page = text_of(
        desk_of(cast.acceptor).post(
            "intake/alike/",
            text="单元门口堆了两袋建筑垃圾，三天没人清",
            place_words="桐花苑1栋门口",
        )
    )
    assert "可能有人反映过" in page
    assert f"/desk/cases/{another.case.number}/" in page


def test_a_clerk_of_another_street_is_shown_nothing(cast, another, desk_of):
    another.report()
    advise.func(another.case.pk)
    text = "单元门口堆了两袋建筑垃圾，三天没人清"
    page = text_of(desk_of(cast.he).post("intake/alike/", text=text))
    assert another.case.number not in page


@pytest.mark.parametrize("fields", [{}, {"text": " "}, {"text": "😀" * 4000, "place_id": "x9"}])
def test_bad_input_finds_nothing_and_breaks_nothing(cast, desk_of, fields):
    response = desk_of(cast.acceptor).post("intake/alike/", **fields)
    assert response.status_code == 200
    assert "可能有人反映过" not in text_of(response)


def test_without_script_the_look_button_finds_them_too(cast, another, desk_of):
    another.report()
    advise.func(another.case.pk)
    page = text_of(
        desk_of(cast.acceptor).post(
            "intake/",
            look="all",
            text="单元门口堆了两袋建筑垃圾，三天没人清",
            place_words="桐花苑1栋",
        )
    )
    assert "可能有人反映过" in page


def test_two_of_one_minute_are_called_near_in_time():
    """The weights say 0.61 of the same moment, 0.44 of a month apart."""

    def words(time: int) -> str:
        one = SimilarCase(
            "", "", "", "", "reported", True, clock.now(), 90, 90, 90, time, merge=True
        )
        return parts_of(one)[2]

    said = [words(time) for time in (61, 54, 50, 44, 33)]
    assert said == ["时间近", "时间近", "时间隔了一阵", "时间隔得久", "时间隔得久"]
