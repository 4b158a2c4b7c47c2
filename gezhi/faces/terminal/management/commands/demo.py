"""gezhi demo: the whole demo street, from an empty database, in less than a minute."""

import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.faces.terminal.demo.call_backs import call_some
from gezhi.faces.terminal.demo.drills import hold_drill
from gezhi.faces.terminal.demo.fresh import empty_database, stands
from gezhi.faces.terminal.demo.guests import send_outside
from gezhi.faces.terminal.demo.hard.doing import HardDeeds
from gezhi.faces.terminal.demo.inboxes import pass_the_night, settle_tasks
from gezhi.faces.terminal.demo.lives import CLASSES
from gezhi.faces.terminal.demo.orders import bring_orders
from gezhi.faces.terminal.demo.papers import fill_in_papers
from gezhi.faces.terminal.demo.photos import Photos
from gezhi.faces.terminal.demo.plot import DAYS, Plot, terms_of_classes
from gezhi.faces.terminal.demo.staff import DEMO_ACCOUNTS
from gezhi.faces.terminal.demo.steps import TellsSteps
from gezhi.faces.terminal.demo.street import SEED, Street, build_street
from gezhi.ground.accounts.published import DEMO_PASSWORD
from gezhi.ground.audit import keymarks
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, setback
from gezhi.records.posts.rules import ROLE_NAMES

TOLD_DAYS = 3


class Command(TellsSteps):
    """Builds the demo street; refuses where anything real may stand."""

    help = "建演示街道：锦官驿街道的小区、单位、人员，和近 60 天的事件"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=300, help="多少件事，默认 300")
        parser.add_argument("--fresh", action="store_true", help="先清空数据库再建")
        parser.add_argument("--if-empty", action="store_true", help="已有数据就什么也不做")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(_("正式环境不能建演示街道"))
        if not 0 <= options["cases"] <= 20_000:
            raise CommandError(_("--cases 在 0 到 20000 之间"))
        for fault in keymarks.faults(settings.GEZHI_KEYS):
            raise CommandError(fault)
        standing = stands()
        if standing != "nothing" and options["if_empty"]:
            return
        if standing == "own" or (standing == "demo" and not options["fresh"]):
            raise CommandError(
                _("数据库里已经有自己建的街道，演示不会动它")
                if standing == "own"
                else _("演示街道已经建好；要重新建，请加 --fresh，原有内容会清空")
            )
        if options["fresh"]:
            with self.step(_("清空数据库")):
                setback.remove(settings.GEZHI_HOME)
                clock.set_back(timedelta(0))
                empty_database()
                keymarks.remember()
        began = time.monotonic()
        with transaction.atomic(), codes.steady():
            self._build(options["cases"])
        self.stdout.write(_("共用 %(seconds).0f 秒") % {"seconds": time.monotonic() - began})
        self._accounts()

    def _build(self, cases: int) -> None:
        """Everything in one transaction: a demo half built would look like an office's own."""
        now = clock.now()
        self._cases(cases, now, build_street(now, self.step))

    def _cases(
        self,
        cases: int,
        now: datetime,
        street: Street,
    ) -> None:
        terms = terms_of_classes(CLASSES)
        plot = Plot(street.spots, terms, now=now, seed=SEED, cases=cases, home=street.home)
        photos = Photos(plot.running, now=now, seed=SEED)
        district_id = street.ground.district.id
        deeds = HardDeeds(street.cast, terms, photos, district_id=district_id, seed=SEED, now=now)
        try:
            with self.step(_("近 %(days)s 天的事件") % {"days": DAYS}):
                plot.play(deeds, self._tell)
        finally:
            photos.close()
        with self.step(_("一次应急演练")):
            hold_drill(street, now)
        with self.step(_("几次回访")):
            call_some(street, now)
        with self.step(_("手填的表")):
            fill_in_papers(street, now)
        with self.step(_("12345 的工单表")):
            bring_orders(street, now)
        with self.step(_("外单位凭链接办一件事")):
            send_outside(street, now)
        with self.step(_("近几天的消息")):
            settle_tasks(since=now - timedelta(days=TOLD_DAYS), now=now)
        with self.step(_("热点、建议的成效、封存的指标")):
            pass_the_night()

    def _tell(self, done: int, total: int) -> None:
        step = max(1, total // 10)
        if done % step == 0 and done < total:
            self.stdout.write(f" {100 * done // total}%", ending="")
            self.stdout.flush()

    def _accounts(self) -> None:
        self.stdout.write("")
        self.stdout.write(_("演示账号，密码都是 %(password)s") % {"password": DEMO_PASSWORD})
        for number, role, does in DEMO_ACCOUNTS:
            self.stdout.write(f"    {number}  {ROLE_NAMES[role]}：{does}")
