"""Words that several forms of a report share."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

GOAL_STATES: dict[str, Promise] = {
    "reached": pgettext_lazy("state of a goal", "Reached"),
    "on_the_way": pgettext_lazy("state of a goal", "On the way"),
    "behind": pgettext_lazy("state of a goal", "Behind"),
    "missed": pgettext_lazy("state of a goal", "Missed"),
    "not_known": pgettext_lazy("state of a goal", "Not known yet"),
}
