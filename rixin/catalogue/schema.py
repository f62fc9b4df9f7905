"""What a definition may say. Each class is one kind of block in a YAML file under the catalogue.

Codes are ASCII and stable; names are bilingual. Whatever is not listed here is refused, so that a misspelt key
is found when the file is loaded and not when a resident waits for an answer.
"""

from typing import Annotated, Literal

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
NonEmpty = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Role = Literal[
    "resident",
    "grid_worker",
    "community_officer",
    "handler",
    "dispatcher",
    "verifier",
    "leader",
    "auditor",
    "administrator",
    "system",
]
Channel = Literal["code", "grid", "desk", "hotline", "import", "open311"]
Kept = Literal["answer", "rating", "rating_reason", "urgency", "complained_of", "leader", "amount", "people"]
Fact = Literal["accepted", "answered", "handled", "resolved", "verified", "closed", "rated", "supervised"]


class Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Block):
    """A text in both languages."""

    zh: NonEmpty
    en: NonEmpty

    def here(self) -> str:
        """In the language of the page being made."""
        return self.en if (get_language() or "zh").startswith("en") else self.zh

    def __str__(self) -> str:
        return self.here()


class Term(Block):
    """A length of time. Exactly how each unit is counted: rixin.catalogue.worktime."""

    amount: Annotated[int, Field(ge=0, le=3660)]
    unit: Literal["hours", "working_hours", "calendar_days", "working_days", "months"]


FieldKind = Literal[
    "text",
    "long_text",
    "number",
    "money",
    "date",
    "yes_no",
    "choice",
    "reason",
    "phone",
    "photos",
    "files",
    "unit",
    "units",
    "case",
    "type",
    "place",
    "staff",
]


class Option(Block):
    code: Code
    name: Text


class AskedField(Block):
    """Something to fill in, in a matter's form or with an action."""

    name: Code
    label: Text
    kind: FieldKind
    required: bool = True
    help: Text | None = None
    options: list[Option] = []
    """For `choice`: what can be chosen."""
    reasons: Code | None = None
    """For `reason`: the lifecycle's list of reasons to choose from."""
    public: bool = False
    """Whether the resident may read what is filled in."""
    least: int | None = None
    """The least number or amount; 0 where nothing is said."""
    most: int | None = None
    """Longest text in characters, or the largest number or count of photos or files."""
    earliest: Literal["opened", "today"] | None = None
    """For `date`: not before the day on which the matter came in, or not before today."""
    latest: Literal["today"] | None = None
    """For `date`: not after today."""
    roles: list[Role] = []
    """For `staff`: the posts of whom somebody may be named."""
    must: Text | None = None
    """For `yes_no`: it has to be answered yes; the rule that asks for it, as whoever does not is told."""
    suggests: Code | None = None
    """For `text`: a record type whose subjects are offered while it is typed, those in force and of the place first."""
    names: Literal["enterprise", "policy"] | None = None
    """For `text`: what it names: an enterprise by name or code, to which the matter is linked; or a policy by name."""
    not_reporter: Text | None = None
    """For `text`: a name that is not that of who raised the matter; the rule, as whoever writes it is told."""


class State(Block):
    name: Text
    plain: Text
    """The same in words for the resident."""
    owner: Role
    """Who has to do something now, or, in a closed state, may still do so."""
    phase: Literal["open", "suspended", "closed"] = "open"
    outcome: Literal["solved", "declined", "merged", "failed"] | None = None
    """For closed states: how the matter ended. `failed`: it was taken up, and what was wanted did not come about."""


class ClockEffects(Block):
    start: list[Code] = []
    stop: list[Code] = []
    pause: list[Code] = []
    resume: list[Code] = []
    extend: list[Code] = []


class Quota(Block):
    """How much of one number another one has to be, such as votes in favour of those entitled."""

    field: Code
    of: Code
    share: Annotated[str, StringConstraints(pattern=r"^[1-9]\d?/[1-9]\d?$")]
    """As 1/2 or 2/3."""
    more: bool = False
    """Whether it has to be more than that; otherwise as much is enough."""
    rule: Text
    """The rule that asks for it, as it is told to whoever does not reach it."""


