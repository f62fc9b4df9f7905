"""From the first text to the sealed edition, and what changed since."""

import json
from copy import deepcopy
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import translation

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.work import Work
from rixin.catalogue.work_schema import ReportTemplate
from rixin.metrics.tests.ground import DEJIA, JINGZHOU, NOW, STREET, a_record
from rixin.people.actors import SYSTEM
from rixin.people.models import Notice
from rixin.records import actions as record_actions
from rixin.records.models import Record
from rixin.reports import actions, changes, docx, editions, freezing, page, pdf, plain_json
from rixin.reports.actions import NotNow, SavedMeanwhile, StillProposed
from rixin.reports.models import State

BODY = """
## 一、工作

举办招聘会{fairs}，提供岗位{posts:number}个，收入同比{revenue_growth:change}。

[chart: posts by month]

[table: fairs, posts]

## 二、问题

[problems: 3]
"""
WRITTEN = BODY.replace("[problems: 3]", "岗位比上年同期{posts@last}有所增加，但线上场次偏少。")
TEMPLATE = ReportTemplate(
    code="small", name={"zh": "小报告", "en": "Small"}, period="year",
    title={"zh": "{office}{year}年\n总结", "en": "{office}: {year}"},
    body={"zh": BODY, "en": BODY},
)  # fmt: skip
YEAR = Period.read("2022")
pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(small_street):
    a_record("fair", "2022-03-01", posts=80, kind="hall", area=DEJIA)
    a_record("fair", "2022-04-01", posts=20, kind="online", area=DEJIA)
    for month in YEAR.parts("month"):
        a_record("revenue", str(month.last), area=STREET, amount="90")
        a_record("revenue", str(month.year_before().last), area=STREET, amount="100")


@pytest.fixture
def begun(rows, dispatcher):
    return actions.begin(TEMPLATE, YEAR, area=STREET, unit="", language="zh", by=dispatcher, at=NOW)


@pytest.fixture
def submitted(begun, dispatcher):
    actions.save(begun, title="总结", body=WRITTEN, note="", seen=1, by=dispatcher, at=NOW)
    return actions.submit(begun, note="请审", seen=2, by=dispatcher, at=NOW)


@pytest.fixture
def edition(submitted, leader):
    return actions.seal(submitted, seen=3, by=leader, at=NOW)


class TestWriting:
    def test_a_text_saved_by_another_meanwhile_is_not_lost(self, begun, dispatcher, leader):
        actions.save(begun, title="总结", body="一", note="", seen=1, by=leader, at=NOW)

        with pytest.raises(SavedMeanwhile) as meanwhile:
            actions.save(begun, title="总结", body="二", note="", seen=1, by=dispatcher, at=NOW)
        assert meanwhile.value.newest.body == "一"

    def test_the_same_text_sent_twice_makes_one_version(self, begun, dispatcher):
        for _click in range(2):
            saved = actions.save(begun, title="总结", body="一", note="", seen=1, by=dispatcher, at=NOW)

        assert saved.version == 2

    def test_an_earlier_version_comes_back_as_a_new_one_with_its_title(self, begun, dispatcher):
        actions.save(begun, title="总结", body="零", note="", seen=1, by=dispatcher, at=NOW)
        actions.save(begun, title="别的", body="一", note="", seen=2, by=dispatcher, at=NOW)

        restored = actions.restore(begun, 2, note="", seen=3, by=dispatcher, at=NOW)

        assert (restored.version, restored.name, restored.newest.body) == (4, "总结", "零")

    @pytest.mark.usefixtures("wenxin_places")
    def test_a_report_of_a_part_leaves_out_what_the_part_has_nothing_of(self, rows, leader):
        fitted, whole = (
            actions.begin(TEMPLATE, YEAR, area=JINGZHOU, unit="", language="zh", by=leader, at=NOW, fit=fit)
            for fit in (True, False)
        )

        assert fitted.newest.body == "## 一、问题\n\n[problems: 3]\n"
        assert whole.newest.body == BODY.strip()

    @pytest.mark.usefixtures("wenxin_places")
    def test_a_report_in_english_is_english_whoever_begins_it(self, rows, dispatcher):
        begun = actions.begin(TEMPLATE, YEAR, area=STREET, unit="", language="en", by=dispatcher, at=NOW)

        made = actions.document_of(begun, NOW)

        assert begun.title == "Wenxin Sub-district: 2022"
        assert "down by 10.00%" in page.parts(made) and "This period" in page.parts(made)


