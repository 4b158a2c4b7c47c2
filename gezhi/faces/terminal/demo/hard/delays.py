"""挂账 and 延期: what cannot be done for now, or takes longer."""

from typing import Final

from gezhi.faces.terminal.demo.hard.acts import DAY, HOUR, Act, Road, begun, ended
from gezhi.faces.terminal.demo.stories import Story

_S = Story

HANGS: Final = (
    # Asked for, the chief has not decided.
    Road(
        "handling",
        _S("component-0118", "road", "{place}中间一段四盏路灯全灭了，晚上黑黢黢的，昨天电瓶车差点撞到人。", "一段路灯全灭", "已更换地下电缆，四盏路灯恢复照明。", photo="dark"),
        (
            *begun(),
            Act("contact", 120),
            Act("ask_to_hang", 210, "查明是地下电缆断了，断点在机动车道下面，破路要等市里批，最快三周。两头已经放了警示灯，每晚有人看。", "engineering", number=18),
        ),
        hold=2.5 * HOUR,
    ),
    Road(
        "handling",
        _S("event-2112", "compound", "{place}中间那块空坝子被几家人围起来种菜，还拉了铁丝网，娃娃都没得地方耍。", "空坝子被围起种菜", "已拆除铁丝网，空坝恢复公用。"),
        (
            *begun(),
            Act("ask_to_hang", 1.2 * DAY, "几户都愿意拆，但拆了以后做什么，业主意见分成两边：要绿化、要晾晒场。业委会定在下个月开业主大会表决，先挂起来。", "owners_vote", number=22),
        ),
        hold=4 * HOUR,
        at_home=True,
    ),
    # Granted: the review is to come, is today, was to be two days ago, was done once.
    Road(
        "handling",
        _S("event-0110", "road", "{place}人行道沉下去一截，下雨积一滩水，轮椅根本过不去。", "人行道沉降积水", "雨污分流完工后已统一恢复人行道，路面平顺。", photo="road"),
        (
            *begun(),
            Act("ask_to_hang", 1.4 * DAY, "这一段下面正在做雨污分流改造，现在铺了还要挖。施工单位排期还要五周，完工后统一恢复。坑边已铺钢板。", "engineering", number=27),
            Act("hang", 3 * HOUR, "同意。钢板每周看一次，施工单位提前完工就提前恢复。"),
        ),
        hold=7 * DAY,
    ),
    Road(
        "handling",
        _S("event-0116", "building", "{place}底楼新开的{eatery}天天中午冒油烟，我家阳台上的玻璃摸起来都是油。", "底商油烟扰民", "商户已装净化器并改道，复测达标。"),
        (
            *begun(),
            Act("ask_to_hang", 2.1 * DAY, "已经立案并送达责令改正通知书，法定改正期限还没有到，到期复测，不达标就处罚。", "law_procedure", number=9),
            Act("hang", 2 * HOUR, "同意挂到改正期满，期满当天去测。"),
        ),
        hold=6.4 * DAY,
    ),
    Road(
        "handling",
        _S("component-0402", "road", "{place}有棵大黄葛树把人行道拱起来了，老人天天在那里绊脚，能不能移走。", "行道树拱起人行道", "树已移栽，人行道重铺。", photo="tree"),
        (
            *begun(),
            Act("ask_to_hang", 1.1 * DAY, "移栽方案已经定了，这个季节移大树活不了，等过了这几周再移。先把拱起的砖取了，垫了临时坡。", "season", number=0),
            Act("hang", 2.4 * HOUR, "同意，到复核日看能不能移。"),
        ),
        hold=11.3 * DAY,
    ),
    Road(
        "handling",
        _S("event-2110", "building", "{place}顶楼几家都漏水，一下雨就拿盆盆接，物业说要动维修资金。", "屋面渗漏待维修资金", "屋面防水已重做，雨后回看不漏。", photo="roof"),
        (
            *begun(),
            Act("ask_to_hang", 1.6 * DAY, "动用维修资金要本单元业主表决，表决票正在收，差七户没有签。漏得最厉害的两家先做了临时防水。", "owners_vote", number=-2),
            Act("hang", 3.2 * HOUR, "同意。社区帮着把剩下七户的票收齐。"),
        ),
        hold=12.2 * DAY,
    ),
    Road(
        "handling",
        _S("event-2118", "compound", "{place}院墙边的竹子长得太密，底楼几家白天都要开灯，蚊子也多。", "院内竹丛遮挡底楼", "竹丛已间伐移栽，采光恢复。", "help", "tree"),
        (
            *begun(),
            Act("ask_to_hang", 1.3 * DAY, "要移栽的竹子得等天气合适，现在挖成活不了，居民也舍不得砍。先把挡窗子的枝子修了。", "season", number=7),
            Act("hang", 2 * HOUR, "同意。"),
            Act("review", 6.2 * DAY, "看过了：枝子修了，窗子亮了不少；移栽的师傅还要排几周。再挂一段。", number=20),
        ),
        hold=3.1 * DAY,
        at_home=True,
    ),
    # Went on again, and refused.
    Road(
        "archived",
        _S("component-0201", "road", "{place}地下车库出口的坡道掉了一大块水泥，钢筋露出来，天天压得哐哐响。", "车库坡道破损露筋", "坡道已凿除重做，养护到期开放。", photo="road"),
        (
            *begun(),
            Act("ask_to_hang", 0.9 * DAY, "连续下雨，水泥养护不住，现在补了过几天又要掉。露筋的地方先垫了橡胶板。", "season", number=12),
            Act("hang", 2.2 * HOUR, "同意，天一放晴就恢复。"),
            Act("resume", 5.3 * DAY, "雨停了，今天进场。"),
            *ended(1.1 * DAY),
            Act("rate", 200),
        ),
        hold=6 * DAY,
    ),
    Road(
        "archived",
        _S("event-0103", "compound", "{place}后面巷子里堆了十几车装修垃圾，窗子都不敢开，全是灰。", "背街装修垃圾堆积", "分两晚清运完毕，巷口加了限高杆。", photo="heap"),
        (
            *begun(),
            Act("ask_to_hang", 4 * HOUR, "巷子太窄，清运车进不去，暂时没有办法。", "no_conditions", number=15),
            Act("hang", 2.5 * HOUR, "不同意。南头可以进小车，夜里分两趟拉得完；堆在那里就是火险。", granted=False),
            *ended(0.9 * DAY),
            Act("rate", 300),
        ),
        hold=9 * DAY,
    ),
)  # fmt: skip

