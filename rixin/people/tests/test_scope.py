"""Who sees which case: as a table of promises, and as one property over posts and cases of every kind."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import ClassVar

import pytest
from django.db import connection, models
from django.db.models import Q
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from rixin.people.roles import Role
from rixin.people.scope import Clause, Opening, Scope, ScopeFields, ScopeRow

STREET, COMMUNITY, GRID, OTHER_GRID = "330106013/", "330106013/001/", "330106013/001/01/", "330106013/002/01/"
OWN_UNIT, OTHER_UNIT, ME, SOMEBODY = 7, 8, 1, 2
A_MATTER = ScopeRow(area_path=GRID, matter="litter", matter_group="streets", holder=OTHER_UNIT)


def who(role: Role, area: str = STREET, *, matters: frozenset[str] = frozenset()) -> Scope:
    return Scope((Clause(role, ME, OWN_UNIT, "own-unit", area, matters),))


class TestAGridWorker:
    def test_sees_matters_of_the_own_grid_only(self):
        worker = who(Role.GRID_WORKER, GRID)

        assert worker.sees(A_MATTER)
        assert not worker.sees(replace(A_MATTER, area_path=OTHER_GRID))

    def test_sees_what_is_assigned_to_him_or_her_wherever_it_is_and_however_confidential(self):
        assigned = replace(A_MATTER, area_path=OTHER_GRID, confidential=True, assignee=ME)

        assert who(Role.GRID_WORKER, GRID).sees(assigned)
        assert not who(Role.GRID_WORKER, GRID).sees(replace(assigned, assignee=SOMEBODY))

    def test_sees_no_confidential_matter_of_the_grid(self):
        assert not who(Role.GRID_WORKER, GRID).sees(replace(A_MATTER, confidential=True))

    def test_of_grid_01_does_not_see_grid_011(self):
        assert not who(Role.GRID_WORKER, GRID).sees(replace(A_MATTER, area_path="330106013/001/011/"))


class TestACommunityOfficer:
    def test_sees_the_community_and_what_the_committee_holds_elsewhere(self):
        officer = who(Role.COMMUNITY_OFFICER, COMMUNITY)
        elsewhere = replace(A_MATTER, area_path=OTHER_GRID)

        assert officer.sees(A_MATTER)
        assert officer.sees(replace(elsewhere, holder=OWN_UNIT))
        assert not officer.sees(elsewhere)


class TestAHandler:
    def test_sees_what_the_unit_holds_helps_with_or_once_held(self):
        handler = who(Role.HANDLER)

        assert handler.sees(replace(A_MATTER, holder=OWN_UNIT))
        assert handler.sees(replace(A_MATTER, helpers=frozenset({OWN_UNIT})))
        assert handler.sees(replace(A_MATTER, former=frozenset({OWN_UNIT})))
        assert not handler.sees(A_MATTER)

    def test_acts_only_while_the_unit_holds_or_helps(self):
        handler = who(Role.HANDLER)

        assert handler.roles_on(replace(A_MATTER, holder=OWN_UNIT)) == {Role.HANDLER}
        assert handler.roles_on(replace(A_MATTER, helpers=frozenset({OWN_UNIT}))) == {Role.HANDLER}
        assert handler.roles_on(replace(A_MATTER, former=frozenset({OWN_UNIT}))) == set()

    def test_may_be_limited_to_a_group_of_matters(self):
        of_trees = who(Role.HANDLER, matters=frozenset({"greening"}))
        held = replace(A_MATTER, holder=OWN_UNIT)

        assert of_trees.sees(replace(held, matter_group="greening"))
        assert not of_trees.sees(held)


class TestThoseWhoOversee:
    @pytest.mark.parametrize("role", [Role.DISPATCHER, Role.VERIFIER, Role.LEADER])
    def test_see_the_whole_area_and_nothing_beside_it(self, role):
        assert who(role, COMMUNITY).sees(A_MATTER)
        assert not who(role, COMMUNITY).sees(replace(A_MATTER, area_path=OTHER_GRID))

    @pytest.mark.parametrize("role", [Role.DISPATCHER, Role.VERIFIER, Role.LEADER])
    def test_see_a_confidential_matter_when_its_type_lists_their_role_or_unit(self, role):
        secret = replace(A_MATTER, confidential=True)

        assert not who(role).sees(secret)
        assert who(role).sees(secret, {"litter": Opening(roles=frozenset({role}))})
        assert who(role).sees(secret, {"litter": Opening(units=frozenset({"own-unit"}))})
        assert not who(role).sees(secret, {"litter": Opening(roles=frozenset({Role.HANDLER}))})


class TestAnAuditorAndAnAdministrator:
    def test_an_auditor_sees_all_but_opens_no_personal_data(self):
        secret = replace(A_MATTER, confidential=True)

        assert who(Role.AUDITOR).sees(secret)
        assert not who(Role.AUDITOR).opens_personal_data(A_MATTER)
        assert who(Role.DISPATCHER).opens_personal_data(A_MATTER)

    def test_an_administrator_sees_no_case_at_all(self):
        assert not who(Role.ADMINISTRATOR, "").sees(replace(A_MATTER, holder=OWN_UNIT, assignee=ME))


class TestPersonalData:
    def test_of_a_confidential_matter_opens_only_to_those_whom_its_type_lists(self):
        secret = replace(A_MATTER, holder=OWN_UNIT, confidential=True)

        assert not who(Role.HANDLER).opens_personal_data(secret)
        assert who(Role.HANDLER).opens_personal_data(secret, {"litter": Opening(units=frozenset({"own-unit"}))})

    def test_never_opens_to_the_unit_complained_of_whatever_other_post_one_holds(self):
        dispatcher_too = Scope(who(Role.HANDLER).clauses + who(Role.DISPATCHER).clauses)
        complaint = replace(A_MATTER, holder=OWN_UNIT)

        assert dispatcher_too.opens_personal_data(complaint)
        assert not dispatcher_too.opens_personal_data(replace(complaint, complained_of=OWN_UNIT))

    def test_stays_closed_to_a_unit_that_has_passed_the_matter_on(self):
        assert not who(Role.HANDLER).opens_personal_data(replace(A_MATTER, former=frozenset({OWN_UNIT})))


class TestSeveralPosts:
    def test_the_post_of_the_unit_that_holds_the_matter_comes_first(self):
        clauses = (
            Clause(Role.DISPATCHER, ME, OTHER_UNIT, "other-unit", STREET, frozenset()),
            Clause(Role.HANDLER, ME, OWN_UNIT, "own-unit", STREET, frozenset()),
        )

        acting = Scope(clauses).acting(replace(A_MATTER, holder=OWN_UNIT))

        assert [clause.role for clause in acting] == [Role.HANDLER, Role.DISPATCHER]

    def test_no_post_sees_nothing(self):
        assert not Scope(()).sees(A_MATTER)


with isolate_apps("rixin.people"):

    class Row(models.Model):  # noqa: DJ008
        """A case as small as scope needs it; lives in a temporary table of this file only."""

        area_path = models.CharField(max_length=60)
        matter = models.CharField(max_length=20)
        matter_group = models.CharField(max_length=20)
        confidential = models.BooleanField()
        holder = models.IntegerField(null=True)
        helper = models.IntegerField(null=True)
        former = models.IntegerField(null=True)
        assignee = models.IntegerField(null=True)

        objects: ClassVar[models.Manager["Row"]] = models.Manager()

        class Meta:
            app_label = "people"
            managed = False
            db_table = "scope_row"

        def as_row(self) -> ScopeRow:
            return ScopeRow(
                area_path=self.area_path,
                matter=self.matter,
                matter_group=self.matter_group,
                confidential=self.confidential,
                holder=self.holder,
                helpers=frozenset({self.helper} if self.helper else ()),
                former=frozenset({self.former} if self.former else ()),
                assignee=self.assignee,
            )


FIELDS = ScopeFields(
    area_path="area_path",
    matter="matter",
    matter_group="matter_group",
    confidential="confidential",
    assignee="assignee",
    involves=lambda units: Q(holder__in=units) | Q(helper__in=units) | Q(former__in=units),
)
AREAS = ["", STREET, COMMUNITY, GRID, OTHER_GRID, "330106013/001/011/", "330106012/"]
UNITS = {OWN_UNIT: "own-unit", OTHER_UNIT: "other-unit"}
MATTERS = ["litter", "noise", "petition"]
GROUPS = ["streets", "petitions"]


@pytest.fixture
def every_kind_of_row(db: None) -> Iterator[list[Row]]:
    """One row for each combination of what scope looks at."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE scope_row (id bigint primary key, area_path varchar(60), matter varchar(20),"
            " matter_group varchar(20), confidential bool, holder bigint, helper bigint, former bigint,"
            " assignee bigint)"
        )
    places = [*product([None, *UNITS], [None, OWN_UNIT], [None]), (OTHER_UNIT, None, OWN_UNIT)]
    kinds = product(AREAS[1:], MATTERS, GROUPS, [False, True], places, [None, ME, SOMEBODY])
    yield Row.objects.bulk_create(
        Row(
            id=nth,
            area_path=area,
            matter=matter,
            matter_group=group,
            confidential=confidential,
            holder=holder,
            helper=helper,
            former=former,
            assignee=assignee,
        )
        for nth, (area, matter, group, confidential, (holder, helper, former), assignee) in enumerate(kinds)
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE scope_row")


clauses = st.builds(
    lambda role, unit, area, matters: Clause(role, ME, unit, UNITS[unit], area, matters),
    st.sampled_from(Role),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(AREAS),
    st.frozensets(st.sampled_from(GROUPS)),
)
openings = st.dictionaries(
    st.sampled_from(MATTERS),
    st.builds(
        Opening,
        roles=st.frozensets(st.sampled_from([role.value for role in Role])),
        units=st.frozensets(st.sampled_from(sorted(UNITS.values()))),
    ),
)


def test_a_query_finds_exactly_the_cases_that_the_rule_admits(every_kind_of_row: list[Row]) -> None:
    @given(st.lists(clauses, max_size=4), openings)
    def agree(held: list[Clause], opened: dict[str, Opening]) -> None:
        scope = Scope(tuple(held))

        found = set(Row.objects.filter(scope.as_q(FIELDS, opened)).values_list("pk", flat=True))

        assert found == {row.pk for row in every_kind_of_row if scope.sees(row.as_row(), opened)}

    agree()
