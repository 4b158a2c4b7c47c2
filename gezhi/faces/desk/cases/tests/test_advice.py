"""系统建议 where people decide: shown with its certainty, chosen only when sure, never in the way."""

from gezhi.faces.desk.cases.advice_words import marked
from gezhi.faces.desk.conftest import text_of


def _open(desk, play, deed=""):
    return text_of(desk.get(f"cases/{play.case.number}/{deed}"))


def test_sure_advice_stands_chosen_with_its_certainty_in_words(cast, play, desk_of, advise):
    play.report()
    others = [("event-0101", 0.05), ("event-0201", 0.02)]
    advise(play.case, "class", "event-0102", 0.93, others=others, words=["建筑垃圾"])
    advise(play.case, "kind", "complaint", 0.71)
    page = _open(desk_of(cast.acceptor), play, "accept/")
    assert "把握大（93%）" in page and "把握一般（71%）" in page
    assert 'value="event-0102" data-summary="暴露垃圾" checked' in page
    assert "建议 93%" in page and "也可能 5%" in page
    chosen = [tag for tag in page.split("<input")[1:] if " checked" in tag.split(">")[0]]
    assert any('name="kind"' in tag and 'value="complaint"' in tag for tag in chosen)
    assert '<mark class="spoke">建筑垃圾</mark>' in page


def test_the_alternatives_are_choices_of_the_form_without_script(cast, play, desk_of, advise):
    play.report()
    advise(play.case, "class", "event-0102", 0.93, others=[("event-0101", 0.05)])
    page = _open(desk_of(cast.acceptor), play, "accept/")
    assert 'type="radio" name="class_code" value="event-0101"' in page


def test_one_press_accepts_as_advised(cast, play, desk_of, advise):
    play.report()
    advise(play.case, "class", "event-0102", 0.93)
    advise(play.case, "kind", "complaint", 0.95)
    page = _open(desk_of(cast.acceptor), play)
    bar = page.split("deed-bar")[1]
    assert "按建议受理" in bar
    assert 'name="class_code" value="event-0102"' in bar
    assert 'name="kind" value="complaint"' in bar


def test_a_sure_class_with_an_unsure_kind_is_not_accepted_by_one_press(cast, play, desk_of, advise):
    play.report()
    advise(play.case, "class", "event-0102", 0.93)
    advise(play.case, "kind", "complaint", 0.4, abstained=True)
    bar = _open(desk_of(cast.acceptor), play).split("deed-bar")[1]
    assert "按建议受理" not in bar and "/accept/#deed" in bar
    form = _open(desk_of(cast.acceptor), play, "accept/")
    assert 'value="event-0102" data-summary="暴露垃圾" checked' in form


def test_abstained_advice_chooses_nothing_and_says_so(cast, play, desk_of, advise):
    play.report()
    others = [("event-0101", 0.3)]
    advise(play.case, "class", "event-0102", 0.6, abstained=True, others=others, words=["建筑垃圾"])
    desk = desk_of(cast.acceptor)
    page = _open(desk, play)
    assert "拿不准，请您选" in page
    assert "按建议受理" not in page and "spoke" not in page
    form = _open(desk, play, "accept/")
    assert "系统没有把握，没有替您选" in form
    assert 'value="event-0102"' in form and 'value="event-0101"' in form
    assert " checked" not in form.split("class-choices")[-1].split("deed_kind")[0]


def test_advice_likelier_wrong_than_right_chooses_nothing_either(cast, play, desk_of, advise):
    play.report()
    advise(play.case, "class", "event-0102", 0.3, method="rules")
    page = _open(desk_of(cast.acceptor), play)
    assert "拿不准，请您选" in page
    assert "按建议受理" not in page


def test_a_guess_that_is_next_to_nothing_is_not_offered(cast, play, desk_of, advise):
    play.report()
    advise(play.case, "class", "event-0102", 0.015, abstained=True)
    page = _open(desk_of(cast.acceptor), play, "accept/")
    assert "拿不准，请您选" in page
    assert "最像的" not in page and 'value="event-0102"' not in page


