"""`rixin demo`, small: one build of 300 matters that all promises look at."""

import hashlib
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone
from PIL import Image

from rixin.cases import photos, queries
from rixin.cases.models import Case, CaseClock, CaseEvent, Involvement, Photo, Receipt
from rixin.catalogue import versions
from rixin.demo.models import Build
from rixin.demo.tests.building import TODAY, a_year, build
from rixin.desk.field import tasks
from rixin.people.models import Account, Notice, Post
from rixin.people.staff import Staff
from rixin.privacy.fields import EncryptedTextField
from rixin.privacy.models import Opening
from rixin.privacy.purposes import Purpose
from rixin.privacy.sealing import fingerprint
from rixin.tracking_codes import written_code

pytestmark = pytest.mark.django_db
OPEN_STATES = (
    *("reported", "accepted", "dispatched", "handling", "returned", "disputed"),
    *("asked", "suspended", "handled", "verified", "second_look"),
)
TABLES: tuple[type[models.Model], ...] = (Case, CaseEvent, CaseClock, Receipt, Involvement, Photo)


def contents() -> str:
    """A digest of every row; of sealed columns only whether they hold something, for each sealing differs."""
    digest = hashlib.sha256()
    for table in TABLES:
        for row in table._default_manager.order_by("pk"):
            digest.update(repr([_shown(row, column) for column in table._meta.concrete_fields]).encode())
    return digest.hexdigest()


def _shown(row: models.Model, column: models.Field[Any, Any]) -> Any:
    value = getattr(row, column.attname)
    return value is None if isinstance(column, EncryptedTextField) else value


