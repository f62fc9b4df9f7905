"""Signing in and out: who gets in, who does not, and what each of them is told."""

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from rixin.people import accounts, sessions, views
from rixin.people.models import Account, AccountEvent, RecoveryCode
from rixin.people.roles import Role
from rixin.people.tests.cast import PASSWORD, a_post, a_unit, an_account, as_

pytestmark = pytest.mark.django_db
SIGN_IN, CODE, ME, NEW_PASSWORD = "/staff/sign-in", "/staff/sign-in/code", "/staff/me", "blue-heron-over-the-lake"


@pytest.fixture
def mei(units) -> Account:
    """A dispatcher who has chosen a password of her own."""
    account = an_account("mei", "梅", password=PASSWORD)
    a_post(account, units["command-centre"], Role.DISPATCHER)
    return account


def sign_in(client: Client, username: str = "mei", password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def signed_in(client: Client) -> bool:
    return client.get(ME).status_code == 200


def text(page) -> str:
    return unescape(page.content.decode())


class TestSigningIn:
    def test_with_name_and_password_opens_the_pages(self, client, mei):
        sign_in(client)

        assert signed_in(client)

    def test_takes_the_name_in_capitals_and_with_spaces(self, client, mei):
        sign_in(client, username=" Mei ")

        assert signed_in(client)

    def test_leads_back_to_the_page_that_was_wanted(self, client, mei):
        wanted = client.get("/staff/me").headers["Location"]
        assert wanted.startswith(SIGN_IN)

        answer = sign_in(client, next="/staff/me")

        assert answer.headers["Location"] == "/staff/me"

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_never_leads_to_another_site(self, client, mei, elsewhere):
        assert "evil" not in sign_in(client, next=elsewhere).headers["Location"]

    def test_says_the_same_of_a_wrong_name_and_a_wrong_password_and_keeps_the_name(self, client, mei):
        wrong_password = sign_in(client, password="wrong")
        wrong_name = sign_in(client, username="nobody", password=PASSWORD)

        assert wrong_password.status_code == wrong_name.status_code == 422
        assert wrong_password.context["form"].errors == wrong_name.context["form"].errors
        assert 'value="mei"' in text(wrong_password)
        assert PASSWORD not in text(wrong_name)

    def test_is_closed_to_a_closed_account(self, client, mei):
        accounts.deactivate(mei, by=None, at=timezone.now())

        sign_in(client)

        assert not signed_in(client)

    def test_takes_an_administrator_to_the_accounts(self, client, units):
        account = an_account("root", password=PASSWORD)
        a_post(account, units["party-office"], Role.ADMINISTRATOR)

        assert sign_in(client, "root").headers["Location"] == reverse("people:accounts")

    def test_starts_in_the_language_of_the_account(self, client, mei):
        Account.objects.filter(pk=mei.pk).update(language="en")

        assert sign_in(client).cookies["language"].value == "en"


class TestWrongPasswords:
    def guess(self, client: Client, times: int, **where: Any):
        for _nth in range(times):
            answer = client.post(SIGN_IN, {"username": "mei", "password": "wrong"}, **where)
        return answer

    def test_five_times_lock_the_name_and_the_page_says_for_how_long(self, client, mei):
        answer = self.guess(client, 5)

        assert answer.status_code == 429
        assert answer.context["minutes"] == 15
        assert sign_in(client).status_code == 429
        assert not signed_in(client)

    def test_four_times_do_not(self, client, mei):
        self.guess(client, 4)

        sign_in(client)

        assert signed_in(client)

    def test_are_counted_down_before_the_lock(self, client, mei):
        client.cookies["language"] = "en"

        assert "1 more try" in text(self.guess(client, 4))

    def test_from_one_address_do_not_lock_the_person_out_at_another(self, client, mei):
        self.guess(Client(), 5, REMOTE_ADDR="198.51.100.7")

        sign_in(client)

        assert signed_in(client)

    def test_are_forgotten_when_an_administrator_unlocks(self, client, mei, administrator):
        self.guess(client, 5)

        administrator.client.post(reverse("people:change_account", args=[mei.pk, "unlock"]))
        sign_in(client)

        assert signed_in(client)

    def test_for_a_name_that_does_not_exist_lock_it_just_the_same(self, client):
        answers = [sign_in(client, "nobody", "wrong").status_code for _nth in range(5)]

        assert answers == [422] * 4 + [429]


class TestAOneTimePassword:
    @pytest.fixture
    def once(self, mei) -> str:
        return accounts.give_one_time_password(mei, by=None, at=timezone.now())

    def test_must_be_changed_before_anything_else(self, client, mei, once):
        assert sign_in(client, password=once).headers["Location"] == reverse("people:password")
        assert client.get(reverse("people:accounts")).headers["Location"] == reverse("people:password")

    def test_is_replaced_by_one_that_only_the_person_knows(self, client, mei, once):
        sign_in(client, password=once)
        given = {"old_password": once, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}

        client.post(reverse("people:password"), given)

        assert sign_in(Client(), password=NEW_PASSWORD).status_code == 302
        assert sign_in(Client(), password=once).status_code == 422
        assert not Account.objects.get(pk=mei.pk).must_change_password

    def test_runs_out_after_seven_days(self, client, mei, once):
        Account.objects.filter(pk=mei.pk).update(one_time_until=timezone.now())

        answer = sign_in(client, password=once)

        assert answer.status_code == 403
        assert not signed_in(client)


class TestANewPassword:
    @pytest.mark.parametrize("weak", ["short-1", "123456789012345", "password1234", "meimeimeimei"])
    def test_must_be_strong_and_the_page_says_what_is_wrong(self, client, mei, weak):
        sign_in(client)

        given = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
        answer = client.post(reverse("people:password"), given)

        assert (answer.status_code == 422) == (weak != "meimeimeimei")
        assert weak not in text(answer)

    @pytest.mark.parametrize(
        ("old", "first", "second", "field"),
        [
            ("wrong", NEW_PASSWORD, NEW_PASSWORD, "old_password"),
            (PASSWORD, NEW_PASSWORD, NEW_PASSWORD + "x", "new_password2"),
            (PASSWORD, PASSWORD, PASSWORD, "new_password1"),
        ],
    )
    def test_needs_the_old_one_and_is_typed_twice_and_new(self, client, mei, old, first, second, field):
        sign_in(client)

        given = {"old_password": old, "new_password1": first, "new_password2": second}
        answer = client.post(reverse("people:password"), given)

        assert list(answer.context["form"].errors) == [field]

    def test_ends_the_sign_ins_on_other_devices_and_not_this_one(self, client, mei):
        other = Client()
        sign_in(client)
        sign_in(other)

        given = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
        client.post(reverse("people:password"), given)

        assert signed_in(client)
        assert not signed_in(other)


class TestTheSecondFactor:
    @pytest.fixture
    def device(self, mei) -> TOTPDevice:
        """A phone that was set up through the page; the codes that it was given are on `device.codes`."""
        browser = as_(mei)
        browser.get(reverse("people:second_factor"))
        device = TOTPDevice.objects.get(user=mei)
        page = browser.post(reverse("people:second_factor"), {"code": self.shown_by(device)})
        device.refresh_from_db()
        device.codes = page.context["codes"]
        # The code just used cannot be used again; the tests sign in within the same half minute.
        TOTPDevice.objects.update(last_t=-1)
        return device

    @staticmethod
    def shown_by(device: TOTPDevice) -> str:
        return f"{totp(device.bin_key):06d}"

    def test_is_asked_for_after_the_password(self, client, mei, device):
        assert sign_in(client).headers["Location"] == CODE
        assert not signed_in(client)

        client.post(CODE, {"code": self.shown_by(device)})

        assert signed_in(client)

    def test_refuses_a_wrong_code_and_makes_the_next_one_wait(self, client, mei, device):
        sign_in(client)
        right = self.shown_by(device)
        wrong = f"{(int(right) + 500_000) % 1_000_000:06d}"

        first = client.post(CODE, {"code": wrong})
        second = client.post(CODE, {"code": right})

        assert first.status_code == second.status_code == 422
        assert not signed_in(client)

    def test_lets_in_with_a_recovery_code_once(self, client, mei, device):
        sign_in(client)
        client.post(CODE, {"code": device.codes[0].upper()})
        assert signed_in(client)

        again = Client()
        sign_in(again)
        again.post(CODE, {"code": device.codes[0]})

        assert not signed_in(again)
        assert AccountEvent.objects.filter(account=mei, what="recovery_code_used").count() == 1

    def test_is_not_skipped_by_going_to_the_page_of_the_code_without_a_password(self, client, mei, device):
        assert client.get(CODE).headers["Location"] == SIGN_IN

    def test_must_follow_the_password_within_five_minutes(self, client, mei, device):
        sign_in(client)
        session = client.session
        session[views.OWES_CODE] = {**session[views.OWES_CODE], "since": timezone.now().timestamp() - 301}
        session.save()

        client.post(CODE, {"code": self.shown_by(device)})

        assert not signed_in(client)

    def test_gives_ten_recovery_codes_and_keeps_only_their_hashes(self, mei, device):
        kept = set(RecoveryCode.objects.values_list("digest", flat=True))

        assert len(set(device.codes)) == len(kept) == 10
        assert not kept & {code.replace("-", "") for code in device.codes}

    def test_is_removed_only_with_the_password(self, mei, device):
        browser = as_(mei)

        browser.post(reverse("people:change_second_factor"), {"what": "remove", "password": "wrong"})
        assert TOTPDevice.objects.exists()
        browser.post(reverse("people:change_second_factor"), {"what": "remove", "password": PASSWORD})
        assert not TOTPDevice.objects.exists()
        assert not RecoveryCode.objects.exists()

    def test_new_recovery_codes_void_the_old_ones(self, client, mei, device):
        as_(mei).post(reverse("people:change_second_factor"), {"what": "codes", "password": PASSWORD})
        sign_in(client)

        client.post(CODE, {"code": device.codes[0]})

        assert not signed_in(client)

    def test_is_shown_as_a_picture_and_as_letters(self, mei):
        page = as_(mei).get(reverse("people:second_factor"))

        assert "<svg" in text(page)
        assert page.context["key"].replace(" ", "").isalnum()

    def test_can_be_demanded_of_administrators(self, administrator, settings):
        assert administrator.client.get(reverse("people:new_account")).status_code == 200

        settings.REQUIRE_TOTP_FOR_ADMIN = True

        answer = administrator.client.get(reverse("people:new_account"))
        assert answer.headers["Location"] == reverse("people:second_factor")


class TestTheEndOfASignIn:
    @pytest.mark.parametrize(
        ("key", "ago", "why"),
        [(sessions.SEEN_AT, timedelta(hours=2), "idle"), (sessions.SIGNED_IN_AT, timedelta(hours=12), "longest")],
    )
    def test_comes_after_two_idle_hours_or_twelve_in_all_and_is_explained(self, dispatcher, key, ago, why):
        session = dispatcher.client.session
        session[key] = (timezone.now() - ago).timestamp()
        session.save()

        answer = dispatcher.client.get(ME)

        assert f"ended={why}" in answer.headers["Location"]
        assert dispatcher.client.get(answer.headers["Location"]).context["ended"]

    def test_is_not_put_off_by_what_a_page_asks_by_itself(self, dispatcher):
        def seen_after(**headers: str) -> float:
            session = dispatcher.client.session
            session[sessions.SEEN_AT] = then
            session.save()
            assert dispatcher.client.get("/desk/inbox/news", headers=headers).status_code == 200
            return float(dispatcher.client.session[sessions.SEEN_AT])

        then = (timezone.now() - timedelta(hours=1)).timestamp()

        assert seen_after(**{"X-Asked-By-Page": "1"}) == then
        assert seen_after() > then

    def test_by_signing_out_closes_the_pages(self, dispatcher):
        dispatcher.client.post(reverse("people:sign_out"))

        assert not signed_in(dispatcher.client)

    def test_is_not_brought_about_by_a_mere_link(self, dispatcher):
        assert dispatcher.client.get(reverse("people:sign_out")).status_code == 405
        assert signed_in(dispatcher.client)

    def test_shows_what_was_being_sent_so_that_it_is_not_lost(self, client):
        page = client.post(
            reverse("people:own_language"), {"language": "en", "note": "写了很久的意见", "password": "x"}
        )

        assert page.status_code == 401
        assert "写了很久的意见" in text(page)

    def test_comes_with_the_next_page_when_the_account_is_closed(self, dispatcher):
        accounts.deactivate(dispatcher.account, by=None, at=timezone.now())

        assert not signed_in(dispatcher.client)


class TestADoor:
    def test_for_another_role_says_for_whom_it_is(self, dispatcher):
        page = dispatcher.client.get(reverse("people:accounts"))

        assert page.status_code == 403
        assert str(Role.ADMINISTRATOR.label) in text(page)

    def test_is_closed_to_somebody_without_a_post_with_words(self, newcomer):
        assert newcomer.client.get(reverse("people:accounts")).status_code == 403
        assert signed_in(newcomer.client)

    def test_is_closed_from_the_day_on_which_the_post_ends(self, units):
        account = an_account("former")
        a_post(account, a_unit("party-office"), Role.ADMINISTRATOR, until=timezone.localdate())

        assert as_(account).get(reverse("people:accounts")).status_code == 403


class TestTheOwnAccount:
    def test_shows_posts_and_what_was_done(self, dispatcher):
        page = text(dispatcher.client.get(ME))

        assert "陈敏" in page
        assert "受理岗" in page

    def test_keeps_the_language_that_the_person_chose(self, dispatcher):
        answer = dispatcher.client.post(reverse("people:own_language"), {"language": "en"})

        assert answer.cookies["language"].value == "en"
        assert Account.objects.get(pk=dispatcher.account.pk).language == "en"
        assert "My posts" in text(dispatcher.client.get(ME))


def test_a_session_begins_with_the_sign_in_and_not_with_the_first_page(client, mei):
    before = datetime.now(UTC).timestamp()

    sign_in(client)

    assert client.session[sessions.SIGNED_IN_AT] >= before
