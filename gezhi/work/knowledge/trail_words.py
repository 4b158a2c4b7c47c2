"""What the trail says of the knowledge base."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={"knowledge": Family(108, _("知识库"))},
    verbs={
        "knowledge.write": _("写知识条目"),
        "knowledge.publish": _("发布知识条目"),
        "knowledge.publish_batch": _("整批发布导入的知识条目"),
        "knowledge.send_back": _("退回知识条目"),
        "knowledge.end": _("停用知识条目"),
        "knowledge.confirm": _("复审知识条目"),
        "knowledge.take_back": _("撤销导入的知识条目"),
        "knowledge.write_template": _("写答复模板"),
        "knowledge.end_template": _("停用答复模板"),
    },
    kinds={"article": _("知识条目"), "template": _("答复模板")},
    details={
        "entry": _("条目"),
        "article_version": _("第几版"),
        "because": _("因为"),
        "review_on": _("复审日"),
        "articles": _("几条"),
        "stay": _("没有发布的几条"),
    },
    codes={
        "replaced": _("有了新的一版"),
        "withdrawn": _("人停用的"),
        "expired": _("过了有效期"),
        "dropped": _("草稿不要了"),
    },
    systems={"knowledge": _("知识库")},
    tasks={
        "gezhi.work.knowledge.tasks.expire": _("停用过了有效期的知识条目"),
        "gezhi.work.knowledge.tasks.remind": _("提醒归口单位复审知识条目"),
    },
    loops={
        "knowledge-expire": _("停用过了有效期的知识条目"),
        "knowledge-remind": _("提醒归口单位复审知识条目"),
    },
)
