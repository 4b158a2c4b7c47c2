"""社区事项准入: what the list gives a community, what is refused with its clause, who lets it in."""

from datetime import date, timedelta
from re import sub
from shutil import copytree

import pytest

from gezhi.ground.codes.actions import import_pack
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.tests.packs import HOME
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import actions, clauses, queries
from gezhi.records.duties.models import Admission
from gezhi.records.duties.tests.conftest import a_class

TODAY = date(2026, 11, 23)


@pytest.fixture
def answer(cast):
    def asked(unit=None, office=None, day=TODAY):
        return queries.admission_for(
            cast.street.district.pk,
            a_class(),
            unit or cast.street.sanitation,
            office or cast.street.office,
            day,
        )

    return asked


@pytest.fixture
def listed(cast, admin):
    def add(lead, kind="basic", area=None, assists=(), code=None):
        return actions.add_duty(
            class_code=code or a_class(),
            name="清扫",
            area_id=(area or cast.street.street).pk,
            list_kind=kind,
            lead_unit=lead,
            assist_units=assists,
            by=admin,
        )

    return add


@pytest.fixture
def ask(cast):
    def asked(by=None, offices=None, **changes):
        fields = {
            "unit": cast.street.sanitation,
            "offices": offices or [cast.street.office],
            "class_code": a_class(),
            "matter": "帮助登记院落垃圾桶",
            "by": (by or cast.handler).viewer,
        }
        return actions.ask_admission(**{**fields, **changes})

    return asked


def test_what_the_list_gives_the_community_is_allowed_with_its_row(cast, listed, answer):
    row = listed(cast.street.sanitation, "joint", assists=[cast.street.office])
    found = answer()
    assert found.is_allowed
    assert found.duty == row
    assert "配合履职" in found.clause
    assert not answer(office=cast.street.other_office).is_allowed


def test_what_was_taken_back_from_above_is_refused_and_says_so(cast, listed, answer):
    listed(cast.street.water, "withdrawn")
    found = answer()
    assert not found.is_allowed
    assert "已由上级收回" in found.clause


def test_what_was_taken_back_from_above_nobody_of_the_street_lets_in(cast, listed, ask):
    duty = listed(cast.street.water, "withdrawn")
    (row,) = ask()
    leave = {"reason": "纪要", "until": clock.today(), "by": cast.supervisor.viewer}
    with pytest.raises(Conflict, match="上级收回"):
        actions.allow_admission(admission=row, **leave)
    assert queries.allowable(cast.supervisor.viewer, [row]) == set()
    # The list has changed since: what it said then binds nobody any more.
    actions.end_duty(duty=duty, by=cast.system_administrator.viewer)
    row.refresh_from_db()
    assert queries.allowable(cast.supervisor.viewer, [row]) == {row.pk}
    assert actions.allow_admission(admission=row, **leave).state == "allowed"


def test_what_was_let_in_ends_where_it_is_taken_back_from_above(cast, listed, ask, answer):
    (row,) = ask()
    actions.allow_admission(
        admission=row, reason="纪要", until=clock.today(), by=cast.supervisor.viewer
    )
    assert answer().is_allowed
    listed(cast.street.water, "withdrawn")
    assert not answer().is_allowed


def test_what_no_row_gives_is_refused_with_the_rule(cast, listed, answer):
    listed(cast.street.sanitation)
    found = answer()
    assert not found.is_allowed
    assert found.duty is None
    assert "未经街道同意不得交给社区" in found.clause


def test_the_clause_comes_from_the_pack_and_what_was_answered_keeps_its_own(ask, answer, tmp_path):
    shipped = clauses.clause(clauses.NOT_LISTED)
    assert shipped is not None
    (row,) = ask()
    assert all(words in row.clause for words in (shipped.document, shipped.number, shipped.text))
    folder = copytree(HOME / "admission", tmp_path / "admission")
    head = (folder / "pack.toml").read_text()
    later = sub(r'version = "[0-9.]+"', 'version = "2099.01"', head)
    (folder / "pack.toml").write_text(later)
    (folder / "clauses.csv").write_text(
        "code,name,document,number,text\n"
        "not_listed,准入,桐花街道社区事项准入办法,桐办〔2027〕3 号,目录以外不得下派\n"
    )
    import_pack(folder, by=Viewer.system("test"))
    assert "《桐花街道社区事项准入办法》桐办〔2027〕3 号：“目录以外不得下派”" in answer().clause
    row.refresh_from_db()
    assert shipped.text in row.clause


