"""What the roll of a service may not say: the limit is part of the product. Each fault names file, line and reason."""

import pytest

from rixin.catalogue import versions
from rixin.catalogue.limits import LIMITS, crossed
from rixin.catalogue.tests.broken import Files, files
from rixin.catalogue.tests.test_work_checks import WORK

__all__ = ["files"]
ROLL = """\
rolls:
  - code: meals
    name: {zh: 助餐, en: Meals}
    purpose: {zh: 送餐, en: To bring meals}
    consent: {zh: 我同意, en: I agree}
    unit: public-services
    roles: [community_officer]
    serves: [{role: grid_worker, sees: [way]}]
    fields:
      - {name: way, label: {zh: 用餐方式, en: Way}, kind: text, why: {zh: 送餐, en: To bring it}}
    visits: {every_days: 30, outcomes: [{code: fine, name: {zh: 正常, en: Fine}}]}
    kept_months: 3
    unused_months: 12
"""
COUNTS = """\
head_counts:
  - code: homes
    name: {zh: 人数, en: Heads}
    meaning: {zh: 人数, en: Heads}
    unit: public-services
    months: 6
    fields:
      - {code: residents, name: {zh: 居住人数, en: Residents}, unit: post}
      - {code: aged_60, name: {zh: 60岁以上, en: 60 and over}, unit: post, part_of: residents}
"""


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    files.write("measures.yaml", WORK)
    files.write("rolls.yaml", ROLL.replace(wrong, right, 1) if wrong else ROLL)
    files.write("counts.yaml", COUNTS.replace(wrong, right, 1) if wrong else COUNTS)
    return [fault for fault in files.faults() if fault.startswith(("rolls.yaml", "counts.yaml"))]


def test_the_roll_itself_is_sound(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("    purpose: {zh: 送餐, en: To bring meals}\n", "", "nobody is without a purpose"),
        ("    kept_months: 3\n", "", "kept_months"),
        ("    unused_months: 12\n", "", "unused_months"),
        ("    consent: {zh: 我同意, en: I agree}\n", "", "what allows it"),
        ("roles: [community_officer]", "roles: [leader]", "sees totals only"),
        ("role: grid_worker", "role: auditor", "serves nobody"),
        ("sees: [way]", "sees: [way, age]", "no field “age”"),
        ("name: way, label", "name: phone, label", "is held by every roll"),
        ("kind: text", "kind: choice", "a choice needs options"),
        ("every_days: 30", "every_days: 30, help: fine", "belong together"),
        ("every_days: 30", "every_days: 30, help: worse, matter: rubbish", "no outcome “worse”"),
    ],
)
def test_what_does_not_hold_together(files, wrong, right, reason):
    assert any(reason in fault for fault in faults(files, wrong, right)), faults(files, wrong, right)


@pytest.mark.parametrize(
    ("code", "label", "english"),
    [
        ("condition", "健康状况", "Condition"),
        ("illness", "情况", "State"),
        ("kind_of_disability", "类别", "Kind"),
        ("grade", "残疾等级", "Grade"),
        ("faith", "习惯", "Habit"),
        ("diet", "清真饮食", "Diet"),
        ("party", "面貌", "Status"),
        ("leaning", "政治面貌", "Leaning"),
        ("card", "身份证号", "Card"),
        ("id_number", "号码", "Number"),
        ("photo", "人脸照片", "Photo"),
        ("level", "重点人员等级", "Level"),
        ("risk", "等级", "Level"),
    ],
)
def test_a_field_for_what_is_never_held_does_not_load(files, code, label, english):
    right = f"name: {code}, label: {{zh: {label}, en: {english}}}"

    found = faults(files, "name: way, label: {zh: 用餐方式, en: Way}", right)

    assert any("that is not held of anybody" in fault and fault.startswith("rolls.yaml:10") for fault in found), found


def test_an_option_or_an_outcome_cannot_hold_it_either(files):
    found = faults(files, "code: fine, name: {zh: 正常", "code: ill, name: {zh: 病了")

    assert any("not held" in fault for fault in found)


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("part_of: residents", "part_of: guests", "no field “guests”"),
        ("part_of: residents", "part_of: aged_60", "a part of itself"),
        ("code: aged_60", "code: dwellings", "is what the register has"),
        ("code: aged_60, name: {zh: 60岁以上", "code: vaccinated, name: {zh: 60岁以上", "not held of anybody"),
        ("unit: post, part_of", "unit: yard, part_of", "no unit of measure “yard”"),
    ],
)
def test_head_counts_that_do_not_add_up(files, wrong, right, reason):
    assert any(reason in fault for fault in faults(files, wrong, right)), faults(files, wrong, right)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.code)
def test_every_word_of_a_limit_is_found_in_its_language(limit):
    assert {crossed(f"本人{word}情况").limit for word in limit.zh} == {limit.code}
    assert {crossed(f"own_{word}_now").limit for word in limit.en} == {limit.code}


@pytest.mark.parametrize("innocent", ["用餐方式", "上门时间", "Way of eating", "surface", "trace_of", "所需服务"])
def test_what_only_resembles_one_is_let_through(innocent):
    assert crossed(innocent) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("definitions")
def test_no_bundled_roll_is_without_purpose_basis_consent_and_deletion():
    for roll in versions.work().rolls.values():
        assert roll.purpose and roll.basis and roll.consent and roll.unused_months and roll.kept_months is not None
