"""What a pipeline's leads come to: its board by stage, and what came in, landed and was lost by quarter. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from rixin.catalogue.periods import Period
from rixin.catalogue.pipeline_schema import Pipeline, Stage
from rixin.investment.models import Lead

WAN = 1_000_000
"""Fen in ten thousand yuan, in which leads are spoken of."""


@dataclass(frozen=True)
class Column:
    """Leads in one stage, those that were forgotten longest first. Amounts in fen, of the leads that have one."""

    stage: Stage
    leads: tuple[Lead, ...]
    unknown: int
    """How many leads have no amount: they are in no sum."""

    @property
    def amount(self) -> int:
        return sum(lead.amount or 0 for lead in self.leads)

    @property
    def expected(self) -> int:
        """The sum times what the office expects of the stage, to the fen."""
        return share_of(self.amount, self.stage.likely)

    @property
    def likely_to_land(self) -> Decimal:
        """Leads expected to land, to a tenth."""
        return (Decimal(len(self.leads) * self.stage.likely) / 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def share_of(amount: int, percent: int) -> int:
    return int((Decimal(amount) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def board(pipeline: Pipeline, leads: Iterable[Lead]) -> list[Column]:
    """By the pipeline's stages; leads in a stage that is defined no more stand in the first."""
    by_stage: dict[str, list[Lead]] = {stage.code: [] for stage in pipeline.stages}
    for lead in leads:
        by_stage.get(lead.stage, by_stage[pipeline.stages[0].code]).append(lead)
    return [
        Column(
            stage,
            tuple(sorted(by_stage[stage.code], key=lambda lead: (lead.moved_on, lead.pk))),
            sum(lead.amount is None for lead in by_stage[stage.code]),
        )
        for stage in pipeline.stages
    ]


def idle(lead: Lead, today: date) -> int:
    """Days without a step."""
    return max((today - lead.moved_on).days, 0)


def is_stale(lead: Lead, pipeline: Pipeline, today: date) -> bool:
    """Whether nothing was done for it longer than its stage allows."""
    stage = next((stage for stage in pipeline.stages if stage.code == lead.stage), pipeline.stages[0])
    return idle(lead, today) > stage.stale_days


@dataclass(frozen=True)
class Quarter:
    """What happened to leads in a quarter, as they stand now. Amounts in fen.

    `days`: median from opening to landing; None: none landed.
    """

    period: Period
    opened: int
    opened_amount: int
    landed: int
    landed_amount: int
    lost: int
    reasons: tuple[tuple[str, int], ...]
    """(code, how many), the most frequent first."""
    days: Decimal | None


def by_quarter(leads: Sequence[Lead], first: date, last: date) -> list[Quarter]:
    """Every quarter from that of `first` to that of `last`, the newest first."""
    return [_quarter(leads, period) for period in reversed(quarters(first, last))]


def quarters(first: date, last: date) -> list[Period]:
    """Those from that of `first` to that of `last`, in their order."""
    begins, ends = Period.of("quarter", first), Period.of("quarter", last)
    return list(Period(begins.first, ends.last, "quarter").parts("quarter"))


def _quarter(leads: Sequence[Lead], period: Period) -> Quarter:
    opened = [lead for lead in leads if _in(lead.opened_on, period)]
    landed = [lead for lead in leads if _in(lead.landed_on, period)]
    lost = [lead for lead in leads if _in(lead.lost_on, period)]
    days = [(lead.landed_on - lead.opened_on).days for lead in landed if lead.landed_on]
    return Quarter(
        period=period,
        opened=len(opened),
        opened_amount=sum(lead.amount or 0 for lead in opened),
        landed=len(landed),
        landed_amount=sum(lead.amount or 0 for lead in landed),
        lost=len(lost),
        reasons=tuple(Counter(lead.lost_reason for lead in lost).most_common()),
        days=Decimal(str(median(days))) if days else None,
    )


def _in(day: date | None, period: Period) -> bool:
    return day is not None and day in period
