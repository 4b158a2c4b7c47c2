"""The promises of the look that a machine can hold: contrast, weight, one set of names."""

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import RequestFactory

from gezhi.faces.shell import gallery
from gezhi.faces.shell.icons import ICONS
from gezhi.faces.shell.stylesheet import joined

STATIC = Path(gallery.__file__).parent / "static"


def _text(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


SHEET = joined("shell/shell.css", _text)
TOKENS = dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6});", SHEET.split(":root[data-size")[0]))
ELDER = TOKENS | dict(
    re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6});", SHEET.split(":root[data-size")[1].split("}")[0])
)

TEXT_ON = [
    (ink, ground)
    for ink in ("--ink", "--ink-2", "--ink-3")
    for ground in ("--paper", "--surface", "--sunk")
] + [
    ("--deed", "--paper"),
    ("--deed", "--surface"),
    ("--deed", "--deed-tint"),
    ("--ink", "--deed-tint"),
    ("--ink-2", "--deed-tint"),
    ("--green", "--paper"),
    ("--green", "--green-tint"),
    ("--amber", "--paper"),
    ("--amber", "--deed-tint"),
    ("--amber", "--amber-tint"),
    ("--red", "--paper"),
    ("--red", "--deed-tint"),
    ("--red", "--red-tint"),
    ("--red-dark", "--red-tint"),
    ("--surface", "--deed"),
    ("--surface", "--deed-dark"),
    ("--surface", "--red"),
    ("--surface", "--ink"),
]


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_reckoning_of_contrast_is_right() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("tokens", [TOKENS, ELDER], ids=["usual", "elder"])
def test_text_stands_out_by_four_and_a_half_to_one(tokens: dict[str, str]) -> None:
    weak = {
        (ink, ground): round(_contrast(tokens[ink], tokens[ground]), 2)
        for ink, ground in TEXT_ON
        if _contrast(tokens[ink], tokens[ground]) < 4.5
    }
    assert not weak


def test_borders_of_inputs_and_the_focus_stand_out_by_three_to_one() -> None:
    for line in ("--edge", "--deed"):
        for ground in ("--paper", "--surface", "--sunk"):
            assert _contrast(TOKENS[line], TOKENS[ground]) >= 3, (line, ground)


def test_every_name_the_sheet_uses_is_set_in_it() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", SHEET))
    set_here = set(re.findall(r"(--[\w-]+):", SHEET))
    assert used <= set_here


def test_the_sheet_asks_nothing_of_other_hosts_or_new_browsers() -> None:
    assert not re.search(r"https?:|@import|url\((?!\"chevron\.svg\")", SHEET)
    rules = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S)
    assert ":has(" not in rules and "@layer" not in rules
    assert SHEET.count("{") == SHEET.count("}")


def test_targets_are_high_enough_for_a_finger() -> None:
    def pixels(block: str, name: str, root: int) -> float:
        return float(re.findall(rf"{name}:\s*([\d.]+)rem", block)[0]) * root

    usual, elder = SHEET.split(":root[data-size", 1)
    assert pixels(usual, "--target", 16) >= 44
    assert pixels(usual, "--row", 16) >= 48
    assert pixels(elder, "--target", 20) >= 60


def test_the_sheet_weighs_less_than_twenty_kilobytes() -> None:
    assert len(gzip.compress(SHEET.encode(), 9)) <= 20_000


def test_the_first_resident_page_weighs_less_than_a_third_of_its_allowance() -> None:
    request = RequestFactory().get("/shell/gallery?show=resident")
    page = gallery.gallery(request).content.decode()
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert "shell/shell.css" in files
    # Uncompressed, to be on the safe side of a server that does not compress.
    assert not [name for name in files if name.startswith("vendor/")]
    sent = [page.encode(), *(joined(name, _text).encode() for name in files)]
    weight = sum(len(one) for one in sent)
    compressed = sum(len(gzip.compress(one)) for one in sent)
    assert weight <= 150_000
    assert compressed <= 50_000


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_is_well_formed_and_drawn_in_the_current_color(name: str) -> None:
    drawing = ElementTree.fromstring(f"<svg>{ICONS[name]}</svg>")
    assert len(drawing)
    for shape in drawing.iter():
        assert "style" not in shape.attrib and "fill" not in shape.attrib
        assert "stroke" not in shape.attrib


def test_no_two_icons_are_the_same_drawing() -> None:
    assert len(set(ICONS.values())) == len(ICONS)
