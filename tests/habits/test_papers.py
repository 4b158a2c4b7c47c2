"""What is written beside the code stays true: dependencies, commands, and nothing of one machine."""

import json
import re

from django.core.management import get_commands

from tests.habits.source import files, text

PAPERS = ("README.md", "README.en.md", "ARCHITECTURE.md")
_PACKAGE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")
# Subcommands Django itself brings and our papers may name.
_OUTSIDE = {"help"}


def _papers() -> list[str]:
    return [
        path
        for path in files()
        if path.endswith(".md") and (path in PAPERS or path.startswith("docs/"))
    ]


def test_every_dependency_is_explained() -> None:
    explained = text("docs/dependencies.md").lower()
    wanted = set()
    for path in files():
        if path.startswith("requirements/") and path.endswith(".in"):
            for line in text(path).splitlines():
                found = _PACKAGE.match(line.strip())
                if found:
                    wanted.add(found.group(1))
    package = json.loads(text("package.json"))
    wanted |= set(package["dependencies"]) | set(package["devDependencies"])
    missing = sorted(name for name in wanted if name.lower() not in explained)
    assert not missing, (
        f"每个依赖都要在 docs/dependencies.md 里说明做什么、为什么是它、怎么离开：{missing}"
    )


def test_every_command_shown_exists() -> None:
    known = set(get_commands()) | _OUTSIDE
    lost = [
        f"{path}: gezhi {command}"
        for path in _papers()
        for command in re.findall(r"(?:`|bin/|^)gezhi ([a-z_]+)", text(path), flags=re.MULTILINE)
        if command not in known
    ]
    assert not lost, f"文档里写了不存在的命令：{lost}"


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), flags=re.MULTILINE))
    lost = [
        f"{path}: make {target}"
        for path in _papers()
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", text(path), flags=re.MULTILINE)
        if target not in targets
    ]
    assert not lost, f"文档里写了 Makefile 里没有的目标：{lost}"


def test_every_file_a_paper_links_to_exists() -> None:
    known = set(files())
    folders = {path.rsplit("/", depth)[0] for path in known for depth in range(1, 5)}
    lost = []
    for path in _papers():
        folder = path.rpartition("/")[0]
        for target in re.findall(r"\]\(([^)#\s]+)", text(path)):
            if re.match(r"[a-z]+:", target):
                continue
            whole = _resolved(folder, target)
            if whole not in known and whole.rstrip("/") not in folders:
                lost.append(f"{path} → {target}")
    assert not lost, f"文档里的链接指向不存在的文件：{lost}"


def _resolved(folder: str, target: str) -> str:
    parts = folder.split("/") if folder else []
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def test_no_file_names_a_machine_or_where_packages_came_from() -> None:
    # Written in pieces so that this file does not find itself.
    machine = re.compile(
        r"(?<![\w./-])/(?:"
        + "|".join(("home/[a-z]", "roo" + "t/", "Use" + "rs/", "wor" + "k/(?:main|shared)"))
        + r")"
    )
    hosts = re.compile(
        "|".join(
            re.escape(host)
            for host in (
                "pypi" + ".org",
                "files.python" + "hosted",
                "registry.npm" + "js",
                "npm" + "mirror",
                "tuna." + "tsinghua",
                "mirr" + "ors.",
                "artifact" + "ory",
            )
        )
    )
    found = [
        f"{path}: {hit.group(0)}"
        for path in files()
        if not path.endswith((".png", ".jpg", ".mo", ".woff2"))
        for pattern in (machine, hosts)
        for hit in [pattern.search(text(path))]
        if hit
    ]
    assert not found, f"提交的文件里不写某台机器的路径，也不写从哪个镜像装包：{found}"
