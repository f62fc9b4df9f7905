"""Forms that are handed in: kept as they were, compared with what follows, and the time that they saved."""

from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from rixin.append_only import WrittenOnce
from rixin.catalogue.periods import Period
from rixin.metrics.scope import Place
from rixin.metrics.tests.ground import DEJIA, NOW, STREET, a_record
from rixin.people.actors import SYSTEM
from rixin.records import actions as record_actions
from rixin.records.models import Record
from rixin.reports.forms import actions, queries, standing
from rixin.reports.forms.actions import FormRefused, Seen
from rixin.reports.forms.due import next_due
from rixin.reports.forms.effort import saved_in
from rixin.reports.forms.since import changed_rows
from rixin.reports.forms.sources import workbook_of
from rixin.reports.models import FormSubmission
from rixin.reports.tests.forming import a_form, cell_at, filled, hand_in, order, tiny_catalogue, tiny_street

__all__ = ["a_form", "tiny_catalogue", "tiny_street"]
pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
ROWS = [
    ["岗位", "{posts}"],
    ["收入", "{revenue_total}"],
    ["{list fair: nth, kind, posts}"],
    ["填表", "{ask? number: 其他}"],
]


@pytest.fixture
def fairs(tiny_street) -> tuple[Record, Record]:
    a_record("revenue", "2022-03-28", area=STREET, amount="100")
    return (
        a_record("fair", "2022-03-01", posts=80, kind="online", area=DEJIA),
        a_record("fair", "2022-03-20", posts=120, kind="hall", area=DEJIA),
    )


@pytest.fixture
def form(fairs, a_form):
    return a_form(ROWS)


def correct(record: Record, **values: object) -> Record:
    record.refresh_from_db()
    said = {**record.values, **values}
    return record_actions.correct(
        record, by=SYSTEM, at=LATER, seen=record.version, reason="", values=said, day=record.day
    )


class TestHandingIn:
    def test_what_stood_in_every_cell_is_kept(self, form, fairs, dispatcher):
        submission = hand_in(form, dispatcher)
        correct(fairs[0], posts=99)

        kept = FormSubmission.objects.get(pk=submission.pk).table

        assert (cell_at(kept, "B1").shown, cell_at(filled(form), "B1").shown) == ("200", "219")
        assert cell_at(kept, "B1").figures[0]["rows"] == 2

    def test_nobody_changes_it_afterwards(self, form, dispatcher):
        submission = hand_in(form, dispatcher)

        with pytest.raises(WrittenOnce):
            submission.save()
        assert actions.digest_of(submission) == FormSubmission.objects.get().digest

    def test_what_was_altered_behind_the_programs_back_no_longer_fits_its_digest(self, form, dispatcher):
        submission = hand_in(form, dispatcher)
        submission.sheets[0]["cells"][0]["value"] = {"number": "9999"}

        assert actions.digest_of(submission) != submission.digest

    def test_its_spreadsheet_can_be_made_again_to_the_byte(self, form, fairs, a_form, dispatcher):
        submission = hand_in(form, dispatcher)
        first = workbook_of(standing.handed_in(submission))
        correct(fairs[0], posts=99)
        a_form([["另一张表", "{posts}"]])

        again = workbook_of(standing.handed_in(FormSubmission.objects.get()))

        assert again == first and load_workbook(BytesIO(again)).worksheets[0]["B1"].value == 200

    def test_one_page_hands_in_once(self, form, dispatcher):
        seen = Seen(filled(form).digest, 0)
        sent = [
            actions.submit(order(form), seen=seen, note="", by=dispatcher, at=NOW, origin="page 1") for _click in "12"
        ]

        assert sent[0] == sent[1] == FormSubmission.objects.get()

    def test_nothing_is_handed_in_but_what_was_seen(self, form, fairs, dispatcher):
        seen = Seen(filled(form).digest, 0)
        correct(fairs[0], posts=99)

        with pytest.raises(FormRefused, match="changed_meanwhile"):
            actions.submit(order(form), seen=seen, note="", by=dispatcher, at=NOW)

    def test_who_looked_before_somebody_else_handed_it_in_is_told(self, form, dispatcher, leader):
        seen = Seen(filled(form).digest, 0)
        hand_in(form, leader)

        with pytest.raises(FormRefused, match="submitted_meanwhile"):
            actions.submit(order(form), seen=seen, note="", by=dispatcher, at=NOW)

    def test_a_form_that_lacks_a_return_needs_a_word_why(self, form, dispatcher):
        a_record("fair", "2022-04-01", posts=1, kind="hall")

        with pytest.raises(FormRefused, match="no_note"):
            hand_in(form, dispatcher, "2022-04")
        assert hand_in(form, dispatcher, "2022-04", note="区里尚未下发").note == "区里尚未下发"

    def test_a_period_that_has_not_begun_is_refused(self, form, dispatcher):
        with pytest.raises(FormRefused, match="not_yet"):
            hand_in(form, dispatcher, "2023-02", note="早")

    def test_whoever_does_not_see_all_records_of_a_list_does_not_hand_it_in(self, form, dispatcher):
        with pytest.raises(FormRefused, match="hidden"):
            hand_in(form, dispatcher, seen=Record.objects.none())

    def test_what_must_be_typed_is_asked_for(self, fairs, a_form, dispatcher):
        form = a_form([["{posts}", "{ask: 填表人}"]])

        with pytest.raises(FormRefused, match="blank"):
            hand_in(form, dispatcher)
        assert hand_in(form, dispatcher, typed={"{ask: 填表人}": "陈敏"}).typed == 1


