"""Messages in, topics out. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

from rixin.triage.hot.alike import Likeness, likeness
from rixin.triage.hot.heat import LEAST, Heat, Span, heat, peak
from rixin.triage.hot.joining import groups
from rixin.triage.hot.message import K, Message
from rixin.triage.hot.naming import names, phrases

MOSTLY = 2 / 3
"""Share of the messages that lie in a place for it to be the topic's."""


@dataclass(frozen=True, slots=True)
class Topic(Generic[K]):
    """What several messages speak of, whether hot or not.

    `central`: the one that is most like all others. `words`: what they share, in the words of the messages. `where`
    and `kind` are "" where no place or type has two thirds of them.
    """

    messages: tuple[Message[K], ...]
    central: Message[K]
    words: tuple[str, ...]
    where: str
    kind: str
    known: Span

    def heat(self, day: date) -> Heat:
        return heat((message.voice for message in self.messages), day, self.known)

    def peak(self) -> tuple[date, Heat]:
        return peak((message.voice for message in self.messages), self.known)


def topics(messages: Sequence[Message[K]], least: int = LEAST, known: Span | None = None) -> list[Topic[K]]:
    """All of at least so many messages, the largest first. `messages` in any order; the same give the same.

    `known`: the days that were looked at; those from the first message to the last where it is not said.
    """
    if not messages:
        return []
    known = known or Span(min(message.day for message in messages), max(message.day for message in messages))
    alike = likeness(messages)
    found = [group for group in groups(alike) if len(group) >= least]
    said = [phrases(f"{message.title}。{message.text}") for message in messages] if found else []
    everywhere = Counter(phrase for message in said for phrase in message)
    topics = [
        _topic(messages, group, alike, names([said[nth] for nth in group], everywhere, len(messages)), known)
        for group in found
    ]
    return sorted(topics, key=lambda topic: (-len(topic.messages), topic.messages[0].day, topic.words))


def _topic(
    messages: Sequence[Message[K]], group: list[int], alike: Likeness, words: tuple[str, ...], known: Span
) -> Topic[K]:
    closeness = alike[group][:, group].sum(axis=1)
    chosen = sorted((messages[nth] for nth in group), key=lambda message: message.day)
    return Topic(
        messages=tuple(chosen),
        central=messages[group[int(closeness.argmax())]],
        words=words,
        where=common_place(message.where for message in chosen),
        kind=_most((message.kind for message in chosen), len(chosen)),
        known=known,
    )


def common_place(paths: Iterable[str]) -> str:
    """The smallest area in which most of the messages lie."""
    known = list(paths)
    return max(
        (place for place, count in Counter(_areas(known)).items() if count >= MOSTLY * len(known)),
        key=lambda place: (len(place), place),
        default="",
    )


def _areas(paths: Iterable[str]) -> Iterator[str]:
    """Each path with all areas that it lies in."""
    for path in paths:
        parts = path.split("/")[:-1]
        yield from ("/".join(parts[: nth + 1]) + "/" for nth in range(len(parts)))


def _most(values: Iterable[str], of: int) -> str:
    value, count = Counter(values).most_common(1)[0]
    return value if count >= MOSTLY * of else ""
