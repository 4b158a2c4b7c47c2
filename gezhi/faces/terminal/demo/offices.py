"""Units of the demo street and who leads which class of case, as plain tables and the plot that opens them.

Phones begin with 0 after the area code, so that none of them exists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gezhi.faces.terminal.demo.places import Ground
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties.actions import add_duty
from gezhi.records.units.actions import open_unit
from gezhi.records.units.models import Unit, UnitKind

Hours = Sequence[tuple[str, str]]
OFFICE: Final[Hours] = (("09:00", "12:00"), ("13:00", "17:00"))
WINDOW: Final[Hours] = (("08:30", "12:00"), ("13:00", "20:00"))
SHIFTS: Final[Hours] = (("07:00", "22:00"),)
ALWAYS: Final[Hours] = (("00:00", "24:00"),)

CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Office:
    """One unit: `key` as the tables below name it; `professions` its people bring to a crew."""

    key: str
    kind: UnitKind
    name: str
    short_name: str
    hours: Hours = OFFICE
    professions: tuple[str, ...] = ()


OFFICES: Final = (
    Office("law", UnitKind.DEPARTMENT, "锦官驿街道综合行政执法队", "综合执法队", SHIFTS, ("city_management",)),
    Office("sanitation", UnitKind.DEPARTMENT, "锦官驿街道市政环卫所", "市政环卫所", SHIFTS),
    Office("greening", UnitKind.DEPARTMENT, "锦官驿街道园林绿化管护站", "园林绿化站"),
    Office("housing", UnitKind.DEPARTMENT, "锦官驿街道住房建设和物业管理科", "住建物业科", OFFICE, ("housing",)),
    Office("police", UnitKind.DEPARTMENT, "锦官驿派出所", "派出所", ALWAYS, ("police",)),
    Office("justice", UnitKind.DEPARTMENT, "锦官驿司法所", "司法所", OFFICE, ("justice",)),
    Office("safety", UnitKind.DEPARTMENT, "锦官驿街道应急管理和消防工作站", "应急消防站", ALWAYS, ("work_safety", "fire")),
    Office("market", UnitKind.DEPARTMENT, "锦官驿市场监管所", "市场监管所", OFFICE, ("market",)),
    Office("civil", UnitKind.DEPARTMENT, "锦官驿街道民政和社会保障办公室", "民政社保办", OFFICE, ("civil_affairs", "health")),
    Office("water", UnitKind.ENTERPRISE, "锦江供水服务站（锦官驿）", "供水服务站", ALWAYS),
    Office("power", UnitKind.ENTERPRISE, "锦江供电服务站（锦官驿）", "供电服务站", ALWAYS),
    Office("gas", UnitKind.ENTERPRISE, "锦江燃气服务站（锦官驿）", "燃气服务站", ALWAYS),
    Office("telecom", UnitKind.ENTERPRISE, "锦官驿通信线路维护站", "通信维护站"),
    Office("property_north", UnitKind.PROPERTY_FIRM, "锦悦物业服务有限公司", "锦悦物业", SHIFTS, ("property",)),
    Office("property_south", UnitKind.PROPERTY_FIRM, "和安物业服务有限公司", "和安物业", SHIFTS, ("property",)),
    Office("social", UnitKind.SOCIAL_ORGANIZATION, "同心社会工作服务中心", "同心社工"),
    Office("volunteers", UnitKind.SOCIAL_ORGANIZATION, "锦官驿街道志愿服务队", "志愿服务队"),
    Office("window", UnitKind.DEPARTMENT, "锦官驿街道便民服务中心", "便民服务中心", WINDOW),
)  # fmt: skip

# Communities whose compounds the first property firm looks after; the second has the others.
NORTH: Final = frozenset({"002", "004", "005"})

CITY_RULES = "城市市容和环境卫生管理条例"
ROADS = "城市道路管理条例"
PROPERTY = "物业管理条例、民法典 第二编第六章"
FIRE = "消防法、高层民用建筑消防安全管理规定"
MEDIATION = "人民调解法"
COMMITTEE = "城市居民委员会组织法 第三条"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the duty list for the whole street: class, words, lead, who assists, basis."""

    class_code: str
    name: str
    lead: str
    assist: tuple[str, ...] = ()
    basis: str = ""
    list_kind: str = "basic"


