"""升级 at the desk of a community."""

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.tests.playing import a_class


def test_a_community_hands_up_and_the_street_reads_why(cast, play, desk_of):
    play.report(class_code=a_class(intake="community"))
    desk = desk_of(cast.li)
    refused = desk.deed(play, "escalate", words="")
    assert refused.status_code == 422
    assert desk.deed(play, "escalate", words="要几家一起办").status_code == 303
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    street = cast.street
    assert f"升级：{street.office.name} → {street.centre.name}" in page
    assert "要几家一起办" in page and ">升级<" in page.replace("\n", "").replace(" ", "")


def test_where_nobody_is_above_it_says_what_to_do(cast, play, desk_of):
    play.until("accepted")
    refused = desk_of(cast.dispatcher).get(f"cases/{play.case.number}/escalate/")
    assert refused.status_code == 409 and "请值班长或领导督办" in text_of(refused)
