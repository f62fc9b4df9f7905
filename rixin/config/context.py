"""What every page may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from rixin.config import appearance
from rixin.config.words import words


def product(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "public_url": settings.PUBLIC_URL,
        "languages": settings.LANGUAGES,
        "appearance": appearance.chosen(request),
        "words": words,
    }
