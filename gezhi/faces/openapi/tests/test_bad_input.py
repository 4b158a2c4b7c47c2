"""What cannot be understood is refused field by field, in the caller's language, whole."""

import pytest

from gezhi.work.cases.models import Case


def faults(answer):
    return {one["field"]: one["message"] for one in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "长" * 4001}, "text"),
        ({"text": 12}, "text"),
        ({"text": None}, "text"),
        ({"text": ["路灯"]}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"surprise": 1}, "surprise"),
        ({"urgency": "urgent"}, "urgency"),
        ({"channel": "leader"}, "channel"),
        ({"kind": "no-such-kind"}, "kind"),
        ({"class_code": "no-such-class"}, "class_code"),
        ({"confidential": "yes"}, "confidential"),
        ({"happened_at": 1764000000}, "happened_at"),
        ({"happened_at": "昨天"}, "happened_at"),
        ({"happened_at": "2026-11-20T19:30:00"}, "happened_at"),
        ({"place": "桐花苑"}, "place"),
        ({"place": {"longitude": "104.08", "latitude": 30.65}}, "place.longitude"),
        ({"place": {"longitude": 104.08}}, "place.longitude"),
        ({"place": {"longitude": 204.08, "latitude": 30.65}}, "place.longitude"),
        ({"place": {"longitude": 104.08, "latitude": 30.65, "crs": "moon"}}, "place.crs"),
        ({"place": {"place_id": "12"}}, "place.place_id"),
        ({"place": {"place_id": 12}}, "place.place_id"),
        ({"place": {"place_id": "9" * 40}}, "place.place_id"),
        ({"place": {"words": "长" * 201}}, "place.words"),
        ({"place": {"grid": 1}}, "place.grid"),
        ({"contact": {"phone": "12345"}}, "contact.phone"),
        ({"contact": {"name": "长" * 41}}, "contact.name"),
        ({"contact": {"id_number": "510104"}}, "contact.id_number"),
    ],
)
def test_a_wrong_field_is_named(program, change, field):
    answer = program.send(program.report(**change))
    assert answer.status_code == 422
    assert field in faults(answer)
    assert not Case.objects.exists()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400"])
def test_a_number_that_is_no_number_is_refused(program, number):
    body = '{"text": "路灯", "place": {"longitude": NUMBER, "latitude": 30.65}}'
    body = body.replace("NUMBER", number)
    answer = program.send(body)
    assert answer.status_code == 422
    assert "place.longitude" in faults(answer)


@pytest.mark.parametrize(
    "body", ["", "{", "路灯坏了", '{"text": "a",}', b"\xff\xfe", "[]", "null", "3"]
)
def test_what_is_no_json_object_is_refused(program, body):
    answer = program.send(body)
    assert answer.status_code in (400, 422)
    assert answer.json()["message"]
    assert not Case.objects.exists()


def test_a_body_too_large_is_refused_in_json(program):
    answer = program.send({"text": "长" * 3_000_000})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_big"


@pytest.mark.parametrize(
    "key", ["", "short", "有中文的编号有中文的编号有中文的编号", "a b c d e f g h i j", "k" * 81]
)
def test_a_key_is_asked_for_and_long_enough(program, key):
    answer = program.send(program.report(), key=key)
    assert answer.status_code == 422
    said = faults(answer)["Idempotency-Key"]
    assert "16–80 个英文字母、数字或 - _ : ." in said and "缺少" not in said


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "=HYPERLINK(1)", "+1", "@x", "\t-1", "a\x00b"]
)
def test_markup_and_formulas_are_plain_text_and_stay_it(program, text):
    receipt = program.send(program.report(text=text)).json()
    page = program.client.get(f"/r/{receipt['number']}/{receipt['code']}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page or "script" not in text


def test_every_fault_is_told_at_once(program):
    answer = program.send({"place": {"longitude": "x"}, "contact": {"phone": 1}, "other": 2})
    assert {"text", "place.longitude", "contact.phone", "other"} <= set(faults(answer))


@pytest.mark.usefixtures("english")
def test_the_caller_chooses_the_language_of_errors(program):
    body = program.report(contact={"phone": "123"}, extra=1)
    english = program.send(body, **{"Accept-Language": "en-US,en;q=0.9"})
    chinese = program.send(body, **{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    none = program.send(body)
    assert english["Content-Language"] == "en"
    assert faults(english)["extra"].isascii()
    assert chinese.json() == none.json()
    assert not faults(chinese)["extra"].isascii()


@pytest.mark.usefixtures("english")
def test_a_refusal_of_the_house_is_told_in_english_too(program):
    answer = program.send(program.report(text=""), **{"Accept-Language": "en"})
    assert faults(answer)["text"].isascii()


def test_other_methods_and_unknown_paths_answer_in_json_or_plainly(program):
    assert program.client.get("/api/v1/reports").status_code == 405
    assert program.client.post("/api/v1/openapi.json").status_code == 405
    assert program.client.post("/api/v1/").status_code == 405
