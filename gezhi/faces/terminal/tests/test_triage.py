"""gezhi triage on files: what goes in comes out in order, and what is wrong is said plainly."""

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gezhi.work.triage.tests.speaking import messages


def rows(count: int) -> list[tuple[str, ...]]:
    """Messages of three kinds, so many of each."""
    return [(f"反映{number}", text, kind) for number, (text, kind) in enumerate(messages(count))]


def write(path: Path, lines: Sequence[tuple[str, ...]], *, encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    content = text.getvalue().encode(encoding)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def read(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    return write(tmp_path / "labelled.csv", [("subject", "detail", "label"), *rows(20)])


def test_a_model_learnt_from_a_table_sorts_another(tmp_path: Path, labelled: Path) -> None:
    model, out = tmp_path / "own.npz", tmp_path / "out.csv"
    call_command("triage", "train", str(labelled), "--model", str(model))
    asked = [
        ("number", "subject", "detail"),
        ("7", "", "河边路灯坏了一片漆黑"),
        ("8", "", "工地夜间施工噪音"),
    ]
    source = write(tmp_path / "in.csv", asked)
    call_command("triage", "predict", str(source), str(out), "--model", str(model))
    assert out.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    found = read(out)
    assert [(row["number"], row["label"]) for row in found] == [("7", "路灯"), ("8", "噪音")]
    assert all(0 <= float(row["confidence"]) <= 1 for row in found)
    assert found[0]["alternatives"].startswith("路灯:") and found[0]["alternatives"].count(";") == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_of_any_office_are_read(tmp_path: Path, encoding: str) -> None:
    lines = [("留言主题", "留言详情", "一级标签"), *rows(20)]
    source = write(tmp_path / "labelled.csv.gz", lines, encoding=encoding)
    model = tmp_path / "own.npz"
    call_command("triage", "train", str(source), "--model", str(model))
    assert model.stat().st_size > 0


def test_evaluation_prints_a_table(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("triage", "evaluate", str(labelled), "--folds", "3")
    printed = capsys.readouterr()
    assert "| 宏平均 F1 |" in printed.out and "| 噪音 | 20 |" in printed.out
    assert printed.err


def test_without_a_model_the_packs_rules_sort_and_say_so(
    tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(
        tmp_path / "in.csv", [("subject", "detail"), ("", "雨水箅子没盖，有个坑"), ("", "")]
    )
    call_command("triage", "predict", str(source), str(tmp_path / "out.csv"))
    first, second = read(tmp_path / "out.csv")
    assert first["label"] == "雨水箅子"
    assert float(second["confidence"]) < 0.05
    assert "关键词规则" in capsys.readouterr().err


def test_all_columns_stay_and_a_label_that_was_there_keeps_its_name(
    tmp_path: Path, db: None
) -> None:
    source = write(tmp_path / "in.csv", [("detail", "label", "x"), ("路灯, 不亮\n换行", "旧", "1")])
    call_command("triage", "predict", str(source), str(tmp_path / "out.csv.gz"))
    (row,) = read(tmp_path / "out.csv.gz")
    assert (row["detail"], row["label"], row["x"]) == ("路灯, 不亮\n换行", "旧", "1")
    assert row["predicted_label"]


def test_what_a_stranger_wrote_is_no_formula_in_the_table(tmp_path: Path, db: None) -> None:
    source = write(tmp_path / "in.csv", [("detail", "=x", "n"), ("=1+1", "@SUM(A1)", "-3")])
    call_command("triage", "predict", str(source), str(tmp_path / "out.csv"))
    (row,) = read(tmp_path / "out.csv")
    assert (row["detail"], row["'=x"], row["n"]) == ("'=1+1", "'@SUM(A1)", "-3")


def test_odd_messages_are_answered_too(tmp_path: Path, labelled: Path) -> None:
    model, out = tmp_path / "own.npz", tmp_path / "out.csv"
    call_command("triage", "train", str(labelled), "--model", str(model))
    odd = ["", "灯", "😀😀", "路灯" * 50_000, "<b>路灯</b>", "the light is broken", "路燈不亮"]
    source = write(tmp_path / "in.csv", [("subject", "detail"), *(("", one) for one in odd)])
    call_command("triage", "predict", str(source), str(out), "--model", str(model))
    assert len(read(out)) == len(odd)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"a,b\n1,2\n", "缺少这些列：subject、detail"),
        ("subject,detail\n甲,乙\n".encode(), "缺少这些列：label"),
        (b"subject,label\n\xff\xff\xff\x81,x\n", "编码认不出来"),
        ("subject,label\n甲,乙,丙\n".encode(), "第 2 行有 3 格"),
        ("subject,label\n甲,乙\n".encode(), "至少要有两种类别"),
        ("subject,label\n甲,\n".encode(), "没有带标签"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        call_command("triage", "train", str(path), "--model", str(tmp_path / "m.npz"))
    assert not (tmp_path / "m.npz").exists()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("triage", "evaluate", str(tmp_path / "none.csv"))


def test_a_file_that_is_no_model_is_said(tmp_path: Path, labelled: Path) -> None:
    with pytest.raises(CommandError, match="不是本程序的模型文件"):
        call_command(
            "triage", "predict", str(labelled), str(tmp_path / "o.csv"), "--model", str(labelled)
        )
