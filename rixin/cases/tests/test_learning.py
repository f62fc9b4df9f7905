"""What sorting learns from: solved matters under the type on which people settled, and nothing that names a person."""

from datetime import timedelta

import pytest

from rixin.cases import learning
from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]


def closed(key: str, *, outcome: str = "solved", confidential: bool = False, day: int = 0, **given: str) -> Case:
    case = a_case(key=key, at=MONDAY_0930 + timedelta(days=day), **given)
    Case.objects.filter(pk=case.pk).update(
        phase="closed", due_at=None, closed_at=case.opened_at, outcome=outcome, confidential=confidential
    )
    return case


def test_solved_matters_are_examples_under_the_type_that_they_ended_with_oldest_first() -> None:
    later = closed("later", day=1, title="楼道灯不亮", text="3幢楼道灯坏了。", type="quarter_lighting")
    earlier = closed("earlier")
    Case.objects.filter(pk=earlier.pk).update(type="neighbour_noise")
    assert [(one.id, one.label) for one in learning.examples()] == [
        (str(earlier.pk), "neighbour_noise"),
        (str(later.pk), "quarter_lighting"),
    ]


def test_open_unsolved_and_confidential_matters_teach_nothing() -> None:
    a_case(key="open")
    closed("declined", outcome="declined")
    closed("confidential", confidential=True)
    assert learning.examples() == []


def test_neither_the_catch_all_nor_a_type_out_of_use_is_learned() -> None:
    for key, kind in (("other", "other"), ("gone", "a_type_of_last_year")):
        Case.objects.filter(pk=closed(key).pk).update(type=kind)
    assert learning.examples() == []


def test_no_telephone_or_identity_number_is_learned() -> None:
    closed("number", title="垃圾没人清", text="垃圾没人清，打13800138000找我，身份证330106199001011234。")
    (example,) = learning.examples()
    assert "13800138000" not in example.text and "330106199001011234" not in example.text
    assert "垃圾没人清" in example.text


def test_a_title_that_only_repeats_the_first_words_is_not_counted_twice() -> None:
    closed("cut", title="单元门口的垃圾堆了…", text="单元门口的垃圾堆了三天。")
    closed("own", title="垃圾", text="单元门口堆了三天。")
    texts = [example.text for example in learning.examples()]
    assert texts == ["单元门口的垃圾堆了三天。", "垃圾\n单元门口堆了三天。"]


def test_only_the_newest_are_taken_where_there_are_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST", 2)
    kept = [str(closed(f"day-{day}", day=day).pk) for day in range(3)][1:]
    assert [example.id for example in learning.examples()] == kept
