"""What is dated of a facility: on each day at most one state, stars and floor area, whatever is done in which order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rixin.facilities import actions, queries
from rixin.facilities.models import Facility, FacilityEvent, State, StateSpan
from rixin.facilities.refused import FacilityRefused
from rixin.facilities.tables import AREAS, STARS, STATES, TABLES
from rixin.facilities.tests.builders import DEJIA, JINGZHOU, NOW, TODAY, a_facility, becomes, day, deed
from rixin.history import ChangedMeanwhile
from rixin.people.actors import SYSTEM
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.people.tests.cast import Player, a_player
from rixin.spans import holding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]


def told(facility: Facility, table=STATES) -> list[tuple[str, str, str]]:
    return [(str(span.first), str(span.until or ""), str(span.what[0])) for span in table.spans_of(facility)]


class TestEntering:
    def test_its_row_says_what_holds_today(self):
        assert a_facility().state == State.OPEN
        assert a_facility(since="2023-02-01").state == State.PLANNED

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"kind": "casino"}, "no_kind"),
            ({"name_zh": " "}, "no_name"),
            ({"level": "branch"}, "no_level"),
            ({"lat": 30.28}, "half_position"),
            ({"lat": 91.0, "lng": 120.0}, "no_position"),
            ({"since": "0202-03-01"}, "day"),
        ],
    )
    def test_what_is_not_sound_is_refused(self, said, code):
        with pytest.raises(FacilityRefused) as refused:
            a_facility(**said)

        assert refused.value.code == code and not Facility.objects.exists()

    def test_two_of_a_kind_have_different_names_in_one_area(self):
        a_facility(name_zh="阳光食堂")
        a_facility(name_zh="阳光食堂", area_path=DEJIA)

        with pytest.raises(FacilityRefused) as refused:
            a_facility(name_zh="阳光食堂")

        assert refused.value.code == "there"


class TestItsState:
    def test_a_day_to_come_is_a_plan_until_the_nightly_job(self):
        one = becomes(a_facility(), State.PAUSED, "2023-02-01", note="装修")
        assert one.state == State.OPEN

        assert actions.settle_all(day("2023-01-31")) == 0
        assert actions.settle_all(day("2023-02-01")) == 1
        one.refresh_from_db()
        assert one.state == State.PAUSED

    def test_a_day_past_is_put_between_what_is_known(self):
        one = becomes(a_facility(), State.ENDED, "2022-12-01")

        becomes(one, State.PAUSED, "2022-06-01")

        assert told(one) == [
            ("2022-03-01", "2022-06-01", "open"),
            ("2022-06-01", "2022-12-01", "paused"),
            ("2022-12-01", "", "ended"),
        ]

    def test_opened_again_on_the_day_on_which_it_was_to_pause_it_was_never_closed(self):
        one = becomes(a_facility(), State.PAUSED, "2022-06-01")

        becomes(one, State.OPEN, "2022-06-01")

        assert told(one) == [("2022-03-01", "", "open")]

    def test_only_the_first_opening_is_one(self):
        one = a_facility(since="2022-01-05", state=State.PLANNED)
        for state, on in ((State.OPEN, "2022-03-01"), (State.PAUSED, "2022-04-01"), (State.OPEN, "2022-05-01")):
            one = becomes(one, state, on)

        first = StateSpan.objects.filter(first=True)
        assert [span.from_day for span in first] == [day("2022-03-01")]
        becomes(one, State.OPEN, "2022-02-01")
        assert [span.from_day for span in first.all()] == [day("2022-02-01")]

    @pytest.mark.parametrize(
        ("state", "on", "code"),
        [
            (State.OPEN, "2022-06-01", "so_already"),
            (State.PLANNED, "2022-06-01", "opened"),
            (State.PAUSED, "1022-06-01", "day"),
        ],
    )
    def test_what_cannot_be_is_refused_and_changes_nothing(self, state, on, code):
        one = a_facility()

        with pytest.raises(FacilityRefused) as refused:
            becomes(one, state, on)

        assert refused.value.code == code and told(one) == [("2022-03-01", "", "open")]
        assert FacilityEvent.objects.count() == 1

    def test_who_saw_an_older_entry_is_told(self):
        one = a_facility()
        old = deed(one)
        becomes(one, State.PAUSED, "2022-06-01")

        with pytest.raises(ChangedMeanwhile):
            actions.change_state(one, State.ENDED, day("2022-07-01"), old)

        assert told(one)[-1][2] == "paused"

    def test_what_was_entered_by_mistake_is_taken_back_and_what_was_before_goes_on(self):
        one = becomes(a_facility(), State.PAUSED, "2022-06-01")
        key = one.states.get(state="paused").pk

        actions.take_back(one, STATES, key, deed(one), reason="误登")

        assert told(one) == [("2022-03-01", "", "open")] and one.state == State.OPEN
        assert FacilityEvent.objects.latest("pk").reason == "误登"

    def test_the_only_state_is_not_taken_back(self):
        one = a_facility()

        with pytest.raises(FacilityRefused) as refused:
            actions.take_back(one, STATES, one.states.get().pk, deed(one), reason="误登")

        assert refused.value.code == "only_one"


class TestStarsAndFloorArea:
    def test_stars_hold_until_others_are_given(self):
        one = a_facility("service_station", since="2021-01-04")
        for stars, on in ((4, "2021-11-30"), (5, "2022-11-28")):
            one = actions.give_stars(one, stars, day(on), deed(one))

        assert told(one, STARS) == [("2021-11-30", "2022-11-28", "4"), ("2022-11-28", "", "5")]
        assert one.stars == 5

    @pytest.mark.parametrize(
        ("kind", "stars", "on", "code"),
        [
            ("canteen", 5, "2022-11-28", "not_rated"),
            ("service_station", 6, "2022-11-28", "stars"),
            ("service_station", 5, "2023-01-11", "future"),
            ("service_station", 5, "2022-02-28", "before"),
        ],
    )
    def test_what_cannot_be_awarded_is_refused(self, kind, stars, on, code):
        one = a_facility(kind)

        with pytest.raises(FacilityRefused) as refused:
            actions.give_stars(one, stars, day(on), deed(one))

        assert refused.value.code == code and one.stars is None

    def test_closed_for_good_it_has_neither(self):
        one = a_facility("elder_care")
        one = actions.give_stars(one, 3, day("2022-04-01"), deed(one))
        one = actions.measure(one, 40_000, day("2022-04-01"), deed(one))

        one = becomes(one, State.ENDED, "2022-12-01")

        assert (one.state, one.stars, one.floor_area) == (State.ENDED, None, None)
        assert told(one, STARS) == [("2022-04-01", "2022-12-01", "3")]
        assert FacilityEvent.objects.latest("pk").changes["stars"] == [3, None]
        with pytest.raises(FacilityRefused) as refused:
            actions.measure(one, 50_000, day("2022-12-05"), deed(one))
        assert refused.value.code == "ended"


class TestCorrecting:
    def test_what_figures_read_of_it_gives_its_spans_another_version(self):
        one = a_facility()
        before = one.states.get().version

        one = actions.correct(
            one, actions.Facts(kind="canteen", name_zh="新名", area_path=JINGZHOU), by=SYSTEM, at=NOW, seen=one.version
        )
        assert one.states.get().version == before
        actions.correct(
            one, actions.Facts(kind="canteen", name_zh="新名", area_path=DEJIA), by=SYSTEM, at=NOW, seen=one.version
        )
        assert one.states.get().version == before + 1

    def test_a_rated_one_becomes_no_kind_that_is_not_rated(self):
        one = a_facility("service_station", name_zh="站")
        one = actions.give_stars(one, 4, day("2022-11-28"), deed(one))

        with pytest.raises(FacilityRefused) as refused:
            facts = actions.Facts(kind="canteen", name_zh="站", area_path=one.area_path)
            actions.correct(one, facts, by=SYSTEM, at=NOW, seen=one.version)

        assert refused.value.code == "has_stars"


DAYS = st.integers(-400, 40).map(lambda n: TODAY + timedelta(days=n))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("state"), st.sampled_from(list(State)), DAYS),
        st.tuples(st.just("stars"), st.integers(1, 5), DAYS),
        st.tuples(st.just("area"), st.integers(1, 3).map(lambda n: n * 10_000), DAYS),
        st.tuples(st.just("back"), st.sampled_from(sorted(TABLES)), st.integers(0, 5)),
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_in_which_order_each_day_has_one_answer_and_the_row_says_todays(steps):
    one = a_facility("elder_care", since="2022-03-01")
    for what, value, on in steps:
        try:
            _do(one, what, value, on)
        except FacilityRefused:
            one.refresh_from_db()

    spans = {table: table.spans_of(one) for table in (STATES, STARS, AREAS)}
    for table, held in spans.items():
        edges = [TODAY] + [edge for span in held for edge in (span.first, span.first - timedelta(days=1))]
        assert all(sum(span.holds(edge) for span in held) <= 1 for edge in edges), table.name
        assert all(before.until and before.until <= after.first for before, after in pairwise(held))
    ends = [span for span in spans[STATES] if span.what[0] == State.ENDED]
    assert not any(end.holds(span.first) for end in ends for table in (STARS, AREAS) for span in spans[table])
    now = holding(spans[STATES], TODAY)
    one.refresh_from_db()
    assert one.state == (now.what[0] if now else State.PLANNED)
    assert one.stars == next((span.what[0] for span in spans[STARS] if span.holds(TODAY)), None)
    assert one.floor_area == next((span.what[0] for span in spans[AREAS] if span.holds(TODAY)), None)
    opened = [span.from_day for span in one.states.filter(state="open")]
    assert [span.from_day for span in one.states.filter(first=True)] == sorted(opened)[:1]
    assert actions.settle_all(TODAY) == 0


def _do(one: Facility, what: str, value, on) -> None:
    if what == "state":
        actions.change_state(one, value, on, deed(one))
    elif what == "stars":
        actions.give_stars(one, value, on, deed(one))
    elif what == "area":
        actions.measure(one, value, on, deed(one))
    else:
        table = TABLES[value]
        keys = [span.key for span in table.spans_of(one)]
        actions.take_back(one, table, keys[on] if on < len(keys) else 0, deed(one), reason="误登")


class TestOnADay:
    def test_each_day_has_the_state_the_stars_and_the_area_of_then(self):
        one = a_facility("service_centre", since="2021-01-04")
        one = actions.give_stars(one, 4, day("2021-11-30"), deed(one))
        one = actions.measure(one, 99_000, day("2022-02-01"), deed(one))
        becomes(one, State.ENDED, "2022-12-01")

        def then(on: str) -> list[tuple]:
            found = queries.as_of(Facility.objects.all(), day(on))
            return [tuple(vars(row)[f"{name}_then"] for name in ("state", "stars", "area")) for row in found]

        assert then("2021-01-03") == []
        assert then("2021-11-30") == [("open", 4, None)]
        assert then("2022-11-30") == [("open", 4, 99_000)]
        assert then("2022-12-01") == [("ended", None, None)]


def staff_of(player: Player) -> Staff:
    return Staff.at(player.account, datetime.now(UTC))


class TestWhoKeepsThem:
    def test_the_unit_of_the_kind_everywhere_and_others_in_their_area(self, units):
        of_unit = staff_of(a_player("fang", "方敏", "public-services", Role.HANDLER))
        officer = staff_of(a_player("tang", "汤琴", "community-002", Role.COMMUNITY_OFFICER, area=JINGZHOU))

        assert queries.may_keep(of_unit, "canteen", DEJIA) and not queries.may_keep(of_unit, "library", DEJIA)
        assert queries.may_keep(officer, "canteen", JINGZHOU) and not queries.may_keep(officer, "canteen", DEJIA)
        assert not queries.may_keep(officer, "isolation_site", JINGZHOU)


def test_residents_are_told_only_of_public_kinds_that_are_there():
    a_facility(name_zh="食堂")
    a_facility("isolation_site", name_zh="隔离点")
    a_facility(name_zh="筹建", since="2023-02-01")

    assert [one.name_zh for one in queries.public()] == ["食堂"]
