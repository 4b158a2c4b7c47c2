"""Packs written to a temporary folder, as an office would."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


@pytest.fixture
def write_pack(tmp_path: Path) -> Write:
    """Write a pack of tables {dictionary: rows or CSV text} and return its folder."""

    def write(name: str, version: str = "1", parents: dict[str, str] | None = None, **tables):
        folder = tmp_path / f"{name}-{version}-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        lines = [f'name = "{name}"', f'version = "{version}"', f'title = "{name}包"']
        for dictionary, rows in tables.items():
            text = isinstance(rows, str)
            file = f"{dictionary}.{'csv' if text else 'json'}"
            lines += ["[[tables]]", f'file = "{file}"', f'dictionary = "{dictionary}"']
            if parents and dictionary in parents:
                lines.append(f'parents = "{parents[dictionary]}"')
            (folder / file).write_text(rows if text else json.dumps(rows), encoding="utf-8")
        (folder / "pack.toml").write_text("\n".join(lines), encoding="utf-8")
        return folder

    return write
