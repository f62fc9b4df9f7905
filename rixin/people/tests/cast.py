"""The standing cast of all tests: one person per role in 文新街道, each with a browser that is signed in.

dispatcher, second_dispatcher   two at one desk, for what happens when both act
handler, other_handler          city management and greening: the unit that holds a matter, and another one
grid_worker, community_officer  first grid of community 001, and its committee
verifier, leader, auditor, administrator
outsider                        a handler of another sub-district: sees nothing here
newcomer                        has an account and no post
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from rixin.people import sessions
from rixin.people import units as known_units
from rixin.people.bundled import load_units, read_units
from rixin.people.models import Account, Post, Unit
from rixin.people.roles import Role
from rixin.people.staff import Staff

SUBDISTRICT, COMMUNITY, GRID = "330106013/", "330106013/001/", "330106013/001/01/"
ELSEWHERE = "330106012/"
IN_POST_SINCE = date(2020, 1, 1)
PASSWORD = "longan-tower-41-reeds"


@dataclass(frozen=True)
class Player(Staff):
    """`Staff` with a test client that is signed in as the person."""

    client: Client


def a_unit(code: str, **given: Any) -> Unit:
    known = {"name_zh": code, "kind": Unit.Kind.OFFICE, "level": Unit.Level.SUBDISTRICT, "area_path": SUBDISTRICT}
    return Unit.objects.get_or_create(code=code, defaults={**known, **given})[0]


def an_account(username: str, name: str = "", *, password: str | None = None, **given: Any) -> Account:
    account = Account(username=username, name=name or username, created_at=datetime(2020, 1, 1, tzinfo=UTC), **given)
    account.set_password(password)
    account.save()
    return account


def a_post(account: Account, unit: Unit, role: Role, area: str = SUBDISTRICT, **given: Any) -> Post:
    given = {"title_zh": role.label, "title_en": role.value, "since": IN_POST_SINCE, **given}
    return Post.objects.create(account=account, unit=unit, role=role, area_path=area, **given)


def a_player(username: str, name: str, unit: str, role: Role, area: str = SUBDISTRICT, **given: Any) -> Player:
    account = an_account(username, name)
    a_post(account, a_unit(unit), role, area, **given)
    staff = Staff.at(account, datetime.now(UTC))
    return Player(staff.account, staff.posts, as_(account))


def as_(account: Account) -> Client:
    """A browser in which the account has just signed in."""
    client = Client()
    client.force_login(account, backend="rixin.people.backends.AccountBackend")
    session = client.session
    sessions.begin(session, datetime.now(UTC))
    session.save()
    return client


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """A million rounds per password protect people, not fixtures."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _units_known_anew() -> None:
    """What one test put into the database is rolled back behind the memory's back."""
    known_units.forget()


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    """The bundled units by code."""
    return load_units(read_units())


@pytest.fixture
def dispatcher(units: dict[str, Unit]) -> Player:
    return a_player("chen.min", "陈敏", "command-centre", Role.DISPATCHER, title_zh="受理岗", title_en="Dispatcher")


@pytest.fixture
def second_dispatcher(units: dict[str, Unit]) -> Player:
    return a_player("lu.jia", "陆佳", "command-centre", Role.DISPATCHER, title_zh="受理岗", title_en="Dispatcher")


@pytest.fixture
def handler(units: dict[str, Unit]) -> Player:
    return a_player("li.gong", "李工", "city-management", Role.HANDLER, title_zh="城管专员", title_en="City officer")


@pytest.fixture
def other_handler(units: dict[str, Unit]) -> Player:
    return a_player("shen.lin", "沈林", "greening", Role.HANDLER, title_zh="绿化专员", title_en="Greening officer")


@pytest.fixture
def grid_worker(units: dict[str, Unit]) -> Player:
    return a_player(
        "wu.fang", "吴芳", "community-001", Role.GRID_WORKER, GRID, title_zh="网格员", title_en="Grid worker"
    )


@pytest.fixture
def community_officer(units: dict[str, Unit]) -> Player:
    title = {"title_zh": "社区专干", "title_en": "Community officer"}
    return a_player("he.ping", "何萍", "community-001", Role.COMMUNITY_OFFICER, COMMUNITY, **title)


@pytest.fixture
def verifier(units: dict[str, Unit]) -> Player:
    return a_player("xu.yan", "许燕", "command-centre", Role.VERIFIER, title_zh="核查员", title_en="Verifier")


@pytest.fixture
def leader(units: dict[str, Unit]) -> Player:
    return a_player("zhou.ming", "周明", "party-office", Role.LEADER, title_zh="分管领导", title_en="Leader in charge")


@pytest.fixture
def auditor(units: dict[str, Unit]) -> Player:
    return a_player("song.qing", "宋清", "supervision-office", Role.AUDITOR, title_zh="监督员", title_en="Auditor")


@pytest.fixture
def administrator(units: dict[str, Unit]) -> Player:
    title = {"title_zh": "系统管理员", "title_en": "Administrator"}
    return a_player("guan.li", "管理", "command-centre", Role.ADMINISTRATOR, **title)


@pytest.fixture
def outsider(units: dict[str, Unit]) -> Player:
    title = {"title_zh": "经办人", "title_en": "Officer"}
    return a_player("wai.lai", "韦莱", "elsewhere-office", Role.HANDLER, ELSEWHERE, **title)


@pytest.fixture
def newcomer(units: dict[str, Unit]) -> Player:
    account = an_account("xin.lai", "辛来")
    return Player(account, (), as_(account))
