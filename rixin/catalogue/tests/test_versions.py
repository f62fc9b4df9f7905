"""Definitions are versioned: a case keeps the version that it was opened under."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rixin.append_only import WrittenOnce
from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue, catalogue_dir, load
from rixin.catalogue.models import DefinitionVersion
from rixin.catalogue.schema import SpecialDay, Term, Text
from rixin.catalogue.versions import Known, UnknownType

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (datetime(2022, month, 1, tzinfo=UTC) for month in (1, 3, 5))


@pytest.fixture(autouse=True)
def _nothing_remembered():
    versions.forget()
    yield
    versions.forget()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(catalogue_dir())


def with_days(catalogue: Catalogue, code: str, days: int) -> Catalogue:
    changed = catalogue.types[code].model_copy(update={"limits": {"handle": Term(amount=days, unit="working_days")}})
    return replace(catalogue, types={**catalogue.types, code: changed})


def without(catalogue: Catalogue, code: str) -> Catalogue:
    return replace(catalogue, types={known: matter for known, matter in catalogue.types.items() if known != code})


def with_source(catalogue: Catalogue, source: str) -> Catalogue:
    changed = catalogue.lifecycles["standard"].model_copy(update={"source": Text(zh="国标", en=source)})
    return replace(catalogue, lifecycles={**catalogue.lifecycles, "standard": changed})


class TestPublishing:
    def test_every_bundled_definition_gets_its_first_version(self, catalogue):
        versions.publish(catalogue, FIRST)

        found = versions.current_types()
        assert {version.rules.type.code for version in found} == set(catalogue.types)
        assert all(version.number == 1 for version in found)
        assert versions.current("exposed_rubbish").rules == catalogue.resolved("exposed_rubbish")

    def test_publishing_again_writes_nothing(self, catalogue):
        versions.publish(catalogue, FIRST)

        assert versions.publish(load(catalogue_dir()), SECOND) == []

    def test_a_change_makes_one_new_version_and_an_older_case_keeps_its_own(self, catalogue):
        versions.publish(catalogue, FIRST)
        kept = versions.current("exposed_rubbish").id

        written = versions.publish(with_days(catalogue, "exposed_rubbish", 3), SECOND)

        assert [str(row) for row in written] == ["exposed_rubbish v2"]
        assert versions.current("exposed_rubbish").rules.term_of("handle").amount == 3
        assert versions.version(kept).rules.term_of("handle").amount == 1

    def test_a_changed_lifecycle_makes_new_versions_of_all_that_follow_it(self, catalogue):
        versions.publish(catalogue, FIRST)
        kept = versions.current("exposed_rubbish").id

        versions.publish(with_source(catalogue, "GB/T 30428 of another year"), SECOND)

        follow = [version.number for version in versions.current_types() if version.rules.type.lifecycle == "standard"]
        others = [version.number for version in versions.current_types() if version.rules.type.lifecycle != "standard"]
        assert set(follow) == {2} and set(others) == {1}
        assert versions.current("exposed_rubbish").rules.lifecycle.source.en == "GB/T 30428 of another year"
        assert versions.version(kept).rules.lifecycle.source == catalogue.lifecycles["standard"].source

    def test_states_and_actions_keep_the_order_of_the_file(self, catalogue):
        versions.publish(catalogue, FIRST)

        for code in ("petition", "labour_complaint", "street_lamp"):
            read = versions.current(code).rules.lifecycle
            told = catalogue.lifecycles[read.code]
            for part in ("states", "clocks", "actions", "reasons"):
                assert list(getattr(read, part)) == list(getattr(told, part))

    def test_types_share_one_lifecycle_in_the_database_and_in_memory(self, catalogue):
        versions.publish(catalogue, FIRST)

        assert DefinitionVersion.objects.filter(kind="lifecycle").count() == len(catalogue.lifecycles)
        assert len({id(version.rules.lifecycle) for version in versions.current_types()}) == len(catalogue.lifecycles)

    def test_published_rows_cannot_be_changed(self, catalogue):
        versions.publish(catalogue, FIRST)

        with pytest.raises(WrittenOnce):
            DefinitionVersion.objects.filter(code="exposed_rubbish").update(number=9)


class TestRetiring:
    def test_a_type_that_the_files_no_longer_name_opens_no_new_case(self, catalogue):
        versions.publish(catalogue, FIRST)
        kept = versions.current("exposed_rubbish").id

        versions.publish(without(catalogue, "exposed_rubbish"), SECOND)

        with pytest.raises(UnknownType) as refused:
            versions.current("exposed_rubbish")
        assert refused.value.code == "exposed_rubbish"
        assert versions.version(kept).rules.type.code == "exposed_rubbish"

    def test_a_type_marked_as_retired_opens_no_new_case_either(self, catalogue):
        retired = catalogue.types["exposed_rubbish"].model_copy(update={"retired": True})
        versions.publish(replace(catalogue, types={**catalogue.types, "exposed_rubbish": retired}), FIRST)

        with pytest.raises(UnknownType):
            versions.current("exposed_rubbish")

    def test_it_is_retired_once_and_comes_back_as_a_new_version(self, catalogue):
        versions.publish(catalogue, FIRST)
        versions.publish(without(catalogue, "exposed_rubbish"), SECOND)

        assert versions.publish(without(catalogue, "exposed_rubbish"), THIRD) == []
        versions.publish(catalogue, THIRD)
        assert versions.current("exposed_rubbish").number == 3


class TestWhatAProcessKnows:
    def test_in_steady_state_nothing_is_asked_of_the_database(self, catalogue, django_assert_num_queries):
        versions.publish(catalogue, FIRST)
        versions.current("exposed_rubbish")

        with django_assert_num_queries(0):
            for code in catalogue.types:
                versions.version(versions.current(code).id)
            versions.current_types()
            versions.work_calendar()

    def test_all_types_are_read_in_a_handful_of_statements(self, catalogue):
        versions.publish(catalogue, FIRST)

        with CaptureQueriesContext(connection) as asked:
            versions.current_types()

        assert len(asked) <= 5

    def test_another_process_sees_a_new_version_within_seconds(self, catalogue):
        now = [100.0]
        other = Known(clock=lambda: now[0])
        versions.publish(catalogue, FIRST)
        assert other.open_types()["exposed_rubbish"].number == 1

        versions.publish(with_days(catalogue, "exposed_rubbish", 3), SECOND)

        assert other.open_types()["exposed_rubbish"].number == 1
        now[0] += 5.1
        assert other.open_types()["exposed_rubbish"].number == 2

    def test_a_look_that_finds_nothing_new_is_one_statement(self, catalogue, django_assert_num_queries):
        now = [100.0]
        other = Known(clock=lambda: now[0])
        versions.publish(catalogue, FIRST)
        other.open_types()
        now[0] += 5.1

        with django_assert_num_queries(1):
            other.open_types()


class TestTheCalendarInUse:
    def test_it_is_the_published_one_and_not_that_of_a_file_being_edited(self, catalogue):
        shut = SpecialDay(day="2022-06-14", works=False, name=Text(zh="亚运会", en="Games"))
        changed = catalogue.working_time.model_copy(update={"days": [shut]})
        versions.publish(replace(catalogue, working_time=changed), FIRST)

        assert not versions.work_calendar().is_working(datetime(2022, 6, 14, tzinfo=UTC).date())

    def test_while_nothing_is_published_it_is_that_of_the_files(self):
        assert versions.work_calendar().is_working(datetime(2022, 6, 14, tzinfo=UTC).date())