@pytest.fixture(scope="module", autouse=True)
def year(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What the command said. Everything is rolled back when the file is done."""
    with a_year(django_db_blocker, tmp_path_factory, cases=300) as said:
        yield said


class TestWhatAwaitsPeople:
    def test_a_grid_worker_finds_something_to_take_up(self) -> None:
        now = Build.objects.get().now
        worker = Staff.at(Account.objects.get(username="grid-001-1"), now)

        assert tasks.tasks(worker, tasks.TO_DO, "", now).counts["todo"] > 0

    def test_who_telephoned_is_in_the_log_with_the_purpose(self) -> None:
        logged = Opening.objects.all()

        assert {one.purpose for one in logged} <= set(Purpose.values)
        assert logged.count() == logged.filter(account_id__in=Account.objects.filter(demo=True)).count() > 5


class TestTheYear:
    def test_as_many_matters_as_asked_for_came_through_the_code_in_2022(self) -> None:
        assert Case.objects.filter(channel="code", opened_at__year=2022).count() == 300
        assert set(Case.objects.values_list("channel", flat=True)) == {"code", "grid", "hotline", "desk"}

    def test_numbers_follow_the_order_in_which_matters_came_in(self) -> None:
        opened = list(Case.objects.order_by("pk").values_list("opened_at", flat=True))

        assert all(one <= other for one, other in pairwise(opened))

    def test_all_but_a_few_are_finished(self) -> None:
        still = Case.objects.filter(opened_at__year=2022).exclude(phase="closed")

        assert still.count() <= 4
        assert set(still.values_list("state", flat=True)) <= {"suspended"}

    def test_no_clock_runs_after_the_end(self) -> None:
        assert not CaseClock.objects.filter(case__phase="closed").exclude(status="stopped").exists()

    def test_nearly_all_is_handled_in_time_and_some_is_not(self) -> None:
        clocks = CaseClock.objects.filter(code="handle", case__opened_at__year=2022)
        share = clocks.filter(missed=False).count() / clocks.count()

        assert 0.94 <= share < 1

    def test_what_was_missed_was_alarmed(self) -> None:
        missed = CaseClock.objects.filter(missed=True, code="handle").values("case")
        alarmed = CaseEvent.objects.filter(action="alarm", given__alarm="breach", given__clock="handle").values("case")

        assert not Case.objects.filter(pk__in=missed).exclude(pk__in=alarmed).exclude(closed_at=None).exists()

    def test_every_place_lies_in_a_community(self) -> None:
        assert not [path for path in Case.objects.values_list("area_path", flat=True) if path.count("/") < 2]

    def test_the_record_is_whole(self) -> None:
        call_command("verify", stdout=StringIO())


class TestPeople:
    def test_whoever_acts_holds_a_post_in_that_role_and_unit(self) -> None:
        lifecycle = next(one for one in versions.lifecycles() if one.code == "standard")
        others = [one.rules.type for one in versions.current_types() if one.rules.lifecycle.code != "standard"]
        apart = [kind.code for kind in others]
        posts = {(post.account_id, post.unit_id, post.role) for post in Post.objects.all()}
        acts = CaseEvent.objects.filter(by_kind="staff", action__in=lifecycle.actions).exclude(case__type__in=apart)

        for act in acts:
            roles = lifecycle.actions[act.action].roles
            assert any((act.by_account_id, act.by_unit_id, role) in posts for role in roles), act

    def test_nobody_verifies_or_closes_after_the_own_work(self) -> None:
        acts = CaseEvent.objects.filter(action__in=("handle", "settle", "verify", "close")).order_by("case", "seq")
        workers: set[tuple[int, int | None]] = set()

        for act in acts:
            if act.action in ("handle", "settle"):
                workers.add((act.case_id, act.by_account_id))
            else:
                assert (act.case_id, act.by_account_id) not in workers

    def test_every_unit_and_every_overseer_has_something_to_do(self) -> None:

        for account in Account.objects.filter(
            demo=True, posts__role__in=("handler", "dispatcher", "verifier", "leader")
        ):
            staff = Staff.at(account, timezone.now())
            assert queries.visible_to(staff).exclude(phase="closed").exists(), account

    def test_the_bell_has_told_of_the_last_days(self) -> None:
        assert Notice.objects.filter(account__demo=True).exists()


class TestTheLastDays:
    @pytest.mark.parametrize("state", OPEN_STATES)
    def test_there_is_a_matter_in_every_open_state(self, state: str) -> None:
        assert Case.objects.filter(state=state, opened_at__year=2023).exists()

    @pytest.mark.parametrize("waiting", ["extension", "exclusion"])
    def test_somebody_waits_for_every_decision(self, waiting: str) -> None:
        assert Case.objects.filter(waiting=waiting).exists()

    def test_some_are_overdue_and_some_due_today(self) -> None:
        now = CaseEvent.objects.order_by("-at").values_list("at", flat=True)[0]
        live = Case.objects.exclude(phase="closed").filter(opened_at__year=2023)

        assert live.filter(due_at__lt=now).exists()
        assert live.filter(due_at__date="2023-06-15").exists()

    def test_nothing_happens_after_the_day(self) -> None:
        assert not CaseEvent.objects.filter(at__date__gt=TODAY).exists()

    def test_the_codes_that_are_shown_open_what_they_say(self, year: str) -> None:
        shown = [line.split()[0] for line in year.splitlines() if line[:2] == "  " and line[6:7] == "-"]

        assert len(shown) == 4
        assert Receipt.objects.filter(code_mark__in=[fingerprint(written_code(code)) for code in shown]).count() == 4


class TestWordsAndPictures:
    def test_hardly_two_people_write_the_same(self) -> None:
        texts = list(Case.objects.values_list("text", flat=True))

        assert len(set(texts)) > 0.97 * len(texts)

    def test_no_slot_and_no_choice_is_left_over(self) -> None:
        written = [*Case.objects.values_list("text", flat=True), *Case.objects.values_list("answer", flat=True)]

        assert not [text for text in written if set(text) & set("[]{}|")]

    def test_most_matters_have_a_picture_and_few_files_are_kept(self, settings: Any) -> None:
        shown = Case.objects.filter(photos__stage="report").distinct().count()
        digests = set(Photo.objects.values_list("digest", flat=True))

        assert 0.5 < shown / Case.objects.count() < 0.75
        assert len(digests) < 100

    def test_the_pictures_are_there_and_can_be_read(self) -> None:
        for digest in set(Photo.objects.values_list("digest", flat=True)):
            with Image.open(Path(photos.path_of(digest))) as image:
                assert image.size == (640, 480)


class TestBuildingAgain:
    def test_a_database_with_matters_is_left_alone(self) -> None:
        with pytest.raises(CommandError, match="--again"):
            build()

    @pytest.mark.any_database
    def test_the_same_seed_builds_the_same(self) -> None:
        # A database that had matters before counts on; one that was cleared begins with the number 1 again.
        build("--again")
        first = contents()

        build("--again")

        assert contents() == first

    @pytest.mark.any_database
    def test_another_seed_builds_another_year(self) -> None:
        first = contents()

        build("--again", "--seed=7")

        assert contents() != first

    def test_a_matter_that_is_not_of_the_demonstration_keeps_it_from_being_cleared(self) -> None:
        Build.objects.update(last_case=Build.objects.get().last_case - 1)

        with pytest.raises(CommandError, match="1件"):
            build("--again")

    def test_a_day_before_the_year_is_over_is_refused(self) -> None:
        with pytest.raises(CommandError, match="2022"):
            call_command("demo", "--again", "--today=2022-05-01")
