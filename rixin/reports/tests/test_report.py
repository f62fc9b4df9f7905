"""The report: what it says comes from rows, in every form, and an edition can tell what changed since."""

import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from rixin.catalogue import versions
from rixin.catalogue.report_text import Chart, Goals, Heading, Paragraph, Problems, Reference, Table, parse
from rixin.catalogue.work_schema import ReportTemplate
from rixin.metrics import lake
from rixin.metrics.engines.database import Database
from rixin.metrics.tests.ground import DEJIA, NOW, STREET, a_record
from rixin.people.actors import SYSTEM
from rixin.records import actions as record_actions
from rixin.records.periods import Period
from rixin.reports import actions, changes, docx, page, pdf, plain_json
from rixin.reports.actions import NotNow, SavedMeanwhile
from rixin.reports.document import Document, Frame, UnknownFigures, put_together
from rixin.reports.models import State

BODY = """
## 一、工作

{year}年举办招聘会{fairs}，提供岗位{posts:number}个，收入同比{revenue_growth:change}。

[chart: posts by month]

[table: fairs, posts]

## 二、问题

[problems: 3]
"""
TEMPLATE = ReportTemplate(
    code="small", name={"zh": "小报告", "en": "Small"}, period="year",
    title={"zh": "{office}{year}年\n总结", "en": "{year}"},
    body={"zh": BODY, "en": BODY},
)  # fmt: skip
YEAR = Period.read("2022")


class TestReadingTheText:
    def test_every_part_is_known_for_what_it_is(self):
        parsed = parse(BODY + "\n[goals: 2023]\n- {posts@last}")

        kinds = [type(piece) for piece in parsed.pieces]
        assert kinds == [Heading, Paragraph, Chart, Table, Heading, Problems, Goals, Paragraph]
        assert Reference("posts", form="number") in parsed.pieces[1].runs
        assert parsed.pieces[-1].runs == (Reference("posts", last=True),)

    @pytest.mark.parametrize(
        ("line", "kind"),
        [("{Posts}", "reference"), ("{posts", "bracket"), ("[chart: posts]", "chart"),
         ("[chart: posts by week]", "chart"), ("[table: ]", "table"), ("[goals: soon]", "number"),
         ("[pie: posts]", "directive")],
    )  # fmt: skip
    def test_a_slip_is_found_with_its_line(self, line, kind):
        (slip,) = parse(f"好\n\n{line}").slips
        assert (slip.line, slip.kind) == (3, kind)


@pytest.fixture
def rows(small_street, wenxin_places):
    a_record("fair", "2022-03-01", posts=80, kind="hall", area=DEJIA)
    a_record("fair", "2022-04-01", posts=20, kind="online", area=DEJIA)
    a_record("revenue", "2022-12-31", area=STREET, amount="90")
    a_record("revenue", "2021-12-31", area=STREET, amount="100")


def document(body: str = BODY) -> Document:
    return put_together(TEMPLATE.title.zh, parse(body), Frame(YEAR, Database(), NOW))


@pytest.mark.django_db
@pytest.mark.usefixtures("rows")
class TestPuttingTogether:
    def test_figures_stand_in_their_places(self):
        runs = document("{fairs}，{posts:number}，{year}").blocks[0].runs
        assert [run.text for run in runs] == ["2场", "，", "100", "，", "2022"]

    def test_a_figure_that_is_none_is_named_with_its_line(self):
        with pytest.raises(UnknownFigures) as unknown:
            document("好\n\n{happiness}")
        assert unknown.value.found == [(3, "happiness")]

    def test_what_could_not_be_counted_is_no_number(self):
        assert document("{online_rate@last}").blocks[0].runs[0].text == "—"

    def test_every_form_can_be_opened(self):
        made = document()

        assert "2场" in page.standalone(made)
        assert pdf.write(made).startswith(b"%PDF")
        words = ZipFile(BytesIO(docx.write(made))).read("word/document.xml").decode()
        assert "2场" in words and "仿宋_GB2312" in words
        assert [one["id"] for one in json.loads(plain_json.write(made))["figures"]] == [
            "fairs",
            "posts",
            "revenue_growth",
        ]


@pytest.fixture
def submitted(rows, dispatcher):
    begun = actions.begin(TEMPLATE, YEAR, area=STREET, unit="", language="zh", by=dispatcher, at=NOW)
    return actions.submit(begun, note="请审", by=dispatcher, at=NOW)


