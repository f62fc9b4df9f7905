"""Limits how often something is done, over all web processes, and asks for a proof of work where a limit is reached.

    match limits.hit(f"report from {address}", PER_ADDRESS, at):
        case Blocked(retry_after): ...

Each key has a bucket that leaks (GCRA, ITU-T I.371): `Rate(20, 3600)` lets 20 through at once and then one every 180
seconds, with no edge of an hour at which it could be had twice. A bucket is one row and a hit one statement, for
several keys too. What is stored is a keyed hash of the key. Hit before a transaction begins, not inside it: those who
share a key would wait for each other until it ends, and a rollback would give the hit back.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

import altcha
from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from rixin.privacy.models import Bucket
from rixin.privacy.sealing import fingerprint

# A challenge is 256 guesses of PBKDF2 on average, some two seconds on an old phone; checking it is one.
POW_ALGORITHM, POW_COST, POW_PREFIX = "PBKDF2/SHA-256", 2_000, "00"
POW_LASTS = timedelta(minutes=20)


@dataclass(frozen=True)
class Rate:
    """`count` times within `seconds`."""

    count: int
    seconds: int

    @property
    def every(self) -> float:
        """Seconds after which a full bucket takes one more."""
        return self.seconds / self.count


@dataclass(frozen=True)
class Allowed:
    pass


@dataclass(frozen=True)
class Blocked:
    """`retry_after`: whole seconds, at least 1. `key` is the one that was full, as it was asked."""

    retry_after: int
    key: str = ""


ALLOWED = Allowed()
Verdict = Allowed | Blocked


def hit(key: str, per: Rate, at: datetime) -> Verdict:
    """Count one use of the key. One that is blocked does not count: whoever waits as told is let in."""
    return hit_all({key: per}, at)


def hit_all(keys: Mapping[str, Rate], at: datetime) -> Verdict:
    """Count one use of each key, in one statement; blocked if any is full, with the longest wait."""
    now = at.timestamp()
    hashed = {fingerprint(key): (key, rate) for key, rate in keys.items()}
    full = [
        Blocked(max(1, ceil(empty_at - hashed[stored][1].seconds + hashed[stored][1].every - now)), hashed[stored][0])
        for stored, empty_at, allowed in _pour(hashed, now)
        if not allowed
    ]
    return max(full, key=lambda blocked: blocked.retry_after, default=ALLOWED)


def verdict(key: str, per: Rate, at: datetime) -> Verdict:
    """What `hit` would answer, without counting a use."""
    empty_at = Bucket.objects.filter(key=fingerprint(key)).values_list("empty_at", flat=True).first() or 0.0
    wait = empty_at - per.seconds + per.every - at.timestamp()
    return Blocked(max(1, ceil(wait)), key) if wait > 0.001 else ALLOWED


def clean(at: datetime) -> int:
    """Remove the buckets that are empty again. For a job that runs every hour or so."""
    return Bucket.objects.filter(empty_at__lt=at.timestamp()).delete()[0]


def challenge(at: datetime) -> dict[str, Any]:
    """A puzzle for the browser (ALTCHA, version 2), good once and for 20 minutes."""
    made = altcha.create_challenge(
        algorithm=POW_ALGORITHM,
        cost=POW_COST,
        key_prefix=POW_PREFIX,
        expires_at=int((at + POW_LASTS).timestamp()),
        derive_key=altcha.derive_key_pbkdf2,
        hmac_secret=_pow_secret(),
    )
    return dict(made.to_dict())


def solved(payload: str, at: datetime) -> bool:
    """Whether the browser's answer (base64 of JSON) solves a challenge of ours that was not answered before.

    One statement, and none where the answer is wrong.
    """
    try:
        given = json.loads(b64decode(payload, validate=True))["challenge"]
        expires, signature = float(given["parameters"]["expiresAt"]), str(given["signature"])
        verdict = altcha.verify_solution(payload, _pow_secret(), derive_key=altcha.derive_key_pbkdf2)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return False
    if not verdict.verified or at.timestamp() >= expires:
        return False
    # The signature is spent in a bucket for one that leaks when the challenge has run out anyway.
    spent = Rate(1, int(POW_LASTS.total_seconds()))
    return isinstance(hit(f"solved {signature}", spent, at), Allowed)


def _pour(hashed: Mapping[str, tuple[str, Rate]], now: float) -> list[tuple[str, float, bool]]:
    """One use into each bucket: stored key, when it is empty, whether it went in.

    Rows are written in the order of keys, so that two processes cannot wait for each other.
    """
    rows = [(stored, now + rate.every, rate.seconds) for stored, (_key, rate) in sorted(hashed.items())]
    values = ", ".join(["(%s, %s, %s, TRUE)"] * len(rows))
    level = "CASE WHEN bucket.empty_at > %s THEN bucket.empty_at ELSE %s END + (excluded.empty_at - %s)"
    # A thousandth of a second for what floating point loses at today's Unix times.
    fits = f"({level} <= %s + excluded.seconds + 0.001)"
    statement = f"""
        INSERT INTO {connection.ops.quote_name(Bucket._meta.db_table)} AS bucket (key, empty_at, seconds, allowed)
        VALUES {values}
        ON CONFLICT (key) DO UPDATE SET
            empty_at = CASE WHEN {fits} THEN {level} ELSE bucket.empty_at END,
            seconds = excluded.seconds,
            allowed = {fits}
        RETURNING key, empty_at, allowed"""  # noqa: S608  (no value is part of the text)
    given = [value for row in rows for value in row]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *[now] * 4, *[now] * 3, *[now] * 4])
        return [(key, empty_at, bool(allowed)) for key, empty_at, allowed in cursor.fetchall()]


def _pow_secret() -> str:
    return salted_hmac("rixin.privacy.limits", "proof of work", secret=settings.SECRET_KEY).hexdigest()
