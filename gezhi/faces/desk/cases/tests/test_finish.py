"""办结回复: template, photos, result, basis, date and contact in one screen."""

from datetime import timedelta
from unittest import mock

import pytest

from gezhi.faces.desk.cases.deeds.answers import gaps_in
from gezhi.faces.desk.conftest import text_of
from gezhi.ground.files.models import File
from gezhi.kernel import clock


def _spoken(moment):
    return clock.local(moment).strftime("%Y-%m-%dT%H:%M")


def test_everything_asked_stands_on_one_page(cast, play, desk_of):
    play.until("handling")
    page = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/finish/"))
    for name in ("photos", "before_photos", "words", "basis", "happened_at", "contact"):
        assert f'name="{name}"' in page
    assert 'enctype="multipart/form-data"' in page
    assert "用现成的话" in page
    assert 'value="桐花街道环卫所"' in page


def test_the_result_goes_to_the_reporter_and_to_checking(cast, play, desk_of, photo):
    play.until("handling")
    done = clock.now() - timedelta(minutes=30)
    response = desk_of(cast.handler).deed(
        play,
        "finish",
        words="清走了两袋垃圾，地面冲洗干净。",
        basis="城市市容和环境卫生管理条例",
        contact="环卫所 028-85550000",
        happened_at=_spoken(done),
        photos=[photo(), photo()],
        before_photos=[photo()],
    )
    assert response.status_code == 303
    case = play.case
    assert case.state == "checking"
    step = case.steps.get(deed="finish")
    assert step.words.for_reporter
    assert step.words.text == (
        "清走了两袋垃圾，地面冲洗干净。\n依据：城市市容和环境卫生管理条例\n联系：环卫所 028-85550000"
    )
    assert step.happened_at == done.replace(second=0, microsecond=0)
    assert case.attachments.filter(purpose="after").count() == 2
    assert case.attachments.filter(purpose="before").count() == 1


def test_the_same_form_sent_twice_with_photos_is_one_deed(cast, play, desk_of, photo):
    play.until("handling")
    desk, version, before = desk_of(cast.handler), play.case.version, File.objects.count()
    for _ in range(2):
        response = desk.deed(
            play,
            "finish",
            deed_key="finish-twice",
            version=version,
            words="清走了",
            photos=[photo()],
        )
        assert response.status_code == 303
    assert play.case.attachments.filter(purpose="after").count() == 1
    assert File.objects.count() == before + 1


def test_no_result_comes_back_with_the_rest(cast, play, desk_of):
    play.until("handling")
    response = desk_of(cast.handler).deed(play, "finish", words="", basis="写好的依据")
    assert response.status_code == 422
    assert "写好的依据" in text_of(response)
    assert play.case.state == "handling"


def test_what_is_not_done_yet_cannot_be_finished(cast, play, desk_of):
    play.until("handling")
    later = _spoken(clock.now() + timedelta(hours=2))
    response = desk_of(cast.handler).deed(play, "finish", words="明天清", happened_at=later)
    assert response.status_code == 422
    assert "办完的时间不能晚于现在" in text_of(response)


def test_seven_photos_are_one_too_many(cast, play, desk_of, photo):
    play.until("handling")
    response = desk_of(cast.handler).deed(
        play, "finish", words="清走了", photos=[photo() for _ in range(7)]
    )
    assert response.status_code == 422
    assert "照片最多 6 张" in text_of(response)


def test_photos_stay_over_an_error_and_need_not_be_chosen_again(cast, play, desk_of, photo):
    play.until("handling")
    desk = desk_of(cast.handler)
    refused = text_of(desk.deed(play, "finish", words="", photos=[photo(), photo()]))
    assert "已放好 2 张照片" in refused
    token = refused.split('name="kept_photos" value="')[1].split('"')[0]
    assert desk.deed(play, "finish", words="清走了", kept_photos=token).status_code == 303
    assert play.case.attachments.filter(purpose="after").count() == 2


def test_photos_that_stayed_can_be_dropped(cast, play, desk_of, photo):
    play.until("handling")
    desk = desk_of(cast.handler)
    refused = text_of(desk.deed(play, "finish", words="", photos=[photo()]))
    token = refused.split('name="kept_photos" value="')[1].split('"')[0]
    desk.deed(play, "finish", words="清走了", kept_photos=token, drop_photos="yes")
    assert play.case.attachments.filter(purpose="after").count() == 0


def test_a_refused_finish_leaves_no_photo_behind(cast, play, desk_of, photo):
    play.until("handling")
    before = File.objects.count()
    refused = desk_of(cast.dispatcher).deed(play, "finish", words="清走了", photos=[photo()])
    assert refused.status_code == 403
    assert File.objects.count() == before


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "1980-01-01T08:00"])
def test_a_day_of_another_age_is_said_at_its_row_and_the_words_stay(cast, play, desk_of, moment):
    play.until("handling")
    response = desk_of(cast.handler).deed(play, "finish", words="清走了两袋", happened_at=moment)
    page = text_of(response)
    assert response.status_code == 422
    assert "清走了两袋" in page
    assert 'id="deed_happened_at_error"' in page
    assert play.case.state == "handling"


def test_a_result_of_signs_nobody_sees_is_asked_for_again(cast, play, desk_of):
    play.until("handling")
    response = desk_of(cast.handler).deed(play, "finish", words="\u200b\u202e", basis="条例")
    assert response.status_code == 422
    assert play.case.state == "handling"


def test_words_with_a_gap_of_a_draft_are_refused_whatever_the_packs_call_theirs(
    cast, play, desk_of
):
    play.until("handling")
    desk = desk_of(cast.handler)
    for gap in ("处理结果", "金额"):
        refused = desk.deed(play, "finish", words=f"已经办完：【{gap}】。")
        assert refused.status_code == 422 and f"还有空没填：{gap}" in text_of(refused)
    with mock.patch("gezhi.faces.desk.cases.deeds.answers.codes.terms", return_value=[]):
        assert gaps_in("结果是【处理结果】") == ["处理结果"]
