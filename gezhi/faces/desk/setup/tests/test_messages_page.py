"""/desk/setup/messages/: what each stage sends, its length, changed with a way back."""

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.codes import queries
from gezhi.ground.notices import sentences

PATH = "setup/messages/"


def typed(**changes):
    """The form of a stage, filled."""
    pack = queries.pack_holding("message_texts")
    assert pack is not None
    fields = {"text": "【桐花】编号 {number} 办好了。", "text_en": "", "reason": "换个说法"}
    return fields | {"begins": "", "pack": str(pack.id)} | changes


def test_every_stage_stands_with_its_text_and_length(cast, desk_of):
    page = text_of(desk_of(cast.system_administrator).get(PATH))
    assert "收到反映" in page and "呼叫值班" in page
    assert "个字，1 条" in page and "{number}" not in page


def test_it_is_shown_as_it_will_be_sent_and_then_changed_and_taken_back(cast, desk_of):
    desk = desk_of(cast.system_administrator)
    looked = text_of(desk.post(f"{PATH}case_close/", **typed()))
    assert "办好了。（" in looked and "1 条" in looked
    assert "已办结" in sentences.message("report", "case_close", "2612310000123")
    assert desk.post(f"{PATH}case_close/", **typed(confirmed="yes")).status_code == 303
    assert "办好了" in sentences.message("report", "case_close", "2612310000123")
    history = text_of(desk.get("setup/enactments/messages/"))
    assert "换个说法" in history and "办好了" in history


def test_naming_anything_else_is_refused_and_the_text_stays(cast, desk_of):
    desk = desk_of(cast.system_administrator)
    page = desk.post(f"{PATH}case_close/", **typed(text="{name} 您好，办好了"))
    assert page.status_code == 422
    assert "只能写 {编号}" in text_of(page) and "{name} 您好" in text_of(page)
    assert desk.post(f"{PATH}case_close/", **typed(text="")).status_code == 422


def test_nobody_else_has_the_page_and_there_is_no_other_stage(cast, desk_of):
    assert desk_of(cast.supervisor).get(PATH).status_code == 404
    assert desk_of(cast.audit_administrator).get(PATH).status_code == 404
    assert desk_of(cast.system_administrator).get(f"{PATH}nothing/").status_code == 404


def test_the_slot_is_read_and_typed_in_chinese(cast, desk_of):
    desk = desk_of(cast.system_administrator)
    page = text_of(desk.get(f"{PATH}case_close/"))
    assert "{编号}" in page and "{number}" not in page
    sent = typed(text="【桐花】编号 {编号} 办好了。", confirmed="yes")
    assert desk.post(f"{PATH}case_close/", **sent).status_code == 303
    assert "2612310000123" in sentences.message("report", "case_close", "2612310000123").replace(
        " ", ""
    )
