"""`manage.py restore FILE [--keys FILE]`: a backup into an empty database, then verified."""

from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.timezone import localtime

from casetrack.lib.os_errors import reason_of
from workers.backups import keyring
from workers.backups.progressing import bars
from workers.backups.refusals import BackupRefused, RestoreRefused
from workers.backups.restoring import SHOWN, Restored, restore

ERASE_AGAIN = (
    "备份之后（{since}起）依法删除过的个人信息现在又在库中，启用前须重新删除：manage.py erasures --repeat 清单；"
    "没有另存清单的，按旧库或导出的审计记录逐件办理"
)
AGAIN = "数据已在库中；排除原因后用同一份备份再运行一次，会接着核对"


class Command(BaseCommand):
    help = "把备份恢复到空数据库和数据目录，逐表计数、逐个打开附件并运行 verify；从不覆盖已有的数据，中断后可再次运行"
    requires_system_checks: list[str] = []  # which ask for tables that are yet to come

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--keys", type=Path, metavar="FILE", help="与备份分开保管的密钥文件")
        parser.add_argument(
            "--drill", action="store_true", help=SUPPRESS
        )  # by `backup --check`: nobody goes on with it

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = keyring.read(options["keys"].absolute()) if options["keys"] else None
            path = options["file"].absolute()
            with bars() as progress:
                restored = restore(path=path, keys=keys, now=timezone.now(), progress=progress, verify=self.verify)
        except (BackupRefused, RestoreRefused) as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            where = f"（{error.filename}）" if error.filename else ""
            raise CommandError(f"没有恢复完：{reason_of(error)}{where}；排除原因后再运行一次，会接着做") from error
        except KeyboardInterrupt:
            raise CommandError("已中断；用同一份备份再运行一次，会接着做", returncode=130) from None
        self.tell(restored)
        if not options["drill"]:
            self.tell_what_is_left(restored, keys is not None)

    def verify(self) -> None:
        try:
            call_command("verify", stdout=self.stdout, stderr=self.stderr)
        except CommandError as found:
            raise RestoreRefused(f"恢复后的核对没有通过：{found}。{AGAIN}") from found

    def tell(self, restored: Restored) -> None:
        manifest = restored.manifest
        self.stdout.write(
            f"恢复了{localtime(manifest.made_at):%Y-%m-%d %H:%M}的备份（Casetrack {manifest.casetrack}）："
            f"{len(manifest.counts)}张表{sum(manifest.counts.values())}行，{manifest.entries}个文件（新放入{restored.fresh}个）"
        )
        if restored.migrated:
            self.stdout.write(f"备份来自较旧的版本，已升级{restored.migrated}步")
        for name in manifest.missing[:SHOWN]:
            self.stdout.write(f"备份时已经缺失的文件：{name}")
        for each in restored.wrong[:SHOWN]:
            self.stderr.write(each)
        if restored.wrong:
            raise CommandError(f"有{len(restored.wrong)}处与备份不符。{AGAIN}")
        self.stdout.write("每张表的行数与备份一致，附件都能打开，核对没有不一致")
        if anchor := manifest.newest.get("anchor"):
            self.stdout.write(f"备份到{anchor['day']}的锚定为止，摘要 {anchor['digest']}，可与印出的数字核对")

    def tell_what_is_left(self, restored: Restored, with_keys: bool) -> None:
        since = f"{localtime(restored.manifest.made_at):%Y-%m-%d %H:%M}"
        self.stdout.write("登录会话不在备份中，所有人须重新登录")
        self.stdout.write(ERASE_AGAIN.format(since=since))
        if with_keys and not keyring.kept_by_us():
            self.stdout.write("请把密钥文件中的 CASETRACK_FIELD_KEY 写入服务的配置，再启动服务")