EXTENSIONS: Final = (
    # Asked for: by the law unit, the sanitation unit for a second time, a community.
    Road(
        "handling",
        _S("event-0116", "road", "{place}那排{eatery}的烟囱对着幼儿园，一到饭点娃娃就咳嗽。", "餐饮油烟对着幼儿园", "五家商户已统一改道排烟。"),
        (
            *begun(),
            Act("contact", 300),
            Act("ask_to_extend", 2.4 * DAY, "一排五家共用烟道，三家已经装好净化器，还有两家的设备在路上，装完统一复测。", "procurement", number=3),
        ),
        hold=3 * HOUR,
    ),
    Road(
        "handling",
        _S("event-0113", "building", "{place}临街那面墙的瓷砖黑了一大片，还往下流黄水，难看得很。", "临街外墙污损", "外墙已清洗，渗水点已封堵。", photo="wall"),
        (
            *begun(),
            Act("ask_to_extend", 2.6 * DAY, "清洗要搭吊篮，吊篮的检测合格证还没有下来，预计要三天。", "procurement", number=3),
            Act("extend", 3 * HOUR, "同意延三天。"),
            Act("ask_to_extend", 3.1 * DAY, "洗到一半发现墙里渗水，不先堵住，洗了也白洗。再要三天堵漏，签字的审批表附后。", "engineering", number=3, photo="form"),
        ),
        hold=2.2 * HOUR,
    ),
    Road(
        "handling",
        _S("dispute-12", "compound", "{place}物业和业委会为停车收费吵了半年，道闸都被人拆了，请社区主持一下。", "", "三方签了停车管理协议，道闸恢复。"),
        (
            *begun(),
            Act("ask_to_extend", 4.4 * DAY, "开了两次协调会，车位怎么分已经谈拢，收费标准还要等住建物业科派人来说明，约在下周。", "many_units", number=5),
        ),
        hold=5 * HOUR,
        at_home=True,
    ),
    # Granted and going on; granted twice and done; refused and done in time.
    Road(
        "handling",
        _S("service-05", "building", "我家申请公租房，材料说少一样又少一样，{place}，到底还差什么嘛。", "", "材料已补齐，通过初审。", "help"),
        (
            *begun(),
            Act("ask_to_extend", 3.2 * DAY, "要向外地核实一套老房子的产权，对方回函要一周。", "law_procedure", number=4),
            Act("extend", 2.5 * HOUR, "同意。先打电话告诉申请人还要等几天。"),
        ),
        hold=1.5 * DAY,
    ),
    Road(
        "archived",
        _S("dispute-13", "mall", "在{place}的舞蹈班交了一年的钱，上个月老板换人了，说以前的卡不认。", "", "新老板同意续上剩余课时，不愿续的按比例退款，共二十三人。"),
        (
            *begun(),
            Act("contact", 400),
            Act("ask_to_extend", 3.1 * DAY, "涉及二十多个家长，要逐个核对合同和付款记录。", "other", number=3),
            Act("extend", 2 * HOUR, "同意。"),
            Act("ask_to_extend", 4.6 * DAY, "原经营者在外地，约好回来当面调解，一次谈完。签字的审批表附后。", "law_procedure", number=2, photo="form"),
            Act("extend", 3 * HOUR, "同意，不再延了。"),
            *ended(2.6 * DAY),
            Act("rate", 500),
        ),
        hold=5 * DAY,
    ),
    Road(
        "archived",
        _S("component-0407", "greenway", "{place}那几张木条椅子的靠背全掉了，只剩铁架子，老人坐不成。", "绿道坐凳靠背缺失", "六张坐凳靠背已全部换新。"),
        (
            *begun(),
            Act("ask_to_extend", 1.8 * DAY, "木条没有库存，想延五天等采购。", "procurement", number=5),
            Act("extend", 2 * HOUR, "不同意。仓库里有上次换下来的好料，先把人能坐的修好。", granted=False),
            *ended(1.7 * DAY),
            Act("rate", 260),
        ),
        hold=10 * DAY,
    ),
)  # fmt: skip
