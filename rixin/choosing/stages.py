"""How far a round and a proposal have come, and the reasons that are given to people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    RAISING = "raising", pgettext_lazy("of a round", "Raising and judging")
    VOTING = "voting", pgettext_lazy("of a round", "Vote of deputies")
    DECIDED = "decided", pgettext_lazy("of a round", "Decided")
    ANNOUNCED = "announced", pgettext_lazy("of a round", "Announced")


class State(TextChoices):
    RAISED = "raised", pgettext_lazy("of a proposal", "Waiting to be read")
    PUBLISHED = "published", pgettext_lazy("of a proposal", "Published")
    HIDDEN = "hidden", pgettext_lazy("of a proposal", "Not published")
    MERGED = "merged", pgettext_lazy("of a proposal", "Joined with another one")
    LISTED = "listed", pgettext_lazy("of a proposal", "On the short list")
    DECLINED = "declined", pgettext_lazy("of a proposal", "Not on the short list")
    CHOSEN = "chosen", pgettext_lazy("of a proposal", "Chosen")
    PASSED = "passed", pgettext_lazy("of a proposal", "Not chosen this year")


SHOWN = (State.PUBLISHED, State.LISTED, State.DECLINED, State.CHOSEN, State.PASSED)
"""States of which residents see the proposal itself."""


class Source(TextChoices):
    RESIDENT = "resident", pgettext_lazy("of a proposal", "A resident, on the page")
    MEETING = "meeting", pgettext_lazy("of a proposal", "A meeting")
    TOPIC = "topic", pgettext_lazy("of a proposal", "A hot topic")
    MATTER = "matter", pgettext_lazy("of a proposal", "A matter")


class NotPublished(TextChoices):
    """Why a proposal is not shown. The proposer reads it."""

    NO_PROPOSAL = "no_proposal", _("It proposes nothing to build: please report it as a matter")
    PERSONS = "persons", _("It speaks of single persons or insults somebody")
    ELSEWHERE = "elsewhere", _("The place lies outside the sub-district")
    BUSINESS = "business", _("It serves a business, not the public")
    UNCLEAR = "unclear", _("It cannot be told what is meant")


class Declined(TextChoices):
    """Why a proposal is not put to the vote. Everybody reads it."""

    NOT_OURS = "not_ours", _("Another authority decides this; it was passed on")
    PLANNED = "planned", _("It is planned or being built already")
    LAND = "land", _("There is no ground or room for it")
    UNSAFE = "unsafe", _("It would break rules of building or safety")
    COST = "cost", _("It costs more than can be paid in a year")
    FEW = "few", _("It serves too few people")
    DAILY = "daily", _("It is done as daily work, without a vote")


class Feasible(TextChoices):
    YES = "yes", pgettext_lazy("of a proposal", "Can be done")
    PARTLY = "partly", pgettext_lazy("of a proposal", "Can be done in part")
    NO = "no", pgettext_lazy("of a proposal", "Cannot be done")


class Rating(TextChoices):
    SATISFIED = "satisfied", _("Satisfied")
    FAIRLY = "fairly", _("Fairly satisfied")
    NOT_SATISFIED = "not_satisfied", _("Not satisfied")
