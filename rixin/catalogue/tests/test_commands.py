"""`rixin check`, `rixin catalogue` and `rixin due`, as they are typed."""

import json
import shutil
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from rixin.catalogue import drawing, reference, versions
from rixin.catalogue.loader import catalogue_dir, load
from rixin.catalogue.tests.broken import files

__all__ = ["files"]


def typed(*words: str) -> str:
    out = StringIO()
    call_command(*words, "--language", "en", stdout=out, no_color=True)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    versions.forget()
    yield
    versions.forget()


@pytest.mark.django_db
class TestCheck:
    def test_a_sound_folder_is_told_to_be_fine(self, files):
        words = typed("check", str(files.folder))

        assert "1 matter types in 1 classes, 1 lifecycles" in words
        assert "All 3 files are fine." in words

    def test_a_fault_is_told_at_its_line_and_the_command_fails(self, files):
        files.change("small.yaml", "      to: closed", "      to: gone")
        out = StringIO()

        with pytest.raises(CommandError) as failed:
            call_command("check", str(files.folder), "--language", "en", stdout=out)

        assert "small.yaml:37: there is no state “gone”" in out.getvalue()
        assert str(failed.value) == "1 fault. Without a fault: 2 of 3 files. Nothing was published."

    def test_a_unit_that_nobody_knows(self, files):
        files.change("matters.yaml", "unit: sanitation", "unit: sanitaton")
        out = StringIO()

        with pytest.raises(CommandError):
            call_command("check", str(files.folder), "--language", "en", stdout=out)

        assert "matters.yaml:11: there is no unit “sanitaton”: name one of units.yaml, or “community”" in out.getvalue()

    def test_a_folder_that_is_none(self):
        with pytest.raises(CommandError, match="There is no folder /nowhere"):
            typed("check", "/nowhere")


class TestDue:
    def test_it_gives_the_date_and_the_reasons(self):
        said = json.loads(typed("due", "exposed_rubbish", "handle", "2022-09-30 16:50"))

        assert (said["due"], said["due_at"]) == ("2022-10-08", "2022-10-08T23:59:59+08:00")
        assert [step["kind"] for step in said["steps"]] == ["term", "holiday", "make_up"]
        assert said["steps"][1]["text"] == "Not counted: Sat 1 Oct 2022 to Fri 7 Oct 2022 (National Day)."

    def test_a_term_of_hours_ends_at_a_moment(self):
        said = json.loads(typed("due", "exposed_rubbish", "accept", "2022-09-30T16:50"))

        assert said["due"] == "2022-10-08T09:50:00+08:00"

    def test_a_day_is_its_beginning_and_another_zone_is_understood(self):
        by_day, by_moment = (
            json.loads(typed("due", "exposed_rubbish", "handle", received))["received"]
            for received in ("2022-10-08", "2022-10-07T16:00:00Z")
        )

        assert by_day == by_moment == "2022-10-08T00:00:00+08:00"

    def test_in_words_it_is_read_aloud(self):
        words = typed("due", "exposed_rubbish", "handle", "2022-09-30 16:50", "--words").splitlines()

        assert words[0] == "the end of Sat 8 Oct 2022"
        assert "  Not counted: Sat 1 Oct 2022 to Fri 7 Oct 2022 (National Day)." in words

    @pytest.mark.parametrize(
        ("code", "clock", "start", "reason"),
        [
            ("volcano", "handle", "2022-09-30 16:50", "There is no matter type “volcano”"),
            ("exposed_rubbish", "wait", "2022-09-30 16:50", "has no clock “wait”; it has accept, "),
            ("exposed_rubbish", "handle", "30/9/2022", "“30/9/2022” is no day or moment. Write it as 2022-09-30"),
        ],
    )
    def test_what_cannot_be_reckoned_is_explained(self, code, clock, start, reason):
        with pytest.raises(CommandError, match=reason):
            typed("due", code, clock, start)


