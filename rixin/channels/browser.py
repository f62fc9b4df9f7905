"""Tells one browser from another, so that whoever supports a proposal or rates a project counts once.

A random word in a signed cookie of this site alone, given when somebody first supports or rates, never for merely
looking. It keeps the same browser from counting twice by mistake or by pressing again. Whoever deletes the cookie or
takes another phone can count again: such numbers are a sign, and no vote. Many from one address are held up.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_COOKIE, _SALT = "voice", "rixin.channels.browser"
_KEPT = 2 * 365 * 24 * 3600
"""Seconds: from a proposal to the rating of what was built from it."""
_LONGEST = 64


def word_of(request: HttpRequest) -> str:
    """What the browser keeps; "" for none, and for one that is not ours."""
    word = request.get_signed_cookie(_COOKIE, default="", salt=_SALT, max_age=_KEPT)
    return word if word and len(word) <= _LONGEST else ""


def new_word() -> str:
    return secrets.token_urlsafe(24)


def remember(answer: HttpResponseBase, word: str) -> None:
    answer.set_signed_cookie(
        _COOKIE,
        word,
        salt=_SALT,
        max_age=_KEPT,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
