"""Everything that the page of one case shows, asked for once. The template shows it and asks nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rixin.bookings.rooms import kinds_for
from rixin.cases import queries
from rixin.cases.models import Case, CaseFile, Involvement, Photo, Receipt
from rixin.catalogue import drawing, explain, versions
from rixin.catalogue.dates import moment_text
from rixin.catalogue.schema import Action, ResolvedType
from rixin.desk import answers, timeline, wording
from rixin.desk.answers import Shown, unit_name
from rixin.desk.enterprise_pages.named import Named, named
from rixin.desk.policy_pages import checking
from rixin.desk.policy_pages.checking import PolicyCard
from rixin.desk.room_pages import holding
from rixin.desk.room_pages.holding import RoomCard
from rixin.desk.similar import Matter, Similar, position_of, similar
from rixin.desk.timeline import Entry
from rixin.desk.wording import Due, Tone
from rixin.documents.models import Document
from rixin.documents.queries import of_case, templates_for
from rixin.liaison import queries as liaison
from rixin.people import staffing
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.privacy.masking import mask_name, mask_phone, masked
from rixin.records.models import Record
from rixin.topics import queries as topics
from rixin.topics.models import Topic
from rixin.triage import proposals
from rixin.triage.language_model import is_connected
from rixin.triage.rules import OTHER

FOUR_FACTS = {
    "answered_at": pgettext_lazy("fact", "Answered"),
    "resolved_at": pgettext_lazy("fact", "Resolved, says the resident"),
    "verified_at": pgettext_lazy("fact", "Verified"),
    "rated_at": pgettext_lazy("fact", "Rated"),
}
_MOST_LINKED = 20


@dataclass(frozen=True)
class Fact:
    name: str
    when: str
    """Empty: not yet."""
    more: str = ""


@dataclass(frozen=True)
class Clock:
    name: str
    due: Due | None
    status: str
    tone: Tone
    why: list[str]
    code: str = ""
    """Of a clock that was missed while the person's unit holds the matter: to be explained."""


@dataclass(frozen=True)
class Involved:
    unit: str
    part: str
    holds: bool


@dataclass(frozen=True)
class Contact:
    """Who reported, as far as it is shown before it is opened for a purpose."""

    receipt_id: int
    channel: str
    when: str
    joined: bool
    name: str
    phone: str
    words: str


@dataclass(frozen=True)
class Linked:
    number: str
    url: str
    title: str


@dataclass(frozen=True)
class Gallery:
    name: str
    photos: list[Photo]


@dataclass(frozen=True)
class ActionLink:
    code: str
    name: str
    tone: str


@dataclass(frozen=True)
class Proposed:
    """What triage would do with the report, beside what stands."""

    code: str
    type: str
    unit: str
    place: str
    differs: bool
    why: list[str]


@dataclass
class CasePage:
    case: Case
    rules: ResolvedType
    state: str
    tone: Tone
    type: str
    group: str
    unit: str
    handler: str
    place: str
    address: str
    center: str
    """Of the map, as “lat,lng”; empty where no position is known."""
    title: str
    text: str
    text_is_masked: bool
    due: Due | None
    opened: str
    facts: list[Fact]
    clocks: list[Clock]
    form: list[Shown]
    galleries: list[Gallery]
    files: list[CaseFile]
    entries: list[Entry]
    involved: list[Involved]
    contacts: list[Contact]
    merged_into: Linked | None
    merged: list[Linked]
    proposed: Proposed | None
    similar: list[Similar]
    merge_action: str
    """Code of the action by which it can be merged now; empty if it cannot."""
    merge_field: str
    may_ask_model: bool
    """Whether a language model can be asked for its opinion: one is connected, and the words do not decide."""
    sort_action: str
    """Code of the action by which its kind can be corrected now; empty if it cannot."""
    sort_field: str
    actions: list[ActionLink]
    opens_personal_data: bool
    documents: list[Document]
    rooms: RoomCard | None
    """Of a matter in which rooms are booked."""
    policy: PolicyCard | None
    """Of an application for a subsidy: whether the conditions are met, and why."""
    topic: Topic | None
    """What many raise at once, if the matter is of it."""
    visit: Record | None
    """At which it was raised."""
    named: Named | None
    """The enterprise that it names."""
    to_issue: list[tuple[str, str]]
    """(code, name) of the documents that the person may issue now."""
    picture: str
    states_in_words: list[tuple[str, str, bool]] = field(default_factory=list)


