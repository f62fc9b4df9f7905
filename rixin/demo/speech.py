"""What residents and staff of the demonstration say, so that it fits the matter, the place and the time of year."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rixin.demo.spots import Here
from rixin.demo.wording import Talk, spoken, tidy, voices

_TYPING_SLIPS = 0.05
_TRIES = 8
# Words that only fit some months.
_ONLY_IN = (
    (re.compile("天热|太阳|夏天|蚊|苍蝇|热风|这么热|大热天|青苔"), frozenset({5, 6, 7, 8, 9})),
    (re.compile("高考|中考|暑托"), frozenset({4, 5, 6})),
    (re.compile("梧桐毛毛"), frozenset({4, 5})),
    (re.compile("台风"), frozenset({6, 7, 8, 9})),
    (re.compile("天黑得早|结冰"), frozenset({11, 12, 1, 2})),
    (re.compile("过完年|过完节"), frozenset({2, 3, 10})),
)
_PREFIX = {"grid": "patrol", "hotline": "caller", "desk": "counter"}


def fits(text: str, month: int) -> bool:
    """Whether nothing in the text speaks of another time of year."""
    return all(month in months or not words.search(text) for words, months in _ONLY_IN)


class Speech:
    """Draws every word from one source of chance."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._voices: dict[str, Any] = voices()
        self._manners = list(self._voices["manners"].values())
        self._weights = [manner["weight"] for manner in self._manners]

    def report(self, talk: Talk, here: Here, at: datetime, channel: str) -> str:
        """What the resident types, or what staff take down."""
        slots = self._slots(talk, here, at)
        if channel in _PREFIX:
            lead = self._one(self._voices[_PREFIX[channel]], slots)
            forms = ["{say}。", "{say}，{harm}。", "{say}。{wish}。"]
            return lead + ("" if lead.endswith("：") else "，") + self._filled(forms, slots)
        manner = self._random.choices(self._manners, weights=self._weights)[0]
        text = self._filled(manner["forms"], slots)
        return self._mistyped(text) if self._random.random() < _TYPING_SLIPS else text

    def said(self, what: str, slots: Mapping[str, str] | None = None) -> str:
        """One of the common sentences of this name."""
        return self._one(self._voices[what], slots or {})

    def declining(self, reason: str) -> str:
        return self._one(self._voices["declining"][reason], {})

    def joining(self, talk: Talk, here: Here, at: datetime) -> str:
        return self._filled(self._voices["joining"], self._slots(talk, here, at))

    def around(self, what: str, near: str) -> str:
        """Something that a resident adds about the place."""
        return self.said(what, {"q": near, "side": self._random.choice(self._voices["sides"])})

    def done(self, talk: Talk, at: datetime) -> str:
        """What the handler did, without a full stop."""
        return self._seasonal(talk.done, {"d": day_of(at - timedelta(hours=self._random.choice((0, 0, 2, 20))))}, at)

    def answer(self, talk: Talk, template: str, slots: dict[str, str], at: datetime) -> str:
        """A public answer: the template of the matter type, or words of the handler's own."""
        closing = self.said("closing", slots) if self._random.random() < 0.6 else ""
        if template and self._random.random() < 0.45:
            extra = f"{self.done(talk, at)}。" if self._random.random() < 0.5 else ""
            return template.format_map(slots) + extra + closing
        parts = [self.said(name, slots) for name in ("greeting", "regarding", "went")]
        return tidy("".join(parts) + self.done(talk, at) + "。" + closing + " ").strip()

    def _slots(self, talk: Talk, here: Here, at: datetime) -> dict[str, str]:
        voices = self._voices
        slots = {"p": here.words, "q": here.near, "d": day_of(at)}
        slots["weekday"] = self._random.choice(voices["weekday"])
        slots["since"] = self._seasonal(voices["since"], slots, at)
        slots["t"] = slots["moment"] = self._one(voices["when"][talk.when], slots)
        slots["n"] = self._random.choice(voices["times"])
        slots["say"] = self._seasonal(talk.say, slots, at)
        slots["harm"] = self._seasonal(talk.harm, slots, at)
        slots["harm2"] = self._seasonal([harm for harm in talk.harm if harm != slots["harm"]], slots, at)
        slots["wish"] = self._seasonal(talk.wish, slots, at)
        slots["elder"] = self._random.choice(voices["elder"])
        slots["age"] = self._random.choice(voices["age"])
        slots["again"] = self._one(voices["again"], slots)
        return slots

    def _filled(self, forms: list[str], slots: Mapping[str, str]) -> str:
        return tidy(self._one(forms, slots)) if forms else ""

    def _seasonal(self, patterns: Any, slots: Mapping[str, str], at: datetime) -> str:
        if not patterns:
            return ""
        for _nth in range(_TRIES):
            text = self._one(patterns, slots)
            if fits(text, at.month):
                return text
        return ""

    def _one(self, patterns: Any, slots: Mapping[str, str]) -> str:
        return spoken(self._random.choice(patterns), slots, self._random)

    def _mistyped(self, text: str) -> str:
        slips = [slip for slip in self._voices["typos"] if slip[0] in text]
        if slips:
            right, wrong = self._random.choice(slips)
            text = text.replace(right, wrong, 1)
        return text.replace("，", " ").rstrip("。") if self._random.random() < 0.4 else text


def day_of(at: datetime) -> str:
    return f"{at.month}月{at.day}日"
