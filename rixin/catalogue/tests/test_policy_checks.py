"""What a policy of rewards and subsidies may not say. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.tests.broken import Files, files

__all__ = ["files"]
INDUSTRIES = """\
industries:
  - code: I
    name: {zh: 信息业, en: IT}
    divisions: [{code: "65", name: {zh: 软件业, en: Software}}]
"""
TRAITS = """\
traits:
  - code: stage
    name: {zh: 梯度, en: Stage}
    meaning: {zh: 梯度, en: Stage}
    options: [{code: high_tech, name: {zh: 高新, en: High-tech}}]
"""
POLICIES = """\
policies:
  - code: tech
    name: {zh: 科技奖励, en: Reward}
    document: {zh: 文件, en: Document}
    from_day: 2022-01-01
    until_day: 2022-12-31
    conditions:
      - {text: {zh: 在此, en: Here}, fact: standing, any_of: [here, elsewhere]}
      - {text: {zh: 行业, en: Section}, fact: section, any_of: [I]}
      - {text: {zh: 大类, en: Division}, fact: division, any_of: ["65"]}
      - {text: {zh: 高新, en: High-tech}, fact: trait, any_of: [stage.high_tech]}
      - {text: {zh: 新来, en: New}, fact: came_within_days, at_most: 365}
      - {text: {zh: 纳税, en: Tax}, fact: tax, at_least: 50000}
      - {text: {zh: 增长, en: Growth}, fact: tax_growth, at_least: 10}
      - {text: {zh: 租房, en: Rents}, fact: leases_here}
    share_of_tax: 10
    most: 200000
    budget: 1000000
"""
ANOTHER = """\
  - code: other
    name: {zh: 科技奖励, en: Another}
    document: {zh: 文件, en: Document}
    from_day: 2022-01-01
    conditions: [{text: {zh: 租房, en: Rents}, fact: leases_here}]
"""


def faults(files: Files, wrong: str = "", right: str = "", more: str = "") -> list[str]:
    files.write("industries.yaml", INDUSTRIES)
    files.write("traits.yaml", TRAITS)
    files.write("policies.yaml", (POLICIES.replace(wrong, right, 1) if wrong else POLICIES) + more)
    return files.faults()


def test_one_that_is_fine(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("elsewhere]", "gone]", 8, "there is no “standing” with the code “gone”"),
        ("elsewhere]", "left]", 8, "there is no “standing” with the code “left”"),
        ("any_of: [I]", "any_of: [X]", 9, "there is no “section” with the code “X”"),
        ('["65"]', '["99"]', 10, "there is no “division” with the code “99”"),
        ("stage.high_tech", "stage.low_tech", 11, "there is no “trait” with the code “stage.low_tech”"),
        ("stage.high_tech", "high_tech", 11, "there is no “trait” with the code “high_tech”"),
    ],
)
def test_one_that_names_what_is_not_there(files, wrong, right, line, reason):
    assert faults(files, wrong, right) == [f"policies.yaml:{line}: {reason}"]


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        (", any_of: [I]", "", 9, "a condition on “section” needs “any_of”"),
        (", at_most: 365", "", 12, "a condition on “came_within_days” needs “at_most”"),
        (", at_least: 50000", "", 13, "a condition on “tax” needs “at_least”"),
        ("at_least: 50000", "at_least: 50000, at_most: 9", 13, "a condition on “tax” has no use for “at_most”"),
        (
            "fact: leases_here",
            "fact: leases_here, any_of: [a]",
            15,
            "a condition on “leases_here” has no use for “any_of”",
        ),
    ],
)
def test_a_condition_that_lacks_something_or_has_too_much(files, wrong, right, line, reason):
    assert faults(files, wrong, right) == [f"policies.yaml:{line}: {reason}"]


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("2022-01-01", "2022-02-30", 5, "“2022-02-30” is no day of the calendar"),
        ("2022-12-31", "2021-12-31", 6, "it ends before it begins"),
        ("most: 200000", "amount: 5000", 16, "each is paid the fixed “amount”: there is no use for “share_of_tax”"),
        ("share_of_tax: 10", "amount: 5000", 17, "each is paid the fixed “amount”: there is no use for “most”"),
        ("most: 200000", "most: 2000000", 17, "one enterprise would be paid more than the “budget” of all"),
    ],
)
def test_one_whose_days_or_amounts_cannot_be(files, wrong, right, line, reason):
    assert faults(files, wrong, right) == [f"policies.yaml:{line}: {reason}"]


def test_two_of_one_name(files):
    assert faults(files, more=ANOTHER.replace("科技奖励", "其他奖励")) == []
    assert faults(files, more=ANOTHER) == [
        "policies.yaml:3: “other” has the same name: say the year or the number",
        "policies.yaml:20: “tech” has the same name: say the year or the number",
    ]
