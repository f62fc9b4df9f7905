"""Kinds of matter as residents meet them: the few usual ones of a place, all by class, and a search."""

from collections import Counter
from itertools import groupby

from django.core.cache import cache

from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.schema import MatterClass
from rixin.catalogue.versions import Version
from rixin.triage import proposals, rules

MOST_USUAL = 6
MOST_FOUND = 8
_LOOKED_AT = 2_000
"""Newest cases from which it is told what is usual: a walk along one index, some milliseconds."""
_REMEMBERED = 600
"""Seconds."""


def offered() -> list[Version]:
    """The kinds that a resident may choose, in the order of the classification."""
    return [known for known in versions.current_types() if _is_offered(known)]


def by_class() -> list[tuple[MatterClass, list[Version]]]:
    """All of them under their main classes."""
    groups = groupby(offered(), key=lambda known: known.rules.matter_class)
    return [(matter_class, list(group)) for matter_class, group in groups]


def chosen(code: str) -> Version | None:
    """The kind of this code if a resident may choose it."""
    try:
        known = versions.current(code)
    except versions.UnknownType:
        return None
    return known if _is_offered(known) else None


def search(words: str) -> list[Version]:
    """Kinds whose name holds the words, then those for which the words speak."""
    words = words.strip()
    if not words:
        return []
    known = {version.rules.type.code: version for version in offered()}
    named = [code for code, version in known.items() if _is_named(version, words.lower())]
    spoken = [one.code for one in rules.classify(words, proposals.current_index()).ranked if one.code in known]
    hinted = [code for code, version in known.items() if any(words in word for word in version.rules.type.words.strong)]
    return [known[code] for code in dict.fromkeys([*named, *spoken, *hinted])][:MOST_FOUND]


def usual(area_path: str) -> list[Version]:
    """What is reported most in the area of late, filled up with what is reported most everywhere."""
    known = {version.rules.type.code: version for version in offered() if version.rules.type.code != rules.OTHER}
    here: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for code, path in _lately():
        everywhere[code] += 1
        if path.startswith(area_path):
            here[code] += 1
    # Before anything was reported: what people have most words for.
    talked_of = sorted(known, key=lambda code: -len(known[code].rules.type.words.strong))
    ranked = [code for counted in (here, everywhere) for code, _count in counted.most_common(2 * MOST_USUAL)]
    return [known[code] for code in dict.fromkeys([*ranked, *talked_of]) if code in known][:MOST_USUAL]


def _lately() -> list[tuple[str, str]]:
    """(type, area path) of the newest cases."""
    found = cache.get("channels:lately")
    if found is None:
        newest = Case.objects.order_by("-opened_at", "-id").values_list("type", "area_path")[:_LOOKED_AT]
        found = list(newest)
        cache.set("channels:lately", found, _REMEMBERED)
    return list(found)


def _is_offered(known: Version) -> bool:
    return known.rules.type.self_sent and "code" in known.rules.type.channels


def _is_named(known: Version, words: str) -> bool:
    kind = known.rules.type
    return any(words in name.lower() for text in (kind.name, kind.plain) for name in (text.zh, text.en))
