"""/pocket/rota/: the worker's own shifts, a swap answered, a call answered."""

from gezhi.kernel import clock
from gezhi.records.posts import actions
from gezhi.records.posts.models import Page, Shift
from gezhi.records.posts.tests.test_rota import at, nights, who

__all__ = ["nights"]


def words(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_worker_reads_when_they_are_on_duty(phone, nights):
    nights()
    assert "今天 周一" in words(phone.get("/pocket/rota/"))
    assert "您要值班" in words(phone.get("/pocket/"))


def test_without_a_rota_the_page_says_what_would_stand_there(phone):
    assert "没有排您的班" in words(phone.get("/pocket/rota/"))


def test_a_swap_is_agreed_with_one_thumb(cast, phone, nights):
    nights()
    theirs = Shift.objects.order_by("from_at")[1]
    assert theirs.user_id == cast.zhao.user_id
    own = Shift.objects.filter(user_id=cast.zhang.user_id).earliest("from_at")
    swap = actions.ask_swap(shift_id=theirs.pk, for_shift_id=own.pk, by=cast.zhao.viewer)
    assert "赵德海想用" in words(phone.get("/pocket/rota/"))
    assert phone.post(f"/pocket/rota/swaps/{swap.pk}/agree/").status_code == 303
    assert who(cast, at(20)) == ["赵德海"]


def test_anothers_swap_does_not_exist(cast, phone, nights):
    nights(cast.zhao, cast.li)
    mine = Shift.objects.order_by("from_at")[0]
    swap = actions.ask_swap(shift_id=mine.pk, of_user_id=cast.li.user_id, by=cast.zhao.viewer)
    assert phone.post(f"/pocket/rota/swaps/{swap.pk}/agree/").status_code == 404


def test_a_call_stands_on_top_of_today_and_is_answered(cast, phone, play):
    play.report()
    page = Page.objects.create(
        district_id=cast.street.district.pk, subject_kind="case", subject_id=play.case.pk,
        subject_number=play.case.number, round=1, rank=0, level="unit", unit=cast.street.office,
        user_id=cast.zhang.user_id, channel="notice", called_at=clock.now(), outcome="waiting",
    )  # fmt: skip
    assert "正在呼叫您" in words(phone.get("/pocket/"))
    assert "我来处理" in words(phone.get("/pocket/rota/"))
    answer = phone.post(f"/pocket/rota/calls/{page.pk}/answer/")
    assert answer.url == f"/pocket/cases/{play.case.number}/"
    page.refresh_from_db()
    assert page.outcome == "answered"
    assert "正在呼叫您" not in words(phone.get("/pocket/"))


def test_a_swap_is_asked_from_the_phone_and_answered_by_the_other(cast, phone, next_phone, nights):
    nights()
    mine = Shift.objects.filter(user_id=cast.zhang.user_id).earliest("from_at")
    theirs = Shift.objects.filter(user_id=cast.zhao.user_id).earliest("from_at")
    address = f"/pocket/rota/shifts/{mine.pk}/swap/"
    assert address in words(phone.get("/pocket/rota/"))
    assert "换赵德海的" in words(phone.get(address))
    done = phone.post(address, {"given": f"shift-{theirs.pk}"}, follow=True)
    assert "问出去了" in words(done)
    assert "您问赵德海" in words(done)
    assert "张小川想用" in words(next_phone.get("/pocket/rota/"))
    again = phone.post(address, {"given": f"shift-{theirs.pk}"})
    assert again.status_code == 422
    assert "已经在问人了" in again.content.decode()


def test_nothing_chosen_is_said_and_anothers_shift_does_not_exist(cast, phone, next_phone, nights):
    nights()
    mine = Shift.objects.filter(user_id=cast.zhang.user_id).earliest("from_at")
    address = f"/pocket/rota/shifts/{mine.pk}/swap/"
    assert phone.post(address, {}).status_code == 422
    assert next_phone.get(address).status_code == 404