def case_page(case: Case, staff: Staff, at: datetime) -> CasePage:
    rules = versions.version(case.definition_id).rules
    actor = queries.actor_on(staff, case)
    possible = queries.actions_for(case, actor, at)
    photos = list(case.photos.all())
    papers = list(case.files.all())
    kept: dict[str, Photo | CaseFile] = {photo.digest: photo for photo in photos}
    kept |= {paper.digest: paper for paper in papers}
    state = rules.lifecycle.states[case.state]
    merging = next((code for code in possible if rules.lifecycle.actions[code].merges), "")
    sorting = next((code for code in possible if rules.lifecycle.actions[code].sorts), "")
    begun = rules.lifecycle.start == case.state or bool(merging)
    return CasePage(
        case=case,
        rules=rules,
        state=state.name.here(),
        tone=wording.tone_of(case, state),
        type=rules.type.name.here(),
        group=rules.matter_class.name.here(),
        unit=unit_name(case.unit_id) if case.unit_id is not None else "",
        handler=staffing.names({case.handler_id}).get(case.handler_id, "") if case.handler_id is not None else "",
        place=gazetteer.current().label(case.area_path),
        address=masked(case.address),
        center=f"{case.lat},{case.lng}" if case.lat is not None else "",
        title=masked(case.title),
        text=masked(case.text),
        text_is_masked=masked(case.text) != case.text or masked(case.title) != case.title,
        due=wording.due(case.due_at, at),
        opened=moment_text(case.opened_at),
        facts=list(_facts(case, rules)),
        clocks=_clocks(case, rules, at, explains=case.unit_id in staff.scope.unit_ids),
        form=answers.shown(rules.type.form, case.form, rules.lifecycle, kept),
        galleries=_galleries(photos, rules),
        files=list({paper.digest: paper for paper in papers}.values()),
        entries=timeline.entries(case.events.all(), rules, kept),
        involved=_involved(case),
        contacts=[_contact(receipt) for receipt in case.receipts.all()],
        merged_into=_merged_into(case, staff),
        merged=_merged(case, staff),
        proposed=_proposed(case, rules) if begun else None,
        similar=similar(Matter.of(case), staff, at, but=case.pk) if begun else [],
        merge_action=merging,
        merge_field=_field_of_kind(rules.lifecycle.actions[merging], "case") if merging else "",
        may_ask_model=bool(sorting) and begun and not case.confidential and case.type == OTHER and is_connected(),
        sort_action=sorting,
        sort_field=_field_of_kind(rules.lifecycle.actions[sorting], "type") if sorting else "",
        actions=[_link(code, rules.lifecycle.actions[code]) for code in _main_first(possible, rules)],
        opens_personal_data=queries.opens_personal_data(staff, case),
        documents=list(of_case(case)),
        rooms=holding.of_page(case, staff, at) if kinds_for(case) else None,
        policy=checking.of_page(case, staff),
        topic=topics.of_case(case, staff),
        visit=liaison.visit_of(case, staff),
        named=named(staff, rules.type.form, case.form, case.enterprise_id, _link_enterprise(case) if possible else ""),
        to_issue=[(one.code, one.name.here()) for one in templates_for(case, actor)],
        picture=drawing.dot(rules.lifecycle, here=case.state),
        states_in_words=[
            (known.name.here(), known.plain.here(), code == case.state)
            for code, known in rules.lifecycle.states.items()
        ],
    )


def _link_enterprise(case: Case) -> str:
    return reverse("desk:link_enterprise", args=[case.number])


def _main_first(possible: Sequence[str], rules: ResolvedType) -> list[str]:
    order = {"main": 0, "warn": 2}
    return sorted(possible, key=lambda code: order.get(rules.lifecycle.actions[code].tone, 1))


def _link(code: str, action: Action) -> ActionLink:
    return ActionLink(code, action.name.here(), action.tone)


def _field_of_kind(action: Action, kind: str) -> str:
    return next((asked.name for asked in action.asks if asked.kind == kind), "")


