"""The administrator's pages: accounts and posts. Every change is written down; auditors look and change nothing."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rixin.append_only import WrittenOnce
from rixin.people import accounts
from rixin.people.models import Account, AccountEvent, Post
from rixin.people.roles import Role
from rixin.people.tests.cast import COMMUNITY, a_post, an_account

pytestmark = pytest.mark.django_db


def text(page) -> str:
    return unescape(page.content.decode())


def a_post_form(unit, **given):
    today = timezone.localdate().isoformat()
    return {"unit": unit.pk, "role": "handler", "title_zh": "绿化专员", "area_path": "", "since": today, **given}


class TestTheListOfAccounts:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"q": "陈"}, ["chen.min"]),
            ({"q": "LI.G"}, ["li.gong"]),
            ({"role": "handler"}, ["li.gong"]),
            ({"state": "closed"}, ["closed"]),
            ({"state": "no_post"}, ["xin.lai"]),
        ],
    )
    def test_is_searched_by_name_role_and_state(self, administrator, dispatcher, handler, newcomer, asked, found):
        accounts.deactivate(an_account("closed"), by=None, at=timezone.now())

        page = administrator.client.get(reverse("people:accounts"), asked)

        assert [account.username for account in page.context["page"]] == found

    def test_is_searched_by_unit(self, administrator, dispatcher, handler, units):
        page = administrator.client.get(reverse("people:accounts"), {"unit": units["city-management"].pk})

        assert [account.username for account in page.context["page"]] == ["li.gong"]

    def test_finds_those_who_are_locked_out(self, administrator, dispatcher):
        for _nth in range(5):
            Client().post("/staff/sign-in", {"username": "chen.min", "password": "wrong"})

        page = administrator.client.get(reverse("people:accounts"), {"state": "locked"})

        assert [account.username for account in page.context["page"]] == ["chen.min"]

    def test_takes_as_many_queries_for_fifty_accounts_as_for_one(self, administrator, units, django_assert_num_queries):
        for nth in range(60):
            a_post(an_account(f"officer{nth:02}"), units["greening"], Role.HANDLER)

        # Session, account, own posts, second factor, units, count, rows, their posts, locked names, unread notices.
        with django_assert_num_queries(10):
            page = administrator.client.get(reverse("people:accounts"))

        assert len(page.context["page"]) == 50

    def test_is_open_to_auditors_who_cannot_change_a_thing(self, auditor, handler):
        page = reverse("people:account", args=[handler.account.pk])

        assert auditor.client.get(reverse("people:accounts")).status_code == 200
        assert '<form method="post" action="/staff/accounts' not in text(auditor.client.get(page))
        assert auditor.client.post(f"{page}/deactivate").status_code == 403
        assert auditor.client.get(reverse("people:new_account")).status_code == 403
        assert Account.objects.get(pk=handler.account.pk).is_active


class TestOpeningAnAccount:
    def open(self, administrator, **given):
        form = {"name": "梅香", "username": "mei.xiang", "language": "zh-hans", **given}
        return administrator.client.post(reverse("people:new_account"), form)

    def test_shows_a_one_time_password_once_that_opens_it(self, administrator):
        page = self.open(administrator)

        password = page.context["password"]
        assert password in text(page)
        assert "no-store" in page.headers["Cache-Control"]
        account = Account.objects.get(username="mei.xiang")
        assert account.check_password(password)
        assert account.must_change_password
        assert password not in text(administrator.client.get(reverse("people:account", args=[account.pk])))

    def test_is_refused_for_a_name_that_is_taken_and_nothing_typed_is_lost(self, administrator, handler):
        page = self.open(administrator, username="li.gong")

        assert page.status_code == 422
        assert "li.gong" in text(page)
        assert "梅香" in text(page)

    @pytest.mark.parametrize("username", ["M", "Mei Xiang", "-mei", "梅香", "a" * 33, "<script>"])
    def test_is_refused_for_a_name_that_is_none(self, administrator, username):
        assert self.open(administrator, username=username).status_code == 422


class TestPosts:
    def test_are_added_and_open_their_pages_at_once(self, administrator, newcomer, units):
        page = reverse("people:add_post", args=[newcomer.account.pk])

        answer = administrator.client.post(page, a_post_form(units["greening"]))

        assert answer.status_code == 302
        post = Post.objects.get(account=newcomer.account)
        assert (post.unit.code, post.role, post.area_path) == ("greening", "handler", "330106013/")

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"area_path": "330106013/001"}, "area_path"),
            ({"area_path": "999999/"}, "area_path"),
            ({"role": "emperor"}, "role"),
            ({"unit": 0}, "unit"),
            ({"title_zh": ""}, "title_zh"),
            ({"until": "2000-01-01"}, "until"),
        ],
    )
    def test_that_cannot_be_are_refused_with_the_field_named(self, administrator, newcomer, units, given, field):
        page = administrator.client.post(
            reverse("people:add_post", args=[newcomer.account.pk]), {**a_post_form(units["greening"]), **given}
        )

        assert page.status_code == 422
        assert list(page.context["form"].errors) == [field]
        assert not Post.objects.filter(account=newcomer.account).exists()

    def test_are_not_given_twice(self, administrator, newcomer, units):
        page = reverse("people:add_post", args=[newcomer.account.pk])
        administrator.client.post(page, a_post_form(units["greening"]))

        assert administrator.client.post(page, a_post_form(units["greening"])).status_code == 422
        assert Post.objects.filter(account=newcomer.account).count() == 1

    def test_end_at_once_and_stay_on_record(self, administrator, handler):
        post = handler.posts[0]

        administrator.client.post(reverse("people:end_post", args=[handler.account.pk, post.pk]))

        post.refresh_from_db()
        assert post.until == timezone.localdate()
        assert handler.client.get(reverse("people:me")).context["posts"] == ()

    def test_cannot_be_ended_twice(self, administrator, handler):
        page = reverse("people:end_post", args=[handler.account.pk, handler.posts[0].pk])
        administrator.client.post(page)

        assert administrator.client.post(page).status_code == 409

    def test_of_somebody_else_are_not_ended_under_this_name(self, administrator, handler, dispatcher):
        wrong = reverse("people:end_post", args=[dispatcher.account.pk, handler.posts[0].pk])

        assert administrator.client.post(wrong).status_code == 404

    def test_of_ones_own_are_changed_by_somebody_else(self, administrator, units):
        own = reverse("people:add_post", args=[administrator.account.pk])

        assert administrator.client.post(own, a_post_form(units["greening"])).status_code == 422

    def test_that_begin_later_open_nothing_yet(self, administrator, newcomer, units):
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        page = reverse("people:add_post", args=[newcomer.account.pk])

        administrator.client.post(page, a_post_form(units["greening"], since=tomorrow))

        assert newcomer.client.get(reverse("people:me")).context["posts"] == ()


class TestChangesToAnAccount:
    def change(self, administrator, account, what):
        return administrator.client.post(reverse("people:change_account", args=[account.pk, what]))

    def test_a_new_one_time_password_replaces_the_present_one(self, administrator, handler):
        page = self.change(administrator, handler.account, "password")

        assert Account.objects.get(pk=handler.account.pk).check_password(page.context["password"])
        assert handler.client.get(reverse("people:me")).status_code == 302

    def test_a_closed_account_can_be_opened_again(self, administrator, handler):
        self.change(administrator, handler.account, "deactivate")
        assert not Account.objects.get(pk=handler.account.pk).is_active

        self.change(administrator, handler.account, "reactivate")
        assert Account.objects.get(pk=handler.account.pk).is_active

    def test_nobody_closes_the_own_account(self, administrator):
        assert self.change(administrator, administrator.account, "deactivate").status_code == 409
        assert Account.objects.get(pk=administrator.account.pk).is_active

    def test_are_written_down_with_who_did_them(self, administrator, handler):
        self.change(administrator, handler.account, "deactivate")

        event = AccountEvent.objects.get(account=handler.account, what="deactivated")
        assert event.by == administrator.account
        page = administrator.client.get(reverse("people:account", args=[handler.account.pk]))
        assert str(AccountEvent.What.DEACTIVATED.label) in text(page)

    def test_stay_on_record_as_they_were(self, administrator, handler):
        self.change(administrator, handler.account, "deactivate")

        with pytest.raises(WrittenOnce):
            AccountEvent.objects.all().delete()

    def test_need_a_form_and_not_a_link(self, administrator, handler):
        page = reverse("people:change_account", args=[handler.account.pk, "deactivate"])

        assert administrator.client.get(page).status_code == 405

    def test_of_an_account_that_is_not_there_find_nothing(self, administrator):
        assert administrator.client.get(reverse("people:account", args=[0])).status_code == 404


class TestTheListOfUnits:
    def test_says_how_many_people_each_has(self, administrator, handler, units):
        page = administrator.client.get(reverse("people:units"))

        strength = {unit.code: unit.strength for unit in page.context["units"]}
        assert strength["city-management"] == 1
        assert strength["greening"] == 0

    def test_names_the_committee_of_each_community(self, administrator):
        assert "德加社区居委会" in text(administrator.client.get(reverse("people:units")))

    def test_says_in_words_for_which_area_somebody_works(self, administrator, grid_worker):
        page = administrator.client.get(reverse("people:account", args=[grid_worker.account.pk]))

        assert "德加社区居委会" in text(page)
        assert COMMUNITY not in [post.area_path for post in page.context["current"]]
