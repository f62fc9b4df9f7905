"""What a definition of work records, figures, goals and reports may say. Each class is one kind of block in a file."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rixin.catalogue.schema import Block, Code, NonEmpty, Option, Role, Term, Text

Step = Literal["day", "month", "quarter", "year"]
"""A length of the calendar that returns, figures and reports are made for."""
IsoDay = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
Factor = Annotated[Decimal, Field(gt=0, allow_inf_nan=False)]


class MeasureUnit(Block):
    """What is counted or measured, as it is written after the number."""

    code: Code
    name: Text
    dimension: Code
    """What can be added up and converted: two units of one dimension differ only by their factors."""
    factor: Factor = Decimal(1)
    """How many of the dimension's own unit one of this is: 10000 for ten thousand yuan where yuan has 1."""


class MeasureFile(Block):
    measures: Annotated[list[MeasureUnit], Field(min_length=1)]


# ---- records

RecordFieldKind = Literal["text", "long_text", "count", "amount", "date", "yes_no", "choice"]


class RecordField(Block):
    """Something to fill in about a piece of work."""

    name: Code
    label: Text
    kind: RecordFieldKind
    required: bool = True
    help: Text | None = None
    options: list[Option] = []
    """For `choice`: what can be chosen."""
    unit: Code | None = None
    """For `count` and `amount`: the unit in which it is filled in."""
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    """For `amount`: digits after the point. It is kept as a whole number of its last digit, so that sums are exact."""
    least: int | None = 0
    most: int | None = None
    """The least and the largest number, or the longest text in characters."""
    aliases: list[NonEmpty] = []
    """Other headings under which a spreadsheet may have it."""
    names: Literal["enterprise"] | None = None
    """For `text`: the entry of the register that it names, by name or code; the record is linked to it."""


class RecordGroup(Block):
    """A field of work, by which record types are listed."""

    code: Code
    name: Text


class CheckItem(Block):
    """One thing that is looked at."""

    code: Code
    text: Text
    rule: Text | None = None
    """The rule that it is held to."""
    form: dict[Code, bool | int | str] = {}
    """Answers to the form of the matter that is opened where it is wrong."""


class Checklist(Block):
    """What is looked at in one kind of place. The round becomes a record, and what is wrong a matter each."""

    code: Code
    name: Text
    sets: dict[Code, bool | int | str] = {}
    """What the record says unless the person says otherwise."""
    opens: Code
    """The matter type of what is found wrong."""
    site: Code | None = None
    """The question of that type's form to which the name of the place is the answer."""
    items: Annotated[list[CheckItem], Field(min_length=1)]


Hour = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Booked(Block):
    """A register whose entries are rooms that are booked for matters."""

    action: Code
    """What is held in such a room: a matter in which this may be done next can book it, by whoever may do it."""
    opens: Hour
    closes: Hour
    longest: Annotated[int, Field(ge=15, le=1440)]
    """Minutes of one booking."""
    seats: Code | None = None
    """The field that says for how many people there is room."""
    works: Code | None = None
    """The field that says whether the equipment works."""


class RecordType(Block):
    """A kind of work that is written down once it is done, or a return that is due for each period."""

    code: Code
    name: Text
    meaning: Text
    """What counts as one such record, in plain words."""
    unit: Code
    """The unit that keeps these records."""
    roles: list[Role] = ["handler", "community_officer", "dispatcher", "leader"]
    """Who may enter and correct them."""
    day: Text
    """What the day of the record is called."""
    day_aliases: list[NonEmpty] = []
    period: Step | None = None
    """For a return: one is due for each such period, and none may be there twice."""
    due_days: Annotated[int, Field(ge=0, le=366)] | None = None
    """For a return: days after the end of its period by which it is due; none: 1, or of a month 10, of a quarter 15,
    of a year 31."""
    due_until: IsoDay | None = None
    """For a return: no period that ends after this day is due any more."""
    chase_after: Annotated[int, Field(ge=1, le=60)] | None = None
    """For a return: days after it was due on which, missing still, the dispatchers and leaders of its area are told;
    who may enter it is told on the first morning on which it is late. None: 3 for a daily return, 10 for others."""
    facility: list[Code] = []
    """The kinds of facility one of which each such record belongs to. A return is due from each that is open."""
    confirmed: bool = False
    """Whether a second person has to confirm it before it counts."""
    place: Literal["none", "asked", "needed"] = "asked"
    """Whether it is asked where the work was done. Without a place it belongs to the whole area of its unit."""
    confidential: bool = False
    """Seen only by the unit that keeps it and by the roles of `open_to`."""
    open_to: list[Role] = ["dispatcher", "leader"]
    subject: Code | None = None
    """The field that names a record in lists."""
    on_phone: bool = False
    """Offered on the phone pages of whoever works outside."""
    checklists: list[Checklist] = []
    """What is gone through on the spot, by kind of place."""
    booked: Booked | None = None
    """Its entries are rooms that are booked for matters."""
    fields: list[RecordField] = []
    retired: bool = False


