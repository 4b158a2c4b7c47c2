"""Templates: nothing inline that the content security policy refuses, no address that leads nowhere."""

import re

from django.urls import get_resolver

from tests.habits.source import files, text

_INLINE = {
    r"<script(?![^>]*\bsrc=)[^>]*>": "<script> 要有 src，内容写进 static 里的模块",
    r"<style[\s>]": "样式写进 static 里的样式表",
    r"""\sstyle\s*=\s*["']""": "style= 改成类",
    r"""\son[a-z]+\s*=\s*["']""": "on…= 改成模块里的监听",
    r"javascript:": "javascript: 地址会被拒绝",
    r"""\shx-on[:-]""": "hx-on 要 unsafe-eval，改成模块里的监听",
}
_URL = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")


def _templates() -> list[str]:
    return [path for path in files() if "/templates/" in path and path.endswith(".html")]


def test_no_template_holds_script_or_style() -> None:
    found = [
        f"{path}: {advice}"
        for path in _templates()
        for pattern, advice in _INLINE.items()
        if re.search(pattern, text(path), flags=re.IGNORECASE)
    ]
    assert not found, f"页面的安全策略不放行行内的脚本和样式：{found}"


def test_the_rule_on_inline_things_can_fail() -> None:
    for guilty in (
        "<script>alert(1)</script>",
        '<p style="color:red">',
        '<a onclick="go()">',
        "<style>p{}</style>",
    ):
        assert any(re.search(pattern, guilty) for pattern in _INLINE), guilty
    innocent = (
        '<script type="module" src="/static/shell/page.js"></script><div data-style="/x.css">'
    )
    assert not any(re.search(pattern, innocent) for pattern in _INLINE)


def test_every_address_a_template_names_exists() -> None:
    known = set(_names())
    assert "resident:report" in known
    lost = [
        f"{path}: {name}"
        for path in _templates()
        for name in _URL.findall(text(path))
        if name not in known
    ]
    assert not lost, f"模板里写的地址名不存在：{lost}"


def _names() -> list[str]:
    from tests.access.routes import routes

    assert get_resolver() is not None
    return [route.name for route in routes()]
