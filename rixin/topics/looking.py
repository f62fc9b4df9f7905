"""Looks at the matters of some months for what many people raise at once, and keeps what it finds.

A topic found again is the same topic: it is known by the matters that it has already. What was noted about it stays.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from rixin.cases.models import Case
from rixin.catalogue.worktime import LOCAL
from rixin.privacy.masking import masked
from rixin.topics.models import Topic, TopicCase
from rixin.triage.hot.heat import LEAST, Heat, Span, Voice, heat, peak
from rixin.triage.hot.message import Message
from rixin.triage.hot.topics import Topic as Found
from rixin.triage.hot.topics import topics as topics_in
from rixin.triage.rules import OTHER

DAYS = 180
"""Days that are looked at, up to and with the one of the look."""
_NAME = 120
_MARKS = re.compile(r"[{}\[\]]")
"""What would be a mark in the text of a report."""


@dataclass(frozen=True)
class Looked:
    """How many matters were compared, how many topics are new, how many more matters the known ones have now."""

    matters: int
    new: int
    grown: int


def look(last: date, days: int = DAYS) -> Looked:
    """The same again finds nothing new. Some ten seconds for ten thousand matters: not for a request."""
    known = Span(last - timedelta(days=days - 1), last)
    messages = list(_messages(known))
    # Compared before anything is locked: reports come in meanwhile.
    new, grown = _keep(topics_in(messages, LEAST, known), known)
    return Looked(len(messages), new, grown)


@transaction.atomic
def _keep(found: Sequence[Found[int]], known: Span) -> tuple[int, int]:
    """How many topics are new, and how many matters became part of one. A matter is of one topic alone."""
    kept = {topic.pk: topic for topic in Topic.objects.select_for_update()}
    links = dict(TopicCase.objects.values_list("case_id", "topic_id"))
    new, before = 0, len(links)
    for one in found:
        topic = kept.get(_same_as(one, links))
        if topic is None and one.peak()[1].is_hot:
            topic = _begun(one, known)
            kept[topic.pk] = topic
            new += 1
        if topic is not None:
            links |= _added(topic, one.messages, links, known.last)
    for topic in kept.values():
        _counted_anew(topic, known.last)
    return new, len(links) - before


def _messages(known: Span) -> Iterable[Message[int]]:
    """Nothing confidential, and nothing by which a person could be recognised."""
    begins, ends = (datetime.combine(day, time(), LOCAL) for day in (known.first, known.last + timedelta(days=1)))
    rows = (
        Case.objects.filter(confidential=False, opened_at__gte=begins, opened_at__lt=ends)
        .annotate(agreed=Count("receipts", filter=Q(receipts__joined=True)))
        .order_by("pk")
        .values_list("pk", "title", "text", "opened_at", "area_path", "type", "agreed")
    )
    for pk, title, text, at, where, kind, agreed in rows:
        day, sorted_as = at.astimezone(LOCAL).date(), "" if kind == OTHER else kind
        yield Message(pk, masked(title), masked(text), day, where, sorted_as, agreed)


def _same_as(found: Found[int], links: dict[int, int]) -> int:
    """The topic that has at least half of those matters of `found` that are of any topic; 0 if there is none."""
    had = Counter(links[message.key] for message in found.messages if message.key in links)
    if not had:
        return 0
    topic, shared = had.most_common(1)[0]
    return topic if 2 * shared >= had.total() else 0


def _begun(found: Found[int], known: Span) -> Topic:
    return Topic.objects.create(
        name=_name(found),
        central_id=found.central.key,
        area_path=found.where,
        type=found.kind,
        first_on=found.messages[0].day,
        last_on=found.messages[-1].day,
        known_from=known.first,
        looked_on=known.last,
        **_figures(found.heat(known.last), *found.peak()),
    )


def _name(found: Found[int]) -> str:
    """What its matters say; where it is said stands beside it, in the reader's language."""
    return ("、".join(found.words[:3]) or _MARKS.sub("", found.central.title))[:_NAME]


def _added(topic: Topic, messages: Sequence[Message[int]], links: dict[int, int], found_on: date) -> dict[int, int]:
    """Links what is of no topic yet; answers the new links."""
    more = [message for message in messages if message.key not in links]
    TopicCase.objects.bulk_create(
        TopicCase(topic=topic, case_id=message.key, day=message.day, wording=message.voice.wording, found_on=found_on)
        for message in more
    )
    return {message.key: topic.pk for message in more}


def _counted_anew(topic: Topic, last: date) -> None:
    """From all its matters, those before the days looked at too, and up to the day of the look."""
    spoken = [voice for voice in voices(topic) if voice.day <= last]
    if not spoken or last < topic.looked_on:
        return  # looked at as of an earlier day: what is known of later days stands
    known = Span(topic.known_from, last)
    days = [voice.day for voice in spoken]
    changed = {**_figures(heat(spoken, last, known), *peak(spoken, known)), "first_on": min(days), "last_on": max(days)}
    Topic.objects.filter(pk=topic.pk).update(looked_on=last, **changed)


def _figures(now: Heat, peak_on: date, peak: Heat) -> dict[str, Any]:
    """The columns that a look fills."""
    return {
        "voices": now.voices,
        "usual": now.usual,
        "agreed": now.agreed,
        "heat": now.index,
        "hot": now.is_hot,
        "peak_on": peak_on,
        "peak_heat": peak.index,
    }


def voices(topic: Topic) -> list[Voice]:
    """One per matter, with those who joined it since."""
    rows = topic.cases.annotate(agreed=Count("case__receipts", filter=Q(case__receipts__joined=True)))
    return [Voice(day, wording, agreed) for day, wording, agreed in rows.values_list("day", "wording", "agreed")]