class RecordFile(Block):
    """One file of record types: a field of work and its types."""

    records: RecordGroup
    types: Annotated[list[RecordType], Field(min_length=1)]


# ---- figures


class Bounds(Block):
    """A condition on one field that is more than being equal. What is left out is not asked."""

    at_least: int | None = None
    at_most: int | None = None
    filled: bool | None = None
    """Whether anything stands there at all."""
    other_than: str | int | None = None
    """Anything else, or nothing at all."""
    by: Code | None = None
    """No later than, and no more than, what stands in this other field of the same row."""


Condition = bool | int | str | list[str | int] | Bounds
"""A value that the field has, several of which it has one, or bounds."""
Where = dict[Code, Condition]


class Exclusion(Block):
    """Rows that a rate leaves out, and why. They are counted and shown beside it."""

    name: Text
    where: Annotated[Where, Field(min_length=1)]


class Shown(Block):
    unit: Code
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    at_least: Annotated[int, Field(ge=1)] | None = None
    """Rounded down to a multiple of this and said to be more: 1,412 with 100 reads “more than 1,400”."""


class Metric(Block):
    """One question over records or cases. Source, conditions and day decide which rows lie behind the figure."""

    code: Code
    name: Text
    meaning: Text
    """What is counted, in plain words."""
    measure: Literal["count", "sum", "distinct", "rate", "growth", "ratio", "at_end", "sum_at_end", "distinct_at_end"]
    source: Code | None = None
    """`cases`, the code of a record type, or a source of the registers such as `standings`."""
    where: Where = {}
    day: Code | None = None
    """The day that has to lie in the period; none: the record's own day, or the day on which a case was opened."""
    field: Code | None = None
    """For `sum`, `distinct` and the same at the end of the period: what is added up or told apart."""
    part: Where = {}
    """For `rate`: which of the rows count."""
    asked: Where = {}
    """For `rate`: who was asked at all. Those of them that `where` leaves out did not answer."""
    excluded: list[Exclusion] = []
    """For `rate`: rows that are left out with a reason."""
    of: Code | None = None
    """For `growth` and `ratio`: the metric that grows or is divided."""
    over: Code | None = None
    """For `ratio`: the metric by which it is divided; none: the same one, of what it is set `against`."""
    against: Literal["last_year", "last_period"] = "last_year"
    """For `growth`, and a `ratio` without `over`: with which earlier period it is compared."""
    rest: bool = False
    """For `ratio`: what is left of the whole once the share is taken off, such as vacancy of what is let."""
    until: Code | None = None
    """For what holds at the end of the period: the day on which a row ceases to count; `day`: on which it begins."""
    show: Shown
    better: Literal["more", "less"] | None = None
    """Which way is good; none: neither."""
    indicator: bool = False
    """For a `sum`, without conditions, of a return that is due each month and asks for no place: it stands on the page
    of indicators, month by month, with its target and a forecast to the end of the year."""
    note: Text | None = None
    """What has to be known to read it rightly, such as its base."""

    @property
    def at_a_point(self) -> bool:
        """Whether it says how things stand at the end of the period, and not what happened within it."""
        return self.measure in ("at_end", "sum_at_end", "distinct_at_end")

    @property
    def adds(self) -> Code | None:
        """The field that is added up."""
        return self.field if self.measure in ("sum", "sum_at_end") else None

    @property
    def tells_apart(self) -> Code | None:
        """The field whose different values are counted."""
        return self.field if self.measure in ("distinct", "distinct_at_end") else None


