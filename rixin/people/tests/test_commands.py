"""What is run at set-up: `rixin people load` and `rixin createadmin`; and the page of the demo accounts."""

from html import unescape
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from rixin.people import bundled, units
from rixin.people.bundled import UnitsFault, read_units
from rixin.people.models import Account, Post, Unit
from rixin.people.roles import Role

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def demo(settings) -> None:
    settings.DEMO = True
    run("people", "load", "--demo")


class TestLoadingUnits:
    def test_brings_every_unit_of_the_file_and_a_committee_per_community(self):
        run("people", "load")

        assert Unit.objects.filter(kind="community").count() == len(read_units().communities)
        assert Unit.objects.get(code="community-001").area_path == "330106013/001/"

    def test_twice_changes_nothing(self):
        run("people", "load", "--demo")
        before = (Unit.objects.count(), Account.objects.count(), Post.objects.count())

        run("people", "load", "--demo")

        assert (Unit.objects.count(), Account.objects.count(), Post.objects.count()) == before

    def test_mends_a_name_and_keeps_the_number_under_which_cases_know_the_unit(self):
        run("people", "load")
        before = Unit.objects.get(code="greening")
        Unit.objects.filter(code="greening").update(name_zh="别的名字")

        run("people", "load")

        assert Unit.objects.get(code="greening") == before
        assert units.by_code("greening").name_zh == before.name_zh

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("subdistrict: 1\nunits: [\n", "units.yaml"),
            ("subdistrict: 1\nunits: []\n", "communities"),
            (
                "subdistrict: 1\ncommunities: []\nunits:\n"
                "  - {code: a, kind: team, name: {zh: 甲, en: A}}\n  - {code: a, kind: team, name: {zh: 乙, en: B}}\n",
                "given twice",
            ),
            (
                "subdistrict: 1\ncommunities: []\nunits:\n"
                "  - {code: a, kind: team, parent: b, name: {zh: 甲, en: A}}\n",
                "names the parent",
            ),
        ],
    )
    def test_from_a_bad_file_changes_nothing_and_says_what_is_wrong(self, tmp_path, text, said):
        path = tmp_path / "units.yaml"
        path.write_text(text, encoding="utf-8")

        with pytest.raises(UnitsFault, match=said):
            bundled.load_units(read_units(path))

        assert not Unit.objects.exists()


class TestTheDemoAccounts:
    def test_are_one_at_least_for_every_role_and_unit(self, demo):
        assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
        assert not Unit.objects.filter(posts=None).exists()

    def test_are_two_officers_and_two_grid_workers_in_every_community(self, demo):
        for community in Unit.objects.filter(kind="community"):
            held = Post.objects.filter(unit=community)
            assert held.filter(role=Role.COMMUNITY_OFFICER).count() >= 2
            assert held.filter(role=Role.GRID_WORKER).count() >= 2

    def test_have_names_and_one_shared_password(self, demo, settings):
        names = list(Account.objects.values_list("name", flat=True))

        assert len(set(names)) == len(names)
        assert len(set(Account.objects.values_list("password", flat=True))) == 1
        assert Account.objects.get(username="grid-001-1").check_password(settings.DEMO_PASSWORD)

    def test_open_only_while_the_demonstration_is_on(self, demo, settings, rf):
        given = {"username": "dispatcher1", "password": settings.DEMO_PASSWORD}
        assert authenticate(rf.post("/"), **given)

        settings.DEMO = False

        assert authenticate(rf.post("/"), **given) is None

    def test_are_mended_by_loading_again(self, demo, settings):
        changed = Account.objects.get(username="dispatcher1")
        changed.set_password("something-else-entirely")
        changed.save()

        run("people", "load", "--demo")

        assert Account.objects.get(username="dispatcher1").check_password(settings.DEMO_PASSWORD)


class TestThePageOfTheDemo:
    def test_shows_a_role_after_the_other_with_the_password(self, demo, client, settings):
        page = client.get(reverse("people:demo"))

        assert {group.role for group in page.context["groups"]} == set(Role)
        assert settings.DEMO_PASSWORD in unescape(page.content.decode())

    def test_signs_in_by_one_tap(self, demo, client):
        client.post(reverse("people:demo"), {"username": "verifier1"})

        assert client.get(reverse("people:me")).context["account"].username == "verifier1"

    def test_goes_through_the_check_of_the_password(self, demo, client):
        changed = Account.objects.get(username="verifier1")
        changed.set_password("something-else-entirely")
        changed.save()

        page = client.post(reverse("people:demo"), {"username": "verifier1"})

        assert page.status_code == 200
        assert client.get(reverse("people:me")).status_code == 302

    def test_opens_no_account_that_is_not_of_the_demo(self, demo, client, dispatcher):
        assert client.post(reverse("people:demo"), {"username": "chen.min"}).status_code == 404

    def test_is_not_there_where_the_demonstration_is_off(self, demo, settings):
        settings.DEMO = False
        client = Client()

        assert client.get(reverse("people:demo")).headers["Location"] == reverse("people:sign_in")
        assert client.post(reverse("people:demo"), {"username": "verifier1"}).status_code == 302
        assert client.get(reverse("people:me")).status_code == 302

    def test_takes_the_same_few_queries_whoever_plays(self, demo, client, django_assert_num_queries):
        with django_assert_num_queries(2):  # posts with account and unit; the memory of units
            client.get(reverse("people:demo"))


class TestTheFirstAdministrator:
    @pytest.fixture(autouse=True)
    def loaded(self, units, monkeypatch):
        monkeypatch.setenv("ADMIN_PASSWORD", "heron-lotus-bridge-22")

    def test_can_sign_in_and_open_accounts(self):
        run("createadmin", "--username", "Guan.Li", "--name", "管理员")

        client = Client()
        client.post("/staff/sign-in", {"username": "guan.li", "password": "heron-lotus-bridge-22"})
        assert client.get(reverse("people:new_account")).status_code == 200

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (["--username", "x!", "--name", "管理员"], "User name"),
            (["--username", "chen.min", "--name", "管理员"], "chen.min"),
            (["--username", "root1", "--name", "管理员", "--unit", "nowhere"], "people load"),
        ],
    )
    def test_is_refused_with_a_clear_reason(self, dispatcher, given, said):
        before = Account.objects.count()

        with pytest.raises(CommandError, match=said):
            run("createadmin", *given)

        assert Account.objects.count() == before

    def test_needs_a_strong_password(self, monkeypatch):
        monkeypatch.setenv("ADMIN_PASSWORD", "12345")

        with pytest.raises(CommandError, match="too weak"):
            run("createadmin", "--username", "root1", "--name", "管理员")

    def test_is_told_what_is_missing_where_nobody_can_type(self, monkeypatch):
        monkeypatch.setattr("builtins.input", lambda prompt: (_ for _ in ()).throw(EOFError))

        with pytest.raises(CommandError, match="ADMIN_USERNAME"):
            run("createadmin")
