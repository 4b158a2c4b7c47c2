"""The page of one report: a receipt to keep first, then who has it, by when, what happened."""

from datetime import timedelta

import pytest

from gezhi.faces.resident.conftest import words
from gezhi.faces.resident.receipt import sentences
from gezhi.faces.shell import tries
from gezhi.ground.counters.rules import Limit
from gezhi.kernel import clock
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions
from gezhi.work.cases.rules import OPEN


def address_of(play):
    return f"/r/{play.receipt.number}/{play.receipt.code}"


def test_a_fresh_receipt_says_number_code_holder_and_time(resident):
    address = resident.receipt(place_words="桐花苑1栋")
    number, code = address.split("/")[2:]
    page = words(resident.read(address))
    assert f"{number[:6]} {number[6:10]} {number[10:]}" in page
    assert " ".join(code[i : i + 4] for i in range(0, 16, 4)) in page
    assert "桐花街道网格中心正在看您反映的事，最晚" in page
    assert "桐花社区 第一网格" in page


def test_it_can_be_copied_saved_and_scanned(resident):
    page = resident.read(resident.receipt())
    assert "data-copy" in page and "data-save" in page and "data-share" in page
    assert '<svg class="qr"' in page
    assert "http://testserver/r/" in page


def test_it_is_kept_out_of_caches_and_searches(resident):
    answer = resident.client.get(resident.receipt())
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_wrong_number_and_a_wrong_code_look_alike(resident):
    number, code = resident.receipt().split("/")[2:]
    pages = {
        resident.client.get(address).content
        for address in (f"/r/{number}/{'1' * 16}", f"/r/2611230999999/{code}", "/r/abc/def")
    }
    assert len(pages) == 1
    assert resident.client.get(f"/r/{number}/{'1' * 16}").status_code == 404


def test_trying_codes_is_slowed_and_the_right_one_still_opens(resident, monkeypatch):
    monkeypatch.setattr(tries, "WRONG", Limit("receipt", 2, 600))
    address = resident.receipt()
    number = address.split("/")[2]
    tried = [resident.client.get(f"/r/{number}/{attempt:016}") for attempt in range(4)]
    assert [answer.status_code for answer in tried] == [404, 404, 429, 429]
    assert "10 分钟后再查" in words(tried[-1].content.decode())
    assert tried[-1]["Retry-After"] == "600"
    assert resident.client.get(address).status_code == 200


def test_no_log_holds_a_code_right_or_wrong(resident, caplog):
    address = resident.receipt()
    number, code = address.split("/")[2:]
    near = code[:-1] + str((int(code[-1]) + 1) % 10)
    with caplog.at_level("DEBUG"):
        resident.client.get(f"/r/{number}/{near}")
        resident.client.post(f"/r/{number}/{near}/urge", {"deed_key": "k" * 20})
        resident.client.put(f"{address}/rate")
    assert "Not Found" in caplog.text and "Method Not Allowed" in caplog.text
    assert code not in caplog.text and near not in caplog.text


def test_progress_is_told_in_neighbors_words(resident, play):
    play.until("handling")
    clock.advance(timedelta(hours=1))
    page = words(resident.read(address_of(play)))
    assert "桐花街道环卫所正在处理，最晚" in page
    for told in (
        "您反映了这件事",
        "桐花街道网格中心受理了",
        "交给桐花街道环卫所办理",
        "桐花街道环卫所接手",
    ):
        assert told in page
    for word in ("dispatched", "handling", "DISPATCHED", "派单", "立案"):
        assert word not in page


def test_a_promise_that_passed_is_not_hidden(resident, play):
    play.until("handling")
    clock.advance(timedelta(days=30))
    page = words(resident.read(address_of(play)))
    assert "原定" in page and "还没有答复您" in page


def test_inner_words_and_names_of_staff_are_not_told(resident, play):
    play.report().accept(words="内部：老上访户").dispatch(words="内部：注意态度").take().finish()
    page = resident.read(address_of(play))
    assert "内部" not in page
    for _name, person in resident.cast.staff():
        assert person.name not in page


def test_the_answer_stands_on_top(resident, play):
    play.report(text="老年卡在哪办").accept(kind="consult")
    play.do(actions.answer, resident.cast.acceptor.viewer, words="带身份证到社区一楼")
    page = words(resident.read(address_of(play)))
    assert "已经答复您" in page
    assert page.index("带身份证到社区一楼") < page.index("您来说，办好了吗")


