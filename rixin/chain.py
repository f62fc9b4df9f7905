"""Hash chains: each entry of a history holds the hash of the one before it, so that a later change shows."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64
"""Stands before the first entry of a chain."""


def canonical(value: Any) -> str:
    """One spelling per value, on every machine and database: sorted keys, no blanks, moments in UTC."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def digest(value: Any) -> str:
    """SHA-256, in hex, of the canonical spelling of `value`."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
