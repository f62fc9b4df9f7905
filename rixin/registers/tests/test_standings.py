"""What an enterprise is to the sub-district: every day has one standing, whatever is written down in which order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.history import ChangedMeanwhile
from rixin.people.actors import SYSTEM
from rixin.registers import entering, letting, standings
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, How, RegisterEvent, Standing, Tenancy
from rixin.registers.tests.builders import NOW, TODAY, a_building, a_lease, a_room, an_enterprise
from rixin.spans import KnownSpan, SaysNothingNew, holding, with_change

DAY = date(2020, 1, 1)
changes = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), min_size=1, max_size=12)


@given(changes)
def test_spans_never_overlap_and_leave_no_day_out(said):
    spans: list[KnownSpan] = []
    expected: dict[date, str] = {}
    for what, nth in said:
        day = DAY + timedelta(days=nth)
        try:
            spans = with_change(spans, what, day)
        except SaysNothingNew:
            continue
        ends = min((known for known in [span.first for span in spans] if known > day), default=DAY + timedelta(days=60))
        while day < ends:
            expected[day] = what
            day += timedelta(days=1)

    firsts = [span.first for span in spans]
    assert firsts == sorted(set(firsts))
    assert [span.until for span in spans] == [*firsts[1:], None]
    for day, what in expected.items():
        found = holding(spans, day)
        assert found is not None and found.what == what
    assert holding(spans, firsts[0] - timedelta(days=1)) is None


def stand(one: Enterprise, standing: Standing, how: How, day: str, seen: int | None = None, where: str = "") -> None:
    standings.stand(
        one,
        standing,
        how,
        date.fromisoformat(day),
        where=where,
        by=SYSTEM,
        at=NOW,
        seen=one.version if seen is None else seen,
        today=TODAY,
    )


def spans(one: Enterprise) -> list[tuple[str, str, str | None]]:
    return [
        (row.standing, row.from_day.isoformat(), row.until_day.isoformat() if row.until_day else None)
        for row in one.standings.order_by("from_day")
    ]


@pytest.mark.usefixtures("definitions")
class TestAStanding:
    def test_the_newest_is_what_lists_show(self):
        one = an_enterprise(since="2021-03-01")

        stand(one, Standing.LEFT, How.MOVED_OUT, "2022-05-02", where="余杭区")

        assert (one.standing, one.since.isoformat()) == ("left", "2022-05-02")
        assert spans(one) == [("here", "2021-03-01", "2022-05-02"), ("left", "2022-05-02", None)]

    def test_what_was_forgotten_is_put_in_between(self):
        one = an_enterprise(since="2021-03-01")
        stand(one, Standing.LEFT, How.MOVED_OUT, "2022-05-02")

        stand(one, Standing.ELSEWHERE, How.CHANGED, "2021-09-01")

        assert one.standing == "left"
        assert spans(one) == [
            ("here", "2021-03-01", "2021-09-01"),
            ("elsewhere", "2021-09-01", "2022-05-02"),
            ("left", "2022-05-02", None),
        ]

    def test_it_may_come_back(self):
        one = an_enterprise(since="2021-03-01")
        stand(one, Standing.LEFT, How.MOVED_OUT, "2022-05-02")

        stand(one, Standing.ELSEWHERE, How.MOVED_IN, "2022-09-01")

        assert one.standing == "elsewhere"

    def test_of_one_that_is_gone_the_place_of_work_cannot_change(self):
        one = an_enterprise(since="2021-03-01")
        stand(one, Standing.LEFT, How.MOVED_OUT, "2022-05-02")

        with pytest.raises(RegisterRefused) as refused:
            stand(one, Standing.ELSEWHERE, How.CHANGED, "2022-09-01")

        assert refused.value.code == "not_here"

    @pytest.mark.parametrize(
        ("standing", "how", "day", "code"),
        [
            (Standing.HERE, How.MOVED_OUT, "2022-05-02", "no_such_way"),
            (Standing.LEFT, How.MOVED_OUT, "2023-01-11", "future"),
            (Standing.CLOSED, How.CLOSED, "2020-01-01", "before"),
            (Standing.HERE, How.FOUND, "2022-05-02", "so_already"),
        ],
    )
    def test_what_cannot_be_is_refused_and_changes_nothing(self, standing, how, day, code):
        one = an_enterprise(since="2021-03-01")

        with pytest.raises(RegisterRefused) as refused:
            stand(one, standing, how, day)

        assert refused.value.code == code
        assert spans(one) == [("here", "2021-03-01", None)]

    def test_who_saw_an_older_entry_is_told(self):
        one = an_enterprise(since="2021-03-01")
        stand(one, Standing.ELSEWHERE, How.CHANGED, "2022-01-01")

        with pytest.raises(ChangedMeanwhile):
            stand(one, Standing.LEFT, How.MOVED_OUT, "2022-05-02", seen=1)

        assert Enterprise.objects.get().standing == "elsewhere"

    def test_whoever_moves_away_has_no_rooms_from_that_day(self):
        room, one = a_room(a_building()), an_enterprise()
        a_lease(room, one, since="2021-06-01")
        one.refresh_from_db()

        stand(one, Standing.LEFT, How.MOVED_OUT, "2022-05-02")

        assert Tenancy.objects.get().until_day == date(2022, 5, 2)
        assert Enterprise.objects.get().building is None

    def test_its_history_says_who_wrote_what(self):
        one = an_enterprise(since="2021-03-01")

        stand(one, Standing.LEFT, How.MOVED_OUT, "2022-05-02", where="余杭区")

        event = RegisterEvent.objects.latest("pk")
        assert (event.action, event.by_post_zh) == ("stand", "系统")
        assert event.changes["standing"] == ["here", "left"] and event.changes["where"] == [None, "余杭区"]


@pytest.mark.usefixtures("definitions")
class TestADouble:
    def test_what_only_it_knows_goes_over(self):
        one = an_enterprise("杭州青屿软件有限公司", code="")
        double = an_enterprise("青屿软件", address="文二西路738号", code="91330106MA2X000019")
        a_lease(a_room(a_building()), double)
        double.refresh_from_db()

        into = entering.merge(double, one, by=SYSTEM, at=NOW, seen=double.version, into_seen=one.version)

        assert (into.code, into.address) == ("91330106MA2X000019", "文二西路738号")
        assert Tenancy.objects.get().enterprise == into
        assert [former.name for former in into.former_names.all()] == ["青屿软件"]
        assert Enterprise.objects.filter(withdrawn=False).get() == into

    def test_two_codes_are_two_enterprises(self):
        one, other = an_enterprise(code="91330106MA2X000019"), an_enterprise(code="91330100799655058B")

        with pytest.raises(RegisterRefused) as refused:
            entering.merge(other, one, by=SYSTEM, at=NOW, seen=other.version, into_seen=one.version)

        assert refused.value.code == "two_codes"


@pytest.mark.usefixtures("definitions")
class TestARoom:
    def test_is_not_let_twice_over(self):
        room = a_room(a_building(), metres=100)
        a_lease(room, an_enterprise(), metres=60)

        with pytest.raises(RegisterRefused) as refused:
            a_lease(room, an_enterprise(), metres=41)

        assert refused.value.code == "taken"
        assert a_lease(room, an_enterprise(), metres=40).area == 4_000

    def test_who_works_elsewhere_works_here_once_it_has_a_room(self):
        one = an_enterprise(standing=Standing.ELSEWHERE, since="2021-03-01")

        a_lease(a_room(a_building()), one, since="2021-06-01")

        one.refresh_from_db()
        assert (one.standing, one.since) == ("here", date(2021, 6, 1))

    def test_a_tenant_that_cannot_have_the_other_room_stays_where_it_is(self):
        tower = a_building()
        first, second = a_room(tower, "301"), a_room(tower, "302")
        tenancy = a_lease(first, an_enterprise())
        a_lease(second, an_enterprise())
        tenancy.enterprise.refresh_from_db()

        with pytest.raises(RegisterRefused):
            letting.move(
                tenancy,
                second,
                letting.Lease(from_day=date(2022, 1, 1)),
                by=SYSTEM,
                at=NOW,
                seen=tenancy.enterprise.version,
                today=TODAY,
            )

        tenancy.refresh_from_db()
        assert tenancy.until_day is None