def test_a_refusal_says_why(resident, play):
    play.report()
    play.do(
        actions.reject,
        resident.cast.acceptor.viewer,
        reason_code="not_here",
        words="这里归柳荫街道管，我们已经转告",
    )
    page = words(resident.read(address_of(play)))
    assert "这件事没有受理" in page and "这里归柳荫街道管" in page


def test_what_was_typed_and_the_photos_are_there_for_the_reporter(resident, play):
    play.report()
    assert "单元门口堆了两袋建筑垃圾" in resident.read(address_of(play))


def test_a_neighbors_words_are_not_on_anothers_page(resident, play):
    play.report()
    other = actions.join(
        intake=play.intake(text="邻居说的另一句话", contact=actions.Contact()),
        case=play.case,
        by=play.stranger,
        key="join-key-00000001",
    )
    actions.add_word(
        report=play.report_row, by=play.stranger, key="word-key-00000001", words="我补充的话"
    )
    mine, theirs = (resident.read(a) for a in (address_of(play), f"/r/{other.number}/{other.code}"))
    assert "邻居说的另一句话" not in mine and "我补充的话" in mine
    assert "我补充的话" not in theirs and "单元门口堆了两袋" not in theirs


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_state_has_its_sentence(state):
    assert "%(unit)s" in str(sentences.DOING[state])


def test_a_reading_takes_few_questions(resident, play, django_assert_max_num_queries):
    play.until("closed")
    resident.read(address_of(play))
    with django_assert_max_num_queries(16):
        resident.read(address_of(play))


def test_a_place_put_right_stands_beside_the_reporters_own_words(resident, play):
    street = play.cast.street
    play.report(where=actions.Where(words="3栋旁边那个垃圾站"))
    assert "工作人员核对的地点" not in resident.read(address_of(play))
    play.accept(where=actions.Where(place_id=street.building.pk))
    page = resident.read(address_of(play))
    assert "3栋旁边那个垃圾站" in page
    assert "工作人员核对的地点：桐花苑 1栋" in page
    play.do(
        actions.relocate,
        play.cast.dispatcher.viewer,
        where=actions.Where(place_id=street.next_compound.pk),
    )
    page = resident.read(address_of(play))
    assert "工作人员核对的地点：柏树里" in page
    assert "桐花街道网格中心核对了地点" in page


def test_a_neighbor_who_joined_reads_no_building(resident, play):
    play.report().accept(where=actions.Where(place_id=play.cast.street.building.pk))
    other = actions.join(
        intake=play.intake(), case=play.case, by=play.stranger, key="join-key-place-01"
    )
    page = resident.read(f"/r/{other.number}/{other.code}")
    assert "工作人员核对的地点：桐花苑<" in page


def test_what_was_checked_and_found_done_waits_for_its_closing_only(resident, play):
    play.until("checking")
    assert "正在核查是不是真办好了" in resident.read(address_of(play))
    clock.advance(timedelta(hours=1))
    play.check()
    page = resident.read(address_of(play))
    assert "<h1>核查过了，确实办好了，等街道结案，最晚" in page
    assert "正在核查是不是真办好了" not in page
    assert '<li class="now" aria-current="step">办完</li>' in page


def test_the_bar_stands_where_the_head_says(resident, play):
    play.until("accepted")
    clock.advance(timedelta(hours=1))
    page = resident.read(address_of(play))
    assert "已受理，正在安排谁来办" in page
    assert '<li class="now" aria-current="step">受理</li>' in page
    play.dispatch()
    page = resident.read(address_of(play))
    assert '<li class="now" aria-current="step">办理</li>' in page


def test_the_phone_of_who_has_it_says_whose_it_is_and_phones_in_answers_are_links(resident, play):
    Unit.objects.update(public_phone="028-0000-1001")
    play.until("handling")
    clock.advance(timedelta(hours=1))
    assert "桐花街道环卫所电话" in words(resident.read(address_of(play)))
    play.report(text="老年卡在哪办").accept(kind="consult")
    play.do(actions.answer, resident.cast.acceptor.viewer, words="请打 028-0000-1009<b>问")
    page = resident.read(address_of(play))
    linked = '请打 <a href="tel:028-0000-1009">028-0000-1009</a>&lt;b&gt;问'
    # On top and in what happened.
    assert page.count(linked) == 2
