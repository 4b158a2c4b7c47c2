"""POST /api/v1/reports: taken once, whole, with a receipt."""

from gezhi.work.cases.models import Case, Report, Reporter, Step


def test_a_report_is_taken_and_answered_with_a_receipt(program):
    answer = program.send(program.report())
    assert answer.status_code == 201
    receipt = answer.json()
    row = Report.objects.get(number=receipt["number"])
    assert row.channel == "api"
    assert len(receipt["code"]) == 16
    assert receipt["unit"] == "桐花街道网格中心"
    assert receipt["community"] == "桐花社区"
    assert receipt["grid"] == "桐花社区第一网格"
    assert receipt["promised_at"].endswith("+08:00")
    assert receipt["page"].endswith(f"/r/{receipt['number']}/{receipt['code']}")
    assert answer["Location"] == f"/api/v1/reports/{receipt['number']}"
    assert answer["Cache-Control"] == "no-store"


def test_the_same_key_and_body_get_the_same_receipt_with_200(program):
    body = program.report()
    first = program.send(body, key="6e1ad2c2-1111-4222-8333-444455556666")
    again = program.send(body, key="6e1ad2c2-1111-4222-8333-444455556666")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Report.objects.count() == Case.objects.count() == Step.objects.count() == 1


def test_a_key_with_another_body_is_refused_and_nothing_is_stored(program):
    program.send(program.report(), key="k" * 16)
    other = program.send(program.report(text="另一件事"), key="k" * 16)
    assert other.status_code == 409
    assert other.json()["code"] == "key_reused"
    assert Report.objects.count() == 1


def test_a_report_without_contact_is_anonymous(program):
    receipt = program.send({"text": "路灯不亮"}).json()
    assert Report.objects.get(number=receipt["number"]).anonymous
    assert not Reporter.objects.exists()
    assert receipt["community"] == receipt["grid"] == ""


def test_a_point_in_another_system_is_converted(program):
    longitude, latitude = program.cast.street.point
    body = program.report(place={"longitude": longitude, "latitude": latitude, "crs": "GCJ-02"})
    number = program.send(body).json()["number"]
    stored = Report.objects.get(number=number).case
    assert stored.longitude is not None
    assert abs(stored.longitude - longitude) > 0.001


def test_words_of_a_place_are_understood_and_said_in_the_receipt(program):
    street = program.cast.street
    receipt = program.send(program.report(place={"words": "桐花苑1栋2单元门口"})).json()
    assert receipt["place"] == {
        "name": "桐花苑 1栋",
        "community": "桐花社区",
        "grid": "桐花社区第一网格",
    }
    case = Report.objects.get(number=receipt["number"]).case
    assert (case.place_id, case.grid_id) == (street.building.pk, street.grid.pk)


def test_words_that_name_a_community_only_lie_in_it(program):
    receipt = program.send(program.report(place={"words": "桐花社区居委会门口"})).json()
    assert receipt["place"] == {"name": "", "community": "桐花社区", "grid": ""}


def test_a_point_outside_the_street_does_not_make_the_words_unread(program):
    street = program.cast.street
    longitude, latitude = street.outside_point
    for point in ({"longitude": longitude, "latitude": latitude}, {"longitude": 0, "latitude": 0}):
        place = {"words": "桐花苑1栋", "crs": "GCJ-02", **point}
        receipt = program.send(program.report(place=place)).json()
        assert receipt["community"] == "桐花社区"
        assert receipt["place"] and receipt["place"]["name"] == "桐花苑 1栋"
        assert Report.objects.get(number=receipt["number"]).case.place_id == street.building.pk


def test_words_that_nobody_knows_are_answered_with_no_place(program):
    receipt = program.send(program.report(place={"words": "火星基地"})).json()
    assert receipt["place"] is None
    assert receipt["community"] == receipt["grid"] == ""


def test_a_place_is_named_by_its_id_as_text(program):
    place = {"place_id": str(program.cast.street.building.pk)}
    number = program.send(program.report(place=place)).json()["number"]
    assert Report.objects.get(number=number).case.compound_id == program.cast.street.compound.pk


def test_the_whole_answer_takes_few_questions_to_the_database(
    program, django_assert_max_num_queries
):
    program.send(program.report())
    with django_assert_max_num_queries(24):
        program.send(program.report())
