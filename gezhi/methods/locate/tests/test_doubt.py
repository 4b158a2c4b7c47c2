import pytest

from gezhi.methods.locate import Gazetteer, locate
from gezhi.methods.locate.tests.register import town

TOWN = town()
GAZETTEER = TOWN.gazetteer()


def offered(found):
    return {candidate.place_id for candidate in found.candidates}


def test_two_compounds_of_one_name_are_asked_about():
    found = locate(GAZETTEER, "幸福家园1栋1单元101")
    assert (found.verdict, found.place_id) == ("ambiguous", None)
    assert len(found.candidates) == 2


def test_the_road_tells_two_compounds_of_one_name_apart():
    found = locate(GAZETTEER, "迎晖二巷9号幸福家园1栋")
    assert found.place_id == TOWN["幸福家园@2/1栋"]


def test_a_door_that_is_another_compounds_is_asked_about():
    found = locate(GAZETTEER, "梧桐路12号锦秀花园3栋")
    assert found.verdict == "ambiguous"
    assert {TOWN["锦绣花园"], TOWN["锦秀花园"]} <= offered(found)


def test_a_name_that_sounds_like_two_is_asked_about():
    found = locate(GAZETTEER, "紧休花园3栋")
    assert found.verdict == "ambiguous"
    assert offered(found) == {TOWN["锦绣花园"], TOWN["锦秀花园"]}


@pytest.mark.parametrize("words", ["印刷场宿舍1栋301", "印涮厂宿舍1栋301", "印刷厂宿舍舍1栋301"])
def test_a_name_misheard_or_misspelt_is_found_where_the_register_has_the_rest(words):
    found = locate(GAZETTEER, words)
    assert (found.verdict, found.place_id) == ("resolved", TOWN["印刷厂宿舍/1栋/301"])


def test_a_name_misspelt_beyond_reading_is_known_by_its_door():
    found = locate(GAZETTEER, "梧桐路12号锦肮3栋2单元1504")
    assert (found.verdict, found.place_id) == ("resolved", TOWN["锦绣花园/3栋/2单元/1504"])


def test_another_name_at_a_known_door_is_asked_about():
    found = locate(GAZETTEER, "梧桐路12号明月苑3栋2单元1504")
    assert found.verdict == "ambiguous"
    assert TOWN["锦绣花园/3栋/2单元/1504"] in offered(found)


def test_a_name_cut_short_before_an_unknown_word_is_asked_about():
    found = locate(GAZETTEER, "锦绣七苑1栋1单元101")
    assert found.place_id is None


def test_a_misspelt_name_is_only_offered_where_the_register_lacks_the_rest():
    found = locate(GAZETTEER, "印涮厂宿舍9栋301")
    assert found.verdict == "ambiguous"


@pytest.mark.parametrize(
    "words", ["橡树新城B座1单元101", "橡树苑B座1单元101", "锦绣小区3栋2单元1504", "翠公馆A区3栋"]
)
def test_a_name_with_another_end_or_a_sign_too_few_is_not_taken_for_a_known_one(words):
    assert locate(GAZETTEER, words).place_id is None


def test_one_alley_is_never_taken_for_the_next():
    assert locate(GAZETTEER, "米市二巷11号院1栋").place_id is None


def test_without_its_unit_a_door_leaves_the_building_and_the_doors_it_may_be():
    found = locate(GAZETTEER, "锦绣花园3栋1504")
    assert (found.verdict, found.place_id) == ("partial", TOWN["锦绣花园/3栋"])
    assert offered(found) == {TOWN[f"锦绣花园/3栋/{unit}单元/1504"] for unit in (1, 2)}


def test_without_its_area_a_building_leaves_the_compound():
    found = locate(GAZETTEER, "翡翠公馆3栋")
    assert (found.verdict, found.place_id) == ("partial", TOWN["翡翠公馆"])
    assert len(found.candidates) == 2


def test_a_door_the_register_lacks_leaves_the_unit():
    found = locate(GAZETTEER, "锦绣花园3栋2单元9901")
    assert (found.verdict, found.place_id) == ("partial", TOWN["锦绣花园/3栋/2单元"])


@pytest.mark.parametrize("word", ["旁边", "对面", "附近"])
def test_beside_a_place_is_not_in_it(word):
    found = locate(GAZETTEER, f"双槐小学{word}的烧烤摊")
    assert (found.verdict, found.place_id) == ("partial", TOWN["双槐小学"])
    assert found.parsed.beside == word
    assert found.candidates[0].score < 1


def test_what_a_place_is_beside_gives_way_to_the_place():
    found = locate(GAZETTEER, "双槐小学对面的锦绣花园3栋")
    assert found.place_id == TOWN["锦绣花园/3栋"]


def test_two_buildings_leave_their_compound():
    found = locate(GAZETTEER, "锦绣花园1栋、3栋都停水")
    assert (found.verdict, found.place_id) == ("partial", TOWN["锦绣花园"])


def test_only_places_within_count():
    within = frozenset({TOWN["幸福家园"]})
    assert locate(GAZETTEER, "幸福家园1栋", within=within).place_id == TOWN["幸福家园/1栋"]
    assert locate(GAZETTEER, "锦绣花园3栋", within=within).verdict == "unknown"


def test_learnt_names_are_found_and_the_first_gazetteer_stays_as_it_was():
    learnt = GAZETTEER.with_aliases({TOWN["锦绣花园"]: ("老糖厂",), TOWN["橡树城/A座"]: ("红楼",)})
    assert locate(learnt, "老糖厂3栋2单元1504").place_id == TOWN["锦绣花园/3栋/2单元/1504"]
    assert locate(learnt, "红楼2单元").place_id == TOWN["橡树城/A座/2单元"]
    assert locate(GAZETTEER, "老糖厂3栋").verdict == "unknown"


def test_a_name_learnt_for_two_places_is_asked_about():
    both = {TOWN["锦绣花园"]: ("老糖厂",), TOWN["翡翠公馆"]: ("老糖厂",)}
    assert locate(GAZETTEER.with_aliases(both), "老糖厂").verdict == "ambiguous"


def test_entries_without_their_parents_are_passed_over():
    orphans = Gazetteer([entry for entry in TOWN.entries if entry.kind != "building"])
    assert locate(orphans, "锦绣花园3栋2单元1504").place_id == TOWN["锦绣花园"]
