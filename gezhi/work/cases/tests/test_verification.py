"""`gezhi audit verify` walks the chains of cases and names the first row that does not fit."""

from pathlib import Path

import pytest
from django.conf import settings

from gezhi.ground.audit import triggers, verification
from gezhi.kernel import secrets
from gezhi.work.cases import verification as verification_of_cases
from gezhi.work.cases.models import Step
from gezhi.work.cases.sealed import Where
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.verification import broken_rows, verify_cases


def test_cases_are_among_what_the_command_checks() -> None:
    assert verification.checks()["case"] is verify_cases


def test_untouched_chains_fit(play: Play) -> None:
    play.until("closed")
    assert list(broken_rows()) == []


def test_the_first_changed_step_is_named(play: Play) -> None:
    play.until("handling")
    triggers.remove()
    Step.objects.filter(case=play.case, serial=3).update(reason_code="changed")
    found = verify_cases(None, lambda count: None)
    assert found.broken is not None
    assert found.broken.row == f"{play.case.number} #3"


def test_a_step_whose_digest_was_made_up_again_is_found_by_the_link(play: Play) -> None:
    play.until("handling")
    triggers.remove()
    other = Play(play.cast).until("accepted")
    forged = Step.objects.get(case=other.case, serial=1)
    Step.objects.filter(case=play.case, serial=2).update(
        digest=forged.digest, content_digest=forged.content_digest
    )
    assert [row.serial for row in broken_rows()] == [2]


def test_steps_made_under_an_older_key_still_fit_after_a_rotation(play: Play) -> None:
    play.until("accepted")
    secrets.rotate(Path(settings.GEZHI_KEYS), "audit")
    play.dispatch()
    assert list(broken_rows()) == []


def test_a_case_that_a_deed_changes_while_it_is_read_is_read_again(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.until("accepted")
    whole = verification_of_cases._read
    reads: list[Where] = []

    def half(where: Where) -> dict[int, verification_of_cases._Held]:
        """The first time as if the newest step had not been there yet when steps were read."""
        held = whole(where)
        if not reads:
            held[play.case.pk].steps.pop()
        reads.append(where)
        return held

    monkeypatch.setattr(verification_of_cases, "_read", half)
    assert list(broken_rows()) == []
    assert len(reads) == 2
