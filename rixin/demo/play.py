"""The course of one matter, played by its people through the engine: whoever may act does, in office hours."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from rixin.cases import queries
from rixin.cases.history import ActionRefused, History, Reporter
from rixin.cases.lifecycle import Resorted
from rixin.cases.photos import KeptPhoto
from rixin.catalogue.versions import Version
from rixin.catalogue.worktime import LOCAL, WorkCalendar, after_working_time
from rixin.demo.cast import Cast
from rixin.demo.pictures import Pair
from rixin.demo.speech import Speech, day_of
from rixin.demo.spots import Here
from rixin.demo.turns import RATED
from rixin.demo.wording import Talk
from rixin.people import units
from rixin.people.actors import Actor, resident

_WORKERS = ("handler", "community_officer", "grid_worker")
# Who is taken for the right one at first, and who else may have to do with it.
_OTHERS = {
    "enforcement-team": ("city-management", "police-station", "market-supervision"),
    "sanitation": ("city-management", "greening", "enforcement-team"),
    "greening": ("sanitation", "property-office"),
    "drainage": ("sanitation", "city-management"),
    "property-office": ("city-management", "construction-office", "mediation-centre"),
    "police-station": ("enforcement-team", "peace-office"),
    "market-supervision": ("enforcement-team", "labour-desk"),
    "construction-office": ("city-management", "property-office"),
}
_OTHERWISE = ("city-management", "property-office", "public-services")
_SUPPORT = ("police-station", "city-management", "property-office", "fire-station", "enforcement-team")


class _Over(Exception):
    """The course ends here: the time is up, the wanted step was taken, or nobody may go on."""


@dataclass(frozen=True)
class House:
    """What all plays share."""

    cast: Cast
    speech: Speech
    calendar: WorkCalendar
    random: Random
    ratings: Iterator[str]
    second_looks: Iterator[str]
    versions: dict[str, Version]


class Play:
    """One matter on its way. `until`: nothing happens after it. `stop_after`: the action after which it is left.

    `right_type` is what the matter really is, where the resident chose another kind.
    """

    def __init__(
        self,
        house: House,
        history: History,
        talk: Talk,
        here: Here,
        pair: Pair | None,
        turns: frozenset[str],
        *,
        until: datetime,
        stop_after: str = "",
        merge_into: str = "",
        right_type: str = "",
    ) -> None:
        self.house, self.history, self.talk, self.here, self.pair = house, history, talk, here, pair
        self.turns, self.until, self.stop_after, self.merge_into = turns, until, stop_after, merge_into
        self.right_type = right_type
        self.random = house.random
        self.at = history.events[0].at
        self.reached = stop_after == "open"
        self._asides: list[tuple[datetime, Callable[[datetime], None]]] = []
        self._resident = resident()

    def run(self, joiners: Sequence[tuple[datetime, Reporter, str]] = ()) -> History:
        """Plays to the end, or to where it has to stop; then the system has told of every date up to `until`."""
        for at, reporter, words in joiners:
            self._asides.append((at, partial(self._joined, reporter=reporter, words=words)))
        if not self.reached:
            with suppress(_Over):
                self._course()
        self._catch_up(self.until)
        self.history.alarms_until(self.until)
        return self.history

    # The way of a matter

    def _course(self) -> None:
        self._plan_asides()
        if not self._received():
            return
        while True:
            self._worked_on()
            self._checked_and_closed()
            if not self._rated():
                return
            self.turns = frozenset()
            self._sent(self._owner())

    def _received(self) -> bool:
        """Whether the matter went on to a unit."""
        if "settle" in self.turns and self._settled():
            self._checked_and_closed()
            if not self._rated():
                return False
            self._sent(self._owner())
            return True
        if "late_accept" in self.turns and not self._quick:
            self._office(160, 260)
        else:
            self._wait(quick=(2, 9), office=(4, 70))
        if "decline" in self.turns:
            return self._declined()
        if "ask_at_desk" in self.turns:
            self._asked("dispatcher", None)
        if "resort" in self.turns:
            self._resorted()
        if self.merge_into:
            self._act("merge", "dispatcher", into=self.merge_into, note=self._say("merging"))
            if "split" in self.turns:
                self._office(30, 200)
                self._act("split", "dispatcher", note=self._say("splitting"))
                self._office(4, 30)
            else:
                return False
        if "accept_first" in self.turns:
            self._act("accept", "dispatcher")
            self._wait(quick=(1, 4), office=(3, 45))
        self._dispatched()
        return True

    def _declined(self) -> bool:
        reason = self.random.choice(("not_ours", "not_ours", "court", "elsewhere", "nothing_found", "unclear"))
        self._act("decline", "dispatcher", reason=reason, answer=self.house.speech.declining(reason))
        if self.random.random() < 0.12:
            self._days(0.3, 3)
            self._act("reopen", "resident", message=self._around("reopening"))
            self._wait(quick=(2, 9), office=(10, 60))
            self._dispatched()
            return True
        return False

    def _settled(self) -> bool:
        """A grid worker of the place does it at once."""
        unit = units.community_of(self.history.new.area_path)
        who = self._who("grid_worker", unit.id if unit else None)
        if who is None or not self.history.setting.rules.type.small:
            return False
        self.at += timedelta(minutes=self.random.randint(2, 40))
        photos = {"photos_after": (self.pair.after,)} if self.pair else {}
        if not photos:
            return False
        if self.pair and self.random.random() < 0.5:
            photos["photos_before"] = (self.pair.before,)
        answer = f"{self._say('settling')}。{self.house.speech.done(self.talk, self.at)}。"
        self._take("settle", who, {"answer": answer}, photos)
        return True

    def _resorted(self) -> None:
        """The resident chose a neighbouring kind; the dispatcher corrects it."""
        code = self.history.new.version.rules.type.code
        right = self.house.versions[self.right_type] if self.right_type else self.house.versions[code]
        owner = queries.owner_unit(right.rules.type.unit, self.history.new.area_path)
        who = self._must("dispatcher")
        given = {"type": right.rules.type.code, "urgency": right.rules.type.urgency}
        self._catch_up(self.at)
        self._check_time()
        self.history.take("sort", who, given, self.at, resorted=Resorted(right.id, right.rules, owner))
        self._end_if("sort")
        self._wait(quick=(1, 3), office=(1, 6))

    def _dispatched(self) -> None:
        owner = self._owner()
        if "arbitrate" in self.turns:
            self._sent(self._other(owner))
            self._sent_back(owner)
            self._sent(owner)
            self._sent_back(self._other(owner))
            names = {"unit": units.by_id(owner).name_zh, "other": units.by_id(self._other(owner)).name_zh}
            self._act("dispute", "dispatcher", explanation=self._say("disputing", names))
            self._office(40, 400)
            self._act(
                "arbitrate",
                "leader",
                unit=owner,
                helpers=[self._other(owner)],
                explanation=self._say("arbitrating", names),
            )
            return
        if "return" in self.turns:
            self._sent(self._other(owner))
            self._sent_back(owner)
        elif "transfer" in self.turns:
            self._sent(self._other(owner))
            self._office(20, 160)
            why = self._say("transferring", {"other": units.by_id(owner).name_zh})
            self._act("transfer", "dispatcher", unit=owner, explanation=why)
            return
        self._sent(owner)

    def _sent(self, unit: int) -> None:
        note = self._say("dispatching") if self.random.random() < 0.5 else ""
        helpers = [self._support(unit)] if "help" in self.turns and self.random.random() < 0.4 else []
        self._act("dispatch", "dispatcher", unit=unit, note=note, helpers=helpers)

    def _sent_back(self, right: int) -> None:
        self._wait(quick=(3, 12), office=(15, 130))
        who = self._worker(_WORKERS[:2])
        if self.random.random() < 0.5:
            self._take("acknowledge", who, {})
            self._wait(quick=(5, 15), office=(20, 150))
        reason = self.random.choice(("not_our_duty", "not_our_duty", "no_power", "wrong_place", "not_our_area"))
        why = self._say("returning", {"other": units.by_id(right).name_zh})
        self._take("send_back", who, {"reason": reason, "explanation": why})
        self._wait(quick=(2, 8), office=(8, 60))

    def _worked_on(self) -> None:
        """From the dispatch to the report that it is handled."""
        if "late_acknowledge" in self.turns and not self._quick:
            self._office(250, 360)
        else:
            self._wait(quick=(2, 9), office=(6, 110))
        if "up" in self.turns and self._went_up():
            return
        who = self._worker(_WORKERS)
        self._take("acknowledge", who, {})
        if "help" in self.turns:
            self._helped()
        if "ask" in self.turns:
            self._wait(quick=(3, 10), office=(20, 200))
            self._asked(self._role(who), who)
        if "progress" in self.turns:
            self._wait(quick=(4, 12), office=(30, 240))
            self._take("progress", self._talker(who), {"message": self._say("progress", self._slots())})
        if "suspend" in self.turns and not self._quick:
            self._suspended()
        if turn := next((turn for turn in ("extension", "extension_refused") if turn in self.turns), None):
            self._extended(turn, who)
        if "supervise" in self.turns:
            self._wait(quick=(4, 9), office=(30, 150))
            self._act("supervise", "leader", explanation=self._say("supervising", self._slots()))
        self._handled(who)

    def _went_up(self) -> bool:
        """A department of the district deals with it, or sends it back to be done here. Whether it was dealt with."""
        short = self.history.case.clocks["handle"].due_at - self.at < timedelta(days=5)
        if self._quick or short or self.history.case.times.get("send_back"):
            return False
        why = self._say("without_power")
        self._take("send_back", self._worker(_WORKERS[:2]), {"reason": "no_power", "explanation": why})
        self._office(15, 90)
        department = self._say("department")
        self._act("pass_up", "dispatcher", department=department, note=why)
        self._days(0.6, 1.6)
        if self.random.random() < 0.6:
            self._act("answer_from_above", "dispatcher", answer=self._answer())
            return True
        self._act("back_from_above", "dispatcher", explanation=self._say("back_from_above", {"other": department}))
        self._wait(quick=(5, 10), office=(10, 60))
        self._sent(self._owner())
        self._wait(quick=(2, 9), office=(6, 90))
        return False

    def _helped(self) -> None:
        holder = self.history.case.unit or self._owner()
        if not self.history.case.helpers:
            self._wait(quick=(2, 6), office=(15, 120))
            self._act("involve", "dispatcher", helpers=[self._support(holder)], note=self._say("helping"))
        helper = self.history.case.helpers[0]
        who = self._who("handler", helper)
        self._wait(quick=(5, 15), office=(40, 260))
        if who is not None:
            photos = {"photos": (self.pair.after,)} if self.pair and self.random.random() < 0.3 else {}
            self._take("report_help", who, {"note": self._say("helped")}, photos)

    def _asked(self, role: str, who: Actor | None) -> None:
        asker = who if who is not None and role != "grid_worker" else self._must("dispatcher")
        self._take("ask_resident", asker, {"message": self._say("asking")})
        if "no_reply" in self.turns:
            self._days(1.5, 3)
            self._office(5, 90)
            self._take("go_on", asker, {"note": self._say("going_on")})
            return
        self.at = self._by_day(self.at + timedelta(minutes=self.random.randint(15, 900)))
        photos = {"photos": (self.pair.before,)} if self.pair and self.random.random() < 0.4 else {}
        message = self.house.speech.around("replying", self.here.near)
        self._take("reply", self._resident, {"message": message}, photos)
        self._wait(quick=(3, 9), office=(10, 90))

    def _suspended(self) -> None:
        self._office(60, 400)
        days = self.random.randint(6, 34)
        until = (self.at + timedelta(days=days)).date().isoformat()
        reason = self.random.choice(("project", "upper_level", "owners", "season", "lawsuit"))
        self._act("suspend", "dispatcher", reason=reason, explanation=self._say("suspending"), until=until)
        if "kept_on_list" in self.turns:
            raise _Over
        self._days(days * 0.7, days)
        self._act("resume", "dispatcher", note=self._say("resuming"))

    def _extended(self, turn: str, who: Actor) -> None:
        due = self.history.case.clocks["handle"].due_at
        asker = who if self._role(who) != "grid_worker" else self._worker(_WORKERS[:2])
        ask_at = self._in_office(self.at + (due - self.at) * self.random.uniform(0.3, 0.6))
        if self._quick or not self.at < ask_at < due:
            return
        self.at = ask_at
        reason = self.random.choice(("parts", "weather", "several", "consent", "inspection"))
        self._take("ask_extension", asker, {"reason": reason, "explanation": self._say("extending")})
        self._office(15, 160)
        decider = "leader" if self.random.random() < 0.7 else "dispatcher"
        if turn == "extension":
            self._act("grant_extension", decider, note=self._say("granting"))
        else:
            self._act("refuse_extension", decider, note=self._say("refusing"))

    def _handled(self, who: Actor) -> None:
        due = self.history.case.clocks["handle"].due_at
        if "late" in self.turns and due > self.at and not self._quick:
            self.at = self._in_office(due + timedelta(hours=self.random.uniform(1, 40)))
            if self.random.random() < 0.5 and "supervised" not in self.history.case.facts:
                self._act("supervise", "leader", explanation=self._say("supervising", self._slots()))
                self._office(20, 180)
        else:
            self.at = self._handling_moment(due)
        self._report_handled(who)

    def _handling_moment(self, due: datetime) -> datetime:
        left = due - self.at
        if left <= timedelta():
            return after_working_time(self.at, timedelta(minutes=self.random.randint(20, 160)), self.house.calendar)
        if self._quick:
            return self.at + left * self.random.uniform(0.12, 0.8)
        moment = self._in_office(self.at + left * self.random.betavariate(1.5, 3.2))
        if moment < due:
            return moment
        soon = after_working_time(self.at, timedelta(minutes=self.random.randint(5, 50)), self.house.calendar)
        return soon if soon < due else self.at + left * 0.7

    def _report_handled(self, who: Actor) -> None:
        photos: dict[str, Sequence[KeptPhoto]] = {}
        if self.pair and self.random.random() < (0.85 if self.history.new.photos else 0.3):
            photos["photos_after"] = (self.pair.after,)
        note = self._say("inside", self._slots()) if self.random.random() < 0.25 else ""
        self._take("handle", who, {"answer": self._answer(), "note": note}, photos)

    def _checked_and_closed(self) -> None:
        self._office(8, 200)
        while "rework" in self.turns:
            reason = self.random.choice(("not_done", "half_done", "no_proof", "poor_answer"))
            given = {"reason": reason, "explanation": self._say("reworking")}
            self._take("rework", self._must("verifier", apart_from=self._hands()), given)
            self.turns -= {"rework"}
            self._wait(quick=(10, 40), office=(40, 300))
            self._report_handled(self._worker(_WORKERS))
            self._office(8, 160)
        hands = self._hands()
        role = "community_officer" if self._of_community() and self.random.random() < 0.4 else "verifier"
        verifier = self._who(role, apart_from=hands) or self._must("verifier", apart_from=hands)
        photos = {"photos": (self.pair.after,)} if self.pair and "verify_photo" in self.turns else {}
        self._take("verify", verifier, {"note": self._say("verifying")}, photos)
        self._office(4, 150)
        self._act("close", "dispatcher" if self.random.random() < 0.75 else "verifier", apart_from=hands)

    # After the end

    def _rated(self) -> bool:
        """Whether the matter was opened again and accepted anew: then it has to be sent once more."""
        if "reopen" in self.turns:
            self.turns -= {"reopen"}
            return self._reopened()
        for joined in self.history.joined:
            if joined.rated_at is None and self.random.random() < 0.4:
                at = self._by_day(self.at + timedelta(hours=self.random.uniform(0.5, 30)))
                rating = "satisfied" if self.random.random() < 0.85 else "fairly"
                self._asides.append((at, partial(self._also_rated, joined=joined, rating=rating)))
        if self.random.random() >= RATED and "rate" not in self.turns:
            self._days(3, 4)
            self._check_time()
            self._catch_up(self.at)
            return False
        self.at = self._by_day(self.at + timedelta(hours=min(self.random.lognormvariate(1.2, 1.3), 200)))
        rating = "not_satisfied" if "unsatisfied" in self.turns else next(self.house.ratings)
        self.turns -= {"unsatisfied"}
        if rating == "not_satisfied":
            return self._second_look()
        reason = self._say(rating)
        resolved = rating == "satisfied" or self.random.random() < 0.7
        self._act("rate", "resident", rating=rating, resolved=resolved, rating_reason=reason)
        return False

    def _second_look(self) -> bool:
        way = next((w for w in ("exclude", "refuse_exclusion") if w in self.turns), "") or next(self.house.second_looks)
        demanding = way in ("exclude", "refuse_exclusion")
        reason = self._say("demanding" if demanding else "not_satisfied")
        self._act("rate_unsatisfied", "resident", rating="not_satisfied", resolved=False, rating_reason=reason)
        hands = self._hands()
        self._office(60, 600)
        if way in ("rework", "rework_again"):
            given = {"reason": "half_done", "explanation": self._say("reworking")}
            self._take("rework", self._must("verifier", apart_from=hands), given)
            self._wait(quick=(20, 90), office=(60, 500))
            self._report_handled(self._worker(_WORKERS))
            self._checked_and_closed()
            if way == "rework_again":
                self.at = self._by_day(self.at + timedelta(hours=self.random.uniform(2, 40)))
                self._act("rate", "resident", rating="fairly", resolved=True, rating_reason=self._say("fairly"))
            return False
        if demanding:
            given = {"reason": "not_the_work" if way == "exclude" else "harassment"}
            self._act("ask_exclusion", "verifier", apart_from=hands, explanation=self._say("excluding"), **given)
            self._office(60, 500)
            decision = "grant_exclusion" if way == "exclude" else "refuse_exclusion"
            note = self._say("agreeing" if way == "exclude" else "disagreeing")
            self._act(decision, "leader", apart_from=hands, note=note)
            self._office(10, 200)
        upholder = "leader" if self.random.random() < 0.3 else "verifier"
        answer = self._say("upholding", self._slots())
        self._act("uphold", upholder, apart_from=hands, answer=answer)
        return False

    def _reopened(self) -> bool:
        if self.random.random() < 0.4:
            self._act_later_rating()
        self._days(0.8, 9)
        self._act("reopen", "resident", message=self._around("reopening"))
        self._wait(quick=(2, 9), office=(6, 70))
        return True

    def _act_later_rating(self) -> None:
        self.at = self._by_day(self.at + timedelta(hours=self.random.uniform(1, 20)))
        self._act("rate", "resident", rating="fairly", resolved=True, rating_reason=self._say("fairly"))

    # What happens beside

    def _plan_asides(self) -> None:
        if "add" in self.turns:
            self._aside(0.3, 20, "add", "resident", message=self.house.speech.around("adding", self.here.near))
        if "note" in self.turns:
            self._aside(1, 30, "note", "dispatcher", note=self._say("inside", self._slots()))

    def _aside(self, first: float, last: float, action: str, role: str, **given: Any) -> None:
        """Hours after the opening; nothing where it is not possible any more."""

        def taken(moment: datetime) -> None:
            who = self._resident if role == "resident" else self._who(role)
            if who is not None:
                try:
                    self.history.take(action, who, given, moment)
                except ActionRefused:
                    return

        at = self.at + timedelta(hours=self.random.uniform(first, last))
        self._asides.append((self._by_day(at) if role == "resident" else self._in_office(at), taken))

    def _joined(self, at: datetime, reporter: Reporter, words: str) -> None:
        rules = self.history.setting.rules
        if rules.lifecycle.states[self.history.case.state].phase != "closed" and self.history.new.public:
            self.history.join(reporter, words=words, channel="code", by=self._resident, at=at)

    def _also_rated(self, at: datetime, joined: Any, rating: str) -> None:
        state = self.history.setting.rules.lifecycle.states[self.history.case.state]
        if state.outcome == "solved":
            self.history.rate_too(joined, rating=rating, reason=self._say(rating), by=self._resident, at=at)

    def _catch_up(self, until: datetime) -> None:
        """What happened beside, and what the system told of, up to the moment."""
        self._asides.sort(key=lambda aside: aside[0])
        while self._asides and self._asides[0][0] <= until:
            at, happen = self._asides.pop(0)
            changed = self.history.case.changed_at
            at = max(at, changed) if changed else at
            self.history.alarms_until(at)
            happen(at)
        self.history.alarms_until(until)

    # Taking a step

    def _act(self, action: str, role: str, *, apart_from: tuple[int, ...] = (), **given: Any) -> None:
        who = self._resident if role == "resident" else self._must(role, apart_from=apart_from)
        self._take(action, who, given)

    def _take(
        self,
        action: str,
        who: Actor,
        given: dict[str, Any],
        photos: Mapping[str, Sequence[KeptPhoto]] | None = None,
    ) -> None:
        self._check_time()
        self._catch_up(self.at)
        filled = {name: value for name, value in given.items() if value not in ("", [], None)}
        self.history.take(action, who, filled, self.at, photos)
        self._end_if(action)

    def _check_time(self) -> None:
        if self.at > self.until:
            raise _Over

    def _end_if(self, action: str) -> None:
        if action == self.stop_after:
            self.reached = True
            raise _Over

    def _who(self, role: str, unit: int | None = None, apart_from: tuple[int, ...] = ()) -> Actor | None:
        return self.house.cast.one(role, self.history, self.random, unit=unit, apart_from=apart_from)

    def _must(self, role: str, *, apart_from: tuple[int, ...] = ()) -> Actor:
        who = self._who(role, apart_from=apart_from)
        if who is None:
            raise _Over
        return who

    def _worker(self, roles: Sequence[str]) -> Actor:
        """Somebody of the unit that holds the matter; in a community, officer or grid worker."""
        holder = self.history.case.unit
        order = [roles[0], *self.random.sample(roles[1:], len(roles) - 1)]
        for role in order:
            if (who := self._who(role, holder)) is not None:
                return who
        raise _Over

    def _talker(self, who: Actor) -> Actor:
        """Who may tell the resident of progress: not the grid worker, but the officer of the same unit."""
        return who if self._role(who) != "grid_worker" else self._worker(_WORKERS[:2])

    @staticmethod
    def _role(who: Actor) -> str:
        return next(role for role in (*_WORKERS, "dispatcher") if role in who.roles)

    def _hands(self) -> tuple[int, ...]:
        done = self.history.case.hands
        return (*done.get("handle", ()), *done.get("settle", ()), *done.get("answer_from_above", ()))

    # Units and words

    def _owner(self) -> int:
        return self.history.case.owner_unit

    def _other(self, owner: int) -> int:
        codes = _OTHERS.get(units.by_id(owner).code, _OTHERWISE)
        return units.by_code(codes[len(self.history.new.text) % len(codes)]).id

    def _support(self, holder: int) -> int:
        chosen = [code for code in _SUPPORT if units.by_code(code).id != holder]
        return units.by_code(self.random.choice(chosen)).id

    def _of_community(self) -> bool:
        return units.by_id(self.history.case.unit or self._owner()).kind == "community"

    def _slots(self) -> dict[str, str]:
        holder = units.by_id(self.history.case.unit or self._owner())
        return {
            "place": self.here.near,
            "kind": self.history.setting.rules.type.name.zh,
            "unit": holder.name_zh,
            "title": self.history.new.title.rstrip("…"),
            "date": day_of(self.at),
            "done": self.house.speech.done(self.talk, self.at),
        }

    def _answer(self) -> str:
        templates = self.history.setting.rules.type.answers
        template = templates[0] if self.random.random() < 0.75 or len(templates) < 2 else templates[1]
        return self.house.speech.answer(self.talk, template.text, self._slots(), self.at)

    def _say(self, what: str, slots: dict[str, str] | None = None) -> str:
        return self.house.speech.said(what, slots or self._slots())

    def _around(self, what: str) -> str:
        return self.house.speech.around(what, self.here.near)

    # Time

    @property
    def _quick(self) -> bool:
        """Whether the term runs by the clock, day and night: then those on duty see to it."""
        return self.history.setting.rules.term_of("handle").unit == "hours"

    def _wait(self, *, quick: tuple[int, int], office: tuple[int, int]) -> None:
        if self._quick:
            self.at += timedelta(seconds=self.random.randint(quick[0] * 60, quick[1] * 60))
        else:
            self._office(*office)

    def _office(self, least: int, most: int) -> None:
        """Minutes of office time, short ones more often."""
        minutes = least + (most - least) * self.random.betavariate(1.3, 2.6)
        self.at = after_working_time(self.at, timedelta(seconds=int(minutes * 60)), self.house.calendar)

    def _days(self, least: float, most: float) -> None:
        self.at = self._in_office(self.at + timedelta(days=self.random.uniform(least, most)))

    def _in_office(self, moment: datetime) -> datetime:
        """The moment itself in office hours, else some time after the office opens."""
        opened = self.house.calendar.next_working_moment(moment)
        if opened == moment:
            return moment.replace(microsecond=0)
        return opened.replace(microsecond=0) + timedelta(seconds=self.random.randint(60, 4800))

    def _by_day(self, moment: datetime) -> datetime:
        """Residents sleep too."""
        local = moment.astimezone(LOCAL).replace(microsecond=0)
        if local.time() < time(7, 0):
            return datetime.combine(local.date(), time(7, 0), LOCAL) + timedelta(minutes=self.random.randint(5, 240))
        return local
