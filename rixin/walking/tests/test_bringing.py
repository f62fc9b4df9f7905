"""`rixin paths`: an office brings its ways on foot; what cannot be used is told row by row."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from rixin.sheets import FileFault
from rixin.walking import bringing, current
from rixin.walking.models import Network
from rixin.walking.tests.builders import NOW

pytestmark = pytest.mark.django_db
LINE = {"type": "LineString", "coordinates": [[120.09, 30.28], [120.1, 30.28]]}


def a_file(*geometries: Any, **further: Any) -> bytes:
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features, **further}).encode()


def bring(content: bytes, **how: Any) -> bringing.Brought:
    return bringing.bring(content, "ways.geojson", **{"system": "wgs84", "at": NOW, **how})


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(content: bytes, *words: str) -> str:
        file = tmp_path / "ways.geojson"
        file.write_bytes(content)
        with translation.override("en"):
            call_command("paths", "import", str(file), *words)
        return capsys.readouterr().out

    return run


def test_lines_of_both_sorts_are_taken_and_other_shapes_left_out(command):
    several = {"type": "MultiLineString", "coordinates": [LINE["coordinates"], [[120.1, 30.28], [120.1, 30.29]]]}

    told = command(a_file(LINE, several, {"type": "Point", "coordinates": [120.1, 30.28]}))

    assert "Lines: 3" in told and "Left out since they are no lines: 1." in told
    assert Network.objects.get().lines[1] == LINE["coordinates"]


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "Row 2: This is no feature with a geometry."),
        ({"type": "LineString", "coordinates": [[120.1, 30.28]]}, "Row 2: A line needs two points at least."),
        ({"type": "LineString", "coordinates": "there"}, "Row 2: The coordinates are no list of points."),
        (
            {"type": "LineString", "coordinates": [[30.28, 120.1], [30.29, 120.1]]},
            "Row 2: Latitude 120.1 does not exist. Latitude and longitude seem to have changed places.",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_row_and_nothing_is_written(command, capsys, geometry, said):
    with pytest.raises(CommandError, match="1 line cannot be used, so nothing was written"):
        command(a_file(LINE, geometry))

    assert said in capsys.readouterr().out
    assert not Network.objects.exists()


@pytest.mark.parametrize("content", [b"{", a_file({"type": "Point", "coordinates": [120.1, 30.28]})])
def test_a_file_without_any_line_is_refused_as_a_whole(content):
    with pytest.raises(FileFault):
        bring(content)


def test_a_dry_run_tells_and_writes_nothing(command):
    assert "Nothing written yet." in command(a_file(LINE), "--dry-run")
    assert not Network.objects.exists()


def test_parts_that_do_not_hang_together_are_told(command):
    apart = {"type": "LineString", "coordinates": [[120.2, 30.28], [120.2, 30.281]]}

    assert "They fall into 2 parts; 111 m do not hang together" in command(a_file(LINE, apart))


def test_coordinates_of_other_systems_are_shifted():
    bring(a_file(LINE), system="gcj02")

    lng, lat = Network.objects.get().lines[0][0]
    assert (lng, lat) != (120.09, 30.28) and abs(lng - 120.09) < 0.01


def test_the_bundled_network_is_loaded_once_and_gives_way_as_a_whole():
    assert bringing.load_bundled(NOW)
    assert not bringing.load_bundled(NOW)

    brought = bring(a_file(LINE, source="OpenStreetMap"))

    assert Network.objects.get().source == "OpenStreetMap"
    assert brought.from_day == bringing.ALWAYS
    assert not bringing.load_bundled(NOW)


def test_a_second_network_of_ones_own_counts_from_its_day():
    bring(a_file(LINE))
    later = NOW + timedelta(days=100)

    bring(a_file({"type": "LineString", "coordinates": [[120.09, 30.28], [120.095, 30.28]]}), at=later)

    before, after = current.on(later.date() - timedelta(days=1)), current.on(later.date())
    assert (before and after and round(before.metres) == 2 * round(after.metres) + 1) or before.metres > after.metres


def test_the_network_of_the_same_day_is_replaced():
    bring(a_file(LINE))
    later = NOW + timedelta(days=100)
    bring(a_file(LINE), at=later)

    bring(a_file(LINE, source="mended"), at=later)

    assert [row.source for row in Network.objects.all()] == ["ways.geojson", "mended"]


def test_a_network_is_built_once_in_a_process_until_it_changes():
    bring(a_file(LINE))
    first = current.on(NOW.date())

    assert current.on(NOW.date()) is first
    bring(a_file({"type": "LineString", "coordinates": [[120.09, 30.28], [120.095, 30.28]]}))
    assert current.on(NOW.date()) is not first
