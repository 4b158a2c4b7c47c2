"""/desk/doctor/: what is wrong and what to do, for the system administrator alone."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.doctor.checks import memory
from gezhi.ground.jobs.models import Pulse


def test_what_is_wrong_stands_with_its_reason_and_its_remedy(cast, desk_of):
    Pulse.objects.all().delete()
    page = text_of(desk_of(cast.system_administrator).get("doctor/"))
    assert "办事程序（worker）没有动静" in page
    assert "通知发不出去" in page
    assert "systemctl restart gezhi" in page
    assert 'href="/desk/tasks/"' in page


def test_a_level_is_told_by_its_word(cast, desk_of, monkeypatch, tmp_path):
    (tmp_path / "meminfo").write_text("MemAvailable: 50000 kB\n")
    monkeypatch.setattr(memory, "_STATE", tmp_path / "meminfo")
    page = text_of(desk_of(cast.system_administrator).get("doctor/"))
    told = page[: page.index("还有 48 MB 内存可用")]
    assert told.rstrip().endswith(">") and "坏" in told[told.rindex("finding-level") :]


@pytest.mark.parametrize(
    "who", ["security_administrator", "audit_administrator", "supervisor", "acceptor", "handler"]
)
def test_nobody_else_has_such_a_page_nor_reads_a_folder_of_the_machine(
    cast, desk_of, settings, who
):
    answer = desk_of(getattr(cast, who)).get("doctor/")
    assert answer.status_code == 404
    assert str(settings.GEZHI_KEYS) not in text_of(answer)


def test_no_key_is_on_the_page(cast, desk_of, settings):
    page = text_of(desk_of(cast.system_administrator).get("doctor/"))
    for file in settings.GEZHI_KEYS.glob("*.key"):
        assert file.read_text().strip() not in page
    assert settings.SECRET_KEY not in page
