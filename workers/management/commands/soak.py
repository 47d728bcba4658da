"""`manage.py soak [--minutes N] [--seed N]`: clients write, settlers count, all of it is killed; then comes a check."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from workers.processes import asked_to_stop
from workers.soaking.ground import GroundRefused
from workers.soaking.settler import settle_until
from workers.soaking.trial import Trial, Wish


class Command(BaseCommand):
    help = "长时间故障试验：客户端写入、多个进程结算，同时不断杀死进程、重启Redis和PostgreSQL，最后逐项核对"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--minutes", type=float, default=5.0, help="折腾多少分钟，此后核对（默认5）")
        parser.add_argument("--seed", default="1", help="随机种子：决定做什么、按什么次序（默认1）")
        parser.add_argument("--clients", type=int, default=4, choices=range(1, 9), help="写入的客户端（默认4）")
        parser.add_argument("--settlers", type=int, default=3, choices=range(2, 9), help="结算的进程（默认3）")
        parser.add_argument("--settle", action="store_true", help="只反复结算，直至被要求结束：试验中的一个进程")

    def handle(self, *args: Any, **options: Any) -> None:
        with asked_to_stop() as stop:
            if options["settle"]:
                settle_until(stop.is_set)
                return
            wish = Wish(options["minutes"], options["seed"], options["clients"], options["settlers"])
            try:
                found = Trial(wish, settings.DATA_DIR / "soak", now(), self.say, stop).run()
            except GroundRefused as refused:
                raise CommandError(str(refused)) from refused
        for difference in found:
            self.stdout.write(f"不一致：{difference}")
        if found:
            raise CommandError(f"发现{len(found)}处不一致")
        self.say("全部核对无误。")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
