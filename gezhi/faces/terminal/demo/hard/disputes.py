"""裁决 and the precedents it leaves, 申诉, 升级 and 强制结案."""

from typing import Final

from gezhi.faces.terminal.demo.hard.acts import DAY, HOUR, Act, Road, accepted, begun, ended, sent
from gezhi.faces.terminal.demo.stories import Story

_S = Story

RULINGS: Final = (
    # Returned twice, and once with a dispatcher who asks: they wait for the chief.
    Road(
        "accepted",
        _S("component-0117", "road", "{place}路边有根空杆子，锈断了半边，风大的时候摇得吓人，不晓得是哪家的。", "无主立杆锈断", "立杆已拆除，地面恢复。"),
        (
            *sent("sanitation"),
            Act("return", 2 * HOUR, "杆上有通信吊线的抱箍，不是路灯杆，应由通信维护站拆。", "not_our_duty", ("telecom",), cites="component-0107"),
            Act("dispatch", 35, "环卫所说杆上有通信抱箍，请到现场认一认。", units=("telecom",)),
            Act("return", 2.5 * HOUR, "现场核对，吊线早已割接走，资产台账里没有这根杆，权属查不到。", "owner_unknown"),
        ),
        hold=3 * HOUR,
    ),
    Road(
        "accepted",
        _S("event-0304", "works", "{place}围挡外面的临时便道塌了一块，行人只能走到机动车道上去。", "工地便道塌陷", "便道已回填硬化，恢复通行。", photo="road"),
        (
            *sent("law"),
            Act("return", 1.5 * HOUR, "便道是建设单位报批的临时设施，修不修由住建管，我队只管占道。", "another_leads", ("housing",)),
            Act("dispute", 40, "住建电话里也说不归他们。行人没有路走，先请值班长定。"),
        ),
        hold=1.5 * HOUR,
    ),
    # Ruled, and kept as a precedent.
    Road(
        "archived",
        _S("event-0107", "road", "{place}停了一台没有牌照的面包车，四个轮子都瘪了，前后两年没动过。", "无牌废弃车辆占道", "张贴公告期满无人认领，已拖移到指定停车场。", photo="car"),
        (
            *sent("sanitation"),
            Act("return", 2 * HOUR, "车辆不是垃圾，环卫没有拖移的权限，应由派出所先查车主。", "not_our_duty", ("police",), cites="event-0505"),
            Act("dispatch", 30, "环卫所没有拖移权限，请查车主。", units=("police",)),
            Act("return", 3 * HOUR, "无牌无车架号，查不到车主；停在人行道上，不属道路交通违法，应由执法队按占道处理。", "another_leads", ("law",), cites="event-05"),
            Act("rule", 0.6 * DAY, "三家会商：停在人行道和公共场地上的无主废弃车辆，由综合执法队按占道公告后拖移，派出所出具查询结果，环卫所清理场地。", "meeting", ("law", "police"), cites="event-05", keep="人行道、公共场地上的无牌废弃车辆"),
            Act("take", 90),
            Act("assist", 5 * HOUR, "已出具无牌、无车架号的查询结果。", units=("police",)),
            *ended(2.2 * DAY),
            Act("rate", 300),
        ),
        hold=22 * DAY,
    ),
    Road(
        "archived",
        _S("component-0115", "road", "{place}墙上挂的那个线箱子快掉下来了，门也没得，线吊起多长。", "墙面线箱松脱", "线箱已重新固定，废线已剪除。"),
        (
            *sent("sanitation"),
            Act("return", 1.5 * HOUR, "不是市政设施，是通信线箱，应由通信维护站处理。", "not_our_duty", ("telecom",), cites="component-0107"),
            Act("dispatch", 40, "请通信维护站到现场处理。", units=("telecom",)),
            Act("return", 2 * HOUR, "箱内多家共用，还有监控线，不全是通信的，权属要各家一起认。", "owner_unknown"),
            Act("rule", 4 * HOUR, "多家共用的线箱由通信维护站牵头固定和清线，认不出的线公告三天后剪除。", "chief", ("telecom",), cites="component-0107", keep="墙面、杆上多家共用的线箱"),
            Act("take", 70),
            *ended(1.2 * DAY),
        ),
        hold=25 * DAY,
    ),
    Road(
        "archived",
        _S("event-2117", "building", "{place}一楼几家木地板都被白蚂蚁啃空了，物业喷了两回药没用。", "楼栋白蚁危害", "白蚁防治单位已整栋施药，三个月后复查。", "help"),
        (
            *sent("office"),
            Act("return", 2 * HOUR, "社区没有灭治白蚁的资质和经费，应由园林绿化站连树木一起治。", "another_leads", ("greening",), cites="component-04"),
            Act("dispatch", 30, "社区没有灭治资质，请先看是不是从绿化带来的。", units=("greening",)),
            Act("return", 3 * HOUR, "院内树木检查过没有蚁巢，危害在房屋木构件，房屋白蚁防治归住建。", "not_our_duty", ("housing",), cites="safety-04"),
            Act("rule", 5 * HOUR, "房屋里的白蚁由住建物业科请防治单位；绿化带里的才由园林绿化站治。", "chief", ("housing", "office"), cites="safety-04", keep="居民楼里的白蚁"),
            Act("take", 100),
            Act("assist", 4 * HOUR, "已挨户登记，共九户有蚁路，名单交住建物业科。", units=("office",)),
            *ended(1.7 * DAY),
            Act("rate", 400),
        ),
        hold=19 * DAY,
    ),
    # Of a kind with a precedent: one to be sent, one sent by it.
    Road(
        "accepted",
        _S("event-0107", "compound", "{place}门口的公共车位被一台烂皮卡占了大半年，车斗里头都长草了。", "废弃皮卡占公共车位", "已公告并拖移。", photo="car"),
        accepted(),
        hold=55,
    ),
    Road(
        "dispatched",
        _S("event-0107", "road", "{place}转角停了三台报废的三轮车，链子锁成一串，环卫扫地都绕起走。", "报废三轮车占道", "已公告并清理。", photo="car"),
        sent(words="照先例：执法队公告后拖移，环卫所清场。"),
        hold=70,
    ),
)  # fmt: skip

