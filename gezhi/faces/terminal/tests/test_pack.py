"""gezhi pack: what it prints and what it leaves behind."""

import io

import pytest
from django.core.management import CommandError, call_command

from gezhi.ground.codes import queries

pytestmark = pytest.mark.django_db
COLORS = "code,name\n01,红\n02,绿\n"


@pytest.fixture
def home(tmp_path, settings):
    settings.GEZHI_PACKS = tmp_path
    write_pack(tmp_path / "colors", "1", COLORS)
    return tmp_path


def write_pack(folder, version, rows):
    folder.mkdir(exist_ok=True)
    (folder / "colors.csv").write_text(rows, encoding="utf-8")
    (folder / "pack.toml").write_text(
        f'name = "{folder.name}"\nversion = "{version}"\ntitle = "颜色"\n'
        '[[tables]]\nfile = "colors.csv"\ndictionary = "colors"\n',
        encoding="utf-8",
    )


def run(*words):
    out = io.StringIO()
    call_command("pack", *words, stdout=out)
    return out.getvalue()


def test_a_pack_is_listed_compared_imported_and_the_same_again(home):
    assert "还没有导入" in run("list")
    assert "新增 2" in run("diff", "colors")
    assert "已导入，共 2 行" in run("import", "colors")
    assert "colors  1  颜色" in run("list")
    assert "相同" in run("diff", "colors")
    assert "没有变化" in run("import", "--all")
    assert len(queries.terms("colors")) == 2


def test_the_difference_shows_what_changes_row_by_row(home):
    run("import", "--all")
    write_pack(home / "colors", "2", "code,name\n01,朱红\n03,蓝\n")
    told = run("diff", str(home / "colors"))
    assert "新增 1，修改 1，去掉 1" in told
    assert "～ colors 01 朱红（name）" in told
    assert "packs/ 里还没有导入的" in run("list")


def test_a_broken_pack_says_which_and_where(home):
    write_pack(home / "colors", "1", "code,name\n01,红\n01,绿\n")
    with pytest.raises(CommandError, match="colors 的 01：代码重复"):
        run("import", "colors")
    assert "读不了" in run("list")


@pytest.mark.parametrize("words", [["import"], ["import", "colors", "--all"], ["diff", "sounds"]])
def test_an_unclear_choice_says_what_there_is(home, words):
    with pytest.raises(CommandError):
        run(*words)
