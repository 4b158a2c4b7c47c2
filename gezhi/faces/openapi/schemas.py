"""What programs send and receive; a field that is not named here is refused."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from gezhi.kernel.ids import typed_id

ID_DIGITS = r"^[1-9][0-9]{0,18}$"
# RFC 3339, which every language writes: day, T, time, time zone.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


def _moment(value: Any) -> Any:
    """A moment is written out: a bare number, as text too, would be seconds since 1970."""
    if value is not None and not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        raise ValueError("not RFC 3339")
    return value


def _row_id(text: str) -> str:
    """Digits that some row could have."""
    if typed_id(text) is None:
        raise PydanticCustomError("string_id", "no row has this id")
    return text


def _readable(text: str) -> str:
    """Half a character pair, as JSON may hold by escape, is no text anybody could store."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "unreadable signs") from None
    return text


Text = Annotated[str, AfterValidator(_readable)]


class _Sent(BaseModel):
    """Strict: no text where a number belongs, no field nobody asked for."""

    model_config = ConfigDict(strict=True, extra="forbid")


class SentPlace(_Sent):
    """在哪儿：坐标、地点编号、文字，给一样就行；都不给就由街道网格中心来问。"""

    longitude: float | None = Field(default=None, description="经度（度）", examples=[104.0858])
    latitude: float | None = Field(default=None, description="纬度（度）", examples=[30.6512])
    crs: Text = Field(
        default="CGCS2000",
        description="坐标系：CGCS2000、WGS84、GCJ-02 或 BD-09",
        examples=["GCJ-02"],
    )
    place_id: Annotated[Text, AfterValidator(_row_id)] | None = Field(
        default=None, pattern=ID_DIGITS, description="本平台的地点编号（小区、楼栋）"
    )
    words: Text = Field(
        default="",
        description="怎么找到，200 字以内：小区和楼栋、路名门牌、路口、场所或社区；认出的地方写在回执里",
        examples=["均隆花园 3 栋 2 单元门口"],
    )


class SentContact(_Sent):
    """怎么联系反映人；不给就是匿名。加密存放。"""

    name: Text = Field(default="", description="称呼，40 字以内")
    phone: Text = Field(default="", description="手机号，或带区号的座机")


class SentReport(_Sent):
    """一条诉求。"""

    text: Text = Field(
        description="什么事，4000 字以内，纯文本", examples=["楼道灯坏了三天，老人上下楼看不见。"]
    )
    place: SentPlace = Field(default_factory=SentPlace)
    contact: SentContact = Field(default_factory=SentContact)
    kind: Text = Field(default="", description="诉求类型代码（标准包 request_kinds）")
    class_code: Text = Field(default="", description="事项类别代码（标准包 matters）；不确定就不给")
    confidential: bool = Field(default=False, description="保密：只有经办的人看得到")
    happened_at: Annotated[AwareDatetime | None, BeforeValidator(_moment)] = Field(
        default=None,
        strict=False,
        description="什么时候发生的（ISO 8601，带时区）；不晚于现在，不早于三十年前",
        examples=["2026-11-20T19:30:00+08:00"],
    )


class PlaceUnderstood(BaseModel):
    """从坐标、编号或文字认出的地方。"""

    name: str = Field(
        description="认出的小区、楼栋、场所或道路；只认出社区，或只给了坐标，就是空",
        examples=["均隆花园 3栋"],
    )
    community: str = Field(description="所在社区；没有对上就是空", examples=["水井坊社区"])
    grid: str = Field(description="所在网格；没有对上就是空", examples=["第3网格"])


class Receipt(BaseModel):
    """回执：受理号和查询码请交给反映人，凭这两样查进度。"""

    number: str = Field(description="受理号，13 位数字", examples=["2611210000123"])
    code: str = Field(description="查询码，16 位数字", examples=["4821093755261180"])
    promised_at: datetime = Field(description="最晚什么时候答复")
    unit: str = Field(description="现在在哪个单位手上", examples=["锦官驿街道网格中心"])
    community: str = Field(description="所在社区；没有对上就是空", examples=["水井坊社区"])
    grid: str = Field(description="所在网格；没有对上就是空", examples=["第3网格"])
    place: PlaceUnderstood | None = Field(
        description="认出的地方；没认出就是 null，由街道网格中心来看归谁管。多半是文字写得不够清楚"
    )
    page: str = Field(description="给反映人看的进度页地址（含查询码，不要公开）")


class Step(BaseModel):
    """发生过的一件事。"""

    deed: str = Field(description="做了什么，代码", examples=["dispatch"])
    at: datetime
    unit: str
    words: str = Field(description="写给反映人的话")


class Progress(BaseModel):
    """一条诉求走到哪一步了。"""

    number: str
    state: str = Field(description="状态代码", examples=["handling"])
    received_at: datetime
    promised_at: datetime
    unit: str = Field(description="现在在哪个单位手上；办完了是空")
    due_at: datetime | None = Field(description="这一步的时限；办完了是 null")
    ended_at: datetime | None
    round: int = Field(description="第几次办理；2 起是二次办理")
    class_name: str
    community: str
    grid: str
    resolved: str = Field(description="反映人的评价：solved、partly、unsolved，没评是空")
    satisfied: str = Field(
        description="反映人的评价：satisfied、acceptable、dissatisfied，没评是空"
    )
    history: list[Step]


class FieldError(BaseModel):
    """哪一项不对。"""

    field: str = Field(examples=["place.longitude"])
    message: str


class Refused(BaseModel):
    """没有办成：为什么、怎么办。什么都没有存。"""

    code: str = Field(description="给程序看的代码", examples=["invalid"])
    message: str = Field(description="给人看的一句话，按 Accept-Language 给中文或英文")
    errors: list[FieldError]
