"""What can be asked of the registers of enterprises and buildings."""

from collections.abc import Mapping

from rixin.catalogue.columns import FROM, UNTIL, Column, RegisterSource, options, register, text

_ENTERPRISE = Column("code", text("企业", "Enterprise"))
_SECTION = Column("code", text("行业门类", "Section of industry"))
_DIVISION = Column("code", text("行业大类", "Division of industry"))
_CULTURAL = Column("flag", text("文化产业", "Cultural industry"))
_BUILDING = Column("code", text("楼宇", "Building"))
_STANDING = Column(
    "code",
    text("状态", "Standing"),
    options(
        here=("注册并在此办公", "Registered and working here"),
        elsewhere=("注册在此、异地办公", "Registered here, working elsewhere"),
        working=("在此办公、异地注册", "Working here, registered elsewhere"),
        left=("已迁出", "Moved away"),
        closed=("已注销", "Closed"),
    ),
)
_INDUSTRY = {"section": _SECTION, "division": _DIVISION, "cultural": _CULTURAL}


def _area(zh: str, en: str) -> Column:
    return Column("number", text(zh, en), unit="square_metre", decimals=2)


def _money(zh: str, en: str) -> Column:
    return Column("number", text(zh, en), unit="yuan", decimals=2)


ENTERPRISES: Mapping[str, RegisterSource] = {
    "standings": register(
        "企业状态",
        "Standing of an enterprise",
        day=FROM,
        until=UNTIL,
        enterprise=_ENTERPRISE,
        standing=_STANDING,
        how=Column(
            "code",
            text("变动方式", "How it came about"),
            options(
                found=("建册时已在", "Was here when it was entered"),
                new=("新注册", "Newly registered"),
                moved_in=("迁入", "Moved in"),
                changed=("办公或注册地变更", "Place of work or registration changed"),
                moved_out=("迁出", "Moved out"),
                closed=("注销", "Closed"),
            ),
        ),
        **_INDUSTRY,
    ),
    "traits": register(
        "企业资质与归属",
        "Trait of an enterprise",
        day=FROM,
        until=UNTIL,
        enterprise=_ENTERPRISE,
        trait=Column("code", text("类别", "Trait")),
        value=Column("code", text("内容", "Value")),
        **_INDUSTRY,
    ),
    "rooms": register(
        "楼宇房间",
        "Room of a building",
        day=FROM,
        until=UNTIL,
        building=_BUILDING,
        use=Column("code", text("用途", "Use")),
        size=_area("面积", "Area"),
    ),
    "tenancies": register(
        "租用",
        "Tenancy",
        day=FROM,
        until=UNTIL,
        lease_end=Column("day", text("租约到期", "Lease ends on")),
        enterprise=_ENTERPRISE,
        building=_BUILDING,
        size=_area("租用面积", "Area let"),
        **_INDUSTRY,
    ),
    "tenants": register(
        "入驻企业",
        "Tenant with a standing",
        day=FROM,
        until=UNTIL,
        enterprise=_ENTERPRISE,
        building=_BUILDING,
        standing=_STANDING,
        **_INDUSTRY,
    ),
    "returns": register(
        "企业税收与产值",
        "Return of an enterprise",
        day=Column("day", text("期末", "End of the period")),
        enterprise=_ENTERPRISE,
        building=_BUILDING,
        measured=Column("code", text("指标", "Measured"), options(tax=("税收", "Tax paid"), output=("产值", "Output"))),
        amount=_money("金额", "Amount"),
        **_INDUSTRY,
    ),
    "building_taxes": register(
        "楼宇年度税收",
        "Tax of a building in a year",
        day=Column("day", text("最后一期", "Last return")),
        building=_BUILDING,
        tax=_money("税收", "Tax paid"),
    ),
}
"""What the registers of enterprises and buildings can be asked. Spans of time have `day` and `until`; of a building's
tax there is one row a year, summed over the enterprises that had rooms there at the end of each return's period.
"""