class MetricGroup(Block):
    code: Code
    name: Text


class MetricFile(Block):
    """One file of metrics: a subject and its figures."""

    metrics: MetricGroup
    figures: Annotated[list[Metric], Field(min_length=1)]


# ---- goals, reports, forms


class Milestone(Block):
    """A step on the way to a goal, and how one knows that it is done."""

    code: Code
    name: Text
    due: IsoDay
    metric: Code | None = None
    """The figure that tells; none: that of the goal, or, where no number is given, a person of the owner unit says so
    at a review, with evidence in words."""
    at_least: Factor | None = None
    """How much of the figure makes it done, in the unit in which the metric is shown."""


Pace = Literal["even", "held"]


class Goal(Block):
    """What a year's plan promises: measured by a metric, or come nearer to by milestones."""

    code: Code
    name: Text
    chapter: Text
    """The part of the plan that it stands in."""
    source: Text | None = None
    """Which passage of the plan it is taken from, in our own words."""
    unit: Code
    """The unit that answers for it."""
    post: Text | None = None
    """Who in particular answers for it, named by the post."""
    helpers: list[Code] = []
    """Units that work on it too."""
    weight: Annotated[int, Field(ge=1, le=10)] = 1
    """How much it counts where goals are taken together."""
    kind: Literal["measured", "milestones"] = "measured"
    metric: Code | None = None
    target: Factor | None = None
    """For `measured`: in the unit in which the metric is shown."""
    least: bool = True
    """Whether the target is the least that is wanted; otherwise it is the most."""
    pace: Pace | None = None
    """For `measured`: `even` where it grows evenly over the year, `held` where the whole target has to hold at any
    time, as a rate does. None: by its milestones, or evenly where it has none; a target that is the most is then held
    to nothing but the whole."""
    due: IsoDay | None = None
    """By when; none: the end of the year."""
    milestones: list[Milestone] = []


class Lights(Block):
    """When a goal is green, yellow or red: by how many points of a hundred its share lies behind what was expected."""

    green: Annotated[int, Field(ge=0, le=100)] = 5
    """No more than so many points behind."""
    yellow: Annotated[int, Field(ge=0, le=100)] = 20
    """No more than so many; beyond that it is red. Less than for green: there is no yellow."""
    step_missed: Literal["yellow", "red"] = "yellow"
    """What it is at best while the day of a milestone has passed and the step is not known to be done."""


class Reviewing(Block):
    """The review of each month: in the month after it, the owner units are asked and write."""

    asked_on: Annotated[int, Field(ge=1, le=20)] = 1
    """The day of the month."""
    working_days: Annotated[int, Field(ge=0, le=10)] = 3
    """After that day; who has not written by the end of them is late."""


class GoalYear(Block):
    year: Annotated[int, Field(ge=2000, le=2100)]
    name: Text
    lights: Lights = Lights()
    reviewing: Reviewing = Reviewing()


class GoalFile(Block):
    """The goals of one year."""

    goals: GoalYear
    items: Annotated[list[Goal], Field(min_length=1)]


class ReportTemplate(Block):
    """A document whose figures are metrics. How its text is marked: docs/developers/reports.md."""

    code: Code
    name: Text
    period: Step
    by: list[Literal["subdistrict", "community", "unit"]] = ["subdistrict"]
    """For what it can be made."""
    title: Text
    body: Text


class ReportFile(Block):
    report: ReportTemplate


class FormTemplate(Block):
    """A table that a higher level asks for: a spreadsheet with marks in its cells (docs/developers/forms.md)."""

    code: Code
    name: Text
    asked_by: Text
    """Which office asks for it."""
    period: Step
    due: Term | None = None
    """By when it is asked for, counted from the last day of its period."""
    file: Annotated[str, StringConstraints(pattern=r"^[\w.-]+\.xlsx$")]
    """The spreadsheet, beside this file."""
    language: Literal["zh-hans", "en"] = "zh-hans"
    """In which language it is filled, whoever fills it."""
    confirmed: bool = False
    """Whether a second person has to confirm it before it counts as submitted."""
    seconds_per_cell: Annotated[int, Field(ge=1, le=3600)] = 90
    """How long looking up and typing one cell is taken to last, for the estimate of time saved."""


class FormFile(Block):
    form: FormTemplate
