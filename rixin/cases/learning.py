"""What sorting may learn from: matters that were solved, under the type that people had settled on by then."""

from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.privacy.masking import masked
from rixin.triage.learned import sources
from rixin.triage.learned.examples import Example
from rixin.triage.rules import OTHER

MOST = 50_000
"""The newest ones: what an office handles changes over the years."""


def register() -> None:
    sources.register(examples)


def examples() -> list[Example]:
    """Oldest first. Nothing confidential, no personal data that can be recognised, no type that is no longer used."""
    current = {version.rules.type.code for version in versions.current_types()} - {OTHER}
    rows = Case.objects.filter(phase="closed", outcome="solved", confidential=False, type__in=current)
    newest = rows.order_by("-opened_at", "-pk").values_list("pk", "title", "text", "type")[:MOST]
    return [Example(str(pk), masked(_whole(title, text)), kind) for pk, title, text, kind in reversed(newest)]


def _whole(title: str, text: str) -> str:
    """A title that was made of the first words says nothing more."""
    return text if text.startswith(title.rstrip("…")) else f"{title}\n{text}"