class Action(Block):
    name: Text
    plain: Text | None = None
    """The same in words for the resident, where the resident takes it; without them the name."""
    from_: Annotated[list[Code], Field(alias="from", min_length=1)]
    to: Code | None = None
    """The state it leads to; none: the state stays; `back`: the state before the suspension or question."""
    roles: Annotated[list[Role], Field(min_length=1)]
    held: bool = False
    """Only people of the unit that holds the matter now may do this."""
    joined: bool = False
    """Only people of a co-handling unit may do this."""
    not_by: list[Code] = []
    """Whoever did one of these on this matter may not do this one."""
    asks: list[AskedField] = []
    sets: list[Fact] = []
    sets_if: dict[Fact, Code] = {}
    """Facts that are set when the named yes/no field was answered yes."""
    clears: list[Fact] = []
    needs: list[Fact] = []
    moves_to: Literal["field", "owner", "reporter_unit", "none"] | None = None
    """Which unit holds the matter afterwards: the one filled in, the type's own, that of whoever acts, nobody."""
    stays: bool = False
    """The unit that held it until now helps from now on: it keeps a hand in what it passes on."""
    takes: bool = False
    """Whoever does it becomes the named handler."""
    joins: bool = False
    """The units filled in (a field of kind `units`) help from now on."""
    keeps: list[Kept] = []
    """Fields whose latest value stands on the case itself, beside the timeline. `complained_of` is a unit that sees
    nothing of the matter from then on, `leader` somebody who is told of all that happens, `amount` is in yuan."""
    merges: bool = False
    """The matter goes on in the case filled in (a field of kind `case`)."""
    sorts: bool = False
    """The type and the place filled in (fields of kind `type` and `place`) are those of the matter from now on."""
    clocks: ClockEffects = ClockEffects()
    dates: dict[Code, Code] = {}
    """Clocks that it starts, with the `date` field that sets their end, as an order or an agreement does."""
    opens: Code | None = None
    """Opens a request that someone else decides, such as an extension."""
    decides: Code | None = None
    """Settles the open request of this name; possible only while it is open."""
    grants: bool = False
    """With `decides`: the request is granted; an exclusion takes the case out of the rates."""
    before_due: Code | None = None
    """Possible only while this clock has not passed its date."""
    after_due: Code | None = None
    """Possible only once this clock has passed its date, as a notice has to have hung for its days."""
    quotas: list[Quota] = []
    """What the numbers filled in have to reach."""
    at_most: int | None = None
    """How often it may be done on one matter."""
    after: dict[Code, Annotated[int, Field(ge=1)]] = {}
    """Possible only after these actions were done so many times."""
    until: dict[Code, Annotated[int, Field(ge=1)]] = {}
    """Possible only until these actions were done so many times."""
    resets: list[Code] = []
    """Actions whose count starts anew, as the matter does when it is opened again."""
    within_days_of_close: int | None = None
    """Possible only until so many days after closing, counted as days of a term are (Civil Code, arts. 201, 203)."""
    tells_resident: bool = False
    bulk: bool = False
    tone: Literal["main", "plain", "warn"] = "plain"


class Clock(Block):
    name: Text
    term: Term
    extension: Term | None = None
    rule: Text
    """The rule that sets the term, as it is shown beside the date."""
    statutory: bool = False
    """Whether a law or rule of the state sets the date. Such a clock says when to warn before."""
    warn_before: Term | None = None
    tells: list[Role] = ["leader"]
    """Who hears of it when the date comes near and when it is missed, beside whoever owns the state."""


class Lifecycle(Block):
    code: Code
    name: Text
    source: Text
    """Standard, law or rule that it follows."""
    start: Code
    states: dict[Code, State]
    clocks: dict[Code, Clock]
    main_clock: Code = "handle"
    """The clock by whose date it is told whether a matter was handled in time."""
    begins: ClockEffects = ClockEffects()
    """Clocks that start with the matter itself."""
    begins_with: Literal["nobody", "owner"] = "nobody"
    """Who holds a matter at first: nobody, so that it is dispatched; or the unit that its type names."""
    actions: dict[Code, Action]
    reasons: dict[Code, list[Option]] = {}


class MatterClass(Block):
    """A main class (大类) of the national classification and the street's own additions."""

    code: Code
    national: NonEmpty
    """Class number in the national classification, or our own number after Z."""
    name: Text
    kind: Literal["component", "event", "service"]


class AnswerTemplate(Block):
    code: Code
    name: Text
    text: NonEmpty
    """In Chinese: {title} {place} {unit} {date} are filled in."""


class Words(Block):
    """Words that speak for this type when a message is sorted by rule."""

    strong: list[NonEmpty] = []
    weak: list[NonEmpty] = []
    against: list[NonEmpty] = []


Literals = bool | int | str
Answer = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
"""What was filled in with an action, as `progress.note`."""


