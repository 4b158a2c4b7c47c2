"""What the packs say agrees with the standards and with each other."""

import re

import pytest

from gezhi.kernel.tests.packs import codes, dictionaries, table
from gezhi.kernel.viewer import Role
from gezhi.kernel.workdays import Limit, LimitUnit

MATTERS = table("matters", "matters.csv")
LEAVES = [row for row in MATTERS if row["code"] not in {other["parent"] for other in MATTERS}]
FAMILIES = codes("dictionaries", "families")
URGENCIES = codes("dictionaries", "urgency")
UNIT_KINDS = codes("dictionaries", "unit_kinds")
STAGES = ["verifying", "accepting", "dispatching", "taking", "handling", "checking", "closing"]


def ids(row: dict[str, str]) -> str:
    return row["code"]


def test_the_tree_of_matters_grows_from_the_six_families():
    roots = [row["code"] for row in MATTERS if not row["parent"]]
    assert roots == FAMILIES
    assert all(row["family"] == row["code"].split("-")[0] for row in MATTERS)
    assert all(row["parent"] == "" or row["code"].startswith(row["parent"]) for row in MATTERS)


def test_codes_of_the_standards_have_their_widths():
    for row in MATTERS:
        standard = row["standard_code"]
        if not row["parent"]:
            assert standard == ""
        elif row["family"] in ("component", "event"):
            # 大类 2 + 小类 2 (GB/T 30428.2)
            assert re.fullmatch(r"\d{4}" if row in LEAVES else r"\d{2}", standard)
        else:
            assert re.fullmatch(r"\d{2}", standard)
        assert row["parent"] == "" or row["code"] == f"{row['family']}-{standard}"


def test_every_class_of_the_standards_is_there():
    counts = {
        major: sum(row["parent"] == major for row in MATTERS)
        for major in (row["code"] for row in MATTERS if row["parent"] in ("component", "event"))
    }
    assert counts == {
        "component-01": 38,
        "component-02": 17,
        "component-03": 11,
        "component-04": 10,
        "component-05": 3,
        "event-01": 19,
        "event-02": 5,
        "event-03": 6,
        "event-04": 10,
        "event-05": 14,
        "event-21": 19,
    }
    assert sum(row["parent"] == "dispute" for row in MATTERS) == 24


@pytest.mark.parametrize("row", LEAVES, ids=ids)
def test_a_class_can_be_filed_handled_and_closed(row):
    Limit(float(row["limit_value"]), LimitUnit(row["limit_unit"]))
    assert row["urgency"] in URGENCIES
    assert row["unit_kind"] in UNIT_KINDS
    assert row["intake"] in ("street", "community")
    assert row["kind"] in ["", *codes("request_kinds", "request_kinds")]
    assert row["grid_duty"] in codes("matters", "grid_duties")
    assert row["public"] in ("yes", "no")
    assert row["name_en"]
    assert row["responsible"]
    assert row["condition"]
    assert row["closing"]
    # Local limits and articles quoted from memory say that they are to be checked.
    assert "limit" in row["verify"].split()
    assert ("basis" in row["verify"].split()) == bool(row["legal_basis"])


def test_emergencies_run_by_the_clock_not_by_the_office():
    for row in [*LEAVES, *table("matters", "standards.csv")]:
        if row["urgency"] == "emergency":
            assert row["limit_unit"] == "urgent_hours"
            assert float(row["limit_value"]) <= 24


def test_disputes_and_matters_of_persons_are_never_public():
    for row in MATTERS:
        if row["family"] in ("dispute", "people"):
            assert row["public"] == "no"


def test_a_class_is_recognized_by_words_that_do_not_repeat():
    for row in LEAVES:
        words = row["keywords"].split()
        assert len(set(words)) == len(words)
    assert sum(len(row["keywords"].split()) >= 2 for row in LEAVES) > 0.9 * len(LEAVES)


def test_closing_standards_belong_to_classes_and_have_limits():
    leaves = {row["code"] for row in LEAVES}
    for row in table("matters", "standards.csv"):
        assert row["parent"] in leaves
        assert row["code"].startswith(f"{row['parent']}.")
        Limit(float(row["limit_value"]), LimitUnit(row["limit_unit"]))
        assert row["urgency"] in URGENCIES
        assert row["condition"]
        assert row["closing"]