@pytest.mark.parametrize(
    "data", [{}, {"document": "办法"}, {"document": "办法", "text": "长" * 251}]
)
def test_a_clause_that_cannot_be_cited_is_refused_with_its_pack(data):
    with pytest.raises(Invalid, match=r"document|text"):
        clauses.read(RowOfTerm("admission_clauses", "not_listed", "准入", data=data))


def test_a_row_of_the_class_itself_decides_before_its_family(cast, listed, answer):
    listed(cast.street.office, code=a_class()[:-1])
    assert answer().is_allowed
    listed(cast.street.water, "withdrawn")
    assert not answer().is_allowed


def test_the_list_of_another_community_gives_this_one_nothing(cast, listed, answer):
    listed(cast.street.other_office, area=cast.street.other_community)
    assert not answer().is_allowed
    assert answer(office=cast.street.other_office).is_allowed


def test_the_street_itself_needs_no_leave(cast, answer):
    assert answer(unit=cast.street.centre).is_allowed


def test_a_refusal_is_kept_with_its_clause_for_each_community(cast, ask):
    rows = ask(offices=[cast.street.office, cast.street.other_office])
    assert [row.state for row in rows] == ["refused", "refused"]
    assert all("未经街道同意" in row.clause for row in rows)
    assert all(row.asked_by == cast.handler.user_id for row in rows)


def test_asked_again_on_the_same_day_it_is_the_same_row(ask):
    assert ask() == ask()
    clock.advance(timedelta(days=1))
    ask()
    assert Admission.objects.count() == 2


def test_what_is_listed_needs_no_person(cast, listed, ask):
    duty = listed(cast.street.office, area=cast.street.community)
    (row,) = ask()
    assert (row.state, row.duty, row.allowed_by) == ("listed", duty, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"matter": " "}, "matter"),
        ({"class_code": "no-such"}, "class_code"),
        ({"offices": "department"}, "offices"),
    ],
)
def test_what_is_not_filled_in_right_is_refused(cast, ask, changes, field):
    if "offices" in changes:
        changes = {"offices": [cast.street.water]}
    with pytest.raises(Invalid) as refused:
        ask(**changes)
    assert refused.value.field == field
    assert not Admission.objects.exists()


def test_only_a_handler_of_the_unit_asks(cast, ask):
    for person in (cast.tang, cast.li, cast.supervisor):
        with pytest.raises(NotPermitted):
            ask(by=person)


def test_the_street_lets_in_by_name_until_a_day(cast, ask, answer):
    (row,) = ask()
    until = TODAY + timedelta(days=30)
    actions.allow_admission(
        admission=row, reason="街道办公会纪要 12 号", until=until, by=cast.supervisor.viewer
    )
    row.refresh_from_db()
    assert (row.state, row.allowed_by) == ("allowed", cast.supervisor.user_id)
    assert answer(day=until).is_allowed
    assert answer(day=until).until == until
    assert not answer(day=until + timedelta(days=1)).is_allowed
    assert not answer(unit=cast.street.water).is_allowed


def test_what_was_let_in_is_so_when_asked_again(cast, ask):
    (row,) = ask()
    until = TODAY + timedelta(days=30)
    by = cast.wang.viewer
    actions.allow_admission(admission=row, reason="纪要", until=until, by=by)
    (again,) = ask(matter="再登记一次")
    assert (again.state, again.allowed_by, again.allowed_until) == ("allowed", by.user_id, until)


@pytest.mark.parametrize(
    ("reason", "days", "field"), [("", 30, "reason"), ("纪要", -1, "until"), ("纪要", 400, "until")]
)
def test_letting_in_wants_a_reason_and_a_day_to_come(cast, ask, reason, days, field):
    (row,) = ask()
    with pytest.raises(Invalid) as refused:
        actions.allow_admission(
            admission=row,
            reason=reason,
            until=TODAY + timedelta(days=days),
            by=cast.supervisor.viewer,
        )
    assert refused.value.field == field


def test_who_does_not_oversee_the_street_lets_nothing_in(cast, ask):
    (row,) = ask()
    for person in (cast.handler, cast.li, cast.he, cast.system_administrator):
        with pytest.raises(NotPermitted):
            actions.allow_admission(admission=row, reason="纪要", until=TODAY, by=person.viewer)


def test_what_is_let_in_is_not_let_in_again(cast, ask):
    (row,) = ask()
    deed = {"admission": row, "reason": "纪要", "until": TODAY, "by": cast.supervisor.viewer}
    actions.allow_admission(**deed)
    with pytest.raises(Conflict, match="不用再准"):
        actions.allow_admission(**deed)


def test_everybody_reads_what_concerns_them(cast, ask):
    (row,) = ask()
    readers = {name for name, person in cast.staff() if row in queries.admissions(person.viewer)}
    assert readers == {"handler", "li", "supervisor", "wang"}
