"""The house's own pages: language, looks, refusals, health."""

import socket

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.http import HttpResponseRedirect, JsonResponse
from django.test import Client, RequestFactory

from rixin.config.management.ready import demand_free
from rixin.config.outbox import redirects_told

pytestmark = pytest.mark.django_db


class TestLanguage:
    def test_pages_are_chinese_whatever_the_browser_prefers(self, client: Client):
        answer = client.get("/nowhere", headers={"Accept-Language": "en"})
        assert '<html lang="zh-hans"' in answer.content.decode()

    def test_a_chosen_language_stays_and_leads_back(self, client: Client):
        answer = client.post("/language", {"language": "en", "next": "/staff/sign-in"})
        assert (answer.status_code, answer["Location"]) == (302, "/staff/sign-in")
        assert '<html lang="en"' in client.get("/nowhere").content.decode()

    def test_an_unknown_language_changes_nothing(self, client: Client):
        client.post("/language", {"language": "tlh"})
        assert '<html lang="zh-hans"' in client.get("/nowhere").content.decode()

    def test_nobody_is_led_to_another_site(self, client: Client):
        for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
            assert client.post("/language", {"language": "en", "next": elsewhere})["Location"] == "/"


class TestLooks:
    def test_large_text_and_contrast_are_remembered(self, client: Client):
        client.post("/appearance", {"type": "large"})
        client.post("/appearance", {"contrast": "high"})
        assert 'data-type="large" data-contrast="high"' in client.get("/nowhere").content.decode()


class TestRefusals:
    def test_what_is_not_found_says_what_to_do_next(self, client: Client):
        answer = client.get("/nowhere")
        assert answer.status_code == 404
        assert "请核对网址或编号" in answer.content.decode()

    def test_a_form_without_its_key_is_explained_and_nothing_is_lost(self):
        answer = Client(enforce_csrf_checks=True).post("/language", {"language": "en"})
        assert answer.status_code == 403
        assert "已填写的内容仍在表单中" in answer.content.decode()

    def test_too_large_a_form_is_explained_before_any_of_it_is_kept(self, client: Client, settings):
        settings.UPLOAD_MAX_MB = 1
        answer = client.post("/language", {"language": "en", "photo": ContentFile(b"x" * 1_100_000, "large.jpg")})

        assert (answer.status_code, answer["Connection"]) == (413, "close")
        assert "照片合计大小超过本页上限" in answer.content.decode()
        assert '<html lang="zh-hans"' in client.get("/nowhere").content.decode()

    def test_a_page_that_only_receives_explains_itself(self, client: Client):
        answer = client.get("/language")
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "请返回，使用页面上的按钮" in answer.content.decode()

    def test_no_script_but_our_own_may_run(self, client: Client):
        policy = client.get("/nowhere")["Content-Security-Policy"]
        scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
        assert "'self'" in scripts
        assert "'unsafe-inline'" not in scripts
        assert "'unsafe-eval'" not in scripts


class TestOutboxAnswers:
    def test_where_a_form_leads_is_told_and_not_followed(self):
        request = RequestFactory().post("/desk/field/report", headers={"X-Outbox": "1"})
        answer = redirects_told(lambda _request: HttpResponseRedirect("/desk/cases/7"))(request)
        assert isinstance(answer, JsonResponse)
        assert answer.content == b'{"location": "/desk/cases/7", "signed_out": false}'

    def test_a_phone_learns_that_it_is_signed_out(self):
        request = RequestFactory().post("/desk/field/report", headers={"X-Outbox": "1"})
        answer = redirects_told(lambda _request: HttpResponseRedirect("/staff/sign-in?next=/desk/"))(request)
        assert b'"signed_out": true' in answer.content

    def test_a_browser_is_led_on_as_ever(self):
        request = RequestFactory().post("/desk/field/report")
        answer = redirects_told(lambda _request: HttpResponseRedirect("/desk/cases/7"))(request)
        assert answer.status_code == 302


class TestServing:
    def test_health_tells_of_the_database(self, client: Client):
        assert client.get("/healthz").json() == {"database": "ok"}

    def test_the_service_worker_lies_at_the_root(self, client: Client):
        answer = client.get("/worker.js")
        assert (answer["Content-Type"], answer["Service-Worker-Allowed"]) == ("text/javascript", "/")

    def test_a_port_in_use_is_named_with_another_one(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(CommandError, match=rf"Port {port} .* PORT={port + 1}"):
                demand_free("127.0.0.1", port)

    def test_a_port_that_is_none_is_refused(self):
        with pytest.raises(CommandError, match="--port 99999 is no port"):
            call_command("serve", "--port", "99999")
