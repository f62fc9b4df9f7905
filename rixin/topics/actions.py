"""What people say about a topic: that it is watched or settled, and why. Each word of it stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rixin.people.staff import Staff
from rixin.refused import FieldsRefused
from rixin.topics import queries
from rixin.topics.models import Standing, Topic, TopicStep

LONGEST = 500


class TopicRefused(FieldsRefused):
    """It cannot be said like this."""


@transaction.atomic
def say(topic: Topic, standing: str, words: str, *, by: Staff, at: datetime) -> TopicStep:
    """Raises TopicRefused. Whoever settles a topic says how."""
    words = words.strip()
    if not by.may(*queries.DECIDERS):
        raise TopicRefused({"": _("Only dispatchers, verifiers and leaders decide about topics.")})
    if standing not in Standing.values:
        raise TopicRefused({"standing": _("Please choose what becomes of it.")})
    if len(words) > LONGEST:
        raise TopicRefused({"words": _("At most 500 characters, please.")})
    now = Topic.objects.select_for_update().get(pk=topic.pk)
    if not words and (standing == Standing.SETTLED or standing == now.standing):
        raise TopicRefused({"words": _("Please say what was done or found, for whoever reads it later.")})
    step = TopicStep.objects.create(topic=now, at=at, by=by.account, standing=standing, words=words)
    Topic.objects.filter(pk=now.pk).update(standing=standing)
    return step
