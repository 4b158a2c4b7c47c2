"""协办, 督办 and 吹哨: what takes several units, or somebody to look after it."""

from typing import Final

from gezhi.faces.terminal.demo.hard.acts import DAY, HOUR, Act, Road, begun, ended
from gezhi.faces.terminal.demo.stories import Story

_S = Story

ASSISTS: Final = (
    # The lead waits for an answer.
    Road(
        "handling",
        _S("event-0103", "road", "{place}拐角又有人半夜倒装修渣子，三天两头清了又倒，要抓现行才行。", "路边反复偷倒渣土", "已清运，当事人已查到并处罚。", photo="heap"),
        begun("sanitation", "law!", words="环卫所先清，执法队调监控查是谁倒的，查到了再一起立规矩。"),
        hold=4.5 * HOUR,
    ),
    Road(
        "handling",
        _S("event-0507", "road", "{place}一家废品收购点把货堆满了人行道，收都收不完，路也遭压烂了。", "废品占道压坏路面", "货物已搬离，路面已修补。", photo="heap"),
        begun("law", "sanitation!", words="执法队清占道，环卫所看压坏的路面怎么补，一次说清楚。"),
        hold=3.5 * HOUR,
    ),
    Road(
        "handling",
        _S("event-2107", "compound", "{place}换了物业以后门岗没人，单元门禁全坏了，物业费照收。", "物业更换后服务缺位", "物业已补岗，门禁修复。"),
        begun("housing", "office!", words="住建物业科约谈物业，请社区先摸清有多少户、哪些单元门禁坏了。"),
        hold=6 * HOUR,
        at_home=True,
    ),
    # Answered: done, and not theirs.
    Road(
        "archived",
        _S("event-0116", "building", "{place}楼下那家{eatery}半夜炒料，呛得一栋楼都睡不着，还没看到执照。", "夜间炒料油烟", "已停止夜间炒料，加装净化器，证照补齐。"),
        (
            *begun("law", "market!", words="执法队查油烟，市场监管所查证照，结果一起回。"),
            Act("assist", 1.1 * DAY, "查了：执照在办，食品经营许可没有，已责令停业补办，证照补齐才准开门。", units=("market",)),
            *ended(1.9 * DAY),
            Act("rate", 240),
        ),
        hold=8 * DAY,
    ),
    Road(
        "checking",
        _S("component-0201", "road", "{place}路边停车场的出入口没有标线，进出的车天天别到一起。", "停车场出入口无标线", "出入口标线和减速带已补齐。", photo="car"),
        (
            *begun("sanitation", "police", words="环卫所补标线，派出所看要不要调整进出方向。"),
            Act("assist", 5 * HOUR, "进出方向归停车场经营单位管，不是派出所的事；已把经营单位电话给了环卫所。", "not_ours", ("police",)),
            Act("finish", 1.1 * DAY),
        ),
        hold=3 * HOUR,
    ),
)  # fmt: skip

SUPERVISIONS: Final = (
    # The unit has not answered, its deadline is to come.
    Road(
        "handling",
        _S("event-0110", "school", "{place}门口人行道的砖翘了一排，昨天有个娃娃绊倒磕掉了牙。", "校门口人行道砖翘起", "校门口人行道已重铺。", photo="road"),
        (
            *begun(),
            Act("supervise", 5 * HOUR, "校门口的事不能拖：明早上学以前先把翘的砖取了垫平，哪天全部铺完，书面答复。", number=2, by="leader"),
        ),
        hold=3.2 * HOUR,
    ),
    Road(
        "handling",
        _S("event-0116", "road", "{place}烧烤一条街天天晚上烟雾腾腾，反映过三回了，每次管两天又来。", "烧烤街油烟反复", "沿街八家全部改为无烟炉具。"),
        (
            *begun(),
            Act("supervise", 1.1 * DAY, "同一条街第三次反映了。哪几家、什么时候改完、谁来盯，写清楚。", number=2),
        ),
        hold=4 * HOUR,
    ),
    # Answered, waits for the supervisor.
    Road(
        "handling",
        _S("dispute-17", "building", "{place}楼上楼下为空调外机的位置吵了几个月，昨天差点动手，请社区快点来。", "", "外机已移位，双方签了和解协议。", "help"),
        (
            *begun(),
            Act("supervise", 1.2 * DAY, "已经吵到要动手，社区书记亲自上门，两天内说清楚怎么了结。", number=2),
            Act("report_to_supervisor", 0.8 * DAY, "书记和民警已经一起上门，两家都同意把外机移到背面，安装师傅约在后天，移完签协议。"),
        ),
        hold=2.5 * HOUR,
        at_home=True,
    ),
    Road(
        "handling",
        _S("component-0405", "park", "{place}坡上的草皮全没了，一下雨黄泥流到步道上，老人滑倒好几回。", "坡面草皮缺失泥水漫流", "坡面已补植并加固。", photo="tree"),
        (
            *begun(),
            Act("supervise", 1.6 * DAY, "有老人摔伤，先把步道上的泥清干净，再说补草的事。", number=1, by="leader"),
            Act("report_to_supervisor", 0.7 * DAY, "步道已冲洗，坡脚码了一排沙袋挡泥；草皮后天到货，三天铺完。"),
        ),
        hold=1.1 * DAY,
    ),
    # Discharged: with the closing of the case, and before.
    Road(
        "archived",
        _S("event-2107", "compound", "{place}电梯三部坏了两部，物业说等配件等了一个月，八楼的老人都不下楼了。", "小区电梯长期停用", "两部电梯已修复并通过检验。"),
        (
            *begun(),
            Act("supervise", 0.8 * DAY, "一个月了还在等配件，住建物业科直接找维保单位，两天内给说法。", number=2, by="leader"),
            Act("report_to_supervisor", 1.2 * DAY, "已约谈物业和维保单位，配件从外地加急发来，后天装；装好前每天两趟帮老人送菜。"),
            *ended(0.7 * DAY),
            Act("discharge", 5 * HOUR, "到现场看过，三部都在用了。", by="leader"),
            Act("rate", 300),
        ),
        hold=7 * DAY,
    ),
    Road(
        "archived",
        _S("service-14", "compound", "{place}的快递柜坏了半个月，快递堆在门卫室随便翻，丢了两件了。", "快递柜损坏快递丢失", "快递柜已更换主板，丢失的两件已赔付。"),
        (
            *begun(),
            Act("supervise", 0.7 * DAY, "已经丢了东西，先定个人看着，柜子哪天修好书面答复。", number=1),
            Act("report_to_supervisor", 0.6 * DAY, "快递公司派人守到晚上八点，主板明天到，后天恢复。"),
            Act("discharge", 0.9 * DAY, "答复做到了，销号。"),
            *ended(0.5 * DAY),
        ),
        hold=12 * DAY,
    ),
)  # fmt: skip

