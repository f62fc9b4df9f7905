"""What a topic's row and page show, in words; and its weeks as a small drawing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue import versions
from rixin.catalogue.dates import day_text
from rixin.catalogue.versions import UnknownType
from rixin.places import gazetteer
from rixin.topics.models import Topic, TopicCase
from rixin.triage.hot.heat import WINDOW, Heat

WEEKS = 26
HIGH = 24
"""Height of the drawing; a week is STEP wide, its bar a little less."""
STEP = 6


@dataclass(frozen=True)
class Bar:
    """One week of a drawing of HIGH. `hot`: within the days for which the heat was counted."""

    x: int
    y: int
    height: int
    hot: bool
    says: str


@dataclass(frozen=True)
class Line:
    topic: Topic
    where: str
    kind: str
    why: str
    bars: list[Bar]
    says: str
    """The drawing in words."""


def lines(topics: Sequence[Topic]) -> list[Line]:
    """One statement for the weeks of all."""
    days: dict[int, list[date]] = defaultdict(list)
    for topic, day in TopicCase.objects.filter(topic__in=topics).values_list("topic_id", "day"):
        days[topic].append(day)
    return [line(topic, days[topic.pk]) for topic in topics]


def line(topic: Topic, days: Iterable[date]) -> Line:
    until = drawn_until(topic)
    drawn = bars(days, until)
    return Line(
        topic=topic,
        where=where(topic.area_path),
        kind=kind(topic.type),
        why=why(topic.now()),
        bars=drawn,
        says=_("Matters a week, up to {day}: {counts}").format(
            day=day_text(until), counts="、".join(bar.says for bar in drawn)
        ),
    )


def drawn_until(topic: Topic) -> date:
    """The day of the last look; of a topic of which nothing was heard for long, the day of its last matter."""
    return topic.looked_on if (topic.looked_on - topic.last_on).days < WEEKS * 7 else topic.last_on


def why(heat: Heat) -> str:
    """How the heat comes about."""
    said = [
        ngettext("{n} voice within {days} days", "{n} voices within {days} days", heat.voices).format(
            n=heat.voices, days=WINDOW
        ),
        _("usual are {n}").format(n=_one_digit(heat.usual)),
    ]
    if heat.agreed:
        said.append(ngettext("{n} neighbour agreed", "{n} neighbours agreed", heat.agreed).format(n=heat.agreed))
    return _(", ").join(said)


def _one_digit(number: float) -> str:
    return str(number_format(round(number, 1), 1))


def where(area_path: str) -> str:
    """ "" where it is all over the sub-district."""
    parts = gazetteer.current().label(area_path).split(" › ") if area_path.count("/") > 1 else []
    return " › ".join(parts[:2])


def kind(code: str) -> str:
    try:
        return versions.current(code).rules.type.name.here() if code else ""
    except UnknownType:
        return ""


def bars(days: Iterable[date], last: date) -> list[Bar]:
    """The WEEKS up to `last`, the newest on the right."""
    counts = Counter((last - day).days // 7 for day in days if day <= last)
    most = max((counts[ago] for ago in range(WEEKS)), default=0)
    return [_bar(WEEKS - 1 - ago, ago, counts[ago], most) for ago in reversed(range(WEEKS))]


def _bar(nth: int, ago: int, count: int, most: int) -> Bar:
    height = -(-count * (HIGH - 2) // most) if count else 0
    return Bar(x=nth * STEP, y=HIGH - height, height=height, hot=ago * 7 < WINDOW, says=str(count))
