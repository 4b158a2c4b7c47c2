"""The knowledge base of the demo street: what people ask most, some of it not reviewed yet, one entry
that is to be looked at again; and two templates of the office's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gezhi.faces.terminal.demo.cast import Cast
from gezhi.kernel.viewer import Role
from gezhi.records.units.models import Unit
from gezhi.work.knowledge import actions
from gezhi.work.knowledge.rules import Audience, Written


@dataclass(frozen=True, slots=True)
class Said:
    """One entry: the unit, the question with other wordings, answer and basis."""

    unit: str
    question: str
    wordings: str
    answer: str
    basis: str
    staff_only: bool = False
    draft: bool = False
    due: bool = False


SAID: Final = (
    Said("civil", "高龄津贴怎么领？", "八十岁以上补贴\n老人津贴在哪办",
         "年满八十周岁、户口在本区的老人都能领。带身份证和户口本到社区居委会登记，下个月起按月发到社保卡上。行动不便的，网格员上门办。",
         "《老年人权益保障法》第三十三条；本区高龄津贴发放办法"),
    Said("civil", "临时救助怎么申请？", "家里困难能不能补助\n突然生大病没钱",
         "向社区居委会提出，也可以直接到街道民生服务办。急难的先救助后补材料，一般五个工作日内答复。",
         "《社会救助暂行办法》第九章"),
    Said("centre", "居住证怎么办？", "暂住证在哪办\n外地人住满半年",
         "住满半年，有合法稳定就业、住所或者连续就读的，带身份证和租房合同到社区居委会受理点办，也可以在“居住证”网上办。十五个工作日内发证。",
         "《居住证暂行条例》第二条、第九条、第十条"),
    Said("water", "停水到什么时候？", "为什么没有水\n今天停水吗",
         "计划停水提前一天在小区门口贴通知，写明起止时间；突然停水多半是抢修，供水站 24 小时电话能查到哪几栋、几点恢复。",
         "《城市供水条例》第二十二条"),
    Said("water", "水表坏了谁来换？", "水费突然多了很多",
         "表前到表都归供水站，打电话约时间上门验表，换表不收钱；验出来快了，多收的水费退。",
         "《城市供水条例》第二十一条；供水服务合同"),
    Said("gas", "燃气安检要不要开门？", "燃气公司上门检查是真的吗",
         "要。每年一次入户安检，不收钱。来的人穿工装、带工作证，先打电话约；信不过的可以打燃气站核对工号。",
         "《城镇燃气管理条例》第十七条"),
    Said("sanitation", "旧沙发、旧床垫扔哪儿？", "大件垃圾怎么处理\n旧家具没人收",
         "放到小区指定的大件垃圾点，或打环卫所电话预约上门收。不要堆在楼道和消防通道。",
         "《固体废物污染环境防治法》第四十九条"),
    Said("housing", "业主大会怎么开？", "换物业要多少人同意\n成立业委会",
         "专有面积占比五分之一以上的业主提出，就可以请街道指导成立筹备组。选聘、解聘物业，要面积和人数都过三分之二的业主参加表决，过半数同意。",
         "《民法典》第二百七十七条、第二百七十八条"),
    Said("housing", "维修资金怎么用？", "电梯坏了谁出钱\n屋顶漏水能用维修基金吗",
         "电梯、屋顶、外墙这些共有部分大修可以用。由物业或业委会提方案，相关业主表决通过后向区住建部门申请；危及安全的可以走应急使用。",
         "《民法典》第二百八十一条", due=True),
    Said("law", "楼下餐馆油烟大归谁管？", "烧烤店味道大",
         "居民楼里没有专用烟道的，不能新开有油烟的餐馆。已经开了的，综合执法队上门查烟道和净化器，不合格的限期改。",
         "《大气污染防治法》第八十一条"),
    Said("law", "装修几点以后不能施工？", "邻居装修太吵\n晚上装修扰民",
         "工作日晚上八点到第二天早上八点、中午十二点到两点，双休日和法定假日全天，不能做有噪声的装修。先跟物业说，不听的打 110。",
         "《噪声污染防治法》第六十五条、第六十六条；本市装修时间规定"),
    Said("safety", "电动车能在楼道充电吗？", "电动车上楼\n飞线充电",
         "不能。楼道、门厅停放、充电都不行，罚款五百到一千元。小区充电桩在哪儿问物业；没有桩的可以报给我们来协调。",
         "《高层民用建筑消防安全管理规定》第三十七条、第四十七条"),
    Said("market", "买到过期食品怎么办？", "食品有问题找谁",
         "留好小票和东西，先找商家；商家不认，打 12315 或到市场监管所。不符合安全标准的，可以要求十倍赔偿，不足一千元按一千元。",
         "《食品安全法》第一百四十八条"),
    Said("centre", "反映的事多久有答复？", "办理时限\n查进度",
         "急事当天，一般的事五个工作日内答复。凭受理号和查询码随时能在网上查，也可以问社区。",
         "本街道诉求办理规程"),
    Said("centre", "来电人问是谁举报的怎么说？", "举报人是谁",
         "一律不说，也不说“我不知道”。请他有意见走申诉，把电话转给值班长。",
         "《信访工作条例》第三十条", staff_only=True),
    Said("civil", "残疾人证到期怎么换？", "残疾证换证",
         "到期前三个月内，带旧证、身份证和两张照片到街道残联，需要重新评定的会给您开单子。",
         "《残疾人证管理办法》第十八条", draft=True),
    Said("water", "一户多人口水价怎么算？", "阶梯水价",
         "户籍或居住证上满五人的，每多一人每年多 50 立方米的一阶水量，带户口本或居住证到供水站登记。",
         "本市阶梯水价实施细则", draft=True),
)  # fmt: skip

TEMPLATES: Final = (
    ("已请网格员去看", "answer", "您说的{什么事}，我们已经请网格员到{地点}去看，{最晚时间}前给您回话。有事请打{联系电话}。"),
    ("修好了请您看看", "finish", "{地点}的{什么事}，{日期}已经修好：{处理结果}。您路过时看看，没好就点“还没解决”，我们再来。"),
)  # fmt: skip


def write_down(units: Mapping[str, Unit], cast: Cast, *, today: date) -> int:
    """Write the entries, publish those that are no drafts; how many."""
    writer = cast.of_centre(Role.ACCEPTOR, 0)
    reviewer = cast.of_centre(Role.SUPERVISOR, 0)
    for number, said in enumerate(SAID):
        written = Written(
            question=said.question,
            wordings=said.wordings,
            answer=said.answer,
            basis=said.basis,
            unit_id=units[said.unit].pk,
            audience=Audience.STAFF if said.staff_only else Audience.RESIDENTS,
            review_on=today if said.due else today + timedelta(days=60 + 7 * number),
        )
        row = actions.write(written=written, by=writer, key=f"demo-article-{number}")
        if not said.draft:
            actions.publish(article=row, by=reviewer)
    for name, deed, text in TEMPLATES:
        actions.write_template(
            name=name, deed=deed, text=text, class_codes=[], by=writer, key=f"demo-{name}"
        )
    return len(SAID)
