"""The office buildings of the demonstration and their rooms. Names and themes are public; sizes are made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from rixin.people.actors import Actor
from rixin.places import gazetteer
from rixin.registers import buildings, letting
from rixin.registers.buildings import Facts
from rixin.registers.letting import NewRoom
from rixin.registers.models import Building, Room

_SINCE = date(2015, 1, 1)
_STREET = "330106013/"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """`rooms` on a floor, of about so many square `metres`. `shops`: floors from the ground that have shops."""

    floors: int
    rooms: int
    metres: int
    shops: int = 1
    basement: bool = False
    use: Room.Use = Room.Use.OFFICE


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`place`: code in the gazetteer; where it has none, `community` holds the building."""

    code: str
    name: tuple[str, str]
    place: str = ""
    community: str = ""
    address: str = ""
    theme: tuple[str, str] = ("", "")
    keeper: str
    built: int
    shape: Shape


PLANS = (
    Plan(
        code="yunlian", name=("云联大厦", "Yunlian Tower"), place="office-building-yunlian",
        keeper="杭州云联楼宇管理有限公司", built=2009,
        shape=Shape(floors=18, rooms=6, metres=190, shops=2, basement=True),
    ),
    Plan(
        code="xixi", name=("西溪科创园", "Xixi Science and Innovation Park"), place="office-building-xixi-kechuang",
        theme=("高端人才集聚区", "District for leading talent"), keeper="杭州西溪科创园管理有限公司",
        built=2011, shape=Shape(floors=12, rooms=8, metres=260),
    ),
    Plan(
        code="accelerator", name=("文新数字产业园加速器", "Wenxin Digital Industry Park Accelerator"),
        place="office-building-shuzi", theme=("数字经济集聚区", "District for the digital economy"),
        keeper="杭州文新产业园运营有限公司", built=2013, shape=Shape(floors=10, rooms=7, metres=220),
    ),
    Plan(
        code="fudi", name=("福地创业园", "Fudi Start-up Park"), place="office-building-fudi",
        keeper="杭州福地创业园管理有限公司", built=2007, shape=Shape(floors=8, rooms=9, metres=150),
    ),
    Plan(
        code="alliance_467", name=("467创意联盟", "467 Creative Alliance"), place="office-building-467",
        theme=("文创产业示范", "Model for cultural and creative industries"), keeper="杭州四六七文化创意有限公司",
        built=2010, shape=Shape(floors=5, rooms=8, metres=170, shops=2),
    ),
    Plan(
        code="zijingang", name=("紫金港商务楼", "Zijingang Business Building"), community="330106013006",
        keeper="杭州紫金港商务服务有限公司", built=2012, shape=Shape(floors=11, rooms=6, metres=160),
    ),
    Plan(
        code="wulian", name=("五联工业园综合楼", "Wulian Industrial Park, Main Building"),
        place="office-building-wulian-park", keeper="五联社区股份经济合作社", built=2003,
        shape=Shape(floors=5, rooms=6, metres=380, use=Room.Use.WORKSHOP),
    ),
    Plan(
        code="luojiazhuang", name=("骆家庄商务楼", "Luojiazhuang Business Building"), community="330106013004",
        keeper="骆家庄社区股份经济合作社", built=2014, shape=Shape(floors=9, rooms=6, metres=140, shops=2),
    ),
    Plan(
        code="airport_line", name=("机场快线商务楼", "Airport Express Business Building"),
        place="office-building-airport-line", keeper="杭州竞舟商务楼管理有限公司", built=1999,
        shape=Shape(floors=7, rooms=5, metres=120),
    ),
)  # fmt: skip


def make(random: Random, by: Actor, at: datetime) -> list[Building]:
    """The nine buildings with their rooms, there since 2015 and empty."""
    return [_made(plan, random, by, at) for plan in PLANS]


def _made(plan: Plan, random: Random, by: Actor, at: datetime) -> Building:
    building = buildings.enter(plan.code, _facts(plan), by=by, at=at)
    letting.add_rooms(building, _rooms(plan.shape, random), by=by, at=at, seen=building.version)
    return building


def _facts(plan: Plan) -> Facts:
    atlas = gazetteer.current()
    place = atlas.places.get(plan.place)
    area = atlas.area(plan.community)
    chain = atlas.chain_of_place(place) if place else None
    position = place.position if place else area.position if area else None
    return Facts(
        name_zh=plan.name[0],
        name_en=plan.name[1],
        area_path=chain.finest.path if chain else area.path if area else _STREET,
        place_code=place.code if place else "",
        address=place.address if place else "",
        lat=position.lat if position else None,
        lng=position.lng if position else None,
        theme_zh=plan.theme[0],
        theme_en=plan.theme[1],
        keeper=plan.keeper,
        built_on=date(plan.built, 6, 1),
    )


def _rooms(shape: Shape, random: Random) -> Iterator[NewRoom]:
    """From the ground up; what is let on the lowest floors has other sizes than the offices above."""
    if shape.basement:
        yield NewRoom(floor=-1, number="B101", area=shape.metres * 300, use=Room.Use.OTHER, from_day=_SINCE)
    for floor in range(1, shape.floors + 1):
        shops = floor <= shape.shops
        for nth in range(1, shape.rooms - (1 if shops else 0) + 1):
            metres = shape.metres * random.choice((0.6, 0.8, 1, 1, 1.2, 1.5))
            yield NewRoom(
                floor=floor,
                number=f"{floor}{nth:02d}",
                area=round(metres) * 100 + random.choice((0, 0, 50, 25)),
                use=Room.Use.SHOP if shops else shape.use,
                from_day=_SINCE,
            )
