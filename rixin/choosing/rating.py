"""Residents rate what was built: after its acceptance, for a while, once per browser. Nobody rates for them, and no
rating is left out.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.choosing.journal import ChoosingRefused, happened, put
from rixin.choosing.models import Asked, ProjectRating
from rixin.choosing.projects import LIVELIHOOD, Progress, progress
from rixin.choosing.stages import Rating
from rixin.people.actors import Actor
from rixin.privacy.sealing import fingerprint
from rixin.programmes.models import Project

OPEN_FOR = timedelta(days=90)
"""After the last step."""


@dataclass(frozen=True, kw_only=True)
class Rated:
    """`browser`: what the sender's browser keeps."""

    rating: str
    words: str = ""
    phone: str = ""
    browser: str


def closes_on(known: Progress) -> date | None:
    """The last day on which it can be rated; None while it is not finished."""
    return known.finished_on + OPEN_FOR if known.finished_on else None


def open_on(known: Progress, day: date) -> bool:
    last = closes_on(known)
    return last is not None and known.project.kind == LIVELIHOOD and day <= last


@transaction.atomic
def rate(project: Project, rated: Rated, *, by: Actor, at: datetime) -> bool:
    """Whether it counts: False where this browser has rated the project already. Raises ChoosingRefused."""
    if by.kind == "staff":
        raise ChoosingRefused({"": _("Projects are rated by residents, not by those who build or oversee them.")})
    if not open_on(progress([project])[0], timezone.localdate(at)):
        raise ChoosingRefused({"": _("This project cannot be rated now.")})
    if rated.rating not in Rating.values:
        raise ChoosingRefused({"rating": _("Please choose an answer.")})
    said = {
        "rating": rated.rating,
        "words": rated.words.strip(),
        "phone": rated.phone.strip() or None,
        "day": timezone.localdate(at),
        "at": at,
    }
    mark = _mark(project.pk, rated.browser)
    made = ProjectRating.objects.get_or_create(project=project, mark=mark, defaults=said)[1]
    if made:
        happened("rate", by, at, project=project)
    return made


def rated_by(browser: str, project: int) -> bool:
    return bool(browser) and ProjectRating.objects.filter(project=project, mark=_mark(project, browser)).exists()


def _mark(project: int, browser: str) -> str:
    return fingerprint(f"rating of project {project} by {browser}")


@transaction.atomic
def say_asked(project: Project, people: int, *, by: Actor, at: datetime, seen: int) -> Asked:
    """How many were asked, such as by slips handed out. Raises ChoosingRefused, ChangedMeanwhile."""
    answered = project.ratings.count()
    if people < answered:
        raise ChoosingRefused({"people": _("More have answered already than that.")})
    row, made = Asked.objects.get_or_create(project=project, defaults={"people": people, "changed_at": at})
    if made:
        happened("asked", by, at, project=project)
    else:
        put(row, "asked", {"people": people}, by=by, at=at, seen=seen, project=project)
    return row


@dataclass(frozen=True)
class Summary:
    """`asked`: None where nobody has counted whom. Of those who did not answer it says how many, never what."""

    satisfied: int
    fairly: int
    not_satisfied: int
    asked: int | None

    @property
    def answered(self) -> int:
        return self.satisfied + self.fairly + self.not_satisfied

    @property
    def well(self) -> int:
        """Satisfied and fairly satisfied."""
        return self.satisfied + self.fairly

    @property
    def silent(self) -> int | None:
        return None if self.asked is None else max(self.asked - self.answered, 0)


def summaries(projects: Collection[int]) -> dict[int, Summary]:
    """By project. Two statements."""
    counted: dict[int, Counter[str]] = {one: Counter() for one in projects}
    rows = ProjectRating.objects.filter(project__in=projects).order_by().values("project", "rating")
    for row in rows.annotate(n=Count("pk")):
        counted[row["project"]][row["rating"]] = row["n"]
    asked = dict(Asked.objects.filter(project__in=projects).values_list("project", "people"))
    return {
        one: Summary(n[Rating.SATISFIED], n[Rating.FAIRLY], n[Rating.NOT_SATISFIED], asked.get(one))
        for one, n in counted.items()
    }