DUTIES: Final = (
    Row("component", "市政公用部件巡查维护", "sanitation", ("law",), ROADS),
    Row("component-01", "公用设施井盖、灯杆维护", "sanitation", (), ROADS),
    Row("component-0101", "上水井盖维护", "water", ("sanitation",), ROADS, "joint"),
    Row("component-0105", "电力井盖维护", "power", ("sanitation",), ROADS, "joint"),
    Row("component-0107", "通讯井盖维护", "telecom", ("sanitation",), ROADS, "joint"),
    Row("component-0111", "燃气井盖维护", "gas", ("sanitation",), "城镇燃气管理条例", "joint"),
    Row("component-0113", "消防设施巡查", "safety", (), FIRE),
    Row("component-0116", "电力设施维护", "power", (), "电力设施保护条例", "joint"),
    Row("component-02", "交通设施维护", "sanitation", ("police",), "道路交通安全法 第二十五条"),
    Row("component-03", "环卫设施维护", "sanitation", (), CITY_RULES),
    Row("component-04", "绿地、行道树养护", "greening", (), "城市绿化条例"),
    Row("component-05", "宣传栏、公房设施维护", "housing", (), ""),
    Row("event", "城市管理事件处置", "law", ("sanitation",), CITY_RULES),
    Row("event-01", "市容环境卫生", "sanitation", ("law",), CITY_RULES),
    Row("event-0101", "私搭乱建查处", "law", ("housing",), "城乡规划法 第六十四条"),
    Row("event-0106", "绿地保洁", "greening", (), "城市绿化条例"),
    Row("event-0109", "树挂清理", "greening", (), CITY_RULES),
    Row("event-0116", "油烟污染查处", "law", ("market",), "大气污染防治法 第八十一条"),
    Row("event-02", "户外广告与小广告", "law", (), "广告法、" + CITY_RULES),
    Row("event-03", "施工扰民与工地管理", "law", ("housing",), "噪声污染防治法 第四十三条"),
    Row("event-04", "市政突发事件先期处置", "sanitation", ("safety",), "突发事件应对法"),
    Row("event-0402", "自来水管破裂抢修", "water", ("sanitation",), "城市供水条例", "joint"),
    Row("event-0403", "燃气管道破裂抢修", "gas", ("safety",), "城镇燃气管理条例", "joint"),
    Row("event-0408", "架空线缆损坏抢修", "power", ("telecom",), "电力设施保护条例", "joint"),
    Row("event-0409", "群体性事件先期处置", "police", ("justice",), "突发事件应对法", "joint"),
    Row("event-05", "街面秩序", "law", ("police",), CITY_RULES),
    Row("event-0502", "流浪乞讨人员救助", "civil", ("police",), "城市生活无着的流浪乞讨人员救助管理办法"),
    Row("event-0505", "机动车乱停放", "police", ("law",), "道路交通安全法 第五十六条", "joint"),
    Row("event-0509", "黑车拉客查处", "police", ("law",), "道路运输条例", "withdrawn"),
    Row("event-2107", "物业服务监督", "housing", (), PROPERTY),
    Row("event-2113", "养犬管理", "police", ("law",), "养犬管理有关规定", "joint"),
    Row("event-2115", "群租与违规改建查处", "housing", ("police", "safety"), "商品房屋租赁管理办法"),
    Row("event-2116", "小区停水停电停气协调", "housing", ("water", "power", "gas"), PROPERTY),
    Row("dispute", "矛盾纠纷调解", "justice", (), MEDIATION),
    Row("dispute-08", "劳动纠纷调解", "civil", ("justice",), "劳动争议调解仲裁法"),
    Row("dispute-13", "消费纠纷调解", "market", (), "消费者权益保护法"),
    Row("safety", "安全生产和消防检查", "safety", (), "安全生产法 第九条"),
    Row("safety-02", "用电隐患排查", "power", ("safety",), "电力法", "joint"),
    Row("safety-03", "燃气隐患排查", "gas", ("safety",), "城镇燃气管理条例", "joint"),
    Row("safety-04", "房屋安全隐患排查", "housing", (), "城市危险房屋管理规定"),
    Row("safety-07", "特种设备隐患", "market", (), "特种设备安全法", "withdrawn"),
    Row("safety-08", "治安隐患排查", "police", (), "治安管理处罚法"),
    Row("safety-09", "校园周边安全", "police", ("market",), "未成年人保护法"),
    Row("safety-10", "食品药品安全", "market", (), "食品安全法", "joint"),
    Row("safety-14", "反诈宣传和线索处置", "police", (), "反电信网络诈骗法", "joint"),
    Row("people", "人员服务管理", "civil", (), "社会救助暂行办法"),
    Row("people-05", "流动人口和出租房登记", "police", ("housing",), "居住证暂行条例"),
    Row("people-07", "走失人员查找", "police", ("civil",), ""),
    Row("people-10", "心理疏导", "social", ("civil",), "精神卫生法"),
    Row("service", "民生服务", "civil", (), ""),
    Row("service-01", "政策与办事咨询", "window", (), "政府信息公开条例"),
    Row("service-05", "住房保障申请受理", "housing", ("civil",), "公共租赁住房管理办法"),
    Row("service-09", "供水服务", "water", (), "城市供水条例", "joint"),
    Row("service-10", "供电服务", "power", (), "电力供应与使用条例", "joint"),
    Row("service-11", "燃气服务", "gas", (), "城镇燃气管理条例", "joint"),
    Row("service-12", "通信与有线电视", "telecom", (), "电信条例", "joint"),
    Row("service-13", "公共交通意见转办", "police", (), "", "joint"),
    Row("service-14", "快递与邮政", "market", (), "快递暂行条例", "joint"),
    Row("service-16", "志愿服务", "volunteers", ("social",), "志愿服务条例"),
    Row("service-17", "意见建议办理", "window", (), ""),
    Row("service-18", "表扬转办", "window", (), ""),
    Row("service-19", "作风与窗口服务", "window", (), ""),
)  # fmt: skip

