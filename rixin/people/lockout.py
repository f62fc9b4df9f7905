"""What somebody sees who gave a wrong password too often, and how an administrator lets the person in again."""

from datetime import timedelta
from math import ceil
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rixin.client_address import client_address


def locked_answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page that django-axes shows in place of the sign-in answer while a name is locked from this address."""
    username = str(request.POST.get("username", "")).strip().lower()
    minutes = minutes_left(username, client_address(request))
    return render(request, "people/locked.html", {"minutes": minutes, "username": username}, status=429)


def minutes_left(username: str, address: str) -> int:
    """Whole minutes until the next try is looked at, at least 1."""
    tries = AccessAttempt.objects.filter(username=username, ip_address=address)
    last = tries.aggregate(last=Max("attempt_time"))["last"]
    now = timezone.now()
    over = (last or now) + (get_cool_off() or timedelta(0))
    return max(1, ceil((over - now).total_seconds() / 60))


def tries_left(username: str, address: str) -> int:
    """How many wrong passwords more the name may be given from this address before it is locked."""
    tries = AccessAttempt.objects.filter(
        username=username, ip_address=address, attempt_time__gte=timezone.now() - (get_cool_off() or timedelta(0))
    )
    failures = tries.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
    return max(0, int(settings.AXES_FAILURE_LIMIT) - failures)


def locked_usernames() -> set[str]:
    """User names that are locked from at least one address now."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - (get_cool_off() or timedelta(0)))
    tries = recent.values("username", "ip_address").annotate(failures=Sum("failures_since_start")).order_by()
    return {row["username"] for row in tries if row["failures"] >= settings.AXES_FAILURE_LIMIT}


def unlock(username: str) -> int:
    """Forget the wrong passwords given for the name. Answers how many rows that were."""
    return int(reset(username=username))
