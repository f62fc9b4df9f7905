"""What a definition of records, figures, goals and reports may not say. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.tests.broken import Files, files

__all__ = ["files"]

WORK = """\
measures:
  - {code: yuan, name: {zh: 元, en: yuan}, dimension: cny}
  - {code: wan_yuan, name: {zh: 万元, en: "× 10,000 yuan"}, dimension: cny, factor: 10000}
  - {code: percent, name: {zh: "%", en: "%"}, dimension: share, factor: 0.01}
  - {code: fair, name: {zh: 场, en: fairs}, dimension: fair}
  - {code: post, name: {zh: 个, en: posts}, dimension: post}
"""
RECORDS = """\
records: {code: works, name: {zh: 工作, en: Work}}
types:
  - code: fair
    name: {zh: 招聘会, en: Job fair}
    meaning: {zh: 一场招聘会, en: One job fair}
    unit: public-services
    day: {zh: 日期, en: Day}
    subject: title
    fields:
      - {name: title, label: {zh: 名称, en: Title}, kind: text}
      - {name: posts, label: {zh: 岗位, en: Posts}, kind: count, unit: post}
      - {name: spent, label: {zh: 花费, en: Spent}, kind: amount, unit: yuan, decimals: 2}
      - {name: signed, label: {zh: 签约, en: Signed on}, kind: date, required: false}
      - {name: ended, label: {zh: 结束, en: Ended on}, kind: date, required: false}
      - {name: online, label: {zh: 线上, en: Online}, kind: yes_no}
      - {name: told, label: {zh: 情况, en: Note}, kind: long_text}
      - {name: size, label: {zh: 规模, en: Size}, kind: choice, options: [{code: small, name: {zh: 小, en: Small}}]}
"""
HEAD = """\
metrics: {code: works, name: {zh: 工作, en: Work}}
figures:
"""
COUNT = "measure: count, source: fair, show: {unit: fair}"
SUM = "measure: sum, source: fair, field: spent, show: {unit: wan_yuan}"
RATE = "measure: rate, source: fair, part: {online: true}, show: {unit: percent}"
AT_END = "measure: at_end, source: fair, day: signed, until: ended, show: {unit: fair}"
REPORT = """\
report:
  code: year-report
  name: {zh: 总结, en: Report}
  period: year
  title: {zh: 总结, en: Report}
  body:
    zh: |
      ## 工作

      招聘会{fairs}。
    en: |
      ## Work

      {fairs}.
"""
GOALS = """\
goals: {year: 2023, name: {zh: 目标, en: Goals}}
items:
  - {code: more_fairs, name: {zh: 多办, en: More}, chapter: {zh: 民生, en: Life}, unit: a, metric: fairs, target: 3}
