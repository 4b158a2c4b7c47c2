"""Front-end files come from an allow-list."""

from pathlib import Path

import pytest

from tools import vendor


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    source = tmp_path / "node_modules"
    for name in vendor.FILES:
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one();\n//# sourceMappingURL=one.js.map\n", encoding="utf-8")
    return source


def test_the_second_run_changes_nothing(packages: Path, tmp_path: Path) -> None:
    target = tmp_path / "vendor"
    assert vendor.copy(packages, target) == len(vendor.FILES)
    assert vendor.copy(packages, target) == 0


def test_a_script_does_not_name_its_source_map(packages: Path, tmp_path: Path) -> None:
    vendor.copy(packages, tmp_path / "vendor")
    assert (tmp_path / "vendor/htmx.min.js").read_text(encoding="utf-8") == "one();\n"


def test_what_left_the_list_leaves_the_folder(packages: Path, tmp_path: Path) -> None:
    target = tmp_path / "vendor"
    vendor.copy(packages, target)
    (target / "old.js").write_text("", encoding="utf-8")
    assert vendor.copy(packages, target) == 1
    assert not (target / "old.js").exists()


def test_a_changed_package_is_copied_again(packages: Path, tmp_path: Path) -> None:
    target = tmp_path / "vendor"
    vendor.copy(packages, target)
    (packages / "htmx.org/dist/htmx.min.js").write_text("two();\n", encoding="utf-8")
    assert vendor.copy(packages, target) == 1


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"htmx\.org"):
        vendor.copy(tmp_path / "none", tmp_path / "vendor")