class TestReviewingAndSealing:
    def test_what_the_rules_propose_is_not_submitted_before_a_person_took_it_over(self, begun, dispatcher):
        with pytest.raises(StillProposed):
            actions.submit(begun, note="", seen=1, by=dispatcher, at=NOW)

        actions.save(begun, title="总结", body=WRITTEN, note="", seen=1, by=dispatcher, at=NOW)
        assert actions.submit(begun, note="", seen=2, by=dispatcher, at=NOW).state == State.REVIEW

    def test_nobody_seals_what_is_his_or_her_own(self, submitted, dispatcher, leader):
        with pytest.raises(NotNow):
            actions.seal(submitted, seen=3, by=dispatcher, at=NOW)
        assert actions.seal(submitted, seen=3, by=leader, at=NOW).report.state == State.SEALED

    def test_whoever_sent_it_back_has_not_written_it(self, submitted, dispatcher, leader):
        actions.send_back(submitted, note="补充说明", seen=3, by=leader, at=NOW)
        again = actions.submit(submitted, note="已补充", seen=4, by=dispatcher, at=NOW)

        assert actions.seal(again, seen=5, by=leader, at=NOW).written_by_name == dispatcher.name

    def test_a_version_that_the_leader_has_not_seen_is_not_sealed(self, submitted, dispatcher, leader):
        actions.save(submitted, title="总结", body="另一个文本", note="", seen=3, by=dispatcher, at=NOW)
        again = actions.submit(submitted, note="", seen=4, by=dispatcher, at=NOW)

        with pytest.raises(SavedMeanwhile):
            actions.seal(again, seen=3, by=leader, at=NOW)

    def test_what_is_sealed_stays(self, edition, leader):
        with pytest.raises(NotNow):
            actions.save(edition.report, title="x", body="x", note="", seen=4, by=leader, at=NOW)

    def test_those_who_have_to_act_are_told(self, leader, submitted, dispatcher):
        actions.send_back(submitted, note="补充说明", seen=3, by=leader, at=NOW)

        told = [(notice.account_id, notice.kind) for notice in Notice.objects.order_by("pk")]
        assert told == [(leader.account.pk, "report_submitted"), (dispatcher.account.pk, "report_sent_back")]
        assert "补充说明" in Notice.objects.get(account=dispatcher.account).text_zh


def written_in(made: bytes) -> str:
    return ZipFile(BytesIO(made)).read("word/document.xml").decode()


class TestASealedEdition:
    def test_it_gives_the_sealed_values_in_every_form_whatever_comes_in_later(self, edition):
        a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)
        sealed = editions.document_of(edition)

        for form in (page.standalone(sealed), page.parts(sealed), written_in(docx.write(sealed))):
            assert "100个" in form and "107" not in form
        values = {one["id"]: one["value"] for one in json.loads(plain_json.write(sealed))["figures"]}
        assert values == {"fairs": 2, "posts": 100, "revenue_growth": -10.0}

    def test_it_is_the_same_document_after_it_was_kept(self, submitted):
        made = actions.document_of(submitted, NOW)

        assert freezing.thaw(json.loads(json.dumps(freezing.freeze(made)))) == made

    def test_its_figures_are_kept_by_month_and_area(self, edition):
        posts = next(one for one in editions.document_of(edition).cited if one.id == "posts")

        assert posts.months == (("2022年3月", "80个"), ("2022年4月", "20个"))
        assert posts.areas == ((DEJIA, "100个"),)

    def test_it_stays_readable_when_its_metrics_are_no_more(self, edition, monkeypatch):
        monkeypatch.setattr(versions, "work", Work)
        sealed = editions.document_of(edition)

        assert "2场" in page.standalone(sealed) and "2场" in written_in(docx.write(sealed))
        assert pdf.write(sealed).startswith(b"%PDF")

    def test_altering_it_behind_the_programs_back_shows(self, edition):
        assert editions.is_intact(edition)

        edition.document["cited"][0]["value"] = 3

        assert not editions.is_intact(edition)

    def test_its_language_is_its_own(self, edition):
        with translation.override("en"):
            assert "本期" in page.parts(editions.document_of(edition))


