"""Who holds which post: for notices, and for choosing a person. Each question is one statement."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q

from rixin.people.models import Account, Post, PostQuerySet
from rixin.people.units import prefixes


def accounts_of(unit_id: int, role: str | None, day: date) -> list[Account]:
    """Those who hold a post of the unit on the day, in the role (any, where None), by name."""
    of_unit = Post.objects.filter(unit_id=unit_id)
    return _holders(of_unit.filter(role=role) if role else of_unit, day)


def accounts_in(area_path: str, role: str, day: date) -> list[Account]:
    """Those whose post in the role answers for the place: their area is the one given or holds it."""
    return _holders(Post.objects.filter(role=role, area_path__in=prefixes(area_path)), day)


def accounts_around(area_path: str, roles: Iterable[str], day: date) -> list[Account]:
    """Those whose post in one of the roles is for the area, for a part of it or for more than it."""
    there = Q(area_path__within=area_path) | Q(area_path__in=prefixes(area_path)) if area_path else Q()
    return _holders(Post.objects.filter(there, role__in=sorted(roles)), day)


def names(account_ids: set[int]) -> dict[int, str]:
    """Names by account id, closed accounts too."""
    return dict(Account.objects.filter(pk__in=account_ids).order_by().values_list("pk", "name")) if account_ids else {}


def _holders(posts: PostQuerySet, day: date) -> list[Account]:
    held = posts.held_on(day).filter(Q(unit__retired_on=None) | Q(unit__retired_on__gt=day))
    usable = Account.objects.filter(is_active=True, pk__in=held.order_by().values("account"))
    if not settings.DEMO:
        usable = usable.filter(demo=False)
    return list(usable.order_by("name", "username"))
