"""How a person wants pages to look: text size and contrast, kept in cookies, no account needed."""

from django.http import HttpRequest

CHOICES: dict[str, tuple[str, ...]] = {"type": ("normal", "large"), "contrast": ("normal", "high")}
KEEP_SECONDS = 400 * 24 * 3600


def chosen(request: HttpRequest) -> dict[str, str]:
    """What was chosen, e.g. {"type": "large", "contrast": "normal"}; anything unknown counts as normal."""
    return {name: _known(name, request.COOKIES.get(name, "")) for name in CHOICES}


def _known(name: str, value: str) -> str:
    return value if value in CHOICES[name] else CHOICES[name][0]