@pytest.mark.django_db
class TestWritingAndSealing:
    def test_a_text_saved_by_another_meanwhile_is_not_lost(self, rows, dispatcher, leader):
        begun = actions.begin(TEMPLATE, YEAR, area=STREET, unit="", language="zh", by=dispatcher, at=NOW)
        actions.save(begun, title="总结", body="一", note="", seen=1, by=leader, at=NOW)

        with pytest.raises(SavedMeanwhile) as meanwhile:
            actions.save(begun, title="总结", body="二", note="", seen=1, by=dispatcher, at=NOW)
        assert meanwhile.value.newest.body == "一"

    def test_nobody_seals_what_is_his_or_her_own(self, submitted, dispatcher, leader):
        with pytest.raises(NotNow):
            actions.seal(submitted, by=dispatcher, at=NOW)
        assert actions.seal(submitted, by=leader, at=NOW).report.state == State.SEALED

    def test_what_is_sealed_stays(self, submitted, leader):
        edition = actions.seal(submitted, by=leader, at=NOW)
        with pytest.raises(NotNow):
            actions.save(submitted, title="x", body="x", note="", seen=3, by=leader, at=NOW)
        assert [(one["id"], one["value"]) for one in edition.figures][:2] == [("fairs", 2), ("posts", 100)]


@pytest.mark.django_db
class TestWhatChangedSince:
    def test_nothing_changed_is_nothing_told(self, submitted, leader):
        edition = actions.seal(submitted, by=leader, at=NOW)
        assert list(changes.since(edition, NOW)) == []

    def test_each_figure_that_would_differ_is_named_with_the_rows_that_did_it(self, submitted, leader):
        edition = actions.seal(submitted, by=leader, at=NOW)
        new = a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)

        found = {one.code: one for one in changes.since(edition, NOW)}

        assert set(found) == {"fairs", "posts"}
        assert (found["posts"].differs, found["posts"].now.value, found["posts"].added) == (True, 107, (new.pk,))

    def test_a_row_that_left_and_a_row_that_was_corrected_are_told_apart(self, submitted, leader):
        edition = actions.seal(submitted, by=leader, at=NOW)
        first, second = versions_of("fair")
        record_actions.withdraw(first, by=SYSTEM, at=NOW, seen=1, reason="twice")
        values = {**second.values, "posts": 21}
        record_actions.correct(second, by=SYSTEM, at=NOW, seen=1, reason="", values=values, day=second.day)

        posts = next(one for one in changes.since(edition, NOW) if one.code == "posts")

        assert (posts.removed, posts.altered, posts.now.value) == ((first.pk,), (second.pk,), 21)


def versions_of(type: str):
    from rixin.records.models import Record

    return list(Record.objects.filter(type=type).order_by("pk"))


@pytest.mark.django_db
class TestTheCommand:
    def run(self, *words: str) -> str:
        out = StringIO()
        call_command("report", *words, "--language=zh-hans", stdout=out)
        return out.getvalue()

    @pytest.fixture
    def bundled(self, definitions, wenxin_places):
        return versions.work()

    def test_it_gives_the_same_on_the_copy_as_on_the_database(self, bundled, settings, tmp_path):
        settings.LAKE_DIR = tmp_path
        lake.sync(NOW)

        said = [json.loads(self.run("work-report", "--year=2022", "--format=json", f"--engine={engine}"))["figures"]
                for engine in ("database", "duckdb")]  # fmt: skip

        for figure in [*said[0], *said[1]]:
            figure.pop("as_of")
        assert said[0] == said[1]

    @pytest.mark.parametrize(
        "words",
        [("no-report", "--year=2022"), ("work-report", "--period=2022-03"), ("work-report",),
         ("work-report", "--year=2022", "--area=nowhere"), ("work-report", "--year=2022", "--unit=nobody")],
    )  # fmt: skip
    def test_what_cannot_be_had_is_said(self, words, bundled):
        with pytest.raises(CommandError):
            self.run(*words)

    def test_without_a_copy_it_says_how_to_make_one(self, bundled, settings, tmp_path):
        settings.LAKE_DIR = tmp_path
        with pytest.raises(CommandError, match="lake sync"):
            self.run("work-report", "--year=2022", "--engine=duckdb")
