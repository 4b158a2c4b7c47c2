"""report 上报 and join 我也遇到."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid, KeyReused
from gezhi.kernel.fields import open_sealed
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, Report, Reporter, StageRow, Step
from gezhi.work.cases.queries.visible import visible_to
from gezhi.work.cases.tests.playing import Play, a_class, fresh_key


def test_a_report_finds_its_grid_its_holder_and_a_deadline(play: Play) -> None:
    play.report()
    case = play.case
    street = play.cast.street
    assert case.grid_id == case.grid_at_id == street.grid.pk
    assert case.community_id == street.community.pk
    assert case.holder_id == street.centre.pk
    assert case.due_at is not None and case.due_at > clock.now()
    assert play.receipt.promised_at > case.due_at


def test_a_report_leaves_one_step_one_stage_and_one_task(play: Play) -> None:
    play.report()
    assert Step.objects.filter(case=play.case).count() == 1
    assert StageRow.objects.filter(case=play.case, ended_at=None).count() == 1
    step = Step.objects.get(case=play.case)
    assert Task.objects.filter(key=f"announce:{step.pk}").count() == 1


def test_the_same_key_gives_the_same_receipt(play: Play) -> None:
    key = fresh_key()
    first = play.report(key=key).receipt
    again = play.report(key=key).receipt
    assert again.number == first.number
    assert again.code == first.code
    assert again.repeated and not first.repeated
    assert Report.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(play: Play) -> None:
    key = fresh_key()
    play.report(key=key)
    with pytest.raises(KeyReused):
        play.report(key=key, text="完全是另一件事")
    assert Report.objects.count() == 1


def test_a_point_on_no_grid_goes_to_the_street_centre(play: Play) -> None:
    longitude, latitude = play.cast.street.outside_point
    play.report(where=actions.Where(longitude=longitude, latitude=latitude))
    assert play.case.grid_id is None
    assert play.case.holder is not None


@pytest.mark.parametrize("point", ["outside", (0.0, 0.0)])
@pytest.mark.parametrize("said", ["words", "place"])
def test_a_point_in_no_area_does_not_silence_what_is_said_of_the_place(
    play: Play, point: str | tuple[float, float], said: str
) -> None:
    street = play.cast.street
    longitude, latitude = street.outside_point if isinstance(point, str) else point
    where = actions.Where(longitude=longitude, latitude=latitude)
    if said == "words":
        play.report(where=replace(where, words="桐花苑1栋2单元门口"))
    else:
        play.report(where=replace(where, place_id=street.building.pk))
    case = play.case
    assert (case.place_id, case.grid_id) == (street.building.pk, street.grid.pk)
    assert case.longitude is None


@pytest.mark.parametrize("words", ["", "火星基地", "菜市场后门"])
def test_a_point_in_no_area_stays_where_the_words_say_nothing_surer(play: Play, words: str) -> None:
    longitude, latitude = play.cast.street.outside_point
    play.report(where=actions.Where(longitude=longitude, latitude=latitude, words=words))
    case = play.case
    assert (case.longitude, case.latitude) == pytest.approx((longitude, latitude))
    assert case.community_id is None


def test_a_point_in_a_grid_goes_before_words(play: Play) -> None:
    longitude, latitude = play.cast.street.next_point
    play.report(where=actions.Where(longitude=longitude, latitude=latitude, words="桐花苑1栋"))
    assert play.case.place_id is None and play.case.grid_id != play.cast.street.grid.pk


def test_the_centre_still_sees_a_matter_of_no_place_that_it_sent_on_and_that_ended(
    play: Play,
) -> None:
    play.report(where=actions.Where())
    assert play.case.street_id == play.cast.street.street.pk
    acceptor, number = play.cast.acceptor.viewer, play.case.number
    play.accept().dispatch()
    assert visible_to(acceptor).filter(number=number).exists()
    play.take().finish().check().close()
    assert visible_to(acceptor).filter(number=number).exists()


def test_a_chosen_place_is_named_before_what_was_said_of_it(play: Play) -> None:
    building = play.cast.street.building
    play.report(where=actions.Where(place_id=building.pk, words="2单元门口"))
    whole = f"{play.cast.street.compound.name} {building.name} 2单元门口"
    assert play.case.words.place_words == whole
    assert play.report_row.words.place_words == "2单元门口"
    play.report(where=actions.Where(place_id=building.pk, words=whole))
    assert play.case.words.place_words == whole


def test_words_alone_are_place_enough(play: Play) -> None:
    play.report(where=actions.Where(words="菜市场后门"))
    assert play.case.holder is not None


def test_a_place_from_the_list_brings_its_grid_and_compound(play: Play) -> None:
    play.report(where=actions.Where(place_id=play.cast.street.building.pk))
    assert play.case.grid_id == play.cast.street.grid.pk
    assert play.case.compound_id == play.cast.street.compound.pk


def test_a_class_given_to_the_community_is_taken_in_there(play: Play) -> None:
    play.report(class_code=a_class(intake="community"))
    assert play.case.holder_id == play.cast.street.office.pk


def test_name_and_phone_are_stored_sealed_and_found_by_the_exact_phone(play: Play) -> None:
    play.report()
    row = Reporter.objects.get(report=play.report_row)
    phone = play.cast.chen.phone
    assert phone not in row.phone and play.cast.chen.name not in row.name
    assert row.phone_index in secrets.blind_indexes("phone", phone)


def test_a_name_spaced_like_a_column_is_kept_without_the_blank(play: Play) -> None:
    play.report(contact=actions.Contact(name="李 梅", phone="13800138000"))
    assert open_sealed(Reporter.objects.get(), "name") == "李梅"


def test_an_anonymous_report_has_no_reporter_row(play: Play) -> None:
    play.report(contact=actions.Contact())
    assert play.report_row.anonymous
    assert not Reporter.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "   "}, "text"),
        ({"text": "长" * 4001}, "text"),
        ({"where": actions.Where(words="长" * 201)}, "place_words"),
        ({"contact": actions.Contact(phone="12345")}, "phone"),
        ({"where": actions.Where(longitude=104.0)}, "longitude"),
        ({"where": actions.Where(longitude=400.0, latitude=30.0)}, "longitude"),
        ({"where": actions.Where(longitude=104.0, latitude=30.0, crs="MARS")}, "crs"),
        ({"where": actions.Where(place_id=17)}, "place_id"),
        ({"kind": "nonsense"}, "kind"),
        ({"class_code": "nonsense"}, "class_code"),
        ({"channel": "nonsense"}, "channel"),
        ({"urgency": "nonsense"}, "urgency"),
        ({"photos": [123]}, "photos"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_nothing_is_stored(
    play: Play, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        play.report(**changes)
    assert refused.value.field == field
    assert Case.objects.count() == Report.objects.count() == Step.objects.count() == 0


def test_html_and_formulas_are_kept_as_the_words_they_are(play: Play) -> None:
    text = "<script>alert(1)</script> =HYPERLINK('x')"
    play.report(text=text)
    assert play.report_row.words.text == text


def test_case_and_report_numbers_have_their_form(play: Play) -> None:
    play.report()
    assert len(play.receipt.case_number) == 21
    assert play.receipt.case_number.startswith(play.cast.street.district.code + "20261123")
    assert len(play.receipt.number) == 13 and play.receipt.number.startswith("261123")
    assert len(play.receipt.code) == 16


def test_joining_adds_a_report_with_its_own_receipt_to_the_open_case(play: Play) -> None:
    first = play.report().receipt
    case = play.case
    clock.advance(timedelta(days=1))
    second = actions.join(
        intake=play.intake(text="我家楼下也是", contact=actions.Contact()),
        case=case,
        by=play.stranger,
        key=fresh_key(),
    )
    assert second.number != first.number and second.code != first.code
    assert second.case_number == first.case_number
    assert second.promised_at != first.promised_at
    assert Report.objects.filter(case=case).count() == 2


def test_an_ended_case_cannot_be_joined(play: Play) -> None:
    play.until("closed")
    with pytest.raises(Invalid):
        actions.join(intake=play.intake(), case=play.case, by=play.stranger, key=fresh_key())


def test_a_copied_deadline_of_another_system_is_kept(play: Play) -> None:
    due = clock.now() + timedelta(days=9)
    play.report(origin=actions.Origin(system="12345", number="GD-1", version="2", due_at=due))
    assert play.case.origin_due_at == due
    assert play.receipt.promised_at == due
