"""What comes from another system and what goes back; pure words and judgments."""

from gezhi.work.cases.rules import Deed
from gezhi.work.orders.models import Gap, ReplyKind

# The system whose orders come by sheet. Others may stand in the same tables by their own name.
SYSTEM = "12345"
CHANNEL = "hotline"
URGENT = {
    **dict.fromkeys(("紧急", "加急", "急", "急件", "特急", "一级", "urgent"), "urgent"),
    **dict.fromkeys(("突发", "突发事件", "应急", "特提", "emergency"), "emergency"),
}
# Words by which they say that an order has ended with them, or was signed for.
CLOSED_WORDS = ("办结", "已结", "结案", "归档", "完成", "已回复", "已答复", "撤单", "作废", "关闭")
OPEN_WORDS = ("未办结", "待办结", "待结案", "未完成", "未结", "待归档")
UNSIGNED_WORDS = ("待签收", "未签收", "待接收", "未接收", "新派", "待受理")

# Which steps of a case are told to the other system, and as what.
KIND_OF: dict[str, ReplyKind] = {
    Deed.ACCEPT: ReplyKind.SIGN,
    Deed.REJECT: ReplyKind.RETURN,
    Deed.EXTEND: ReplyKind.EXTEND,
    Deed.DISPATCH: ReplyKind.PROGRESS,
    Deed.TAKE: ReplyKind.PROGRESS,
    Deed.FINISH: ReplyKind.PROGRESS,
    Deed.CHECK: ReplyKind.PROGRESS,
    Deed.HANG: ReplyKind.PROGRESS,
    Deed.RESUME: ReplyKind.PROGRESS,
    Deed.REOPEN: ReplyKind.PROGRESS,
    Deed.CLOSE: ReplyKind.FINISH,
    Deed.ANSWER: ReplyKind.FINISH,
    Deed.FORCE_CLOSE: ReplyKind.FINISH,
    Deed.PASS: ReplyKind.FINISH,
}

WHAT_TO_DO: dict[Gap, str] = {
    Gap.NOT_HERE: "把这一行导入（整张表导入就行，别的行不会重复）",
    Gap.NOT_THERE: "打电话问热线是不是撤回或转走了；撤回的在事里写明，再结案",
    Gap.VERSION: "把新的一版导入，看它改了哪几栏",
    Gap.DUE: "以他们的时限为准：把这一行导入，时限会照抄过来",
    Gap.CONTENT: "把这一行导入，看它改了哪几栏",
    Gap.UNSIGNED: "导出签收回件，传给他们",
    Gap.CLOSED_HERE: "导出办结回件，传给他们；传过的请热线核对",
    Gap.CLOSED_THERE: "先看他们为什么结了；真办好了就在我们这里办结、核查、结案",
    Gap.UNREADABLE: "照写明的原因改好这一行，再对一次",
}
# What is read first: what nobody has in hand, then what is late, then what is only not said.
BY_WEIGHT = (Gap.NOT_HERE, Gap.UNREADABLE, Gap.DUE, Gap.NOT_THERE, Gap.UNSIGNED,
             Gap.CLOSED_HERE, Gap.CLOSED_THERE, Gap.VERSION, Gap.CONTENT)  # fmt: skip
# Where the states differ: what we have is the state of our case.
BY_STATE = frozenset({Gap.NOT_THERE, Gap.UNSIGNED, Gap.CLOSED_HERE, Gap.CLOSED_THERE})
# Instead of importing, where an import would leave the row as it is.
MEND_FIRST = "导入不会收这几行，原因写在行里：改好了再导入"


# So much of a text is shown where two are laid beside each other.
_SHOWN = 200


def short(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def closed_there(state: str) -> bool:
    """Whether their word for a state says that the order has ended with them."""
    return any(word in state for word in CLOSED_WORDS) and not any(
        word in state for word in OPEN_WORDS
    )


def unsigned_there(state: str) -> bool:
    """Whether their word for a state says that nobody has signed for the order yet."""
    return any(word in state for word in UNSIGNED_WORDS)


def is_older(version: str, known: str) -> bool:
    """Whether a version is one before the known one; only where both are numbers."""
    return version.isdigit() and known.isdigit() and int(version) < int(known)
