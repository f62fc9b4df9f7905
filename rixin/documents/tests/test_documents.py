"""Documents that go out in a matter: what they say, how they are numbered, served and voided, and what is kept."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document as Docx
from hypothesis import given
from hypothesis import strategies as st

from rixin.cases import queries
from rixin.cases.models import Case, Receipt
from rixin.cases.tests.builders import LOCAL, a_case, take
from rixin.cases.tests.statutes import DAY, on
from rixin.cases.verification import verify
from rixin.catalogue import versions
from rixin.catalogue.document_text import Mark, filled, lacking
from rixin.documents import docx, issuing, pdf
from rixin.documents.issuing import DocumentRefused, Draft
from rixin.documents.models import Document
from rixin.documents.paper import paper_of
from rixin.documents.queries import of_receipt, templates_for
from rixin.people.actors import resident
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.privacy.models import Opening

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2023, 1, 12, 10, 0, tzinfo=LOCAL)
LATER = RECEIVED + DAY


@pytest.fixture
def office(units, definitions, wenxin_places):
    return a_player("yu.jianhua", "俞建华", "petition-office", Role.HANDLER)


@pytest.fixture
def petition(office) -> Case:
    given = {"type": "petition", "at": RECEIVED, "channel": "desk", "title": "安置补偿不到位", "form": {"way": "visit"}}
    case = a_case(**given)
    # Taken down at the desk: with a name.
    Receipt.objects.filter(case=case).update(name="张建国")
    return case


@pytest.fixture
def accepted(petition, office) -> Case:
    return take(petition, "accept", office, LATER)


def template(code: str) -> Any:
    return versions.document(code).template


def issued(case: Case, by: Any, code: str = "petition_accepted", *, sending: str = "1", **given: Any) -> Document:
    draft = Draft(template(code), given.pop("day", date(2023, 1, 13)), **given)
    return issuing.issue(case, draft, by=by, sending=sending, at=LATER)


def refused(case: Case, by: Any, **given: Any) -> dict[str, str]:
    with pytest.raises(DocumentRefused) as refusal:
        issued(case, by, **given)
    return {name: str(reason) for name, reason in refusal.value.fields.items()}


class TestWhatItSays:
    def test_it_names_the_matter_the_unit_and_the_date_of_the_law(self, accepted, office):
        text = issued(accepted, office).text or ""

        assert "您于2023年1月12日提出的“安置补偿不到位”事项" in text
        assert accepted.number in text
        # Sixty days from 13 January 2023: 14 March.
        assert "于2023年3月14日前办结" in text
        assert "{" not in text

    def test_it_keeps_its_words_whatever_becomes_of_the_matter(self, accepted, office):
        made = issued(accepted, office)
        Case.objects.filter(pk=accepted.pk).update(title="别的")

        assert "安置补偿不到位" in (Document.objects.get(pk=made.pk).text or "")

    def test_who_raised_the_matter_is_addressed_by_name_and_that_is_on_record(self, accepted, office):
        assert issued(accepted, office).addressee == "张建国"
        assert Opening.objects.get().words == "信访事项受理告知书"

    def test_with_a_name_written_down_nobodys_is_opened(self, accepted, office):
        assert issued(accepted, office, to="李某").addressee == "李某"
        assert not Opening.objects.exists()

    def test_without_any_name_it_is_refused(self, accepted, office):
        Receipt.objects.update(name=None)

        assert set(refused(accepted, office)) == {"to"}
        assert not Document.objects.exists()

    def test_one_that_would_have_a_blank_is_refused_and_takes_no_number(self, office):
        case = a_case(type="administrative_review", at=RECEIVED, channel="desk", form={"decision": "处罚决定"})
        lawyer = a_player("fa.zhi", "法治", "party-office", Role.HANDLER)
        case = take(case, "accepted", lawyer, LATER, authority="西湖区人民政府", number="西复〔2023〕1号")
        own = {"facts": "事实", "law": "依据"}

        why = refused(case, lawyer, code="review_answer", to="西湖区人民政府", own=own)

        assert "{own.asks_for}" in why[""]
        made = issued(case, lawyer, "review_answer", to="西湖区人民政府", own={**own, "asks_for": "维持"}, sending="2")
        assert made.number == "文街复答〔2023〕1号"

    def test_every_bundled_document_belongs_to_a_kind_of_matter_and_has_a_number_of_its_own(self, definitions):
        known = [one.template for one in versions.documents()]

        assert len({one.number for one in known}) == len(known) > 20
        flows = {lifecycle.code for lifecycle in versions.lifecycles()}
        assert all(set(one.lifecycles) <= flows for one in known)


class TestNumbers:
    def test_they_run_through_the_year_without_gaps_and_begin_anew_with_the_next(self, accepted, office):
        first = [issued(accepted, office, sending=str(nth)).number for nth in range(3)]
        next_year = Draft(template("petition_accepted"), date(2024, 1, 2))
        made = issuing.issue(accepted, next_year, by=office, sending="n", at=on(2024, 1, 2))

        assert first == [f"文街信受〔2023〕{nth}号" for nth in (1, 2, 3)]
        assert made.number == "文街信受〔2024〕1号"

    def test_the_same_sending_goes_out_once(self, accepted, office):
        assert issued(accepted, office).pk == issued(accepted, office).pk
        assert accepted.events.filter(action="document").count() == 1


class TestWhoAndWhen:
    def test_it_is_there_only_after_the_action_that_it_tells_of(self, petition, office):
        assert "petition_accepted" not in {
            one.code for one in templates_for(petition, queries.actor_on(office, petition))
        }
        assert refused(petition, office) == {"": "目前不能在此事项中出具这份文书。"}

    def test_nobody_issues_it_without_a_post_that_does(self, accepted, auditor):
        assert templates_for(accepted, queries.actor_on(auditor, accepted)) == []
        assert templates_for(accepted, resident()) == []

    @pytest.mark.parametrize("day", [date(2023, 1, 11), date(2023, 1, 14)])
    def test_it_is_dated_neither_before_the_matter_nor_ahead(self, accepted, office, day):
        assert set(refused(accepted, office, day=day)) == {"day"}


class TestAfterwards:
    def test_the_timeline_keeps_that_it_went_out_and_none_of_its_words(self, accepted, office):
        made = issued(accepted, office)

        event = accepted.events.get(action="document")
        assert event.given["number"] == made.number
        assert "张建国" not in str(event.given)
        assert [found for _case, found in verify(Case.objects.all()) if found] == []

    def test_service_is_written_down_once(self, accepted, office):
        made = issued(accepted, office)
        served = issuing.serve(made, on=date(2023, 1, 14), how="post", by=office, at=LATER + 2 * DAY)

        assert (served.served_on, served.served_how) == (date(2023, 1, 14), "post")
        assert accepted.events.get(action="document_served").given["on"] == "2023-01-14"
        with pytest.raises(DocumentRefused):
            issuing.serve(made, on=date(2023, 1, 14), how="post", by=office, at=LATER + 2 * DAY)

    def test_it_is_not_served_before_its_day(self, accepted, office):
        with pytest.raises(DocumentRefused) as refusal:
            issuing.serve(issued(accepted, office), on=date(2023, 1, 12), how="post", by=office, at=LATER)
        assert set(refusal.value.fields) == {"on"}

    def test_one_that_is_voided_stays_readable_for_staff_and_its_number_is_not_given_again(self, accepted, office):
        made = issuing.void(issued(accepted, office), reason="日期写错", by=office, at=LATER)

        assert paper_of(made).void
        assert issued(accepted, office, sending="2").number == "文街信受〔2023〕2号"
        with pytest.raises(DocumentRefused):
            issuing.serve(made, on=date(2023, 1, 13), how="post", by=office, at=LATER)


class TestWhoRaisedTheMatter:
    def test_reads_what_is_meant_for_them_while_it_is_in_force(self, accepted, office):
        made, receipt = issued(accepted, office), Receipt.objects.get(case=accepted)

        assert list(of_receipt(receipt, accepted)) == [made]
        issuing.void(made, reason="重复", by=office, at=LATER)
        assert not of_receipt(receipt, accepted).exists()

    def test_whoever_joined_reads_none_of_them(self, accepted, office):
        issued(accepted, office)
        receipt = Receipt.objects.get(case=accepted)
        receipt.joined = True

        assert not of_receipt(receipt, accepted).exists()


class TestOnPaper:
    def test_the_docx_says_all_of_it_in_the_layout_of_official_documents(self, accepted, office):
        made = Docx(BytesIO(docx.write(paper_of(issued(accepted, office)))))

        texts = [paragraph.text for paragraph in made.paragraphs if paragraph.text]
        assert texts[:3] == ["信访事项受理告知书", "文街信受〔2023〕1号", "张建国："]
        assert texts[-2:] == ["文新街道办事处", "2023年1月13日"]
        assert made.sections[0].page_width.mm == pytest.approx(210, abs=0.1)

    def test_the_pdf_is_one(self, accepted, office):
        assert pdf.write(paper_of(issued(accepted, office))).startswith(b"%PDF")


class TestMarks:
    def test_a_line_with_a_mark_that_may_lack_is_left_out(self):
        body = "甲{own.a}\n乙{own.b?}"

        assert filled(body, {Mark("own", "a"): "一", Mark("own", "b"): ""}) == "甲一"
        assert filled(body, {Mark("own", "a"): "一", Mark("own", "b"): "二"}) == "甲一\n乙二"

    @given(st.text(max_size=60), st.text(max_size=20))
    def test_what_was_filled_in_is_taken_as_it_is_whatever_it_looks_like(self, before, value):
        body = before.replace("{", "").replace("}", "").replace("\n", "") + "{to}"
        said = {Mark("", "to"): value}

        whole = filled(body, said)

        assert not lacking(body, said) or not value
        assert value in whole or not value.strip()
