"""The gallery shows every part, and no page of it needs anything the strict CSP refuses."""

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import translation

from gezhi.faces.shell import gallery
from gezhi.faces.shell.templatetags import shell
from gezhi.kernel.errors import Unseen

SHELL = Path(gallery.__file__).parent


def _page(query: str) -> str:
    request = RequestFactory().get(f"/shell/gallery?{query}")
    return gallery.gallery(request).content.decode()


@pytest.mark.parametrize("name", sorted(gallery.PAGES))
def test_every_sample_page_is_whole_and_names_itself(name: str) -> None:
    page = _page(f"show={name}")
    title = re.search(r"<title>(.*?) · 格治</title>", page)
    assert title and title.group(1).strip()
    assert page.rstrip().endswith("</html>")
    assert page.count('id="content"') == 1
    assert len(re.findall(r"<h1[ >]", page)) >= 1


@pytest.mark.parametrize("name", sorted(gallery.PAGES))
def test_no_sample_page_holds_inline_script_or_style(name: str) -> None:
    page = _page(f"show={name}")
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son[a-z]+=", page)
    assert "<style" not in page
    assert "javascript:" not in page
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.S):
        assert "src=" in attributes
        assert not body.strip()


def test_no_template_of_the_shell_holds_inline_script_or_style() -> None:
    for path in sorted((SHELL / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son(click|load|change|submit|input)=", text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path


def test_every_part_stands_in_the_gallery() -> None:
    samples = "".join(
        path.read_text(encoding="utf-8")
        for path in [
            *(SHELL / "templates/shell/gallery").glob("*.html"),
            *(SHELL / "templates").glob("*.html"),
            SHELL / "templates/shell/confirm.html",
        ]
    )
    missing = [
        name
        for name in shell.register.tags
        # A hidden field and an address have nothing to show.
        if name not in {"deed_key", "over_url"} and not re.search(rf"{{% {name}[ %]", samples)
    ]
    assert not missing, f"show these parts in templates/shell/gallery/parts.html: {missing}"
    assert all(f"|{name}" in samples for name in ("people_time",))


def test_every_state_of_a_refused_form_is_tied_to_its_row() -> None:
    page = _page("show=parts")
    assert 'aria-describedby="id_refused-phone_helptext id_refused-phone_error"' in page
    assert 'id="id_refused-phone_error"' in page
    # What was typed is still there.
    assert 'value="1380000"' in page
    assert 'href="#id_refused-what"' in page


def test_an_unknown_sample_is_not_found() -> None:
    with pytest.raises(Unseen):
        _page("show=nothing")


def test_the_elder_size_and_the_language_stand_on_the_root_element() -> None:
    assert '<html lang="zh-hans" data-size="large">' in _page("show=resident&size=large")
    with translation.override("en"):
        assert '<html lang="en">' in _page("show=resident")


def test_no_id_stands_twice_on_a_sample_page() -> None:
    for name in gallery.PAGES:
        ids = re.findall(r'\sid="([^"]+)"', _page(f"show={name}"))
        assert len(ids) == len(set(ids)), (name, [one for one in ids if ids.count(one) > 1])


def test_letters_of_deeds_differ_and_leave_the_reserved_ones() -> None:
    for name in gallery.PAGES:
        letters = re.findall(r'data-key="([^"]+)"', _page(f"show={name}"))
        assert len(letters) == len(set(letters)), name
        assert not set(letters) & {"j", "k", "/", "?"}