WHISTLES: Final = (
    # One is there, the others may come still.
    Road(
        "handling",
        _S("event-0507", "market", "{place}门口几十家摊贩的货架、水泥墩把路堵死了，说清场不给安排地方，跟市场管理员吵起来了，围了好多人。", "市场门口货架堵路", "货架已搬走，摊贩分流到疏导点。"),
        (
            *begun(accept=5, dispatch=8),
            Act("whistle", 12, "市场正门口，人还在多起来。派出所维持秩序，环卫所把东侧空地腾出来摆摊，社区出熟人劝。", "emergency", ("police", "sanitation", "office"), number=2),
            Act("arrive", 25, "值班副所长带四名民警到场，先把人分成两边。", units=("police",)),
        ),
        hold=30,
        at_home=True,
    ),
    # Time is up: it waits to be scored, one has said nothing.
    Road(
        "handling",
        _S("event-0113", "compound", "{place}临街那面围墙被人喷满了字，墙脚堆起废料，市里过两天要来看。", "围墙涂写墙脚堆料", "围墙已刷新，废料已清运。", photo="wall"),
        (
            *begun(),
            Act("whistle", 4 * HOUR, "先把墙脚清空：执法队找堆料的人，物业出人出车，做完一起验收。", "key_work", ("law", "property"), number=4),
            Act("arrive", 1.5 * HOUR, "项目经理带六个人、一台小货车到场，已开始装车。", units=("property",)),
        ),
        hold=5.5 * HOUR,
    ),
    # Scored; the low score is appealed, or was set anew.
    Road(
        "archived",
        _S("event-0507", "mall", "{place}后门被几家店的货箱堵死了，消防通道只剩一条缝。", "商场后门货箱堵通道", "货箱已清走，后门划了禁停禁放线。", photo="heap"),
        (
            *begun(),
            Act("whistle", 40, "商场后门通道堵死，消防站查消防，市场监管所查货主证照，派出所维持秩序，一次清完。", "enforcement", ("safety", "police", "market"), number=2),
            Act("arrive", 45, "消防员两人到场，已责令当场搬开。", units=("safety",)),
            Act("arrive", 15, "社区民警一人到场。", units=("police",)),
            Act("arrive", 70, "所里只剩一个人，在另一处抽检，走不开。", "no_people", ("market",)),
            *ended(2 * HOUR, check=100, close=60),
            Act("score", 90, "消防站来得最快，当场就搬；派出所按时到；市场监管所没有来人，货主证照没有查成。", units=("safety", "police", "market"), scores=(5, 5, 2)),
            Act("appeal", 4 * HOUR, "当天在合江市场抽检有签到单，电话里说了改派协管员来，被告知不用了。请核对通话记录。", "score", ("market",)),
        ),
        hold=4 * HOUR,
    ),
    Road(
        "archived",
        _S("dispute-12", "compound", "{place}物业撤场，电梯停了、垃圾没人收，两百多户堵在物业办公室门口。", "", "新物业进场，电梯、保洁当天恢复。"),
        (
            *begun(),
            Act("whistle", 1 * HOUR, "物业撤场交接，住建物业科主持，派出所到场，环卫所先把垃圾清了。", "emergency", ("housing", "police", "sanitation"), number=3),
            Act("arrive", 40, "科长带两人到场，主持交接。", units=("housing",)),
            Act("arrive", 20, "民警三人到场。", units=("police",)),
            Act("arrive", 100, "清运车两台到场，堵车晚到二十分钟。", units=("sanitation",)),
            Act("score", 1.5 * HOUR, "都到了，环卫所晚了些。", units=("housing", "police", "sanitation"), scores=(5, 5, 3)),
            Act("appeal", 3 * HOUR, "路口当时在封路（有交警通告），车绕行，不是出发晚。", "score", ("sanitation",)),
            Act("decide", 0.7 * DAY, "封路情况属实，改为 4 分：绕行应当先打电话说一声。", number=4),
            *ended(1.5 * DAY),
            Act("rate", 300),
        ),
        hold=9 * DAY,
    ),
)  # fmt: skip
