"""Definitions of records: what does not hold is refused when the file is loaded."""

from typing import Any

import pytest

from rixin.catalogue.loader import catalogue_dir, load
from rixin.catalogue.record_headings import ambiguous, by_heading
from rixin.catalogue.work_checks import Known, record_faults
from rixin.catalogue.work_schema import RecordType

FIRM = {"name": "firm", "label": {"zh": "企业名称", "en": "Enterprise"}, "kind": "text", "aliases": ["公司"]}


def a_type(*fields: dict[str, Any], **more: Any) -> RecordType:
    text = {"zh": "企业走访", "en": "Visit"}
    given = {
        "code": "visit",
        "name": text,
        "meaning": text,
        "unit": "office",
        "day": {"zh": "走访日期", "en": "Visited on"},
    }
    return RecordType.model_validate({**given, "fields": [FIRM, *fields], **more})


def reasons(record: RecordType) -> list[str]:
    return [str(reason) for _where, reason in record_faults(record, Known())]


class TestHeadings:
    @pytest.mark.parametrize("heading", ["企业名称", "enterprise", "公司", "firm"])
    def test_a_column_is_known_by_its_label_in_both_languages_its_aliases_and_its_code(self, heading):
        assert by_heading(a_type())[heading] == "firm"

    def test_what_a_column_is_called_goes_before_what_else_another_may_be_called(self):
        record = a_type({**FIRM, "name": "other", "label": {"zh": "公司", "en": "Company"}, "aliases": []})

        assert by_heading(record)["公司"] == "other"

    @pytest.mark.parametrize("heading", ["企业名称", "走访日期", "地址"])
    def test_no_two_columns_are_called_the_same(self, heading):
        named = {**FIRM, "name": "other", "label": {"zh": heading, "en": "Other"}, "aliases": []}

        assert any(heading in reason for reason in reasons(a_type(named)))
        assert reasons(a_type({**named, "label": {"zh": "其他", "en": "Other"}})) == []

    def test_every_bundled_table_has_its_own_heading_for_each_column(self):
        records = load(catalogue_dir()).work.records.values()

        assert [found for kept in records for found in ambiguous(kept.type)] == []


class TestReturns:
    def test_only_a_return_is_due(self):
        assert reasons(a_type(due_days=5)) != []
        assert reasons(a_type(due_days=5, period="month")) == []

    def test_the_last_day_on_which_it_is_asked_for_is_a_day(self):
        assert reasons(a_type(due_until="2022-02-30", period="day")) != []
        assert reasons(a_type(due_until="2022-02-28", period="day")) == []