def changed(edition) -> dict[str, changes.Changed]:
    """By metric, of the report's own period."""
    return {one.then.id: one for one in changes.since(edition, NOW) if one.then.period == "2022"}


def records_of(type: str) -> list[Record]:
    return list(Record.objects.filter(type=type).order_by("pk"))


def redefine(catalogue, code: str, **changes) -> None:
    """Publishes the definitions with one metric changed."""
    other = deepcopy(catalogue)
    kept = other.work.metrics[code]
    other.work.metrics[code] = kept.model_copy(update={"metric": kept.metric.model_copy(update=changes)})
    versions.publish(other, NOW)


class TestWhatChangedSince:
    def test_nothing_changed_is_nothing_told(self, edition):
        assert changes.since(edition, NOW) == []

    def test_each_figure_that_would_differ_is_named_with_the_rows_that_did_it(self, edition):
        new = a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)

        found = changed(edition)

        assert set(found) == {"fairs", "posts"}
        assert (found["posts"].differs, found["posts"].now.value) == (True, 107)
        assert found["posts"].rows[0].added == (new.pk,)

    def test_a_row_that_left_and_a_row_that_was_corrected_are_told_apart(self, edition):
        first, second = records_of("fair")
        record_actions.withdraw(first, by=SYSTEM, at=NOW, seen=1, reason="twice")
        values = {**second.values, "posts": 21}
        record_actions.correct(second, by=SYSTEM, at=NOW, seen=1, reason="", values=values, day=second.day)

        posts = changed(edition)["posts"]

        rows = posts.rows[0]
        assert (rows.removed, rows.altered, posts.now.value) == ((first.pk,), (second.pk,), 21)

    def test_a_growth_changes_with_its_base_and_says_so(self, edition):
        base = Record.objects.get(type="revenue", day="2021-12-31")
        given = {"values": {"amount": 8000}, "day": base.day, "reason": ""}
        corrected = record_actions.correct(base, by=SYSTEM, at=NOW, seen=base.version, **given)
        record_actions.confirm(corrected, by=SYSTEM, at=NOW, seen=corrected.version)

        growth = changed(edition)["revenue_growth"]

        assert growth.differs
        assert [(rows.count.period, rows.altered) for rows in growth.rows] == [("2021", (base.pk,))]

    def test_a_metric_that_is_defined_otherwise_is_told_as_such(self, edition, small_catalogue):
        redefine(small_catalogue, "fairs", where={"kind": "hall"})

        fairs = changed(edition)["fairs"]

        assert (fairs.differs, fairs.redefined, fairs.now.value) == (True, True, 1)

    def test_a_metric_that_is_only_worded_otherwise_is_not_told(self, edition, small_catalogue):
        fairs = small_catalogue.work.metrics["fairs"].metric
        redefine(small_catalogue, "fairs", meaning=fairs.meaning.model_copy(update={"zh": "办过的招聘会"}))

        assert changed(edition) == {}

    def test_a_metric_that_is_no_more_is_told_as_such(self, edition, monkeypatch):
        monkeypatch.setattr(versions, "work", Work)

        assert {one.then.id for one in changes.since(edition, NOW) if one.now is None} == {
            "fairs",
            "posts",
            "revenue_growth",
        }