class Drawn(Block):
    """Whence a field of a record that a matter leaves has its value. One of these is said, and `as` beside `form` or
    `asked` where the record has other codes to choose from."""

    is_: Annotated[Literals | None, Field(alias="is")] = None
    """Always the same."""
    form: Code | None = None
    """What the matter's form says."""
    asked: Answer | None = None
    """What was filled in when this action was taken last, as `receive.people`."""
    kept: Literal["amount", "people"] | None = None
    """What stands on the case itself."""
    clock: Code | None = None
    """The day on which this clock is due."""
    fact: Fact | None = None
    """The day of this fact, while it holds."""
    day_of: list[Code] = []
    """The day on which the last of these actions was taken."""
    done: list[Code] = []
    """Whether any of these actions was taken."""
    by: list["Sign"] = []
    """The value that goes with the first of these that was done, in this order."""
    opened: Literal[True] | None = None
    """The day on which the matter came in."""
    as_: Annotated[dict[Code, Code], Field(alias="as")] = {}
    while_: Annotated[Fact | None, Field(alias="while")] = None
    """Nothing is said unless this fact holds too, as a hazard is rectified on a day, once it is struck off."""

    @property
    def ways(self) -> list[str]:
        """Which of the ways are said."""
        said = {name: getattr(self, name) for name in type(self).model_fields if name not in ("as_", "while_")}
        return [name for name, value in said.items() if value not in (None, [], {})]


class Sign(Block):
    """What a value is once an action was taken."""

    after: Code
    is_: Annotated[Literals, Field(alias="is")]


class Leaving(Block):
    """A record that a matter of this type leaves, and keeps up to date, so that nobody writes the same down twice."""

    record: Code
    once: list[Code] = []
    """It is there once any of these actions was taken, one for the matter."""
    each: Code | None = None
    """Or one for each time that this action was taken."""
    without: list[Code] = []
    """In these states of the matter it does not count."""
    day: Drawn = Drawn(opened=True)
    values: dict[Code, Drawn | list[Drawn]] = {}
    """By field of the record; of several the first that says something."""

    def ways_of(self, name: str) -> list[Drawn]:
        drawn = self.values.get(name, [])
        return drawn if isinstance(drawn, list) else [drawn]


class MatterType(Block):
    code: Code
    national: NonEmpty
    name: Text
    plain: Text
    """What a resident would call it."""
    unit: Code
    lifecycle: Code = "standard"
    limits: dict[Code, Term] = {}
    """Terms of this type where they differ from the lifecycle's."""
    urgency: Literal["ordinary", "urgent"] = "ordinary"
    channels: list[Channel] = ["code", "grid", "desk", "hotline", "import", "open311"]
    confidential: bool = False
    """Closed off: seen only by the units that hold it and by the roles of `open_to`; never public."""
    open_to: list[Role] = ["dispatcher", "leader"]
    """For a confidential type: which roles that oversee an area may see it nevertheless."""
    public: bool = True
    """Whether neighbours may see that such a matter is open nearby."""
    small: bool = False
    """Whether a grid worker may settle it on the spot."""
    self_sent: bool = True
    """Whether a resident may choose it."""
    form: list[AskedField] = []
    keeps: list[Kept] = []
    """Answers to the form that stand on the case itself."""
    leaves: list[Leaving] = []
    """Records of work that follow from matters of this type."""
    answers: list[AnswerTemplate] = []
    words: Words = Words()
    retired: bool = False


class MatterFile(Block):
    """One file of matter types: a main class and its types."""

    matters: MatterClass
    types: Annotated[list[MatterType], Field(min_length=1)]


class LifecycleFile(Block):
    lifecycle: Lifecycle


class WorkingHours(Block):
    start: Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")]
    end: Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")]


class SpecialDay(Block):
    """A day that differs from the published holidays, or lies in a year for which none are built in."""

    day: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
    works: bool
    name: Text


class WorkingTime(Block):
    hours: Annotated[list[WorkingHours], Field(min_length=1)]
    years_added: list[int] = []
    """Years beyond the built-in holidays for which `days` lists every special day."""
    days: list[SpecialDay] = []


class WorkingTimeFile(Block):
    working_time: WorkingTime


class ResolvedType(Block):
    """A matter type with everything that a case opened under it needs later: what is stored as one version."""

    type: MatterType
    matter_class: MatterClass
    lifecycle: Lifecycle

    def term_of(self, clock: str) -> Term:
        return self.type.limits.get(clock) or self.lifecycle.clocks[clock].term
