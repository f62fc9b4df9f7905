"""Where the demonstration's activities are: the quarters and communities of the sub-district; and made-up people."""

from dataclasses import dataclass
from random import Random

from rixin.places import gazetteer

STREET = "330106013"
_SURNAMES = "王陈李张徐吴沈周朱俞金方郑孙赵胡章潘毛汪蒋余丁傅钟"
_GIVEN = [
    "秀兰",
    "晓芳",
    "国平",
    "丽娜",
    "建明",
    "雪琴",
    "志远",
    "佳颖",
    "美华",
    "永强",
    "玉梅",
    "浩然",
    "春燕",
    "文斌",
    "彩凤",
    "小红",
    "卫国",
    "思琪",
    "海燕",
    "桂英",
]


@dataclass(frozen=True)
class Spot:
    """A quarter, or a community without one (`code` empty)."""

    path: str
    name: str
    code: str = ""
    lat: float | None = None
    lng: float | None = None


class Ground:
    def __init__(self, random: Random) -> None:
        atlas, self._random = gazetteer.current(), random
        self.whole = Spot(f"{STREET}/", "文新街道文化中心")
        self.communities = [Spot(area.path, area.name_zh) for area in atlas.children(STREET) if not area.retired]
        self.quarters = [
            Spot(chain.path, place.name_zh, place.code, place.position.lat, place.position.lng)
            for place in atlas.places_within(self.whole.path)
            if place.kind == "quarter" and place.position and (chain := atlas.chain_of_place(place))
        ]

    def person(self) -> str:
        return self._random.choice(_SURNAMES) + self._random.choice(_GIVEN)

    def phone(self) -> str:
        """Of a range that nobody has, each once with next to certainty."""
        return f"1380000{self._random.randrange(10_000):04d}"
