"""Seals personal data: AES-256-GCM with the keys in FIELD_KEYS, of which the first seals and every one opens.

Sealed text: `s1:<key id>:<base64 of nonce + ciphertext + tag>`. The key id is the start of a hash of the key, so that
the right key is found without trying. The place (table and column) is authenticated too: a sealed value that was
copied into another column does not open.
"""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "s1"
NONCE = 12  # bytes; random per value, far below the 2**32 values per key at which chance repeats matter


class CannotOpen(Exception):
    """A sealed value does not open. The message says which column and why; it never holds the value."""


def seal(text: str, place: str) -> str:
    """`place` is "table.column"."""
    key = settings.FIELD_KEYS[0]
    nonce = os.urandom(NONCE)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), place.encode())
    return f"{MARK}:{key_id(key)}:{b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, place: str) -> str:
    """Raises CannotOpen when the value was altered, was sealed for another place or with a key that is gone."""
    mark, named, body = _parts(sealed, place)
    key = _keys(tuple(settings.FIELD_KEYS)).get(named)
    if mark != MARK or key is None:
        raise CannotOpen(
            f"{place}: sealed with key {named!r}, which is not in FIELD_KEYS. Add that key after the first one."
        )
    try:
        raw = b64decode(body, validate=True)
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], place.encode()).decode()
    except (InvalidTag, ValueError) as broken:
        raise CannotOpen(
            f"{place}: the value was altered after it was sealed, or sealed for another column."
        ) from broken


def sealed_with(sealed: str) -> str:
    """The id of the key that sealed the value."""
    return sealed.split(":", 2)[1]


def fingerprint(value: str) -> str:
    """A keyed hash by which equal values are found without opening any: 64 hex digits.

    The key is derived from the last of FIELD_KEYS, the oldest: a new key put in front leaves stored fingerprints valid.
    """
    return hmac.new(_fingerprint_key(settings.FIELD_KEYS[-1]), value.strip().encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=16)
def key_id(key: bytes) -> str:
    return hashlib.sha256(b"rixin key id" + key).hexdigest()[:8]


@lru_cache(maxsize=4)
def _keys(keys: Sequence[bytes]) -> dict[str, bytes]:
    return {key_id(key): key for key in keys}


@lru_cache(maxsize=4)
def _fingerprint_key(key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"rixin fingerprint").derive(key)


def _parts(sealed: str, place: str) -> tuple[str, str, str]:
    parts = sealed.split(":", 2)
    if len(parts) != 3:
        raise CannotOpen(f"{place}: holds text that was never sealed.")
    return parts[0], parts[1], parts[2]
