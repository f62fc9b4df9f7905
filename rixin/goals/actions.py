"""Writing and remarking on the review of a goal, and asking for reviews: one transaction each, all or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.work import GoalInYear
from rixin.catalogue.work_schema import Goal
from rixin.goals.models import Asked, GoalEvent, GoalReview, SaidMilestone
from rixin.goals.months import Round, asked_on
from rixin.history import ChangedMeanwhile, change, difference, line
from rixin.people import units
from rixin.people.actors import Actor
from rixin.people.models import Account
from rixin.people.notices import notify
from rixin.refused import FieldsRefused


class ReviewRefused(FieldsRefused):
    """It cannot be written as it was filled in."""


@dataclass(frozen=True)
class Frozen:
    """How far the goal had come when the review was written, as plain values: shares in per cent."""

    state: str
    value: Decimal | None
    share: Decimal | None
    expected: Decimal | None
    gone: Decimal


@dataclass(frozen=True)
class Claim:
    """A step that somebody says is done."""

    milestone: str
    done_on: date
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Words:
    done: str
    hinders: str = ""
    next_step: str = ""
    next_by: date | None = None
    claims: tuple[Claim, ...] = field(default=())

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("done", "hinders", "next_step", "next_by")}


@transaction.atomic
def write(
    kept: GoalInYear, month: int, words: Words, frozen: Frozen, *, by: Actor, at: datetime, seen: int
) -> GoalReview:
    """The owner unit's review of a month; written again it is changed, and what was frozen first stays.

    `seen`: the version that the person saw, 0 where none was there. Raises ReviewRefused, ChangedMeanwhile.
    """
    goal, year = kept.goal, kept.year.year
    _check(kept, month, words, timezone.localdate(at))
    known = GoalReview.objects.filter(year=year, goal=goal.code, month=month).first()
    if (known.version if known else 0) != seen:
        raise ChangedMeanwhile
    review = _changed(known, words, by, at) if known else _first(kept, month, words, frozen, by, at)
    for claim in words.claims:
        SaidMilestone.objects.create(
            goal=goal.code,
            year=year,
            milestone=claim.milestone,
            done_on=claim.done_on,
            evidence=claim.evidence,
            by_name=by.name,
            review=review,
            said_at=at,
        )
    return review


@transaction.atomic
def remark(review: GoalReview, words: str, *, by: Actor, at: datetime, seen: int) -> GoalReview:
    """What a leader says to it. Raises ChangedMeanwhile."""
    columns = {"remark": words, "remark_by": by.name, "remark_at": at}
    told = difference(review, {"remark": words})
    change(review, seen, at, columns)
    line(GoalEvent, "remark", by, at, changes=told, review=review).save()
    return review


@transaction.atomic
def ask(goals: Iterable[Goal], asked: Round, accounts: Mapping[int, Iterable[Account]], at: datetime) -> int:
    """Tells the owner units that the review of a month is due, each once; answers how many people were told.

    `accounts`: by unit id, who writes there.
    """
    told = 0
    for unit_id in dict.fromkeys(units.by_code(goal.unit).id for goal in goals):
        _row, first = Asked.objects.get_or_create(
            year=asked.year, month=asked.month, unit_id=unit_id, defaults={"at": at}
        )
        if first:
            told += _tell(asked, accounts.get(unit_id, ()), at)
    return told


def _tell(asked: Round, accounts: Iterable[Account], at: datetime) -> int:
    return notify(
        accounts,
        kind="goal_review",
        zh=f"请填写{asked.year}年{asked.month}月年度目标进展，{asked.due_on:%m-%d}前完成。",
        en=f"Please write the goal reviews of {asked.year}-{asked.month:02} by {asked.due_on:%d %B}.",
        url=reverse("desk:goals") + "?mine=1",
        at=at,
    )


def _check(kept: GoalInYear, month: int, words: Words, today: date) -> None:
    goal, year = kept.goal, kept.year
    wrong: dict[str, Any] = {}
    if not 1 <= month <= 12 or asked_on(year, month) > today:
        wrong[""] = _("This month is not reviewed yet.")
    if not words.done.strip():
        wrong["done"] = _("Say what was done, or that nothing was.")
    open_ = {step.code for step in goal.milestones if step.at_least is None}
    open_ -= set(SaidMilestone.objects.filter(year=year.year, goal=goal.code).values_list("milestone", flat=True))
    for claim in words.claims:
        if claim.milestone not in open_:
            wrong[""] = _("This step cannot be said to be done, or was said already.")
        elif claim.done_on > today:
            wrong[f"on-{claim.milestone}"] = _("This day has not come yet.")
        elif not claim.evidence.strip():
            wrong[f"evidence-{claim.milestone}"] = _("Say by what one can see that it is done.")
    if wrong:
        raise ReviewRefused(wrong)


def _first(kept: GoalInYear, month: int, words: Words, frozen: Frozen, by: Actor, at: datetime) -> GoalReview:
    owner = units.by_code(kept.goal.unit)
    try:
        with transaction.atomic():
            review = GoalReview.objects.create(
                goal=kept.goal.code,
                year=kept.year.year,
                month=month,
                unit_id=owner.id,
                area_path=owner.area_path,
                **vars(frozen),
                **words.columns(),
                written_by_id=by.account_id,
                written_at=at,
                changed_at=at,
            )
    except IntegrityError:
        raise ChangedMeanwhile from None  # a colleague wrote at the same moment
    line(GoalEvent, "write", by, at, changes=_said(words, {}), review=review).save()
    return review


def _changed(review: GoalReview, words: Words, by: Actor, at: datetime) -> GoalReview:
    told = difference(review, words.columns())
    if told or words.claims:
        change(review, review.version, at, words.columns())
        line(GoalEvent, "correct", by, at, changes=_said(words, told), review=review).save()
    return review


def _said(words: Words, told: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    claims = {f"step {claim.milestone}": ["", f"{claim.done_on} {claim.evidence}"] for claim in words.claims}
    return {**told, **claims}
