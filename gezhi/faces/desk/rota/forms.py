"""Forms of duty: a new rota of up to six shifts, its end, one shift changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.accounts.models import User
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.records.posts.models import Post
from gezhi.records.posts.patterns import DayKind, Turn
from gezhi.records.posts.rota_twice import Double, OnDutyTwice
from gezhi.records.posts.rota_words import DAY_KINDS, MOST_LINES, TURNS, WEEKDAYS, LineDraft
from gezhi.records.posts.rules import ROLE_NAMES

# As many as the action takes.
LINES = tuple(range(1, MOST_LINES + 1))
_APART = "、，,;；/ 　\n"
_NOBODY = "nobody"


def _day_field(label: Any, *, needed: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=needed,
        help_text=hint,
        # A browser's own date field reads nothing but this form.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _time_field(label: Any, *, needed: bool = True, hint: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=needed,
        help_text=hint,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("钟点要写成几点几分，如 17:00")},
    )


class RotaForm(PageForm):
    """A refused shift stands at its people."""

    def row_of(self, field: str) -> str:
        """A shift of the action has several rows; its people come first."""
        return f"people_{field.removeprefix('line-')}" if field.startswith("line-") else field


class DoublingForm(RotaForm):
    """Somebody on duty twice at a time is told of, and kept where that is meant: the box to say so
    stands there only then."""

    doubled = forms.BooleanField(
        label=gettext_lazy("知道有人同时值两个班，仍这样安排"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doubles: Sequence[Double] = ()
        if self.data.get("doubled"):
            self._ask()

    def refuse(self, refusal: Refusal) -> None:
        """The box to tick stands below who would be on duty twice."""
        if isinstance(refusal, OnDutyTwice):
            self.doubles = refusal.doubles
            self._ask()
        super().refuse(refusal)

    def _ask(self) -> None:
        self.fields["doubled"].widget = forms.CheckboxInput()


class NewRotaForm(DoublingForm):
    """A new rota; a shift without people and hours is left out."""

    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=30,
        help_text=gettext_lazy("如“夜间值班”“带班领导”。"),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("排谁"), required=False,
        help_text=gettext_lazy("只排一种岗位的人，就选它。"),
    )  # fmt: skip
    posts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("只排这些岗位"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("比如只排窗口的两个岗位。换了人，接这个岗位的人照样能排。"),
    )  # fmt: skip
    from_day = _day_field(gettext_lazy("从哪天起"))
    last_day = _day_field(
        gettext_lazy("到哪天为止"), needed=False, hint=gettext_lazy("不知道就空着，以后再写。")
    )

    def __init__(
        self,
        *args: Any,
        roles: Iterable[str],
        posts: Mapping[Post, Sequence[str]],
        people: Iterable[User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [role for role in ROLE_NAMES if role in set(roles)]
        everybody = [("", _("本单位所有人"))]
        self.offer("role", everybody + [(role.value, ROLE_NAMES[role]) for role in known])
        self.offer(
            "posts",
            [(post.pk, f"{post.name}（{'、'.join(names)}）") for post, names in posts.items()],
        )
        self.fields["from_day"].initial = clock.today()
        self.people = list(people)
        for place in LINES:
            self.fields |= _line_fields(place)

    def drafts(self) -> list[LineDraft]:
        """The shifts as written; refusals of single words are added to the form."""
        return [draft for place in LINES if (draft := self._draft(place)) is not None]

    def _draft(self, place: int) -> LineDraft | None:
        data = self.cleaned_data
        start, end = data.get(f"from_{place}"), data.get(f"to_{place}")
        written = data.get(f"people_{place}", "")
        if start is None and end is None and not written:
            return None
        if start is None or end is None:
            missing = f"from_{place}" if start is None else f"to_{place}"
            self.add_error(
                missing, _("第 %(place)d 班几点到几点？两个钟点都要写") % {"place": place}
            )
            return None
        return LineDraft(
            # A page of a form with fewer shifts says nothing of the others.
            kind=data[f"kind_{place}"] or DayKind.EVERY,
            from_minute=_minute(start),
            to_minute=_minute(end),
            people=self._named(place, written),
            weekdays=frozenset(int(day) for day in data[f"weekdays_{place}"]),
            turn=data[f"turn_{place}"] or Turn.DAY,
        )

    def _named(self, place: int, written: str) -> tuple[int, ...]:
        found = []
        for sign in _APART:
            written = written.replace(sign, "\n")
        for word in filter(None, written.split("\n")):
            same = [one for one in self.people if word in (one.name, one.staff_number)]
            if len(same) == 1:
                found.append(same[0].pk)
                continue
            wrong = _("名单里有两位叫“%(name)s”的，请写工号") if same else _(
                "“%(name)s”不在本单位任职，请照下面的名单写"
            )  # fmt: skip
            self.add_error(f"people_{place}", wrong % {"name": word})
        return tuple(found)


def _line_fields(place: int) -> Mapping[str, forms.Field]:
    return {
        f"kind_{place}": forms.ChoiceField(
            label=gettext_lazy("哪些天"), required=False,
            choices=list(DAY_KINDS.items()), initial=DayKind.EVERY,
        ),
        f"weekdays_{place}": forms.MultipleChoiceField(
            label=gettext_lazy("只在周几"), required=False,
            choices=[(str(number), word) for number, word in enumerate(WEEKDAYS)],
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("不选就是上面说的每一天。"),
        ),
        f"from_{place}": _time_field(gettext_lazy("几点开始"), needed=False),
        f"to_{place}": _time_field(
            gettext_lazy("几点结束"), needed=False, hint=gettext_lazy("不比开始晚，就算到第二天。")
        ),
        f"people_{place}": forms.CharField(
            label=gettext_lazy("谁值班"), required=False, max_length=300,
            help_text=gettext_lazy("写姓名，几个人按先后用顿号隔开，轮流值。"),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        ),
        f"turn_{place}": forms.ChoiceField(
            label=gettext_lazy("怎样轮"), required=False,
            choices=list(TURNS.items()), initial=Turn.DAY,
        ),
    }  # fmt: skip


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


class EndForm(RotaForm):
    """The last day of a rota."""

    last_day = _day_field(
        gettext_lazy("最后一天"), hint=gettext_lazy("这天夜里的班值到第二天早上，仍算这天的。")
    )


class ChangeForm(DoublingForm):
    """Somebody else, or nobody, for a span of one rota."""

    field_order = ("rota", "day", "start", "end", "user", "reason", "doubled")

    rota = forms.ChoiceField(label=gettext_lazy("哪张值班表"))
    day = _day_field(gettext_lazy("哪一天"))
    start = _time_field(gettext_lazy("几点开始"))
    end = _time_field(gettext_lazy("几点结束"), hint=gettext_lazy("不比开始晚，就算到第二天。"))
    user = forms.ChoiceField(label=gettext_lazy("改由谁值班"))
    reason = forms.CharField(
        label=gettext_lazy("为什么改"), max_length=60,
        help_text=gettext_lazy("一句话，本单位的人看得到；不写病情。"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, rotas: Iterable[tuple[int, str]], people: Iterable[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("rota", [(str(pk), name) for pk, name in rotas])
        named = [(str(one.pk), one.name) for one in people]
        self.offer("user", [("", _("请选择")), *named, (_NOBODY, _("没有人（留空档）"))])

    def refuse(self, refusal: Refusal) -> None:
        """What is wrong with a moment stands at the day."""
        if refusal.field in ("from_at", "to_at"):
            where = "day" if refusal.field == "from_at" else "end"
            refusal = type(refusal)(refusal.message, field=where)
        super().refuse(refusal)

    def span(self) -> tuple[datetime, datetime]:
        """From when to when, in China."""
        data = self.cleaned_data
        start = datetime.combine(data["day"], data["start"], clock.SHANGHAI)
        end = datetime.combine(data["day"], data["end"], clock.SHANGHAI)
        return start, end if end > start else end + timedelta(days=1)

    def user_id(self) -> int | None:
        """Who comes in; None for nobody."""
        chosen = self.cleaned_data["user"]
        return None if chosen == _NOBODY else int(chosen)
