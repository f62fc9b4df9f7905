"""Words are found where they stand, also words of two characters and one."""

import pytest

from rixin.cases import search
from rixin.cases.models import Case
from rixin.cases.tests.builders import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cases(definitions):
    a_case(key="1", title="路灯不亮", text="古墩路99号门口的路灯坏了,晚上很黑", address="古墩路99号")
    a_case(key="2", title="垃圾没人清", text="德加公寓3幢的垃圾桶满了。联系物业没用。", address="德加公寓3幢")
    a_case(key="3", title="Street lamp out", text="The lamp near Bus stop B2 is dark; GPS 30.29", address="")


def found(query):
    return sorted(search.matching(Case.objects.all(), query).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("路灯", ["路灯不亮"]),
        ("物业", ["垃圾没人清"]),
        ("古墩路99号", ["路灯不亮"]),
        ("灯", ["路灯不亮"]),
        ("黑", ["路灯不亮"]),
        ("德加 垃圾", ["垃圾没人清"]),
        ("德加 路灯", []),
        ("灯路", []),
        ("桶坏", []),
        ("lamp", ["Street lamp out"]),
        ("LAM", ["Street lamp out"]),
        ("99号", ["路灯不亮"]),
        ("没有这样的话", []),
    ],
)
def test_a_word_is_found_as_one_piece_of_text(query, titles):
    assert found(query) == titles


@pytest.mark.parametrize(
    "query", ["%", "_", "'", '"', "a' OR 1=1 --", "路'灯", "\\", "*", "AND", "NEAR(", "路:*", "!", "&"]
)
def test_signs_with_a_meaning_in_databases_mean_nothing_here(query):
    assert set(found(query)) <= {"路灯不亮", "垃圾没人清", "Street lamp out"}


def test_full_width_letters_and_digits_are_the_same(cases):
    assert found("９９号") == ["路灯不亮"]
