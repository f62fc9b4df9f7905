"""The accounts of the demonstration: made from a file, and shown one per role to whoever tries the product."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from pydantic import StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from rixin.people.bundled import Code, Name, Strict, UnitsFault, UnitsFile
from rixin.people.models import USERNAME, Account, Post, Unit
from rixin.people.roles import Role

BUNDLED = files("rixin.people") / "wenxin" / "demo_accounts.yaml"
Username = Annotated[str, StringConstraints(pattern=USERNAME.regex.pattern)]


class Person(Strict):
    """One account written out in the file."""

    username: Username
    name: str
    unit: Code
    role: Role
    title: Name
    note: Name | None = None


class Titles(Strict):
    officer: Name
    grid: Name
    handler: Name
    notes: dict[Role, Name]


class CommunityStaff(Strict):
    """Who works in every community: how many, and the names that they are given in turn."""

    officers: int
    grids: list[Annotated[str, StringConstraints(pattern=r"^\d{2}$")]]
    surnames: str
    given_names: list[str]


class DemoFile(Strict):
    since: date
    people: list[Person]
    handlers: dict[Code, list[str]]
    titles: Titles
    communities: CommunityStaff


@dataclass(frozen=True)
class DemoAccount:
    username: str
    name: str
    unit: str
    role: Role
    area_path: str | None
    title: Name
    note: Name


@dataclass(frozen=True)
class Group:
    """The accounts of one role, the one to try first at the head."""

    role: Role
    accounts: tuple[Account, ...]

    @property
    def first(self) -> Account:
        return self.accounts[0]

    @property
    def others(self) -> tuple[Account, ...]:
        return self.accounts[1:]


def read(source: Traversable = BUNDLED) -> DemoFile:
    """Raises UnitsFault."""
    try:
        return DemoFile.model_validate(YAML(typ="safe").load(source.read_text(encoding="utf-8")))
    except MarkedYAMLError as fault:
        raise UnitsFault(f"{source}: {fault}") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnitsFault(f"{source}: {where + ': ' if where else ''}{first['msg']}") from fault


def players(file: DemoFile, units: UnitsFile) -> Iterator[DemoAccount]:
    """Every account of the demonstration, always the same ones for the same files."""
    notes = file.titles.notes
    for person in file.people:
        yield DemoAccount(
            person.username,
            person.name,
            person.unit,
            person.role,
            None,
            person.title,
            person.note or notes[person.role],
        )
    for unit, names in file.handlers.items():
        for nth, name in enumerate(names, 1):
            yield DemoAccount(f"{unit}{nth}", name, unit, Role.HANDLER, None, file.titles.handler, notes[Role.HANDLER])
    names_in_turn = _names(file.communities)
    for community in units.communities:
        unit, area = f"community-{community.code}", f"{units.subdistrict}/{community.code}/"
        for nth in range(1, file.communities.officers + 1):
            yield DemoAccount(
                f"{unit}-{nth}",
                next(names_in_turn),
                unit,
                Role.COMMUNITY_OFFICER,
                area,
                file.titles.officer,
                notes[Role.COMMUNITY_OFFICER],
            )
        for nth, grid in enumerate(file.communities.grids, 1):
            yield DemoAccount(
                f"grid-{community.code}-{nth}",
                next(names_in_turn),
                unit,
                Role.GRID_WORKER,
                f"{area}{grid}/",
                file.titles.grid,
                notes[Role.GRID_WORKER],
            )


@transaction.atomic
def load(file: DemoFile, units_file: UnitsFile, units: dict[str, Unit], *, at: datetime) -> list[Account]:
    """Create or mend every demo account and its one post. The password becomes DEMO_PASSWORD again.

    Raises UnitsFault where an account names a unit that is not among `units`.
    """
    wanted = list(players(file, units_file))
    if unknown := [player for player in wanted if player.unit not in units]:
        raise UnitsFault(f"{BUNDLED}: {unknown[0].username} is of the unit {unknown[0].unit!r}, which units.yaml lacks")
    kept = Account.objects.filter(demo=True).first()
    # One hash for all: the password is public anyway, and a hundred hashes would take a minute.
    password = kept.password if kept and check_password(settings.DEMO_PASSWORD, kept.password) else None
    password = password or make_password(settings.DEMO_PASSWORD)
    Account.objects.bulk_create(
        [
            Account(
                username=player.username,
                name=player.name,
                password=password,
                demo=True,
                demo_role_note_zh=player.note.zh,
                demo_role_note_en=player.note.en,
                created_at=at,
            )
            for player in wanted
        ],
        update_conflicts=True,
        unique_fields=["username"],
        update_fields=["name", "password", "demo", "demo_role_note_zh", "demo_role_note_en"],
    )
    accounts = {account.username: account for account in Account.objects.filter(demo=True)}
    in_post = set(Post.objects.filter(account__demo=True).values_list("account_id", flat=True))
    Post.objects.bulk_create(
        Post(
            account=accounts[player.username],
            unit=units[player.unit],
            role=player.role,
            area_path=units[player.unit].area_path if player.area_path is None else player.area_path,
            title_zh=player.title.zh,
            title_en=player.title.en,
            since=file.since,
        )
        for player in wanted
        if accounts[player.username].pk not in in_post
    )
    return [accounts[player.username] for player in wanted]


def by_role(day: date) -> list[Group]:
    """The demo accounts that can sign in, grouped by role in the order in which a matter passes them. Two queries."""
    held = (
        Post.objects.held_on(day).filter(account__demo=True, account__is_active=True).select_related("account", "unit")
    )
    posts = sorted(held, key=lambda post: post.account_id)
    groups = []
    for role in ORDER:
        of_role = dict.fromkeys(_with_post(post) for post in posts if post.role == role)
        if of_role:
            groups.append(Group(role, tuple(of_role)))
    return groups


ORDER = (
    Role.DISPATCHER,
    Role.HANDLER,
    Role.GRID_WORKER,
    Role.COMMUNITY_OFFICER,
    Role.VERIFIER,
    Role.LEADER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)


def _with_post(post: Post) -> Account:
    account = post.account
    account.demo_post = post  # type: ignore[attr-defined]  # for the page, which shows unit and title
    return account


def _names(staff: CommunityStaff) -> Iterator[str]:
    """Surname and given name in turn; the steps share no divisor with the lengths, so that names repeat late."""
    nth = 0
    while True:
        yield staff.surnames[nth * 7 % len(staff.surnames)] + staff.given_names[nth * 11 % len(staff.given_names)]
        nth += 1
