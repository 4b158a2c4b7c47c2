"""gezhi audit: says that the trail is whole, or which row is not."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from gezhi.ground.audit import actions, verification
from gezhi.ground.audit.models import Entry
from gezhi.ground.audit.tasks import anchors_folder
from gezhi.ground.audit.tests import trail
from gezhi.ground.audit.verification import Broken, Verified
from gezhi.kernel import clock, ids
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_a_whole_trail_is_told_with_its_counts_and_the_digest_to_note(monkeypatch, capsys):
    blocks, _ = trail.three_blocks(monkeypatch)
    call_command("audit", "verify", noted=blocks[0].digest)
    shown = capsys.readouterr().out
    assert "14" in shown
    assert blocks[2].digest in shown


def test_the_first_broken_row_ends_it(monkeypatch):
    _, entries = trail.three_blocks(monkeypatch)
    with trail.by_force():
        Entry.objects.filter(pk=entries[2].pk).update(user_id=9)
    with pytest.raises(CommandError, match=str(entries[2].pk)):
        call_command("audit", "verify")
    clock.advance(timedelta(days=1))
    call_command("audit", "verify", "--from", clock.today().isoformat())


def test_the_chains_of_modules_are_checked_too(monkeypatch):
    asked = []

    def check(since, progress):
        asked.append(since)
        progress(1)
        return Verified(Broken("step", "7", "gone"), 1)

    monkeypatch.setattr(verification, "_checks", {"case": check})
    with pytest.raises(CommandError, match=r"step 7.*gone"):
        call_command("audit", "verify", "--from", "2026-11-01")
    assert clock.local(asked[0]).isoformat() == "2026-11-01T00:00:00+08:00"


def test_unsealed_entries_that_are_late_are_told(monkeypatch, capsys):
    trail.write(1)
    monkeypatch.setattr(verification, "oldest_unsealed", lambda: ids.LARGEST)
    call_command("audit", "verify")
    assert "定时" in capsys.readouterr().out


def test_grants_are_printed_for_the_role_that_is_named(settings, capsys):
    settings.GEZHI_DATABASE_ROLE = ""
    with pytest.raises(CommandError, match="--role"):
        call_command("audit", "grants")
    if connection.vendor == "postgresql":
        call_command("audit", "grants", role="app")
        assert 'REVOKE UPDATE, DELETE ON "audit_entry" FROM "app";' in capsys.readouterr().out
    else:
        with pytest.raises(CommandError, match="PostgreSQL"):
            call_command("audit", "grants", role="app")


def test_an_anchor_is_printed_and_compared_from_a_file(monkeypatch, capsys, tmp_path):
    with pytest.raises(CommandError, match="封存块"):
        call_command("audit", "anchor")
    trail.three_blocks(monkeypatch)
    call_command("audit", "anchor")
    kept = tmp_path / "kept.txt"
    kept.write_text(capsys.readouterr().out, encoding="utf-8")
    call_command("audit", "verify", noted=str(kept))
    with pytest.raises(CommandError, match="不在任何一块里"):
        call_command("audit", "verify", noted="0" * 64)
    with pytest.raises(CommandError, match="不是记下过的"):
        call_command("audit", "verify", noted="nonsense")


def test_what_the_machine_wrote_each_night_is_compared_too(monkeypatch, capsys, settings, tmp_path):
    settings.GEZHI_HOME = tmp_path
    trail.three_blocks(monkeypatch)
    path = actions.write_anchor(anchors_folder(), by=Viewer.system("beat"))
    assert path is not None
    call_command("audit", "verify")
    assert "1 份" in capsys.readouterr().out
    path.write_text(
        path.read_text(encoding="utf-8").replace("第 3 块", "第 4 块"), encoding="utf-8"
    )
    with pytest.raises(CommandError, match=path.name):
        call_command("audit", "verify")
