"""Which accounts there are: the list of the administrator, with a fixed number of statements."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from rixin.people.lockout import locked_usernames
from rixin.people.models import Account, Post, Unit


@dataclass(frozen=True, kw_only=True)
class Asked:
    """ "" and None: all. `state`: active, locked, closed or no_post."""

    q: str = ""
    role: str = ""
    unit: int | None = None
    state: str = ""


def accounts_found(asked: Asked, day: date) -> QuerySet[Account]:
    """By user name, each with `current`: the posts that are held on the day, with their units."""
    held = Post.objects.held_on(day)
    found = Account.objects.order_by("username").prefetch_related(
        Prefetch("posts", held.select_related("unit"), to_attr="current")
    )
    if asked.q:
        found = found.filter(Q(name__icontains=asked.q) | Q(username__icontains=asked.q.lower()))
    of_account = held.filter(account=OuterRef("pk"))
    if asked.role or asked.unit:
        wanted = of_account.filter(role=asked.role) if asked.role else of_account
        found = found.filter(Exists(wanted.filter(unit=asked.unit) if asked.unit else wanted))
    match asked.state:
        case "active":
            found = found.filter(is_active=True)
        case "closed":
            found = found.filter(is_active=False)
        case "locked":
            found = found.filter(username__in=locked_usernames())
        case "no_post":
            found = found.filter(~Exists(of_account), is_active=True)
    return found


def units_with_strength(day: date) -> QuerySet[Unit]:
    """All units, each with `strength`: how many people hold a post in it on the day."""
    held = (
        Q(posts__since__lte=day) & (Q(posts__until=None) | Q(posts__until__gt=day)) & Q(posts__account__is_active=True)
    )
    return Unit.objects.select_related("parent").annotate(strength=Count("posts__account", filter=held, distinct=True))