class TestConfirming:
    @pytest.fixture
    def submission(self, fairs, a_form, dispatcher):
        return hand_in(a_form([["{posts}"]], confirmed=True), dispatcher)

    def test_it_counts_once_a_second_person_has_confirmed_it(self, submission, leader):
        place = Place(STREET)
        assert queries.last("small", Period.read("2022-03"), place) is None

        actions.confirm(submission, by=leader, at=NOW)

        assert queries.last("small", Period.read("2022-03"), place) == submission

    def test_nobody_confirms_the_own_one(self, submission, dispatcher):
        with pytest.raises(FormRefused, match="own"):
            actions.confirm(submission, by=dispatcher, at=NOW)

    def test_twice_is_once(self, submission, leader, verifier):
        actions.confirm(submission, by=leader, at=NOW)

        assert actions.confirm(submission, by=verifier, at=LATER).confirmation.by_name == "周明"


class TestComparing:
    def test_the_same_is_no_difference(self, form, dispatcher):
        hand_in(form, dispatcher)

        assert standing.today(order(form)).changes == {}

    def test_each_cell_that_says_something_else_is_told_with_what_it_said(self, form, fairs, dispatcher):
        hand_in(form, dispatcher)
        correct(fairs[0], posts=99)

        changes = standing.today(order(form)).changes.values()

        assert [(one.now.name, one.then.shown, one.difference) for one in changes] == [
            ("B1", "200", 19), ("C3", "80", 19)
        ]  # fmt: skip

    def test_a_record_that_came_and_one_that_left_are_told(self, form, fairs, dispatcher):
        hand_in(form, dispatcher)
        new = a_record("fair", "2022-03-30", posts=7, kind="hall", area=DEJIA)
        record_actions.withdraw(fairs[1], by=SYSTEM, at=LATER, seen=fairs[1].version, reason="重复")

        now = standing.today(order(form))

        assert now.gone == (fairs[1].pk,)
        assert {one.now.cell.record for one in now.changes.values() if one.then is None} == {new.pk}

    def test_it_is_held_against_the_period_before(self, form, fairs, dispatcher):
        a_record("fair", "2022-02-10", posts=30, kind="hall", area=DEJIA)
        a_record("revenue", "2022-02-28", area=STREET, amount="90")
        hand_in(form, dispatcher, "2022-02")

        against = standing.today(order(form)).against

        assert {key: str(more) for key, more in against.items()} == {"{posts}": "170", "{revenue_total}": "10.00"}

    def test_its_spreadsheet_marks_what_differs(self, form, fairs, dispatcher):
        hand_in(form, dispatcher)
        correct(fairs[0], posts=99)

        book = load_workbook(BytesIO(workbook_of(standing.today(order(form)))))
        bare = load_workbook(BytesIO(workbook_of(standing.today(order(form)), bare=True)))

        marked = book.worksheets[0]["B1"]
        assert marked.fill.fgColor.rgb == "FFFFF2B3" and "200" in marked.comment.text
        assert book.worksheets[0]["B2"].comment is None
        assert (len(bare.worksheets), bare.worksheets[0]["B1"].comment) == (1, None)

    def test_another_template_makes_no_difference_of_what_it_did_not_ask_before(self, form, a_form, dispatcher):
        hand_in(form, dispatcher)
        moved = a_form([["标题"], [None, "{posts}", "{fairs}"]])

        assert standing.today(order(moved)).changes == {}


