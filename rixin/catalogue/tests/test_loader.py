"""Reading definition files: every fault at its line, the rest of the files read all the same."""

import pytest
from django.utils import translation

from rixin.catalogue.loader import BrokenCatalogue, catalogue_dir, load, read
from rixin.catalogue.schema import Block, Text
from rixin.catalogue.tests.broken import LIFECYCLE, files
from rixin.catalogue.yamlfile import parsed

__all__ = ["files"]


class TestFaultsOfShape:
    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("    unit: sanitation\n", "", "matters.yaml:7: “types.0.unit” is missing"),
            ("    unit: sanitation\n", "    unti: x\n", "matters.yaml:11: “types.0.unti” is not a known key"),
            (
                "code: rubbish",
                "code: Rubbish",
                "matters.yaml:7: “types.0.code”: “Rubbish” does not have the form ^[a-z][a-z0-9_-]{0,63}$",
            ),
            (
                "kind: event",
                "kind: thing",
                "matters.yaml:5: “matters.kind”: “thing” is not one of 'component', 'event' or 'service'",
            ),
            ("en: Rubbish}", 'en: ""}', "matters.yaml:9: “types.0.name.en” has to be a text that is not empty"),
            ("en: Rubbish}", "en: 119}", 'matters.yaml:9: “types.0.name.en” has to be a text: write "119" in quotes'),
            (
                "    unit: sanitation\n",
                "    unit: sanitation\n    limits: {handle: {amount: soon, unit: hours}}\n",
                "matters.yaml:12: “types.0.limits.handle.amount” has to be a whole number",
            ),
            (
                "    unit: sanitation\n",
                "    unit: sanitation\n    limits: {handle: {amount: -1, unit: hours}}\n",
                "matters.yaml:12: “types.0.limits.handle.amount”: -1 is less than 0",
            ),
            (
                "    unit: sanitation\n",
                "    unit: sanitation\n    small: perhaps\n",
                "matters.yaml:12: “types.0.small” has to be true or false",
            ),
        ],
    )
    def test_each_is_told_with_file_line_and_reason(self, files, old, new, fault):
        files.change("matters.yaml", old, new)

        assert fault in files.faults()

    def test_text_that_is_no_yaml(self, files):
        files.write("more.yaml", "matters:\n  code: [open\n")

        assert files.faults()[0].startswith("more.yaml:3: this is not valid YAML: ")

    def test_a_key_that_is_there_twice(self, files):
        files.change("matters.yaml", "    unit: sanitation\n", "    unit: sanitation\n    unit: greening\n")

        assert files.faults() == ["matters.yaml:12: this is not valid YAML: the key “unit” is there twice"]

    def test_a_file_in_another_encoding(self, files):
        (files.folder / "gbk.yaml").write_bytes("名称: 垃圾".encode("gbk"))

        assert files.faults() == ["gbk.yaml:1: this is not UTF-8 text"]

    def test_a_file_of_no_known_kind(self, files):
        files.write("more.yaml", "recipes: []\n")

        assert files.faults() == [
            "more.yaml:1: the file starts with none of the known kinds: matters, lifecycle, working_time, measures, "
            "records, metrics, goals, report, form, documents, lists, registers, industries, traits, warnings, "
            "pipeline, policies, facility_groups, facilities, facility_layouts, circles, rolls, activities, programmes,"
            " head_counts"
        ]

    def test_a_folder_without_definitions(self, tmp_path):
        with translation.override("en"):
            assert str(read(tmp_path).faults[0]).endswith("there are no definition files (*.yaml) here")

    def test_faults_of_all_files_are_told_at_once(self, files):
        files.change("matters.yaml", "kind: event", "kind: thing")
        files.change("small.yaml", "      to: closed", "      to: gone")

        assert [fault.split(":")[0] for fault in files.faults()] == ["matters.yaml", "small.yaml"]

    def test_in_chinese_for_who_reads_chinese(self, files):
        files.change("matters.yaml", "    unit: sanitation\n", "")

        with translation.override("zh-hans"), pytest.raises(BrokenCatalogue) as broken:
            load(files.folder)

        assert str(broken.value) == "matters.yaml:7: 缺少“types.0.unit”"


class TestFaultsAcrossFiles:
    def test_a_code_that_is_used_twice(self, files):
        files.write("again.yaml", LIFECYCLE)

        assert files.faults() == ["small.yaml:2: the code “small” is already used in again.yaml"]

    def test_a_number_that_belongs_to_another_type(self, files):
        names = "name: {zh: 双, en: Twin}, plain: {zh: 双, en: Twin}"
        twin = f"  - {{code: twin, national: E0101, {names}, unit: sanitation, lifecycle: small}}\n"
        files.add("matters.yaml", twin)

        assert files.faults() == ["matters.yaml:13: the number E0101 already belongs to “rubbish”"]

    def test_no_working_time_at_all(self, files):
        (files.folder / "working_time.yaml").unlink()

        assert files.faults()[0].endswith("no file sets “working_time”")

    def test_a_second_working_time(self, files):
        files.write("again.yaml", (files.folder / "working_time.yaml").read_text())

        assert files.faults() == ["working_time.yaml:1: working time is already set in again.yaml"]


class TestYamlAsPeopleMeanIt:
    @pytest.mark.parametrize("text", ["No", "yes", "on", "08:30", "2022-10-08", "001", "1_000", "0x10"])
    def test_words_times_dates_and_codes_stay_texts(self, text):
        assert parsed(f"value: {text}") == {"value": text}

    def test_numbers_and_truth_are_what_they_are(self):
        assert parsed("{a: 12, b: -1.5, c: true, d: null, e: 0}") == {"a": 12, "b": -1.5, "c": True, "d": None, "e": 0}


class TestTheBundledDefinitions:
    def test_they_load(self):
        assert read(catalogue_dir()).faults == []

    def test_every_text_has_both_languages_and_none_is_left_untranslated(self):
        catalogue = load(catalogue_dir())
        blocks = [*catalogue.lifecycles.values(), *catalogue.types.values(), *catalogue.classes.values()]

        for text in (text for block in blocks for text in texts(block)):
            assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh), text
            assert text.en.isascii() or not any("\u4e00" <= sign <= "\u9fff" for sign in text.en), text

    def test_every_lifecycle_is_followed_by_a_type(self):
        catalogue = load(catalogue_dir())

        assert {matter.lifecycle for matter in catalogue.types.values()} == set(catalogue.lifecycles)


def texts(value: object):
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Block):
        for _name, part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
