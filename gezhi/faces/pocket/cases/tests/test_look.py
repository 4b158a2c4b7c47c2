"""核实, 核查 and 自行处置 of a case that stands."""

from gezhi.faces.pocket.tests.reading import first
from gezhi.ground.files.models import File
from gezhi.work.cases import actions
from gezhi.work.cases.models import Attachment, Case, Step, Verification
from gezhi.work.cases.tests.playing import a_class

KEY = "5e0c3a7e-55a8-4a4c-8a4b-92f2f6a3b4c1"


def url(play, deed=""):
    return f"/pocket/cases/{play.receipt.case_number}/{deed}"


def asked(cast, play):
    play.report().do(actions.ask, cast.acceptor.viewer, words="看看是不是还在")
    return {"deed_key": KEY, "version": play.case.version}


def test_the_worker_reads_what_the_centre_asks(cast, phone, play):
    asked(cast, play)
    assert "看看是不是还在" in phone.get(url(play, "verify/")).content.decode()


def test_an_answer_with_a_photo_goes_back_to_the_centre(cast, phone, play, a_photo):
    data = asked(cast, play)
    data |= {"answer": "exists", "words": "还在", "photos": [a_photo()]}
    answer = phone.post(url(play, "verify/"), data)
    assert (answer.status_code, answer.url) == (303, url(play) + "?done=verify")
    assert Verification.objects.get().answer == "exists"
    assert play.case.state == "reported"
    assert Attachment.objects.filter(step__deed="verify").count() == 1
    page = phone.get(answer.url).content.decode()
    assert "收到了" in page
    assert f'data-draft-done="verify-{play.receipt.case_number}"' in page


def test_the_same_press_twice_is_one_answer(cast, phone, play):
    data = asked(cast, play) | {"answer": "absent"}
    assert phone.post(url(play, "verify/"), data).status_code == 303
    assert phone.post(url(play, "verify/"), data).status_code == 303
    assert Step.objects.filter(deed="verify").count() == 1


def test_the_same_press_with_a_photo_twice_keeps_one_photo(cast, phone, play, a_photo):
    data = asked(cast, play) | {"answer": "exists"}
    for _ in range(2):
        assert phone.post(url(play, "verify/"), data | {"photos": [a_photo()]}).status_code == 303
    assert File.objects.count() == Attachment.objects.count() == 1


def test_the_same_press_is_answered_after_the_matter_moved_to_another_grid(cast, phone, play):
    data = asked(cast, play) | {"answer": "absent"}
    assert phone.post(url(play, "verify/"), data).status_code == 303
    Case.objects.filter(pk=play.case.pk).update(grid_id=cast.street.next_grid.pk)
    assert phone.get(url(play)).status_code == 404
    again = phone.post(url(play, "verify/"), data)
    assert (again.status_code, again.url) == (303, "/pocket/")
    assert "收到了" in phone.get(again.url).content.decode()
    other = phone.post(url(play, "verify/"), data | {"answer": "exists"})
    assert "没有再做一次" in phone.get(other.url).content.decode()
    assert phone.post(url(play, "verify/"), data | {"deed_key": "another-key"}).status_code == 404
    assert Step.objects.filter(deed="verify").count() == 1


def test_a_page_from_before_an_upgrade_is_sent_with_its_key_and_photos(cast, phone, play, a_photo):
    data = asked(cast, play) | {"photos": [a_photo()]}
    refused = phone.post(url(play, "verify/"), data).content.decode()
    old = {"key": KEY, "version": data["version"], "answer": "exists"}
    old["kept"] = first(r'name="kept_photos" value="([^"]+)"', refused)
    assert phone.post(url(play, "verify/"), old).status_code == 303
    assert Step.objects.get(deed="verify").deed_key == KEY
    assert Attachment.objects.filter(step__deed="verify").count() == 1
    assert phone.post(url(play, "verify/"), asked_again(data) | old).status_code == 303
    assert Step.objects.filter(deed="verify").count() == 1


def test_a_key_with_another_answer_does_nothing_twice(cast, phone, play):
    data = asked(cast, play) | {"answer": "absent"}
    assert phone.post(url(play, "verify/"), data).status_code == 303
    answer = phone.post(url(play, "verify/"), data | {"answer": "exists"})
    assert answer.status_code == 409
    assert "没有保存" in answer.content.decode()
    unread = phone.post(url(play, "verify/"), data | {"answer": ""})
    assert unread.status_code == 409
    assert "没有再做一次" in unread.content.decode()
    assert Verification.objects.get().answer == "absent"


