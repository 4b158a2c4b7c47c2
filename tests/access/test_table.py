"""The permission table: every address × method × scene × person, compared with what is committed.

Below it stand assertions that hold whatever the table says: they cannot be recorded away.
"""

from collections.abc import Iterator

from tests.access.routes import routes
from tests.access.scenes import ADMINISTRATORS, OUTSIDERS, PAGE_SCENES
from tests.access.tables import read_table, write_table
from tests.access.walk import STRANGER, TIES, Answer, Asked, Walk
from tests.cast import Cast

ADVICE = (
    "如果这是有意的改动：运行 python -m tests.access.record，读那间房间的 tests/access.csv 变了什么，"
    "每一格变化都是一项给出或收回的权限，确认后一起提交"
)
# Everything a stranger may open. A trailing `*` covers what stands under the same receipt or the
# same log-in; adding a line here opens a door to the whole internet.
OPEN_TO_STRANGERS = (
    "",  # 我要反映
    "where",
    "borders",
    "track",
    "r/<str:number>/<str:code>*",
    "grid-worker",
    "suggest",
    "privacy",
    "phones",
    "g/<slug:link>*",  # a unit without accounts: its link, and then its code
    "roads",  # of the map, beside the borders
    "offline",
    "offline-worker.js",
    "api/v1/*",
    "files/<str:signed>",
    "install-certificate*",  # needed before anything can be encrypted; no secret is in it
    "login/",
    "lock/",
    "language/",
    "size/",
    "shell/gallery",  # not in production (shell/urls.py)
)
_SYSTEM, _SECURITY, _AUDIT = ADMINISTRATORS
# Who alone finds these pages, the longest beginning counts; to all others they do not exist.
CLOSED_TO_OTHERS = {
    "desk/setup/": (_SYSTEM,),
    "desk/setup/posts/": (_SYSTEM, _SECURITY),
    "desk/setup/appointments/": (_SYSTEM, _SECURITY),
    "desk/setup/staff/<row:user_id>/": (_SYSTEM, _SECURITY),
    "desk/setup/accounts/": (_SECURITY,),
    "desk/setup/erasing/": (_SECURITY,),
    "desk/setup/roles/": (_SECURITY, _AUDIT),
    "desk/setup/audit/": (_AUDIT,),
    "desk/setup/export/accounts/": (_SECURITY,),
    "desk/setup/export/audit/": (_AUDIT,),
    "desk/setup/export/posts/": (_SYSTEM, _SECURITY),
    # What rules would have done is read by whoever answers for the street, too.
    "desk/setup/dry-runs/": (_SYSTEM, "supervisor", "wang"),
    "desk/tasks/": (_SYSTEM,),
}
# The home of settings is each administrator's own; these are for every member of staff to read.
ALL_ADMINISTRATORS = ("desk/setup/",)
ALL_STAFF_READ = (
    "desk/setup/duties/", "desk/setup/export/duties/", "desk/setup/limits/",
    "desk/setup/routes/", "desk/setup/export/routes/",
    "desk/setup/limits/classes/", "desk/setup/calendar/", "desk/setup/crew/",
)  # fmt: skip


def test_the_walk_and_the_committed_table_agree(found: Walk, recording: bool) -> None:
    walked = {
        row.key: {name: answer.word for name, answer in answers.items()}
        for row, answers in found.items()
    }
    if recording:
        write_table(((row.room, row.key, walked[row.key]) for row in found), TIES)
    table = read_table()
    missing = sorted(set(walked) - set(table))
    assert not missing, f"权限表里没有这些行：{missing[:8]}\n{ADVICE}"
    gone = sorted(set(table) - set(walked))
    assert not gone, f"权限表里这些行已没有对应的地址：{gone[:8]}\n{ADVICE}"
    differing = [
        f"{' '.join(key)} [{name}]: 表里 {table[key].get(name)}，现在 {word}"
        for key, words in walked.items()
        for name, word in words.items()
        if table[key].get(name) != word
    ]
    assert not differing, "\n".join([*differing[:20], ADVICE])


def test_everybody_of_the_cast_has_a_column(cast: Cast, found: Walk) -> None:
    staff = {name for name, _person in cast.staff()}
    assert staff | {STRANGER} == set(TIES)
    assert all(set(answers) == set(TIES) for answers in found.values())


def test_no_request_breaks_the_house(found: Walk) -> None:
    broken = [
        (*row.key, name) for row, name, answer in _cells(found) if answer.word.startswith("5")
    ]
    assert not broken


def test_a_stranger_reaches_only_what_is_open_to_all(found: Walk) -> None:
    reached = {
        row.route
        for row, answers in found.items()
        if answers[STRANGER].word not in {"log in", "401", "404", "405"}
    }
    shut = {route for route in reached if not _is_open(route)}
    assert not shut, f"陌生人打开了不该开放的地址：{sorted(shut)}"
    assert len(OPEN_TO_STRANGERS) <= 21