class TestWhatWouldBeOtherToday:
    def test_a_correction_behind_a_cell_is_seen(self, form, fairs, dispatcher):
        submission = hand_in(form, dispatcher)
        correct(fairs[0], posts=99)

        other = standing.other_today(submission, order(form))

        assert {one.now.name: one.now.cell.shown for one in other.values()} == {"B1": "219", "C3": "99"}

    def test_and_which_rows_did_it(self, form, fairs, dispatcher):
        submission = hand_in(form, dispatcher)
        correct(fairs[0], posts=99)
        new = a_record("fair", "2022-03-30", posts=7, kind="hall", area=DEJIA)

        (rows,) = changed_rows(submission, cell_at(submission.table, "B1"))

        assert (rows.source, rows.added, rows.removed, rows.altered) == ("fair", (new.pk,), (), (fairs[0].pk,))

    def test_what_was_typed_stays_as_it_was(self, form, dispatcher):
        submission = hand_in(form, dispatcher, typed={"{ask? number: 其他}": 5})

        assert standing.other_today(submission, order(form)) == {}


class TestTimeSaved:
    def test_cells_without_those_typed_by_hand_times_the_seconds_of_one(self, form, dispatcher):
        hand_in(form, dispatcher, typed={"{ask? number: 其他}": 5})

        (saved,) = saved_in(2022, FormSubmission.objects.all())

        # Two figures, two records of two fields, one typed by hand.
        assert (saved.filled, saved.typed, saved.seconds) == (7, 1, 360)

    def test_handed_in_again_only_what_is_new_counts(self, form, fairs, dispatcher):
        hand_in(form, dispatcher)
        correct(fairs[0], posts=99)
        hand_in(form, dispatcher)

        (saved,) = saved_in(2022, FormSubmission.objects.all())

        assert (saved.submissions, saved.filled) == (2, 6 + 2)

    def test_what_is_not_confirmed_does_not_count(self, fairs, a_form, dispatcher):
        hand_in(a_form([["{posts}"]], confirmed=True), dispatcher)

        assert saved_in(2022, FormSubmission.objects.all()) == []


class TestDue:
    def test_the_period_after_the_last_one_by_its_day(self, fairs, a_form):
        form = a_form([["{posts}"]], due={"amount": 10, "unit": "calendar_days"}).form

        due = next_due(form, Period.read("2022-02"), date(2022, 4, 11))

        # The 10th of April 2022 is a Sunday: a last day off moves to the next working day.
        assert (str(due.period), due.day, due.late) == ("2022-03", date(2022, 4, 11), False)
        assert next_due(form, Period.read("2022-02"), date(2022, 4, 12)).late

    def test_where_none_was_handed_in_the_last_one_that_is_over(self, fairs, a_form):
        due = next_due(a_form([["{posts}"]]).form, None, date(2022, 4, 11))

        assert (str(due.period), due.day, due.late) == ("2022-03", None, False)


class TestTheCommand:
    def run(self, *words: str) -> str:
        out = StringIO()
        call_command("form", *words, "--language=zh-hans", stdout=out, stderr=out)
        return out.getvalue()

    def test_it_lists_the_forms(self, form):
        assert self.run() == "small  小表  区\n"

    def test_it_writes_the_spreadsheet_and_tells_what_is_missing(self, form, tmp_path):
        said = self.run("small", "--period=2022-04", f"--out={tmp_path / 'x.xlsx'}")

        assert "收入：尚未报送：2022-04" in said
        assert load_workbook(tmp_path / "x.xlsx").worksheets[0]["B1"].value == 0

    def test_it_tells_what_differs_from_the_submission(self, wenxin_places, form, fairs, dispatcher, tmp_path):
        hand_in(form, dispatcher)
        correct(fairs[0], posts=99)

        assert "有 2 格与 2023-01-10 报出的不同" in self.run(
            "small", "--period=2022-03", f"--out={tmp_path / 'x.xlsx'}"
        )

    @pytest.mark.parametrize(
        "words", [("large", "--period=2022-03"), ("small", "--period=2022"), ("small",),
                  ("small", "--period=2022-03", "--area=nowhere"), ("small", "--period=2022-03", "--unit=nobody")],
    )  # fmt: skip
    def test_what_cannot_be_had_is_said(self, words, form):
        with pytest.raises(CommandError):
            self.run(*words)