# The same for every community: its office or its property firm leads.
COMMUNITY_DUTIES: Final = (
    Row("event-21", "社区事务协调", "office", (), COMMITTEE),
    Row("dispute-12", "房产物业纠纷调解", "office", ("justice",), MEDIATION),
    Row("dispute-16", "婚姻家庭纠纷调解", "office", ("justice",), MEDIATION),
    Row("dispute-17", "邻里纠纷调解", "office", ("justice",), MEDIATION),
    Row("people-01", "独居高龄老人探访", "office", ("civil",), "老年人权益保障法"),
    Row("people-02", "困境儿童关爱", "office", ("civil",), "未成年人保护法"),
    Row("service-02", "证明开具和代办", "office", (), COMMITTEE),
    Row("service-15", "便民代办", "office", (), COMMITTEE),
    Row("event-2102", "飞线充电制止", "property", ("safety",), FIRE),
    Row("event-2103", "楼道清理", "property", (), FIRE),
    Row("event-2104", "消防通道畅通", "property", ("safety",), FIRE),
    Row("event-2106", "电动车进楼劝阻", "property", ("safety",), FIRE),
    Row("event-2108", "小区照明维修", "property", (), PROPERTY),
    Row("event-2109", "电梯维护", "property", ("market",), "特种设备安全法 第三十八条"),
    Row("event-2110", "屋面外墙维修", "property", ("housing",), PROPERTY),
    Row("event-2111", "小区停车秩序", "property", (), PROPERTY),
    Row("event-2114", "垃圾分类投放", "property", ("sanitation",), "生活垃圾管理有关规定"),
    Row("safety-05", "高处坠物隐患处置", "property", ("housing",), "民法典 第一千二百五十四条"),
)


def open_offices(ground: Ground, *, by: Viewer) -> dict[str, Unit]:
    """Open the centre, the community offices (`office-001` …) and all other units; by key."""
    phones = (f"028-0000-{number}" for number in range(1001, 1100))
    street = ground.street
    centre = open_unit(
        name=f"{street.name}社会治理网格中心",
        short_name="街道网格中心",
        kind=UnitKind.STREET_CENTRE,
        area_id=street.id,
        hours=WINDOW,
        public_phone=next(phones),
        address="锦驿大道 88 号",
        by=by,
    )
    units = {CENTRE: centre}
    for code, community in sorted(ground.communities.items()):
        units[f"office-{code}"] = open_unit(
            name=f"{community.name}居民委员会",
            short_name=community.name,
            kind=UnitKind.COMMUNITY_OFFICE,
            area_id=community.id,
            parent=centre,
            hours=OFFICE,
            public_phone=next(phones),
            address=f"{community.name}党群服务中心",
            by=by,
        )
    for office in OFFICES:
        units[office.key] = open_unit(
            name=office.name,
            short_name=office.short_name,
            kind=office.kind,
            area_id=street.id,
            parent=centre,
            hours=office.hours,
            public_phone=next(phones),
            by=by,
        )
    return units


def property_of(community: str) -> str:
    """The key of the property firm that serves a community."""
    return "property_north" if community in NORTH else "property_south"


def list_duties(ground: Ground, units: Mapping[str, Unit], *, by: Viewer) -> int:
    """Write the duty list of the street and of each community; returns how many rows."""
    rows = [(row, ground.street.id, row.lead) for row in DUTIES]
    for code, community in ground.communities.items():
        leads = {"office": f"office-{code}", "property": property_of(code)}
        rows += [(row, community.id, leads[row.lead]) for row in COMMUNITY_DUTIES]
    for row, area_id, lead in rows:
        add_duty(
            class_code=row.class_code,
            name=row.name,
            area_id=area_id,
            list_kind=row.list_kind,
            lead_unit=units[lead],
            assist_units=[units[key] for key in row.assist],
            legal_basis=row.basis,
            valid_from=clock.today(),
            by=by,
        )
    return len(rows)