def test_no_answer_is_asked_for_and_words_and_photos_stay(cast, phone, play, a_photo):
    data = asked(cast, play) | {"words": "门口一堆", "photos": [a_photo()]}
    answer = phone.post(url(play, "verify/"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请先选一项" in page
    assert "门口一堆" in page
    kept = first(r'name="kept_photos" value="([^"]+)"', page)
    data = asked_again(data) | {"answer": "exists", "kept_photos": kept}
    assert phone.post(url(play, "verify/"), data).status_code == 303
    assert Attachment.objects.count() == 1


def asked_again(data):
    return {name: value for name, value in data.items() if name != "photos"}


def test_a_check_shows_what_the_unit_says_it_did(phone, play):
    play.until("checking")
    assert "已派车清运" in phone.get(url(play, "check/")).content.decode()


def test_work_not_done_goes_back_with_words(phone, play):
    play.until("checking")
    data = {"deed_key": KEY, "version": play.case.version, "answer": "rework"}
    refused = phone.post(url(play, "check/"), data)
    assert refused.status_code == 422
    assert "哪里没有办好" in refused.content.decode()
    assert phone.post(url(play, "check/"), data | {"words": "还剩一袋"}).status_code == 303
    assert play.case.state == "handling"
    assert "退回重办" in phone.get(url(play)).content.decode()


def test_work_done_goes_on_to_be_closed(phone, play):
    play.until("checking")
    data = {"deed_key": KEY, "version": play.case.version, "answer": "passed"}
    assert phone.post(url(play, "check/"), data).status_code == 303
    assert play.case.check_passed


def test_own_work_is_not_checked_by_oneself(cast, phone, play, a_photo):
    play.report(class_code=a_class(intake="community"))
    data = {"deed_key": KEY, "version": play.case.version, "words": "清走了", "photos": [a_photo()]}
    assert phone.post(url(play, "spot/"), data).status_code == 303
    answer = phone.get(url(play, "check/"))
    assert answer.status_code == 403
    assert "不需要您核查" in answer.content.decode()
    assert "去核查" not in phone.get(url(play)).content.decode()


def test_a_matter_without_a_class_gets_one_when_settled(phone, play, a_photo):
    play.report()
    data = {"deed_key": KEY, "version": play.case.version, "words": "清走了", "photos": [a_photo()]}
    refused = phone.post(url(play, "spot/"), data)
    assert refused.status_code == 422
    assert "请选一个类别" in refused.content.decode()
    code = a_class(intake="community")
    kept = first(r'name="kept_photos" value="([^"]+)"', refused.content.decode())
    done = phone.post(
        url(play, "spot/"), asked_again(data) | {"class_code": code, "kept_photos": kept}
    )
    assert done.status_code == 303
    assert play.case.class_code == code


def test_a_matter_settled_with_a_class_is_answered_again_by_the_same_press(phone, play, a_photo):
    play.report()
    data = {"deed_key": KEY, "version": play.case.version, "words": "清走了"}
    data["class_code"] = a_class(intake="community")
    for _ in range(2):
        answer = phone.post(url(play, "spot/"), data | {"photos": [a_photo()]})
        assert answer.status_code == 303
    assert Step.objects.filter(deed="handle_on_the_spot").count() == 1


def test_somebody_faster_shows_both_versions_and_nothing_is_lost(cast, phone, play):
    play.until("checking")
    data = {"deed_key": KEY, "version": play.case.version, "answer": "rework", "words": "还剩一袋"}
    play.check()
    answer = phone.post(url(play, "check/"), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "还剩一袋" in page
    assert "核查" in page
    assert not Step.objects.filter(deed_key=KEY).exists()


def test_what_can_still_be_done_is_sent_again_on_what_was_just_read(cast, phone, play, a_photo):
    data = asked(cast, play) | {"answer": "absent", "words": "没看到", "photos": [a_photo()]}
    play.do(actions.summarize, cast.acceptor.viewer, public_summary="楼道堆物")
    page = phone.post(url(play, "verify/"), data).content.decode()
    assert "没看到" in page and "已放好 1 张照片" in page
    again = asked_again(data) | {
        name: first(rf'name="{name}" value="([^"]+)"', page)
        for name in ("deed_key", "version", "kept_photos")
    }
    assert again["version"] == str(play.case.version)
    assert phone.post(url(play, "verify/"), again).status_code == 303
    assert Attachment.objects.filter(step__deed="verify").count() == 1


def test_a_look_that_is_not_asked_for_is_refused_with_a_reason(phone, play):
    play.report()
    answer = phone.get(url(play, "verify/"))
    assert answer.status_code == 403
    assert "不需要您核实" in answer.content.decode()


def test_of_a_confidential_matter_the_worker_reads_place_and_question_alone(cast, phone, play):
    said = "三楼老赵家开赌场"
    where = actions.Where(place_id=cast.street.building.pk, words="我家对门")
    play.report(text=said, confidential=True, where=where)
    assert phone.get(url(play)).status_code == 404
    play.do(actions.ask, cast.acceptor.viewer, words="请看看1栋门口晚上有没有很多车")
    today = phone.get("/pocket/").content.decode()
    assert play.receipt.case_number in today
    for path in (url(play), url(play, "verify/")):
        page = phone.get(path).content.decode()
        assert "请看看1栋门口晚上有没有很多车" in page and "桐花苑" in page
        assert "这件事保密" in page and "发到工作群" not in page
        assert said not in page and "对门" not in page and cast.chen.phone[-4:] not in page
    assert said not in today and "对门" not in today
    data = {"deed_key": KEY, "version": play.case.version, "answer": "unclear"}
    answer = phone.post(url(play, "verify/"), data)
    assert (answer.status_code, answer.url) == (
        303,
        f"/pocket/?done=verify-{play.receipt.case_number}",
    )
    page = phone.get(answer.url).content.decode()
    assert "收到了" in page and f'data-draft-done="verify-{play.receipt.case_number}"' in page
    assert phone.get(url(play)).status_code == 404