def test_every_page_open_to_strangers_is_there(found: Walk) -> None:
    patterns = {route.pattern for route in routes()}
    idle = [
        entry
        for entry in OPEN_TO_STRANGERS
        if not any(_fits(pattern, entry) for pattern in patterns)
    ]
    assert not idle, f"这些开放的地址已经没有了，请从名单里去掉：{idle}"


def test_a_case_of_others_answers_like_a_number_that_never_was(found: Walk) -> None:
    never = {
        (row.route, row.method): answers
        for row, answers in found.items()
        if row.scene == "never was"
    }
    told_apart = []
    for row, answers in found.items():
        for name in OUTSIDERS.get(row.scene, ()):
            nothing = never[row.route, row.method][name]
            if answers[name] != nothing or nothing.word not in {"404", "405"}:
                told_apart.append((*row.key, name, answers[name].word, nothing.word))
    assert not told_apart, f"这些人能看出别人的事件存在：{told_apart[:12]}"


def test_the_three_administrators_see_no_case(found: Walk) -> None:
    seen = [
        (*row.key, name)
        for row, name, answer in _cells(found)
        if name in ADMINISTRATORS and row.scene in OUTSIDERS and answer.word not in {"404", "405"}
    ]
    assert not seen


def test_a_stranger_is_told_the_same_of_every_case(found: Walk) -> None:
    words = {
        (row.route, row.method): set[str]()
        for row in found
        if row.scene in OUTSIDERS
    }  # fmt: skip
    for row, answers in found.items():
        if (row.route, row.method) in words:
            words[row.route, row.method].add(answers[STRANGER].word)
    assert all(one <= {"log in"} or one <= {"404"} or one <= {"405"} for one in words.values())


def test_settings_and_audit_open_for_their_administrators_only(found: Walk) -> None:
    opened = [
        (*row.key, name, answer.word)
        for row, name, answer in _cells(found)
        if (owners := _owners(row)) is not None
        and name not in owners
        and answer.word not in {"404", "405", "log in"}
    ]
    assert not opened, f"这些人打开了不属于他们的设置或审计页：{opened[:12]}"


def _owners(row: Asked) -> tuple[str, ...] | None:
    """Who alone may open it; None for a page that is not an administrator's."""
    if row.route in ALL_ADMINISTRATORS:
        return ADMINISTRATORS
    if row.route in ALL_STAFF_READ and row.method == "GET":
        return tuple(name for name in TIES if name != STRANGER)
    fitting = [prefix for prefix in CLOSED_TO_OTHERS if row.route.startswith(prefix)]
    return CLOSED_TO_OTHERS[max(fitting, key=len)] if fitting else None


def test_a_wrong_code_tells_nothing_of_a_receipt(found: Walk) -> None:
    receipts = {
        row.key: answers
        for row, answers in found.items()
        if row.scene in {"wrong code", "never was"} and "code" in row.route
    }
    for (route, method, scene), answers in receipts.items():
        if scene != "wrong code":
            continue
        for name, answer in answers.items():
            assert answer == receipts[route, method, "never was"][name], (route, method, name)
            assert answer.word in {"404", "405"}, (route, method, name)


def test_those_who_have_to_do_with_a_case_do_find_it(found: Walk) -> None:
    """Without this a door that is shut to all would pass every test above."""
    overseers = ("supervisor", "wang")
    pages = {
        "pocket:case": {"zhang": set(PAGE_SCENES) - _hidden_from("zhang")},
        "desk:case": {
            name: set(PAGE_SCENES) - _hidden_from(name)
            for name in ("li", "acceptor", "dispatcher", "checker", "tang")
        },
        # Those who oversee are led to the page that says only that the case exists.
        "desk:confidential_case": {name: {"in confidence"} for name in overseers},
    }
    for name in overseers:
        pages["desk:case"][name] = set(PAGE_SCENES) - _hidden_from(name) - {"in confidence"}
    asked = {(row.name, row.method, row.scene): answers for row, answers in found.items()}
    for page, readers in pages.items():
        for name, scenes in readers.items():
            for scene in scenes:
                assert asked[page, "GET", scene][name].word == "200", (page, scene, name)


def test_a_report_is_not_opened_through_a_case_of_ones_own(found: Walk) -> None:
    mixed = [
        (row.name, name, answer.word)
        for row, name, answer in _cells(found)
        if row.scene == "a report of another case" and answer.word not in {"404", "405", "log in"}
    ]
    assert not mixed


def _hidden_from(name: str) -> set[str]:
    return {scene for scene, outsiders in OUTSIDERS.items() if name in outsiders}


def _cells(found: Walk) -> Iterator[tuple[Asked, str, Answer]]:
    for row, answers in found.items():
        for name, answer in answers.items():
            yield row, name, answer


def _is_open(route: str) -> bool:
    return any(_fits(route, entry) for entry in OPEN_TO_STRANGERS)


def _fits(route: str, entry: str) -> bool:
    return route.startswith(entry[:-1]) if entry.endswith("*") else route == entry