def test_one_class_has_the_three_deadlines_of_the_known_example():
    found = [
        (row["limit_value"], row["limit_unit"])
        for row in table("matters", "standards.csv")
        if row["parent"] == "event-0101"
    ]
    assert found == [("4", "working_hours"), ("7", "working_days"), ("20", "working_days")]


def test_the_six_kinds_of_request_are_there_and_only_a_question_is_answered_at_the_desk():
    rows = table("request_kinds", "request_kinds.csv")
    assert [row["name"] for row in rows] == ["咨询", "求助", "投诉", "举报", "建议", "表扬"]
    assert [row["code"] for row in rows if row["answerable"] == "yes"] == ["consult"]


def test_every_stage_and_the_promise_have_a_limit():
    rows = {row["code"]: row for row in table("limits", "limits.csv")}
    assert set(rows) >= {*STAGES, "answering"}
    for code, row in rows.items():
        stage, _, urgency = code.partition(".")
        assert stage in {*STAGES, "ruling", "answering", "supervising", "arriving"}
        assert urgency in ["", *URGENCIES[1:]]
        Limit(float(row["value"]), LimitUnit(row["unit"]))


@pytest.mark.parametrize("stage", [*STAGES[:-1], "answering"])
def test_what_is_more_urgent_never_has_more_time(stage):
    rows = {row["code"]: row for row in table("limits", "limits.csv")}
    urgent, emergency = rows[f"{stage}.urgent"], rows[f"{stage}.emergency"]
    assert urgent["unit"] == emergency["unit"]
    assert float(emergency["value"]) < float(urgent["value"])


def test_the_figures_of_the_rules_are_there():
    figures = {row["code"]: float(row["value"]) for row in table("limits", "figures.csv")}
    assert figures["yellow_share"] == 0.25
    assert figures["reopen_days"] == 14
    assert figures["archive_days"] == 30
    assert figures["also_met_days"] == 7


def test_all_fifty_six_peoples_are_there():
    groups = [code for code in codes("dictionaries", "ethnic_groups") if int(code) <= 56]
    assert groups == [f"{number:02d}" for number in range(1, 57)]


@pytest.mark.parametrize(
    ("dictionary", "width"),
    [
        ("sex", 1),
        ("marital_status", 2),
        ("ethnic_groups", 2),
        ("education", 2),
        ("political_status", 2),
        ("relationship", 2),
        ("documents", 3),
        ("disability_kinds", 1),
        ("disability_levels", 1),
        ("registration_match", 2),
        ("urban_rural", 3),
    ],
)
def test_codes_of_national_dictionaries_have_their_width(dictionary, width):
    assert all(re.fullmatch(rf"\d{{{width}}}", code) for code in codes("dictionaries", dictionary))


def test_dictionaries_the_platform_names_itself_are_words():
    own = [
        "channels",
        "urgency",
        "scale",
        "reject_reasons",
        "return_reasons",
        "unit_kinds",
        "teams",
    ]
    for dictionary in own:
        for code in codes("dictionaries", dictionary):
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*|n", code)


def test_the_crew_is_three_ten_and_more():
    teams = [row["team"] for row in table("dictionaries", "professions.csv")]
    assert set(teams) == set(codes("dictionaries", "teams"))
    assert teams.count("ten") == 10


def test_grid_workers_of_the_crew_are_a_role_too():
    assert Role.GRID_WORKER in codes("dictionaries", "professions")


def test_answers_leave_no_slot_unnamed_and_sound_like_a_neighbor():
    slots = set(codes("answers", "answer_slots"))
    answers = dictionaries("answers")["answers"]
    assert len(answers) >= 20
    for row in answers:
        used = re.findall(r"\{(\w+)\}", row["text"])
        assert list(dict.fromkeys(used)) == row["slots"].split()
        assert set(used) <= slots
        assert "{" not in re.sub(r"\{\w+\}", "", row["text"])
        assert row["family"] in ["", *FAMILIES]
        assert not re.search(r"已转办|请知悉|特此|贵方|该诉求", row["text"])
        assert len(row["text"]) <= 160


def test_every_slot_is_used_somewhere():
    used = {slot for row in table("answers", "answers.csv") for slot in row["slots"].split()}
    assert used == set(codes("answers", "answer_slots"))
