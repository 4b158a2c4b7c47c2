"""A program with a stranger's bytes may use little, take nothing and write nowhere."""

import pytest

from gezhi.kernel import confined

LIMITS = confined.Limits(memory_bytes=1 << 28, cpu_seconds=1, answer_bytes=1000, seconds=20)


@pytest.fixture
def run(tmp_path):
    def run(program, given=b"", arguments=(), limits=LIMITS):
        child = tmp_path / "child.py"
        child.write_text(f"import os, sys, time\n{program}\n")
        return confined.run(child, given, limits=limits, arguments=arguments)

    return run


def test_it_reads_what_it_is_given_and_its_arguments(run):
    program = "sys.stdout.write(sys.stdin.read() + sys.argv[1])"
    assert run(program, b"given ", ["told"]) == b"given told"


def test_it_gets_none_of_our_environment_and_no_folder(run, monkeypatch):
    monkeypatch.setenv("GEZHI_SECRET_KEY", "CANARY")
    program = "print(sorted(set(os.environ) - {'LC_CTYPE'}), os.getcwd())"
    assert run(program) == b"[] /\n"


def test_it_gives_way_to_those_who_wait_for_pages(run):
    assert int(run("print(os.nice(0))")) > 0


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(1)",
        "bytearray(1 << 30)",
        "while True: pass",
        "print('x' * 2000)",
        "import tempfile; tempfile.TemporaryFile('w').write('x' * 100000)",
        "os.abort()",
    ],
)
def test_what_breaks_a_limit_has_given_no_answer(run, program):
    assert run(f"{program}\nprint('still here')") is None


def test_what_hangs_is_ended(run):
    limits = confined.Limits(seconds=0.2)
    assert run("time.sleep(600)", limits=limits) is None