def _facts(case: Case, rules: ResolvedType) -> Iterator[Fact]:
    for column, name in FOUR_FACTS.items():
        at = getattr(case, column)
        more = _rating(case, rules) if column == "rated_at" and at else ""
        yield Fact(str(name), moment_text(at) if at else "", more)


def _rating(case: Case, rules: ResolvedType) -> str:
    options = {
        option.code: option.name.here()
        for action in rules.lifecycle.actions.values()
        for asked in action.asks
        if asked.name == "rating"
        for option in asked.options
    }
    name = options.get(case.rating, case.rating)
    return _("%(rating)s (excluded from the rates)") % {"rating": name} if case.excluded else name


def _clocks(case: Case, rules: ResolvedType, at: datetime, *, explains: bool) -> list[Clock]:
    return [
        _clock(row.data, rules, at, explains=explains)
        for row in sorted(case.clocks.all(), key=lambda row: (row.status, row.due_at))
    ]


def _clock(data: dict[str, object], rules: ResolvedType, at: datetime, *, explains: bool) -> Clock:
    known = rules.lifecycle.clocks.get(str(data["code"]))
    due_at = datetime.fromisoformat(str(data["due_at"]))
    status = str(data["status"])
    running = wording.due(due_at, at)
    tone: Tone = (running.tone if running else "") if status == "running" else "paused" if status == "paused" else ""
    late = bool(data.get("missed")) or (status == "running" and due_at < at)
    return Clock(
        name=known.name.here() if known else str(data["code"]),
        due=running,
        status=status,
        tone="late" if data.get("missed") else tone,
        why=explain.sentences(data, rules),
        code=str(data["code"]) if late and explains else "",
    )


def _galleries(photos: list[Photo], rules: ResolvedType) -> list[Gallery]:
    """By the field in which they were added; those of the report first."""
    labels = {
        asked.name: asked.label.here()
        for action in rules.lifecycle.actions.values()
        for asked in action.asks
        if asked.kind == "photos"
    }
    stages = dict.fromkeys(
        photo.stage for photo in sorted(photos, key=lambda photo: (photo.stage != "report", photo.pk))
    )
    return [
        Gallery(
            _("With the report") if stage == "report" else labels.get(stage, stage),
            [photo for photo in photos if photo.stage == stage],
        )
        for stage in stages
    ]


def _involved(case: Case) -> list[Involved]:
    order = [Involvement.Part.HOLDER, Involvement.Part.HELPER, Involvement.Part.FORMER]
    rows = sorted(case.involvements.all(), key=lambda row: order.index(Involvement.Part(row.part)))
    return [
        Involved(unit_name(row.unit_id), str(row.get_part_display()), row.part == Involvement.Part.HOLDER)
        for row in rows
    ]


def _contact(receipt: Receipt) -> Contact:
    return Contact(
        receipt_id=receipt.pk,
        channel=str(receipt.get_channel_display()),
        when=moment_text(receipt.at),
        joined=receipt.joined,
        name=mask_name(receipt.name) if receipt.name else "",
        phone=mask_phone(receipt.phone) if receipt.phone else "",
        words=masked(receipt.words),
    )


def _merged_into(case: Case, staff: Staff) -> Linked | None:
    if case.merged_into_id is None:
        return None
    target = queries.visible_to(staff).filter(pk=case.merged_into_id).only("title", "opened_at").first()
    return _linked(target) if target else None


def _merged(case: Case, staff: Staff) -> list[Linked]:
    rows = queries.visible_to(staff).filter(merged_into=case.pk).only("title", "opened_at").order_by("pk")
    return [_linked(row) for row in rows[:_MOST_LINKED]]


def _linked(case: Case) -> Linked:
    return Linked(case.number, case.get_absolute_url(), masked(case.title))


def _proposed(case: Case, rules: ResolvedType) -> Proposed:
    """Pure but for what triage keeps in memory. What a person sorted already stands; this is only said beside it."""
    found = proposals.propose(case.text, position_of(case), title=case.title)
    return Proposed(
        code=found.code,
        type=found.version.rules.type.name.here(),
        unit=found.unit.name if found.unit else "",
        place=found.place.name if found.place else found.chain.label() if found.chain else "",
        differs=found.decided and found.code != case.type,
        why=[str(reason) for reason in found.why],
    )
