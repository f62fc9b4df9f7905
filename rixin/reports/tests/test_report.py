"""The report: what it says comes from rows, in every form."""

import json
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from rixin.cases.tests.builders import a_case
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import Chart, Goals, Heading, Paragraph, Problems, Reference, Table, parse
from rixin.metrics import lake
from rixin.metrics.engines.database import Database
from rixin.metrics.tests.ground import DEJIA, NOW, STREET, a_record
from rixin.reports import docx, page, pdf, plain_json
from rixin.reports.answers import Frame
from rixin.reports.document import Document, UnknownFigures, put_together
from rixin.topics import looking
from rixin.topics.models import Topic
from rixin.topics.tests.raised import raised

BODY = """
## 一、工作

{year}年举办招聘会{fairs}，提供岗位{posts:number}个，收入同比{revenue_growth:change}。

[chart: posts by month]

[table: fairs, posts]

## 二、问题

[problems: 3]
"""
TITLE = "{office}{year}年\n总结"
YEAR = Period.read("2022")


class TestReadingTheText:
    def test_every_part_is_known_for_what_it_is(self):
        parsed = parse(BODY + "\n[goals: 2023]\n- {posts@last}")

        kinds = [type(piece) for piece in parsed.pieces]
        assert kinds == [Heading, Paragraph, Chart, Table, Heading, Problems, Goals, Paragraph]
        assert Reference("posts", form="number") in parsed.pieces[1].runs
        assert parsed.pieces[-1].runs == (Reference("posts", "last"),)

    @pytest.mark.parametrize("form", ["", ":number", ":change"])
    @pytest.mark.parametrize("only", ["", "|street_lamp", "|street_lamp|quarter-1", "#12"])
    @pytest.mark.parametrize("when", ["", "@last", "@before"])
    def test_a_figure_is_written_as_it_is_read(self, when, only, form):
        (reference,) = parse(f"{{posts{when}{only}{form}}}").pieces[0].runs
        assert str(reference) == f"{{posts{when}{only}{form}}}"

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


FRAME = Frame(YEAR, Database(), NOW)


def document(body: str = BODY) -> Document:
    return put_together(TITLE, parse(body), FRAME)


@pytest.mark.django_db
@pytest.mark.usefixtures("rows")
class TestPuttingTogether:
    def test_figures_stand_in_their_places(self):
        runs = document("{fairs}，{posts:number}，{year}").blocks[0].runs
        assert [run.text for run in runs] == ["2场", "，", "100", "，", "2022"]

    @pytest.mark.parametrize(
        ("mark", "said"),
        [("{happiness}", "happiness"), *((mark, mark) for mark in (
            "{posts:change}", "{posts|street_lamp}", "{posts#1}", "{matters|no_kind}", "[chart: posts by type]",
            "[chart: revenue_growth by month]", "[goals: 1999]",
        ))],
    )  # fmt: skip
    def test_what_cannot_be_is_named_with_its_line(self, mark, said):
        with pytest.raises(UnknownFigures) as unknown:
            document(f"好\n\n{mark}")
        assert [(fault.line, fault.said) for fault in unknown.value.faults] == [(3, said)]

        assert document("好").blocks

    def test_what_is_wrong_stands_marked_in_its_place_where_that_is_asked(self):
        made = put_together("", parse("有{fairs}，{happiness}，{走访}。\n\n[pie: posts]"), FRAME, lenient=True)

        assert [(run.text, run.wrong) for block in made.blocks for run in block.runs if run.wrong] == [
            ("{happiness}", True), ("{走访}", True), ("[pie: posts]", True)
        ]  # fmt: skip
        assert made.blocks[0].runs[1].text == "2场"

    def test_a_figure_of_matters_is_narrowed_to_a_kind_and_a_place(self):
        for key in ("one", "two"):
            a_case(key=key, type="street_lamp", place_code="quarter-dejia-west")
        a_case(key="three", type="street_lamp")
        a_case(key="four")

        made = document("{matters}，{matters|street_lamp}，{matters|street_lamp|quarter-dejia-west}，{matters|dogs}")

        assert [run.text for run in made.blocks[0].runs[::2]] == ["4件", "3件", "2件", "0件"]
        assert len({one.digest for one in made.cited}) == 4

    def test_a_figure_of_matters_is_narrowed_to_a_topic(self):
        raised()
        a_case(key="another")
        looking.look(date(2022, 6, 10))
        topic = Topic.objects.get()

        made = document(f"{{matters#{topic.pk}}}，{{matters}}，{{matters#{topic.pk + 1}}}")

        assert [run.text for run in made.blocks[0].runs[::2]] == ["6件", "7件", "0件"]
        (narrowed, *_others) = made.cited
        assert (narrowed.topic, topic.name in narrowed.where) == (str(topic.pk), True)
        assert f"topic={topic.pk}" in page.address_of(narrowed)

    def test_the_year_before_stands_in_a_table_only_where_it_is_known(self):
        (now, compared) = document("[table: fairs]\n\n[table: fairs, revenue_total]").blocks
        assert (len(now.head), len(compared.head)) == (2, 3)

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
