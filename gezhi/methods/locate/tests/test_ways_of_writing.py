import pytest

from gezhi.methods.locate import locate
from gezhi.methods.locate.tests.register import town

TOWN = town()
GAZETTEER = TOWN.gazetteer()
DOOR = TOWN["锦绣花园/3栋/2单元/1504"]


@pytest.mark.parametrize(
    "words",
    [
        "锦绣花园3-2-1504",
        "锦绣花园3栋2单元1504",
        "锦绣花园三栋二单元15楼04",
        "锦绣花园3#2-1504",
        "锦绣花园3.2.1504",
        "锦绣花园３幢２单元１５０４室",
        "锦绣花园 3号楼 2门 1504号",
        "锦绣花園3棟2單元1504號",
        "锦绣花园叁栋贰单元一五零四",
        "锦绣花园3楼2单元15层4号",
        "锦绣花园3栋2单元15F04",
        "锦绣花园3#2#1504#",
        "梧桐路12号锦绣花园3/2/1504",
        "梧桐路12号3栋2单元1504",
        "锦绣花园（梧桐路12号）3栋2单元1504",
        "锦绣花园2单元3栋1504室",
        "3栋2单元1504室锦绣花园",
        "1504室，锦绣花园3栋2单元",
        "一五零四锦绣花园三栋二单元",
        "我家住四川省成都市锦江区锦绣花园小区3栋2单元1504楼下漏水，电话13812345678",
        "2026-05-03 20:15 锦绣花园3栋2单元1504天花板滴水3次",
        "锦绣花园3栋的2单元的1504",
        "锦绣花园3栋2单元1504门",
        "锦绣花园3栋2单元1504门前积水24小时",
        "锦绣花园3栋2单元1504：水管爆了",
        "锦绣花园一五零四二单元三栋",
        "锦绣花园十五楼四二单元三栋",
        "锦绣花园15-04室2单元3号楼",
        "锦绣花园1504号2单元3栋",
        "1504室锦锦绣花园3号2单元",
        "锦绣花园三栋二单元十五楼四我们联名反映",
    ],
)
def test_one_door_is_found_however_it_is_written(words):
    found = locate(GAZETTEER, words)
    assert (found.verdict, found.place_id) == ("resolved", DOOR)
    assert found.parsed.building == "3"
    assert found.parsed.stairwell == "2"
    assert found.parsed.floor == "15"
    assert found.parsed.room == "1504"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("翡翠公馆a区3栋1单元101", "翡翠公馆/A区3栋/1单元/101"),
        ("橡树城B栋2单元", "橡树城/B座/2单元"),
        ("望江家园2期5栋", "望江家园二期/5栋"),
        ("望江家园二期五栋", "望江家园二期/5栋"),
        ("望江家园5栋1单元", "望江家园二期/5栋/1单元"),
        ("米市三巷十一号院1栋", "米市三巷11号院/1栋"),
        ("凤凰村五组12号", "凤凰村/5组/12号"),
        ("凤凰村5组", "凤凰村/5组"),
        ("印刷厂宿舍1栋301", "印刷厂宿舍/1栋/301"),
        ("红砖楼301", "印刷厂宿舍/1栋/301"),
        ("双槐小学门口的斑马线", "双槐小学"),
        ("迎晖一巷路灯不亮", "迎晖一巷"),
        ("锦绣花园3栋2单元的2楼住户，每天晚上10点", "锦绣花园/3栋/2单元"),
        ("锦绣花园有2台电梯坏了3天", "锦绣花园"),
    ],
)
def test_places_of_every_kind_are_found(words, path):
    found = locate(GAZETTEER, words)
    assert (found.verdict, found.place_id) == ("resolved", TOWN[path])


@pytest.mark.parametrize(
    "words", ["3动2单元1504", "3冻二丹元1504市", "3号搂2单圆1504", "3#篓2#1504#", "3壮2单元15篓04"]
)
def test_words_of_parts_written_as_they_sound_are_read(words):
    found = locate(GAZETTEER, "锦绣花园" + words)
    assert (found.verdict, found.place_id) == ("resolved", DOOR)


@pytest.mark.parametrize("words", ["锦绣花园2东门堵车", "锦绣花园3漏水", "锦绣花园一楼商铺油烟大"])
def test_words_that_only_sound_like_parts_are_no_parts(words):
    found = locate(GAZETTEER, words)
    assert (found.verdict, found.place_id) == ("resolved", TOWN["锦绣花园"])


def test_the_span_is_where_the_text_says_the_place():
    text = "您好，锦绣花园3栋2单元1504楼下漏水"
    start, end = locate(GAZETTEER, text).span
    assert text[start:end] == "锦绣花园3栋2单元1504"


def test_numbers_that_count_other_things_are_no_doors():
    found = locate(GAZETTEER, "锦绣花园3栋2单元，2026年3月1日起停水5次")
    assert found.place_id == TOWN["锦绣花园/3栋/2单元"]
