"""The columns of an order, whatever a city calls them (standards §8.6, the usual fields)."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.sheets.matching import Field, looks_like_phone
from gezhi.kernel import masking
from gezhi.work.orders import cells

TEXT_LENGTH = 4000


# What stands on a page of an order of these is masked there.
NUMBER, VERSION = "number", "version"
FIELDS: tuple[Field, ...] = (
    Field(
        NUMBER, _("工单编号"),
        aliases=("工单号", "编号", "单号", "受理编号", "案件编号", "诉求编号", "工单流水号", "流水号",
                 "派单编号", "热线编号", "任务编号", "工单ID", "id", "事件编号", "诉求工单编号"),
        needed=True, width=24, most=60,
    ),
    Field(VERSION, _("版本"), aliases=("版本号", "工单版本", "派发次数", "修改次数"), most=30),
    Field("parent", _("父单号"),
          aliases=("父工单号", "父工单编号", "主单号", "关联工单", "关联工单号", "原工单编号",
                   "上次工单编号", "重复工单编号"), most=60),
    Field("receipt", _("本街道受理号"), aliases=("受理号", "街道受理号", "关联受理号"), most=30),
    Field("source", _("来源"),
          aliases=("来源渠道", "诉求来源", "工单来源", "受理渠道", "反映渠道"), most=40),
    Field("kind", _("诉求类型"),
          aliases=("类型", "性质", "工单类型", "诉求性质", "事项类型", "诉求类别性质"), most=40,
          choices=("咨询", "求助", "投诉", "举报", "建议", "表扬")),
    Field("class", _("分类"),
          aliases=("类别", "诉求分类", "事项分类", "问题分类", "分类名称", "分类码", "内容分类",
                   "诉求类别", "问题类别", "三级分类", "二级分类", "事项类别"), most=80),
    Field("title", _("标题"),
          aliases=("主题", "诉求标题", "工单标题", "事项标题", "标题名称"), width=30, most=200),
    Field("text", _("内容"),
          aliases=("诉求内容", "反映内容", "工单内容", "问题描述", "诉求描述", "事项描述", "内容描述",
                   "投诉件内容", "主要内容", "诉求详情", "来电内容", "具体内容"),
          needed=True, width=60, most=TEXT_LENGTH),
    Field("name", _("诉求人"),
          aliases=("诉求人姓名", "反映人", "反映人姓名", "来电人", "来电人姓名", "姓名", "联系人",
                   "市民姓名", "投诉人", "当事人", "市民信息姓名", "诉求人信息姓名"),
          most=40, masked=masking.masked_name),
    Field("phone", _("诉求人电话"),
          aliases=("联系电话", "电话", "来电号码", "诉求人联系电话", "反映人电话", "联系方式", "手机",
                   "手机号", "手机号码", "主叫号码", "回访号码", "诉求人信息联系电话",
                   "诉求人信息电话", "市民信息电话"),
          most=60, looks=looks_like_phone, masked=masking.masked_phone),
    Field("confidential", _("是否保密"),
          aliases=("保密", "是否要求保密", "要求保密", "信息保密", "是否匿名", "匿名", "隐私保护",
                   "保密情况", "诉求人信息是否保密"), most=20),
    Field("area", _("区域"), aliases=("所属区域", "区县", "所属街道", "属地", "所在区", "区"), most=60),
    Field("address", _("地址"),
          aliases=("事发地址", "诉求地址", "发生地址", "详细地址", "地点", "事发地点", "问题地址",
                   "事件地址", "发生地点", "位置", "诉求地点"), width=40, most=200),
    Field("longitude", _("经度"), aliases=("坐标经度", "x坐标", "lng"), most=30),
    Field("latitude", _("纬度"), aliases=("坐标纬度", "y坐标", "lat"), most=30),
    Field("taken_at", _("受理时间"),
          aliases=("登记时间", "来电时间", "诉求时间", "时间", "受理日期", "创建时间", "反映时间"),
          most=40, read=cells.moment_read),
    Field("sent_at", _("派发时间"),
          aliases=("派单时间", "转办时间", "交办时间", "下派时间", "派发日期"), most=40, read=cells.moment_read),
    Field("urgency", _("紧急程度"), aliases=("紧急度", "缓急程度", "紧急级别", "等级"), most=20),
    Field("sign_by", _("签收时限"), aliases=("签收截止时间", "签收", "时限签收", "应签收时间", "签收截止"), most=40, read=cells.moment_read),
    Field("due_at", _("办结时限"),
          aliases=("办理时限", "截止时间", "办结截止时间", "处理时限", "到期时间", "应办结时间",
                   "时限", "截止日期", "办理截止时间", "要求办结时间", "反馈时限", "限办时间",
                   "时限办结", "时限要求办结", "时限办结时限"), most=40, read=cells.moment_read),
    Field("lead", _("主办单位"), aliases=("承办单位", "主办部门", "责任单位", "办理单位"), most=80),
    Field("assist", _("协办单位"), aliases=("协办部门", "配合单位"), most=120),
    Field("attachments", _("附件"), aliases=("附件数", "附件名称"), most=300),
    Field("state", _("状态"), aliases=("工单状态", "办理状态", "当前状态", "处理状态"), most=40),
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}
# Moments among them: a column of these without a heading is left to somebody's choice.
MOMENTS = ("taken_at", "sent_at", "sign_by", "due_at")


def looks_like_moment(text: str) -> bool:
    """Whether a cell could be one of the moments."""
    return cells.is_moment(text)


def title_of(name: str) -> str:
    """The heading of a field by its name."""
    field = BY_NAME.get(name)
    return str(field.title) if field else name
