"""The engine on a subject that is no case: nothing of a case is needed for a deed."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gezhi.ground.audit.models import Entry, Head
from gezhi.ground.audit.rules import chained, fits, head_content
from gezhi.ground.audit.seals import is_whole
from gezhi.ground.files.actions import PreparedPhoto
from gezhi.ground.files.models import File
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Unseen
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Viewer
from gezhi.work import deeds
from gezhi.work.deeds.tests import errands
from gezhi.work.deeds.tests.errands import Deed, Errand, ErrandPhoto, ErrandStep, Run, run, send
from tests.cast import Cast


@pytest.fixture
def errand(cast: Cast) -> Iterator[Errand]:
    """An errand in the hand of the handler's unit."""
    with errands.tables():
        row = _errand(cast, "17")
        send(errand=row, by=cast.dispatcher.viewer, key="sent")
        yield row


def _errand(cast: Cast, number: str) -> Errand:
    return Errand(
        district_id=cast.street.district.pk,
        number=number,
        state="open",
        holder=cast.street.sanitation,
        due_at=clock.now() + timedelta(days=1),
    )


def _photo(digest: str = "1" * 64) -> PreparedPhoto:
    return PreparedPhoto(
        file_id=new_id(), stored_at=clock.now(), width=8, height=8, size=9, digest=digest
    )


def test_it_is_done_by_whoever_has_it_in_hand_and_the_step_says_so(
    errand: Errand, cast: Cast
) -> None:
    step = run(number="17", by=cast.handler.viewer, key="k1", found="nothing", version=1)
    errand.refresh_from_db()
    seat = cast.handler.viewer.seats[0]
    assert (errand.state, errand.version) == ("done", 2)
    assert (step.from_state, step.to_state, step.reason_code) == ("open", "done", "nothing")
    assert (step.user_id, step.post_id, step.unit_id) == (
        cast.handler.user_id, seat.post_id, seat.unit_id,
    )  # fmt: skip
    assert step.seconds_left == 86_400


def test_the_step_is_chained_sealed_and_recorded(errand: Errand, cast: Cast) -> None:
    step = run(number="17", by=cast.handler.viewer, key="k1")
    step.refresh_from_db()
    errand.refresh_from_db()
    first = ErrandStep.objects.get(serial=1)
    head = Head.objects.get(subject_kind="errand", subject_id=errand.pk)
    entry = Entry.objects.get(verb="errands.run")
    assert fits(step.content(), step.digest)
    assert (
        step.chain_digest
        == chained(first.chain_digest, step.digest)
        == head.digest
        == entry.subject_digest
    )
    assert is_whole(errand)
    assert entry.detail == {"step": step.pk}
    step.reason_code = "something else"
    assert not fits(step.content(), step.digest)


def test_the_head_counts_the_seals_of_all_its_rows(errand: Errand, cast: Cast) -> None:
    run(number="17", by=cast.handler.viewer, key="k1", photos=[_photo()])
    head = Head.objects.get(subject_kind="errand")
    errand.refresh_from_db()
    rows = int(errand.seal, 16) + int(ErrandPhoto.objects.get().seal, 16)
    assert fits(head_content(head), head.seal)
    assert int(head.rows, 16) == rows % (1 << 256)


def test_it_is_begun_once_by_one_key(errand: Errand, cast: Cast) -> None:
    first = ErrandStep.objects.get()
    assert (first.serial, first.from_state, first.to_state) == (1, "", "open")
    assert send(errand=_errand(cast, "17"), by=cast.dispatcher.viewer, key="sent") == first
    with pytest.raises(KeyReused):
        send(errand=_errand(cast, "18"), by=cast.dispatcher.viewer, key="sent")
    assert Errand.objects.count() == 1


def test_a_clock_set_back_makes_no_step_earlier_than_the_one_before(
    errand: Errand, cast: Cast
) -> None:
    first = ErrandStep.objects.get()
    with clock.moved_to(first.recorded_at - timedelta(hours=1)):
        step = run(number="17", by=cast.handler.viewer, key="k1")
    step.refresh_from_db()
    assert (step.recorded_at, step.happened_at) == (first.recorded_at, first.recorded_at)
    assert fits(step.content(), step.digest)


def test_the_same_key_is_answered_by_the_step_it_made(errand: Errand, cast: Cast) -> None:
    first = run(number="17", by=cast.handler.viewer, key="k1", found="bag")
    assert run(number="17", by=cast.handler.viewer, key="k1", found="bag") == first
    assert ErrandStep.objects.filter(deed=Deed.RUN).count() == 1