def test_alternatives_under_five_in_a_hundred_are_left_out(cast, play, desk_of, advise):
    play.report()
    others = [("event-0101", 0.05), ("event-0201", 0.04)]
    advise(play.case, "class", "event-0102", 0.91, others=others)
    desk = desk_of(cast.acceptor)
    panel, form = _open(desk, play), _open(desk, play, "accept/")
    assert "5%" in panel and "4%" not in panel
    assert "也可能 5%" in form and "也可能 4%" not in form and 'value="event-0201"' not in form


def test_unsure_advice_lists_no_guess_under_five_in_a_hundred(cast, play, desk_of, advise):
    play.report()
    others = [("event-0101", 0.3), ("event-0201", 0.01)]
    advise(play.case, "class", "event-0102", 0.4, abstained=True, others=others)
    page = _open(desk_of(cast.acceptor), play)
    assert "40%" in page and "30%" in page and "1%" not in page.split("最像的")[1].split("<")[0]


def test_a_list_of_equals_is_not_read_out(cast, play, desk_of, advise):
    play.report()
    shares = [("request", 0.17), ("complaint", 0.16)]
    advise(play.case, "kind", "consult", 0.17, abstained=True, others=shares)
    page = _open(desk_of(cast.acceptor), play)
    assert "拿不准，请您选" in page and "17%" not in page


def test_what_the_reporter_chose_stays_chosen(cast, play, desk_of, advise):
    play.report(class_code="event-0102")
    advise(play.case, "class", "event-0101", 0.95)
    desk = desk_of(cast.acceptor)
    assert "看文字更像" in _open(desk, play)
    form = _open(desk, play, "accept/")
    assert 'value="event-0102" data-summary="暴露垃圾" checked' in form
    assert "建议 95%" in form


def test_whoever_may_not_accept_is_shown_no_advice(cast, play, desk_of, advise):
    play.report()
    advise(play.case, "class", "event-0102", 0.93, words=["建筑垃圾"])
    page = _open(desk_of(cast.li), play)
    assert "把握大" not in page and "spoke" not in page


def test_without_advice_nothing_is_in_the_way(cast, play, desk_of):
    play.report()
    desk = desk_of(cast.acceptor)
    assert "系统建议" not in _open(desk, play)
    assert "系统建议" not in _open(desk, play, "accept/")


def test_the_advised_unit_stands_chosen_when_the_duty_list_is_silent(cast, play, desk_of, advise):
    play.until("accepted")
    unit, other = cast.street.sanitation, cast.street.water
    advise(play.case, "unit", str(unit.pk), 0.88, others=[(str(other.pk), 0.08)])
    page = _open(desk_of(cast.dispatcher), play, "dispatch/")
    assert "系统建议的承办单位" in page
    assert f'<option value="{unit.pk}" selected>{unit.name}（建议 88%）' in page
    assert f'data-value="{other.pk}"' in page


def test_an_unsure_unit_is_not_chosen(cast, play, desk_of, advise):
    play.until("accepted")
    unit = cast.street.sanitation
    advise(play.case, "unit", str(unit.pk), 0.88, abstained=True)
    page = _open(desk_of(cast.dispatcher), play, "dispatch/")
    assert "拿不准，请您选" in page
    assert " selected>" not in page.split('name="lead_unit_id"')[1].split("</select>")[0].replace(
        '<option value="" selected>', ""
    )


def test_a_unit_closed_since_is_not_offered(cast, play, desk_of, advise):
    play.until("accepted")
    advise(play.case, "unit", "999", 0.97)
    page = _open(desk_of(cast.dispatcher), play, "dispatch/")
    assert 'value="999"' not in page


def test_marking_words_adds_and_loses_nothing():
    text = "建筑垃圾<b>没人清</b>，垃圾堆着"
    parts = marked(text, ["垃圾", "建筑垃圾", "", "没有的词"])
    assert "".join(part.text for part in parts) == text
    assert [part.text for part in parts if part.spoke] == ["建筑垃圾", "垃圾"]
    assert marked("", ["垃圾"]) == ()


def test_words_that_repeat_each_other_are_said_once(cast, play, desk_of, advise):
    play.until("accepted")
    words = ["行道树有枯枝", "道树有枯枝吊", "怕掉"]
    advise(play.case, "unit", str(cast.street.sanitation.pk), 0.9, words=words)
    page = _open(desk_of(cast.dispatcher), play, "dispatch/")
    assert "因为说到“行道树有枯枝”“怕掉”" in page
