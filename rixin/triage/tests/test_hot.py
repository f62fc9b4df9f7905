"""Hot topics: what many raise at once is found in the words and ranked by a heat that explains itself."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.triage.hot.alike import likeness
from rixin.triage.hot.heat import WINDOW, Heat, Span, Voice, heat, peak
from rixin.triage.hot.joining import groups
from rixin.triage.hot.message import Message
from rixin.triage.hot.topics import common_place, topics

MARCH = date(2022, 3, 1)
YEAR = Span(date(2022, 1, 1), date(2022, 12, 31))
SMOKE = [
    ("烧烤店油烟", "紫荆花园楼下新开的烧烤店油烟直接往楼上飘，窗户不敢开。"),
    ("油烟扰民", "紫荆花园一楼烧烤店没有装油烟净化，晚上全是烟味。"),
    ("烧烤店扰民到半夜", "紫荆花园烧烤店开到凌晨，油烟和吵闹影响休息。"),
    ("楼下烧烤", "我住紫荆花园二楼，烧烤店的油烟熏得孩子咳嗽。"),
    ("请查处烧烤店", "紫荆花园底商烧烤店油烟排放不达标，请查处。"),
    ("油烟太大", "紫荆花园烧烤店排烟口正对着我家阳台，油烟太大。"),
]
WATER = [
    ("停水两天", "德加公寓停水两天了，没有通知，什么时候来水。"),
    ("没有水", "德加公寓整幢停水，老人小孩没法做饭。"),
    ("停水", "德加公寓从昨天停水到现在，物业说不知道。"),
    ("请尽快供水", "德加公寓停水，请自来水公司尽快抢修供水。"),
    ("德加公寓停水", "停水第三天了，德加公寓的居民只能去外面提水。"),
]
OTHERS = [
    ("路灯不亮", "文二西路路灯坏了三盏。"),
    ("共享单车乱停", "地铁口单车堆满人行道。"),
    ("噪音", "隔壁装修中午还在打孔。"),
    ("树枝挡住红绿灯", "古墩路口的梧桐树枝该修剪了。"),
    ("电梯困人", "七幢电梯又停在五楼。"),
    ("流浪猫", "车库里有许多小猫没人管。"),
    ("公交站牌倒了", "竞舟路公交站牌被车撞倒。"),
    ("咨询居住证", "外地户口怎么办居住证。"),
]


def message(nth: int, said: tuple[str, str], day: date, where: str = "") -> Message[int]:
    return Message(nth, *said, day, where)


def year_of(*plans: tuple[list[tuple[str, str]], date]) -> list[Message[int]]:
    """The others through the year, and each plan on days one after another."""
    days = [(said, date(2022, 1, 10) + timedelta(days=40 * nth)) for nth, said in enumerate(OTHERS)]
    days += [(said, first + timedelta(days=nth)) for plan, first in plans for nth, said in enumerate(plan)]
    return [message(nth, said, day) for nth, (said, day) in enumerate(days)]


def test_two_matters_that_many_raise_are_two_topics_and_single_messages_are_none() -> None:
    found = topics(year_of((SMOKE, MARCH), (WATER, date(2022, 8, 1))))
    assert [{one.key for one in topic.messages} for topic in found] == [{8, 9, 10, 11, 12, 13}, {14, 15, 16, 17, 18}]


def test_a_topic_is_called_by_what_its_messages_share() -> None:
    (topic,) = topics(year_of((SMOKE, MARCH)))
    assert {"紫荆花园", "油烟"} <= {word for name in topic.words for word in ("紫荆花园", "油烟") if word in name}
    assert topic.central in topic.messages


def test_the_order_of_the_messages_makes_no_difference() -> None:
    given_ = year_of((SMOKE, MARCH), (WATER, date(2022, 8, 1)))
    mixed = list(given_)
    Random(7).shuffle(mixed)
    assert [{m.key for m in t.messages} for t in topics(mixed)] == [{m.key for m in t.messages} for t in topics(given_)]


def alike(*said: Message[int]) -> float:
    return float(likeness(said)[0, 1])


def test_messages_are_more_alike_from_one_grid_and_less_from_two_communities() -> None:
    def two(one: str, other: str) -> float:
        return alike(message(0, SMOKE[0], MARCH, one), message(1, SMOKE[1], MARCH, other))

    unknown = two("330106013/001/01/", "")
    assert two("330106013/001/01/", "330106013/002/01/") < unknown < two("330106013/001/01/", "330106013/001/01/02/")
    assert two("330106013/001/01/", "330106013/001/02/") == unknown


def test_messages_that_were_sorted_differently_are_less_alike() -> None:
    def two(one: str, other: str) -> float:
        return alike(*(Message(nth, *SMOKE[nth], MARCH, kind=kind) for nth, kind in enumerate((one, other))))

    assert two("cooking_smoke", "dogs") < two("cooking_smoke", "cooking_smoke") == two("cooking_smoke", "")


@pytest.mark.parametrize("text", ["", "。", "的", "\x00\x1b", "🚰" * 50, "ok", "Ж" * 100_000])
def test_messages_without_usable_words_are_no_topic_and_no_error(text: str) -> None:
    found = topics([Message(nth, text, text, MARCH) for nth in range(2)], least=3)
    assert found == []


def test_no_messages_no_topics() -> None:
    assert topics([]) == []


def test_average_linkage_does_not_tie_two_matters_by_one_message_between() -> None:
    assert groups(likeness([])) == []
    from scipy import sparse

    strong, weak = 0.9, 0.12
    pairs = {
        (0, 1): strong,
        (0, 2): strong,
        (1, 2): strong,
        (3, 4): strong,
        (3, 5): strong,
        (4, 5): strong,
        (2, 3): weak,
    }
    matrix = sparse.lil_array((6, 6))
    for (one, other), amount in pairs.items():
        matrix[one, other] = matrix[other, one] = amount
    assert groups(sparse.csr_array(matrix)) == [[0, 1, 2], [3, 4, 5]]


def test_heat_is_what_is_above_usual_and_the_root_of_those_who_agreed() -> None:
    voices = [Voice(date(2022, 6, 30) - timedelta(days=nth), f"now {nth}", agreed=nth == 0 and 16) for nth in range(8)]
    voices += [Voice(date(2022, 1, 5), f"before {nth}") for nth in range(3)]
    found = heat(voices, date(2022, 6, 30), YEAR)
    assert (found.voices, found.agreed) == (8, 16)
    assert found.usual == pytest.approx(3 * WINDOW / (365 - WINDOW))
    assert found.index == pytest.approx(8 + 4 - found.usual)
    assert found.is_hot


def test_who_sends_the_same_again_is_heard_once() -> None:
    same = [Voice(MARCH + timedelta(days=nth), "the same") for nth in range(9)]
    assert heat(same, MARCH + timedelta(days=10), YEAR).voices == 1


def test_what_comes_in_as_always_is_not_hot() -> None:
    """A kind of matter that comes ten times a month, month after month, may come twelve times in one of them."""
    voices = [Voice(YEAR.first + timedelta(days=3 * nth), str(nth)) for nth in range(121)]
    voices += [Voice(date(2022, 7, 1), "more"), Voice(date(2022, 7, 2), "and more")]
    assert not peak(voices, YEAR)[1].is_hot


def test_two_loud_voices_are_not_enough_and_three_with_many_who_agree_are() -> None:
    assert not Heat(voices=2, usual=0, agreed=400).is_hot
    assert Heat(voices=3, usual=0, agreed=400).is_hot
    assert not Heat(voices=3, usual=0, agreed=0).is_hot


voices_of_a_year = st.lists(
    st.builds(
        Voice,
        st.dates(YEAR.first, YEAR.last),
        st.text("abc", min_size=1, max_size=3),
        st.integers(0, 50),
    ),
    min_size=1,
    max_size=60,
)


@given(voices_of_a_year, st.dates(YEAR.first, YEAR.last))
def test_heat_never_falls_by_one_more_voice_in_the_window(voices: list[Voice], day: date) -> None:
    before = heat(voices, day, YEAR)
    after = heat([*voices, Voice(day, "one more")], day, YEAR)
    assert after.index >= before.index >= 0
    assert after.voices == before.voices + 1


@given(voices_of_a_year)
def test_no_day_is_hotter_than_the_peak(voices: list[Voice]) -> None:
    day, highest = peak(voices, YEAR)
    assert heat(voices, day, YEAR) == highest
    assert all(
        heat(voices, YEAR.first + timedelta(days=nth), YEAR).index <= highest.index + 1e-9 for nth in range(0, 365, 9)
    )


def test_a_place_is_named_where_two_thirds_of_the_messages_lie_in_it() -> None:
    assert common_place(["s/001/01/", "s/001/02/", "s/001/01/"]) == "s/001/01/"
    assert common_place(["s/001/01/", "s/001/02/", "s/002/01/"]) == "s/001/"
    assert common_place(["s/001/", "s/002/", "s/003/"]) == "s/"
    assert common_place(["", "", "s/001/"]) == ""