def test_with_another_content_the_key_is_refused(errand: Errand, cast: Cast) -> None:
    run(number="17", by=cast.handler.viewer, key="k1", found="bag")
    with pytest.raises(KeyReused):
        run(number="17", by=cast.handler.viewer, key="k1", found="box")
    with pytest.raises(KeyReused):
        Run.do(
            Deed.DROP, lambda running: running.finish(),
            number="17", by=cast.handler.viewer, key="k1", content={},
        )  # fmt: skip


def test_the_key_is_looked_up_before_rights(errand: Errand, cast: Cast) -> None:
    handler = cast.handler.viewer
    first = run(number="17", by=handler, key="k1")
    Errand.objects.update(number="hidden 17")
    seatless = Viewer(user_id=handler.user_id, district_id=handler.district_id)
    assert run(number="17", by=seatless, key="k1") == first
    with pytest.raises(Unseen):
        run(number="17", by=seatless, key="k2")


def test_anothers_key_is_unknown(errand: Errand, cast: Cast) -> None:
    run(number="17", by=cast.handler.viewer, key="k1")
    with pytest.raises(NotPermitted):
        run(number="17", by=cast.acceptor.viewer, key="k1")


def test_who_read_an_older_version_is_told_so(errand: Errand, cast: Cast) -> None:
    with pytest.raises(Conflict) as refused:
        run(number="17", by=cast.handler.viewer, key="k1", version=3)
    assert refused.value.code == "stale"
    assert ErrandStep.objects.count() == 1


def test_the_wrong_person_is_refused_and_told_who_can(errand: Errand, cast: Cast) -> None:
    for person in (cast.acceptor, cast.zhang):
        with pytest.raises(NotPermitted, match="承办单位的经办人"):
            run(number="17", by=person.viewer, key="k1")


def test_what_the_table_does_not_know_is_refused_at_the_beginning_and_at_the_end(
    errand: Errand, cast: Cast
) -> None:
    with pytest.raises(Conflict):
        run(number="17", by=cast.handler.viewer, key="k1", to="lost")
    run(number="17", by=cast.handler.viewer, key="k1")
    with pytest.raises(Conflict) as refused:
        run(number="17", by=cast.handler.viewer, key="k2")
    assert refused.value.code == "state"
    assert Errand.objects.get().version == 2


@pytest.mark.parametrize("key", ["", "k" * 81])
def test_a_key_no_step_can_hold_is_refused(errand: Errand, cast: Cast, key: str) -> None:
    with pytest.raises(Invalid):
        run(number="17", by=cast.handler.viewer, key=key)


def test_one_key_on_two_subjects_is_refused(errand: Errand, cast: Cast) -> None:
    send(errand=_errand(cast, "18"), by=cast.dispatcher.viewer, key="other")
    run(number="17", by=cast.handler.viewer, key="k1")
    with pytest.raises(KeyReused):
        run(number="18", by=cast.handler.viewer, key="k1")


def test_photos_are_stored_with_the_deed_and_not_again_with_its_second_coming(
    errand: Errand, cast: Cast
) -> None:
    first = run(number="17", by=cast.handler.viewer, key="k1", photos=[_photo()])
    assert ErrandPhoto.objects.get().file_id == File.objects.get().pk
    # Sent again the same picture has another id; another picture is another content.
    assert run(number="17", by=cast.handler.viewer, key="k1", photos=[_photo()]) == first
    with pytest.raises(KeyReused):
        run(number="17", by=cast.handler.viewer, key="k1", photos=[_photo("2" * 64)])
    assert File.objects.count() == 1


def test_a_refused_deed_stores_no_photo(errand: Errand, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        run(number="17", by=cast.acceptor.viewer, key="k1", photos=[_photo()])
    assert not File.objects.exists()


def test_a_deed_on_what_keeps_no_words_cannot_lose_them(errand: Errand, cast: Cast) -> None:
    with pytest.raises(TypeError):
        Run.do(
            Deed.DROP, lambda running: running.finish(words="gone"),
            number="17", by=cast.handler.viewer, key="k1", content={},
        )  # fmt: skip


def test_the_engine_knows_no_room() -> None:
    folder = Path(deeds.__path__[0])
    known = {
        node.module or ""
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    own = {name for name in known if name.startswith("gezhi.work.")}
    assert all(name.startswith("gezhi.work.deeds") for name in own), own
    assert own