"""


def figures(files: Files, *said: str) -> Files:
    """Figures one, two …, each on a line of its own: the first on line 3."""
    for name, text in (("measures", WORK), ("records", RECORDS)):
        files.write(f"{name}.yaml", text)
    names = ("one", "two", "three")
    lines = [
        f"  - {{code: {name}, name: {{zh: 数, en: Figure}}, meaning: {{zh: 义, en: Meaning}}, {one}}}\n"
        for name, one in zip(names, said, strict=False)
    ]
    files.write("metrics.yaml", HEAD + "".join(lines))
    return files


@pytest.mark.parametrize("said", [COUNT, SUM, RATE, AT_END])
def test_each_kind_of_figure_itself_is_fine(files, said):
    assert figures(files, said).faults() == []


NO_INDICATOR = "an indicator is a sum, without conditions, of a return that is due each month and asks for no place"
FIELDS = "id, version, mark, area, unit, day, title, posts, spent, signed, ended, online, size"
KNOWN = FIELDS.removeprefix("id, version, mark, ")


class TestFigures:
    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            (
                COUNT.replace("source: fair", "source: fete"),
                "there is no source “fete”: neither “cases”, nor of the registers, nor a record type",
            ),
            (COUNT + ", where: {colour: red}", f"there is no field “colour” (there are {KNOWN})"),
            (SUM.replace("spent", "costs"), f"there is no field “costs” (there are {KNOWN})"),
            (COUNT + ", day: opened", f"there is no field “opened” (there are {KNOWN})"),
            (AT_END.replace("ended", "gone"), f"there is no field “gone” (there are {KNOWN})"),
            (RATE + ", asked: {phone: {filled: true}}", f"there is no field “phone” (there are {KNOWN})"),
            (
                RATE + ", excluded: [{name: {zh: 因, en: Why}, where: {why: x}}]",
                f"there is no field “why” (there are {KNOWN})",
            ),
            (COUNT + ", where: {signed: {by: due}}", f"there is no field “due” (there are {KNOWN})"),
            # What a person wrote at length is for people.
            (COUNT + ", where: {told: {filled: true}}", f"there is no field “told” (there are {KNOWN})"),
        ],
    )
    def test_that_ask_for_what_is_not_there(self, files, said, reason):
        assert figures(files, said).faults() == [f"metrics.yaml:3: {reason}"]

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            (SUM.replace("spent", "title"), "“title” is no number and cannot be added up"),
            (COUNT + ", day: posts", "“posts” is no day"),
            (AT_END.replace("until: ended", "until: online"), "“online” is no day"),
            (COUNT + ", where: {posts: many}", "“posts” is a number, not “many”"),
            (COUNT + ", where: {posts: true}", "“posts” is a number, not “True”"),
            (COUNT + ", where: {online: 1}", "“online” is either true or false, not “1”"),
            (COUNT + ", where: {title: 7}", "“title” is a word, not “7”: put it in quotes"),
            (COUNT + ", where: {signed: 20220101}", "“signed” is a day: use bounds such as “filled: true”"),
            (COUNT + ", where: {size: huge}", "“size” cannot be “huge” (it can be small)"),
            (COUNT + ", where: {size: [small, huge]}", "“size” cannot be “huge” (it can be small)"),
            (
                COUNT + ", where: {title: {at_least: 3}}",
                "“title” is neither a number nor a day: it has no least or most",
            ),
            (COUNT + ", where: {signed: {by: posts}}", "“signed” cannot be compared with “posts”"),
            (COUNT + ", where: {posts: {}}", "the condition on “posts” says nothing"),
        ],
    )
    def test_that_take_a_field_for_what_it_is_not(self, files, said, reason):
        assert figures(files, said).faults() == [f"metrics.yaml:3: {reason}"]

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            (SUM.replace("wan_yuan", "post"), "this measures cny, and “post” is a unit of post"),
            (RATE.replace("percent", "fair"), "this measures share, and “fair” is a unit of fair"),
            (COUNT.replace("unit: fair", "unit: yuan"), "rows are counted, and “yuan” is a unit of cny"),
            (COUNT.replace("unit: fair", "unit: percent"), "rows are counted, and “percent” is a unit of share"),
            (COUNT.replace("unit: fair", "unit: dozen"), "there is no unit of measure “dozen”"),
            (RATE.replace("percent}", "percent, at_least: 10}"), "a share is said as it is: leave “at_least” away"),
        ],
    )
    def test_whose_unit_does_not_fit(self, files, said, reason):
        assert figures(files, said).faults() == [f"metrics.yaml:3: {reason}"]

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ("measure: sum, source: fair, show: {unit: yuan}", "a metric of measure “sum” needs “field”"),
            ("measure: rate, source: fair, show: {unit: percent}", "a metric of measure “rate” needs “part”"),
            ("measure: growth, show: {unit: percent}", "a metric of measure “growth” needs “of”"),
            (
                "measure: at_end, source: fair, day: signed, show: {unit: fair}",
                "a metric of measure “at_end” needs “until”",
            ),
            (COUNT + ", part: {online: true}", "a metric of measure “count” has no use for “part”"),
            (COUNT + ", of: two", "a metric of measure “count” has no use for “of”"),
        ],
    )
    def test_that_lack_something_or_have_too_much(self, files, said, reason):
        assert figures(files, said).faults() == [f"metrics.yaml:3: {reason}"]

    def test_that_are_made_of_one_that_is_not_there(self, files):
        said = "measure: growth, of: happiness, show: {unit: percent}"
        assert figures(files, COUNT, said).faults() == ["metrics.yaml:4: there is no metric “happiness”"]

    def test_that_are_made_of_themselves(self, files):
        one = "measure: ratio, of: two, show: {unit: percent}"
        two = "measure: growth, of: one, show: {unit: percent}"
        assert figures(files, one, two).faults() == [
            "metrics.yaml:3: “one” is asked of itself",
            "metrics.yaml:4: “two” is asked of itself",
        ]

    def test_that_divide_what_cannot_be_divided(self, files):
        posts = "measure: sum, source: fair, field: posts, show: {unit: post}"
        ratio = "measure: ratio, of: one, over: two, show: {unit: percent}"
        assert figures(files, SUM, posts, ratio).faults() == ["metrics.yaml:5: cny cannot be divided by post"]

    def test_of_which_an_indicator_has_one_number_a_month(self, files):
        figures(files, SUM + ", indicator: true")
        assert files.faults() == [f"metrics.yaml:3: {NO_INDICATOR}"]

        files.change("records.yaml", "    subject: title\n", "    subject: title\n    period: month\n    place: none\n")
        assert files.faults() == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("period: month", "period: quarter"),
            ("place: none", "place: asked"),
            (SUM, COUNT),
            (SUM, SUM + ", where: {online: true}"),
            (SUM, SUM + ", day: signed"),
        ],
    )
    def test_of_which_an_indicator_has_more_or_less_than_that(self, files, old, new):
        monthly = "    subject: title\n    period: month\n    place: none\n"
        figures(files, (new if old == SUM else SUM) + ", indicator: true")
        files.change("records.yaml", "    subject: title\n", monthly.replace(old, new))
        assert files.faults() == [f"metrics.yaml:3: {NO_INDICATOR}"]

    def test_of_which_two_have_one_name(self, files):
        figures(files, COUNT)
        files.write("more.yaml", (files.folder / "metrics.yaml").read_text(encoding="utf-8"))
        assert files.faults() == ["more.yaml:3: the code “one” is already used in metrics.yaml"]


class TestRecords:
    @pytest.mark.parametrize(
        ("old", "new", "line", "reason"),
        [
            ("subject: title", "subject: name", 8, "there is no field “name”"),
            ("kind: count, unit: post", "kind: count", 11, "“posts” is a number: say in “unit” what is counted"),
            ("unit: post", "unit: dozen", 11, "there is no unit of measure “dozen”"),
            ("name: posts", "name: title", 11, "the field “title” is there twice"),
            ("name: posts", "name: area", 11, "“area” is what every record has: choose another name"),
            (", options: [{code: small, name: {zh: 小, en: Small}}]", "", 17, "“size” is a choice without options"),
            (
                "kind: yes_no",
                "kind: yes_no, decimals: 2",
                15,
                "only a field of kind “amount” has digits after the point",
            ),
            ("code: fair", "code: cases", 3, "“cases” has a meaning of its own: choose another code"),
        ],
    )
    def test_that_cannot_be_filled_in(self, files, old, new, line, reason):
        figures(files).change("records.yaml", old, new)
        files.write("metrics.yaml", HEAD + "  - " + FAIRS_OF_NOTHING)
        assert f"records.yaml:{line}: {reason}" in files.faults()


FAIRS_OF_NOTHING = (
    "{code: fairs, name: {zh: 数, en: Figure}, meaning: {zh: 义, en: Meaning}, measure: count, source: cases, "
    "show: {unit: fair}}\n"
)


class TestReportsAndGoals:
    @pytest.fixture
    def whole(self, files) -> Files:
        figures(files).write("metrics.yaml", f"{HEAD}  - {FAIRS_OF_NOTHING}")
        files.write("report.yaml", REPORT)
        files.write("goals.yaml", GOALS)
        return files

    def test_themselves_are_fine(self, whole):
        assert whole.faults() == []

    def test_a_report_that_names_a_figure_that_is_not_there(self, whole):
        whole.change("report.yaml", "招聘会{fairs}。", "招聘会{fares}。").change("report.yaml", "{fairs}.", "{fares}.")
        assert [fault.partition(": ")[2] for fault in whole.faults()] == [
            "line 3 of the text: there is no metric “fares”",
            "line 3 of the text: there is no metric “fares”",
        ]

    def test_a_report_that_says_more_in_one_language(self, whole):
        whole.change("report.yaml", "{fairs}.", "None.")
        assert any("the figure “fairs” stands in one language only" in fault for fault in whole.faults())

    def test_a_report_with_a_brace_left_open(self, whole):
        whole.change("report.yaml", "{fairs}.", "{fairs.")
        assert any("line 3 of the text: a brace in “{fairs.” has no partner" in fault for fault in whole.faults())

    def test_a_goal_that_nothing_measures(self, whole):
        whole.change("goals.yaml", "metric: fairs", "metric: fares")
        assert whole.faults() == ["goals.yaml:3: there is no metric “fares”"]


CHECKLIST = """\
    on_phone: true
    checklists:
      - code: hall
        name: {zh: 会场, en: Hall}
        sets: {online: false}
        opens: rubbish
        items:
          - {code: exit, text: {zh: 出口畅通, en: Exits free}}
"""


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("", "", ""),
        ("    on_phone: true\n", "", "a checklist is gone through on the phone"),
        ("{online: false}", "{sunny: false}", "there is no field “sunny”"),
        ("opens: rubbish", "opens: nothing", "there is no matter type “nothing”"),
        ("opens: rubbish", "opens: rubbish\n        site: hall", "there is no field “hall”"),
        ("en: Exits free}}", "en: Exits free}, form: {kind: fire}}", "there is no field “kind”"),
    ],
)
def test_a_checklist_answers_all_that_its_matter_asks_for_and_no_more(files, wrong, right, reason):
    checklist = CHECKLIST.replace(wrong, right, 1) if wrong else CHECKLIST
    files.write("measures.yaml", WORK)
    files.write("records.yaml", RECORDS.replace("    subject: title\n", f"    subject: title\n{checklist}"))

    found = files.faults()

    assert any(reason in fault for fault in found) if reason else found == []