APPEALS: Final = (
    # Waits for the chief.
    Road(
        "closing",
        _S("event-0201", "building", "{place}电梯里和楼道口贴满了办证贷款的小广告，撕了又贴。", "楼道小广告反复", "已清除并对号码停机，楼道口加装公示栏。"),
        (
            *begun(),
            Act("finish", 2.3 * DAY),
            Act("appeal", 2 * HOUR, "号码停机要运营商配合，函件发出去等了一天半才回，清除当天就做完了。这一天半不该算在我队头上。", "late", ("law",)),
            Act("check", 2 * HOUR),
        ),
        hold=3 * HOUR,
    ),
    # Upheld, and refused.
    Road(
        "archived",
        _S("event-0110", "greenway", "{place}栈道的木板烂了三块，钉子翘起，跑步的人崴到脚。", "绿道栈道木板破损", "栈道木板已更换。"),
        (
            *begun(),
            Act("finish", 4.6 * DAY),
            Act("appeal", 3 * HOUR, "河道水位上涨，绿道从第二天起封闭四天，进不了场（附封闭通告编号）。", "late", ("sanitation",)),
            Act("decide", 0.8 * DAY, "封闭通告属实，这个环节不算超期。", "force_majeure"),
            Act("check", 3 * HOUR),
            Act("close", 2 * HOUR),
            Act("rate", 300),
        ),
        hold=8 * DAY,
    ),
    Road(
        "archived",
        _S("event-2107", "compound", "{place}保洁一个月换了三拨人，楼道没人拖，垃圾桶几天不洗。", "物业保洁不到位", "物业已固定保洁班组，每周公示。"),
        (
            *begun(),
            Act("finish", 5.1 * DAY),
            Act("appeal", 4 * HOUR, "物业换人没有提前报告，我科不知情，才拖了时间。", "late", ("housing",)),
            Act("decide", 0.9 * DAY, "监督物业就是本科的事，不知情不是理由；到期前也没有申请延期。照算。", granted=False),
            Act("check", 4 * HOUR),
            Act("close", 2 * HOUR),
        ),
        hold=6 * DAY,
    ),
)  # fmt: skip

UPWARD: Final = (
    # A community hands up what it cannot settle: it waits to be sent; it was sent and done.
    Road(
        "accepted",
        _S("dispute-12", "compound", "{place}两个小区为中间那道围墙开不开门争了三个月，居民把路都堵了，社区说了不算。", "", "两边签了共用通道的协议。"),
        (
            *begun(),
            Act("escalate", 1.4 * DAY, "牵涉两个物业、一段市政路，社区开了三次会谈不拢，要街道出面定。"),
        ),
        hold=60,
        at_home=True,
    ),
    Road(
        "archived",
        _S("dispute-17", "building", "{place}一户把下水管改到楼下天花板里，漏了半年，法院调解书下来了也不执行。", "", "司法所和派出所一起上门，当事人已改回管道并赔偿。", "help"),
        (
            *begun(),
            Act("escalate", 1.6 * DAY, "有生效的调解书不执行，社区没有手段，请街道安排司法所办。"),
            Act("dispatch", 40, "社区已上门三次，材料都在，请司法所牵头督促履行。", units=("justice", "police")),
            Act("take", 100),
            Act("assist", 0.6 * DAY, "民警已到场见证，当事人同意三天内改管。", units=("police",)),
            *ended(2.4 * DAY),
            Act("rate", 300),
        ),
        hold=10 * DAY,
    ),
    # What cannot be done is ended by force, and said so.
    Road(
        "closed",
        _S("event-2110", "building", "{place}七楼外墙渗水，要从六楼那家的阳台搭架子，人家不同意。", "外墙渗水无法施工", "已改从室内做防水。"),
        (
            *begun(),
            Act("contact", 0.6 * DAY),
            Act("force_close", 2.8 * DAY, "我们和社区三次上门，六楼住户都不同意在阳台搭架子，按规定不能强行进入。已把可以从室内做防水的三家公司和维修资金的办法给您；六楼同意了，随时再告诉我们。", "owners_refuse"),
        ),
        hold=7 * DAY,
    ),
)  # fmt: skip
