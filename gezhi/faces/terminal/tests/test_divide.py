import csv
import io
import json
import re
from pathlib import Path

import pytest
import shapely
from django.core.management import CommandError, call_command

from gezhi.faces.terminal.divide_words import note_in_words, refusal_in_words
from gezhi.methods import divide


def lattice(**words):
    return [
        {
            "type": "Feature",
            "properties": {"households": 25, "people": 70, **words},
            "geometry": {"type": "Point", "coordinates": [104.08 + 0.0003 * x, 30.64 + 0.0003 * y]},
        }
        for x in range(8)
        for y in range(8)
    ]


def written(path, features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(path)


def divided(folder, features, *more):
    source, target = written(folder / "in.geojson", features), folder / "out.geojson"
    told, warned = io.StringIO(), io.StringIO()
    call_command("divide", source, str(target), *more, stdout=told, stderr=warned)
    return target, told.getvalue(), warned.getvalue()


def test_three_files_agree_with_each_other(tmp_path):
    target, told, warned = divided(tmp_path, lattice())
    grids = json.loads(target.read_text())["features"]
    rows = list(csv.DictReader((tmp_path / "out.atoms.csv").read_text("utf-8-sig").splitlines()))
    assert (tmp_path / "out.atoms.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    measures = json.loads((tmp_path / "out.measures.json").read_text())
    assert [row["atom"] for row in rows] == [str(number) for number in range(64)]
    counted: dict[int, int] = {}
    for row in rows:
        counted[int(row["grid"])] = counted.get(int(row["grid"]), 0) + 25
    assert {g["properties"]["grid"]: g["properties"]["households"] for g in grids} == counted
    assert all(200 <= total <= 400 for total in counted.values())
    assert measures["grids"] == len(grids) == 5
    assert measures["feasible"] is True
    polygons = [shapely.geometry.shape(g["geometry"]) for g in grids]
    assert shapely.union_all(polygons).area == pytest.approx(sum(p.area for p in polygons))
    assert "5 个网格" in told
    assert not warned


def test_roads_barriers_and_communities_are_heeded(tmp_path):
    x = 104.08 + 0.0003 * 3.5
    line = {"type": "LineString", "coordinates": [[x, 30.63], [x, 30.65]]}
    way = {"type": "Feature", "properties": {"class": "arterial"}, "geometry": line}
    box = shapely.geometry.mapping(shapely.box(104.079, 30.639, 104.083, 30.643))
    border = {"type": "Feature", "properties": {"name": "大慈寺"}, "geometry": box}
    target, _, _ = divided(
        tmp_path,
        lattice(),
        f"--roads={written(tmp_path / 'r.geojson', [way])}",
        f"--barriers={written(tmp_path / 'w.geojson', [way])}",
        f"--communities={written(tmp_path / 'c.geojson', [border])}",
    )
    grids = json.loads(target.read_text())["features"]
    assert {g["properties"]["community"] for g in grids} == {"大慈寺"}
    for grid in grids:
        west, _, east, _ = shapely.geometry.shape(grid["geometry"]).bounds
        assert east < x + 1e-7 or west > x - 1e-7


def test_what_cannot_be_held_is_said_with_the_reason(tmp_path):
    features = lattice()
    features[0]["properties"]["households"] = 2000
    _, told, warned = divided(tmp_path, features)
    assert "1 个超出上下限" in told
    assert "2000" in warned
    measures = json.loads((tmp_path / "out.measures.json").read_text())
    assert measures["feasible"] is False
    assert measures["reasons"] == [{"kind": "overfull", "atoms": [0], "total": 2000}]


def test_todays_grids_are_kept_by_the_proposal_that_says_so(tmp_path):
    features = lattice()
    for number, feature in enumerate(features):
        feature["properties"]["grid"] = number // 16
    divided(tmp_path, features, "--proposal=today")
    assert json.loads((tmp_path / "out.measures.json").read_text())["moved"] == 0
    with pytest.raises(CommandError, match="现状"):
        divided(tmp_path, lattice(), "--proposal=today")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "空的"),
        ("{", "不是 GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "没有楼栋"),
        ('{"type": "Feature"}', "FeatureCollection"),
    ],
)
def test_a_broken_file_is_refused_and_nothing_is_written(tmp_path, text, words):
    source = tmp_path / "in.geojson"
    source.write_text(text)
    with pytest.raises(CommandError, match=words):
        call_command("divide", str(source), str(tmp_path / "out.geojson"))
    assert [path.name for path in tmp_path.iterdir()] == ["in.geojson"]


def test_zero_households_and_wrong_bounds_are_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="合计为零"):
        divided(tmp_path, lattice(households=0))
    with pytest.raises(CommandError, match="上下限"):
        divided(tmp_path, lattice(), "--min=500")
    with pytest.raises(CommandError, match="读不了文件"):
        call_command("divide", str(tmp_path / "none.geojson"), str(tmp_path / "out.geojson"))


def test_every_refusal_and_every_note_of_the_method_has_words():
    folder = Path(divide.__file__).parent
    source = "".join(path.read_text() for path in sorted(folder.glob("*.py")))
    codes = set(re.findall(r'Refused\(\s*"(\w+)"', source))
    notes = set(re.findall(r'\(\(?"(\w+)", \{', source))
    assert {"mixed_crs", "overlap", "bounds"} <= codes
    assert {"same_position", "polygon_mended", "road_class_unknown"} <= notes
    for code in codes:
        assert refusal_in_words(divide.Refused(code, atoms=[3])) != code
    for note in notes:
        facts = {"atoms": [1, 2], "communities": [0], "roads": 1}
        assert note_in_words(note, facts) != note
