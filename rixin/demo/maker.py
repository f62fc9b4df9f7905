"""From what is to happen somewhere to a whole history of it: report, words, photos, people, course."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from rixin.cases import journal, queries
from rixin.cases.history import History, NewCase, Reporter
from rixin.catalogue import versions
from rixin.catalogue.schema import AskedField, Channel
from rixin.demo import turns
from rixin.demo.cast import Cast
from rixin.demo.pictures import Pair, keep_all
from rixin.demo.play import House, Play
from rixin.demo.speech import Speech
from rixin.demo.spots import Here, Spots
from rixin.demo.wording import Talk, talks, title_of
from rixin.people.actors import Actor, resident
from rixin.places import gazetteer
from rixin.tracking_codes import tracking_code
from rixin.triage.proposals import current_index
from rixin.triage.rules import classify

_PLAYED = "standard"
"""The lifecycle whose course the plays know. What follows a law of its own does not come in by chance."""
_WITH_PHOTO = {"code": 0.64, "grid": 0.9, "hotline": 0.02, "desk": 0.1}
_WITH_PHONE = {"code": 0.62, "grid": 0.0, "hotline": 1.0, "desk": 0.9}
_PRIVATE = 0.06
_JOINED = 0.035
_SETTLED = {"grid": 0.75, "code": 0.035}
_SURNAMES = "王陈李张徐吴沈周朱俞金方郑孙赵胡章潘毛汪蒋余丁傅钟"
_STYLES = ("先生", "女士", "女士", "先生", "阿姨", "师傅")
_THINGS = ("沙发", "床垫", "衣柜", "纸箱和木板", "茶几", "旧马桶")
_FIRMS = ("某餐饮店", "沿街一家便利店", "健身房", "美容美发店", "教育培训机构", "一家科技公司", "水果店", "火锅店")


@dataclass(eq=False)
class Entry:
    """A matter that is to come in. `original`: an earlier one that it repeats. `taken_for`: the kind chosen wrongly."""

    at: datetime
    type: str
    channel: Channel
    here: Here
    original: "Entry | None" = None
    taken_for: str = ""
    number: str = field(default="", init=False)
    """Once stored."""
    closed_at: datetime | None = field(default=None, init=False)


class Maker:
    """Makes histories of entries. One seed, one world; it reads people, places and definitions once."""

    def __init__(self, random: Random, day: datetime) -> None:
        self.random = random
        self.versions = {version.rules.type.code: version for version in versions.current_types()}
        self.talks: dict[str, Talk] = {code: talk for code, talk in talks().items() if self._is_played(code)}
        self.spots = Spots(gazetteer.current(), random)
        self.calendar = versions.work_calendar()
        self.speech = Speech(random)
        self.pairs = keep_all(random)
        self._codes: set[str] = set()
        self._index = current_index()
        self.house = House(
            cast=Cast(day.date()),
            speech=self.speech,
            calendar=self.calendar,
            random=random,
            ratings=turns.ratings(random),
            second_looks=turns.second_looks(random),
            versions=self.versions,
        )

    def _is_played(self, code: str) -> bool:
        return code in self.versions and self.versions[code].rules.lifecycle.code == _PLAYED

    def play(
        self,
        entry: Entry,
        *,
        until: datetime,
        drawn: frozenset[str] | None = None,
        stop_after: str = "",
        merge_into: str = "",
    ) -> Play:
        """The matter, played as far as it goes. `drawn`: what befalls it; None: as chance has it."""
        chosen = self.versions[entry.taken_for or entry.type]
        talk = self.talks[entry.type]
        pair = self.random.choice(self.pairs[talk.picture]) if talk.picture in self.pairs else None
        befalls = turns.drawn(chosen.rules, self.random) if drawn is None else drawn
        if drawn is None:
            befalls = self._settled_perhaps(entry, self._without_resorting(entry, befalls))
        opener = self._opener(entry)
        new = self._new_case(entry, talk, pair)
        history = History.begin(new, opener, entry.at, self.calendar, opening=journal.opening(new))
        play = Play(
            self.house,
            history,
            talk,
            entry.here,
            pair,
            befalls,
            until=until,
            stop_after=stop_after,
            merge_into=merge_into,
            right_type=entry.type,
        )
        wanted = self.random.random() < _JOINED if drawn is None else "joined" in drawn
        play.run(self._joiners(entry, talk) if wanted else ())
        entry.closed_at = next((e.at for e in history.events if self._closes(history, e.changes.get("state"))), None)
        return play

    def wrong_kind(self, code: str) -> str:
        """A neighbouring kind for which this one may be taken; "" if there is none."""
        right = self.versions[code].rules
        if right.type.confidential:
            return ""
        near = [
            other
            for other in sorted(self.talks)
            if other != code
            and not (rules := self.versions[other].rules).type.confidential
            and rules.type.self_sent
            and rules.matter_class.code == right.matter_class.code
            and rules.term_of("handle").unit == right.term_of("handle").unit
        ]
        return self.random.choice(near) if near else ""

    def reporter(self, channel: str, at: datetime) -> Reporter:
        phone = name = outside = ""
        if self.random.random() < _WITH_PHONE.get(channel, 0.0):
            # A block of numbers that looks like what it is: made up.
            phone = f"1380000{self.random.randrange(10_000):04d}"
            if channel != "code" or self.random.random() < 0.4:
                name = self.random.choice(_SURNAMES) + self.random.choice(
                    ("先生", "女士", "女士", "先生", "阿姨", "师傅")
                )
        if channel == "hotline":
            outside = f"FW{at:%Y%m%d}{self.random.randrange(100_000):05d}"
        key = UUID(int=self.random.getrandbits(128), version=4)
        return Reporter(
            submission_key=f"demo {key}", code=self._new_code(), name=name, phone=phone, outside_number=outside
        )

    def said(self, entry: Entry) -> str:
        """What the resident writes; other words each time."""
        return self.speech.report(self.talks[entry.type], entry.here, entry.at, entry.channel)

    def _new_case(self, entry: Entry, talk: Talk, pair: Pair | None) -> NewCase:
        version, here = self.versions[entry.taken_for or entry.type], entry.here
        text = self.said(entry)
        with_photo = pair is not None and self.random.random() < _WITH_PHOTO.get(entry.channel, 0.0)
        return NewCase(
            version=version,
            channel=entry.channel,
            text=text,
            title=title_of(text),
            reporter=self.reporter(entry.channel, entry.at),
            area_path=here.area_path,
            owner_unit=queries.owner_unit(version.rules.type.unit, here.area_path),
            form=self._form(version.rules.type.form, talk),
            lat=here.position.lat,
            lng=here.position.lng,
            address=here.address,
            place_code=here.place_code,
            urgent=self.random.random() < 0.006,
            may_be_public=self.random.random() >= _PRIVATE,
            photos=(pair.before,) if with_photo and pair else (),
            proposed=classify(text, self._index).best or "",
        )

    def _form(self, asks: Sequence[AskedField], talk: Talk) -> dict[str, Any]:
        form: dict[str, Any] = {}
        for asked in asks:
            if asked.required or self.random.random() < 0.45:
                value = self._filled(asked, talk)
                if value not in ("", None):
                    form[asked.name] = value
        return form

    def _filled(self, asked: AskedField, talk: Talk) -> Any:
        if asked.kind == "choice":
            return self.random.choice(asked.options).code
        if asked.kind == "yes_no":
            return asked.must is not None or self.random.random() < 0.35
        if asked.kind == "number":
            return self.random.choice((10, 20, 25, 30, 40)) if asked.name == "depth" else self.random.randint(1, 14)
        if asked.kind == "money":
            return self.random.randint(3, 120) * 100
        if asked.kind != "text":
            return None
        words = {
            "plate": f"浙A·{self.random.choice('BDFKLRT')}***{self.random.randrange(100):02d}",
            "things": self.random.choice(_THINGS),
            "hours": self.speech.said("when_loud"),
            "where": self.speech.said("where_blocked"),
            "lamp_number": f"{self.random.randrange(1000, 9999)}",
            "lift_number": f"{self.random.randint(1, 3)}号梯",
        }
        return words.get(asked.name, self.random.choice(_FIRMS))

    def _opener(self, entry: Entry) -> Actor:
        cast = self.house.cast
        if entry.channel == "grid":
            who = cast.opener("grid_worker", entry.here.area_path, self.random)
            who = who or cast.opener("community_officer", entry.here.area_path, self.random)
            return who or resident()
        if entry.channel in ("hotline", "desk"):
            return cast.opener("dispatcher", entry.here.area_path, self.random) or resident()
        return resident()

    def _joiners(self, entry: Entry, talk: Talk) -> list[tuple[datetime, Reporter, str]]:
        found = []
        for _nth in range(self.random.choice((1, 1, 1, 2, 3))):
            at = entry.at + timedelta(hours=self.random.uniform(0.4, 26))
            if not 7 <= at.hour < 23:
                at = at.replace(hour=self.random.randint(8, 21))
            if at > entry.at:
                found.append((at, self.reporter("code", at), self.speech.joining(talk, entry.here, at)))
        return found

    def _settled_perhaps(self, entry: Entry, befalls: frozenset[str]) -> frozenset[str]:
        if self.random.random() < _SETTLED.get(entry.channel, 0.0):
            return befalls | {"settle"}
        return befalls

    @staticmethod
    def _without_resorting(entry: Entry, befalls: frozenset[str]) -> frozenset[str]:
        return befalls | {"resort"} if entry.taken_for else befalls - {"resort"}

    @staticmethod
    def _closes(history: History, state: str | None) -> bool:
        return state is not None and history.setting.rules.lifecycle.states[state].phase == "closed"

    def _new_code(self) -> str:
        while (code := tracking_code(self.random)) in self._codes:
            pass
        self._codes.add(code)
        return code
