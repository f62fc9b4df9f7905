"""A language model behind an OpenAI-compatible address, if the office has connected one: a person asks about a matter.

It is never given personal data. What leaves the house are words of the catalogue, words that several solved matters of
the office share, and words without a subject, in the order of the message. Numbers, places, whatever begins like a
name, and whatever else is not such a word are left out. What it proposes is marked as its own, and nothing follows from
it until somebody takes it.
"""

import json
import re
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

import rjieba
from django.conf import settings

from rixin.catalogue import versions
from rixin.places import gazetteer
from rixin.privacy.masking import GIVEN, SURNAMES
from rixin.texts import all_han
from rixin.triage.learned import keeping
from rixin.triage.learned.reading import STOP
from rixin.triage.rules import OTHER
from rixin.triage.wording import plain

_READ = 600
_LIKE_A_NAME = re.compile(rf"(?:{SURNAMES})(?:{GIVEN}){{1,2}}")
_MOST_ANSWER = 64 * 1024
_ASKED = (
    "你为街道办事处的来件分类。只用给出的代码回答。来件已去除人名、号码和地点，可能不通顺。"
    '只输出 JSON：{"code": "代码"}；无法判断时 code 为空字符串。'
)


class NotConnected(Exception):
    """No address is set, or no name of a model."""


class NoAnswer(Exception):
    """It could not be reached, took too long, or said something that is no answer."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`code`: one of those offered, None where the model does not know. `said`: what it was given."""

    code: str | None
    model: str
    said: str


def is_connected() -> bool:
    return bool(settings.LANGUAGE_MODEL_URL and settings.LANGUAGE_MODEL_NAME)


def second_opinion(text: str) -> Suggestion:
    """On a message that the words do not sort. Raises NotConnected and NoAnswer."""
    types = [version.rules.type for version in versions.current_types()]
    kinds = {kind.code: kind.name.zh for kind in types if kind.code != OTHER and not kind.confidential}
    texts = (said for kind in types for said in (kind.name.zh, kind.plain.zh, *kind.words.strong, *kind.words.weak))
    model = keeping.current()
    places = "，".join(place.name_zh for place in gazetteer.current().places.values())
    shared = (word for word in (model.words if model else ()) if word not in places)
    return ask(text, kinds, vocabulary(texts, shared))


def vocabulary(texts: Iterable[str], shared: Iterable[str] = ()) -> frozenset[str]:
    """The words that may leave the house. `texts`: of the catalogue; `shared`: words that several matters have."""
    of_catalogue = {word for text in texts for word in rjieba.cut(plain(text)) if all_han(word)}
    of_matters = {word for word in shared if len(word) > 1 and all_han(word) and not _LIKE_A_NAME.fullmatch(word)}
    return frozenset(of_catalogue | of_matters | STOP)


def without_persons(text: str, allowed: frozenset[str]) -> str:
    """What of a message may leave the house."""
    pieces = (word if word in allowed and all_han(word) else " " for word in rjieba.cut(plain(text[:_READ])))
    return " ".join("".join(pieces).split())


def ask(text: str, kinds: Mapping[str, str], allowed: frozenset[str]) -> Suggestion:
    """`kinds`: names of the types by code. Raises NotConnected and NoAnswer."""
    if not is_connected():
        raise NotConnected
    said = without_persons(text, allowed)
    offered = "\n".join(f"{code}: {name}" for code, name in kinds.items())
    body = {
        "model": settings.LANGUAGE_MODEL_NAME,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": f"{_ASKED}\n{offered}"},
            {"role": "user", "content": said},
        ],
    }
    code = _code(_answer(body))
    return Suggestion(code if code in kinds else None, settings.LANGUAGE_MODEL_NAME, said)


def _answer(body: Mapping[str, Any]) -> str:
    address = f"{settings.LANGUAGE_MODEL_URL.rstrip('/')}/chat/completions"
    if not address.startswith(("http://", "https://")):
        raise NotConnected
    headers = {"Content-Type": "application/json"}
    if settings.LANGUAGE_MODEL_KEY:
        headers["Authorization"] = f"Bearer {settings.LANGUAGE_MODEL_KEY}"
    asked = urllib.request.Request(address, json.dumps(body).encode(), headers)  # noqa: S310 - the scheme is checked
    try:
        with urllib.request.urlopen(asked, timeout=settings.LANGUAGE_MODEL_SECONDS) as answer:  # noqa: S310
            content = json.loads(answer.read(_MOST_ANSWER))["choices"][0]["message"]["content"]
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as failed:
        raise NoAnswer(str(failed)) from failed
    if not isinstance(content, str):
        raise NoAnswer("no text")
    return content


def _code(content: str) -> str:
    """Out of the JSON that was asked for, wherever it stands in what was said."""
    begin, end = content.find("{"), content.rfind("}")
    try:
        said = json.loads(content[begin : end + 1])
    except ValueError as no_json:
        raise NoAnswer(content[:80]) from no_json
    code = said.get("code") if isinstance(said, dict) else None
    return code.strip() if isinstance(code, str) else ""