@pytest.mark.django_db
class TestCatalogue:
    def test_list_names_every_type_with_unit_and_own_terms(self):
        words = typed("catalogue", "list")

        line = next(line for line in words.splitlines() if " exposed_rubbish " in line)
        assert "sanitation" in line
        assert line.endswith("Handling 1 working day")
        assert all(code in words for code in load(catalogue_dir()).types)

    def test_show_tells_of_a_type_and_of_a_lifecycle(self):
        assert "handle: Handling, 1 working day." in typed("catalogue", "show", "exposed_rubbish")
        assert "To be verified → To be closed: Verified" in typed("catalogue", "show", "standard")

    def test_publish_tells_what_is_new_what_changed_and_what_retired(self, tmp_path, settings):
        settings.CATALOGUE_DIR = tmp_path / "street"
        shutil.copytree(BUNDLED, settings.CATALOGUE_DIR)
        assert "Matter type 190" in typed("catalogue", "publish")
        assert typed("catalogue", "publish") == "Nothing has changed since it was published last.\n"

        edited = settings.CATALOGUE_DIR / "working_time.yaml"
        edited.write_text(edited.read_text(encoding="utf-8").replace('"17:30"', '"18:00"'), encoding="utf-8")

        words = typed("catalogue", "publish")
        assert "Working time working_time v2" in words
        assert "17:30" in words
        assert "18:00" in words

    def test_of_a_list_only_what_went_and_came_is_told(self, tmp_path, settings):
        settings.CATALOGUE_DIR = tmp_path / "street"
        shutil.copytree(BUNDLED, settings.CATALOGUE_DIR)
        typed("catalogue", "publish")
        edited = settings.CATALOGUE_DIR / "matters" / "other_events.yaml"
        text = edited.read_text(encoding="utf-8")
        edited.write_text(text.replace("遛狗不牵绳, 不牵绳", "不牵绳, 遛豹子"), encoding="utf-8")

        assert "  words.strong: 遛狗不牵绳 → 遛豹子\n" in typed("catalogue", "publish")

    def test_a_changed_lifecycle_is_told_once_and_its_types_only_counted(self, tmp_path, settings):
        settings.CATALOGUE_DIR = tmp_path / "street"
        shutil.copytree(BUNDLED, settings.CATALOGUE_DIR)
        typed("catalogue", "publish")
        edited = settings.CATALOGUE_DIR / "lifecycles" / "standard.yaml"
        edited.write_text(
            edited.read_text(encoding="utf-8").replace("{send_back: 2}", "{send_back: 3}"), encoding="utf-8"
        )

        words = typed("catalogue", "publish")

        assert "Lifecycle standard v2" in words
        assert words.endswith("171 matter types follow the changed lifecycle.\n")
        assert "exposed_rubbish" not in words

    def test_nothing_is_published_from_a_broken_folder(self, files, settings):
        settings.CATALOGUE_DIR = files.change("small.yaml", "      to: closed", "      to: gone").folder

        with pytest.raises(CommandError, match=r"small.yaml:37: there is no state “gone”"):
            typed("catalogue", "publish")
        assert versions.current_types() == []

    def test_draw_writes_a_picture_of_each_lifecycle_in_each_language(self, tmp_path):
        if not (settings.PACKAGE.parent / "frontend" / "node_modules" / "@viz-js").is_dir():
            pytest.skip("the packages of frontend/ are not installed")

        typed("catalogue", "draw", "--to", str(tmp_path))

        names = {path.name for path in tmp_path.iterdir()}
        assert names == {f"{code}.{lang}.svg" for code in load(BUNDLED).lifecycles for lang in ("zh-hans", "en")}
        assert "待受理" in (tmp_path / "standard.zh-hans.svg").read_text(encoding="utf-8")


BUNDLED = Path(settings.PACKAGE) / "catalogue" / "wenxin"
DOCS = Path(settings.PACKAGE).parent / "docs"


class TestDocuments:
    def test_the_reference_is_what_the_schema_says(self):
        written = (DOCS / "developers" / "catalogue-reference.md").read_text(encoding="utf-8")

        assert written == reference.reference(), "run: rixin catalogue reference"

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_the_pictures_hold_every_state_and_its_words(self, language):
        for lifecycle in load(BUNDLED).lifecycles.values():
            picture = unescape((DOCS / "lifecycles" / f"{lifecycle.code}.{language}.svg").read_text(encoding="utf-8"))
            with translation.override(language):
                for state in lifecycle.states.values():
                    assert str(state.name) in picture, "run: rixin catalogue draw"

    def test_a_name_with_signs_of_its_own_does_not_break_the_picture(self):
        lifecycle = load(BUNDLED).lifecycles["standard"]
        name = lifecycle.states["handling"].name.model_copy(update={"en": '</script>"<b>&'})
        state = lifecycle.states["handling"].model_copy(update={"name": name})
        changed = lifecycle.model_copy(update={"states": {**lifecycle.states, "handling": state}})

        with translation.override("en"):
            text = drawing.dot(changed, here="handling")

        assert "</script" not in text
        assert "&lt;/script&gt;&quot;&lt;b&gt;&amp;" in text
