"""Who sees which topic: the only door from a person to topics."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from rixin.cases import queries as cases
from rixin.cases.models import Case
from rixin.people.roles import OVERSEERS
from rixin.people.staff import Staff
from rixin.topics.models import Standing, Topic, TopicCase

DECIDERS = OVERSEERS
"""Roles that say what becomes of a topic."""


def visible_to(staff: Staff) -> QuerySet[Topic]:
    """Those of whose matters the person may see at least half; `seen` and `all` count them."""
    seen = Q(cases__case__in=cases.visible_to(staff).values("pk"))
    counted = Topic.objects.annotate(all=Count("cases"), seen=Count("cases", filter=seen))
    return counted.filter(seen__gt=0, all__lte=2 * F("seen"))


def hot(found: QuerySet[Topic]) -> QuerySet[Topic]:
    """Hot at the last look and not said to be settled, the hottest first."""
    return found.filter(hot=True).exclude(standing=Standing.SETTLED).order_by("-heat", "pk")


def matters_of(topic: Topic, staff: Staff) -> QuerySet[Case]:
    """Those of its matters that the person may see, the newest first."""
    return cases.visible_to(staff).filter(topic_link__topic=topic).order_by("-opened_at", "-pk")


def of_case(case: Case, staff: Staff) -> Topic | None:
    """The topic that a matter is of, if the person may see it."""
    link = TopicCase.objects.filter(case=case).first()
    return visible_to(staff).filter(pk=link.topic_id).first() if link else None


def at_their_peak(first: date, last: date, area_path: str) -> QuerySet[Topic]:
    """Those that were hottest within the days, and lie in the area. For who answers for the whole area."""
    return Topic.objects.filter(peak_on__range=(first, last), area_path__startswith=area_path).order_by(
        "-peak_heat", "pk"
    )


def ids_of(topic: int) -> Iterable[int]:
    """Of its matters. Whoever shows them shows those alone that a person may see."""
    return TopicCase.objects.filter(topic=topic).order_by("case_id").values_list("case_id", flat=True)


def name_of(topic: int) -> str:
    """Its number where there is none."""
    return Topic.objects.filter(pk=topic).values_list("name", flat=True).first() or str(topic)
