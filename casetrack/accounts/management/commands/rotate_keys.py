"""`manage.py rotate_keys`: seal all personal data anew under the first key of CASETRACK_FIELD_KEY."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, TextColumn

from casetrack.accounts.rotation import rotate_keys
from casetrack.lib.crypto import key_id


class Command(BaseCommand):
    """Runs beside clerks; may be killed and run again. Says in the end whether the other keys may be dropped."""

    help = "将全部加密的个人信息和第二因素改用 CASETRACK_FIELD_KEY 的第一个密钥加密；可随时中断后重新执行"

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(stderr=True)
        columns = TextColumn("{task.description}"), TextColumn("{task.completed}")
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            tasks: dict[str, Any] = {}

            def advance(table: str, rows: int) -> None:
                if table not in tasks:
                    tasks[table] = bar.add_task(table, total=None)
                bar.advance(tasks[table], rows)

            try:
                rotated = rotate_keys(now=timezone.now(), progress=advance)
            except KeyboardInterrupt:
                raise CommandError("已中断；已改的保持不变，重新执行即可继续", returncode=130) from None
        for table, rows in rotated.resealed.items():
            self.stdout.write(f"{table}\t改用新密钥 {rows}\t仍用其他密钥 {rotated.left[table]}")
        if not rotated.others_may_go:
            raise CommandError(
                "仍有数据使用其他密钥：可能正被使用，或密钥已缺失。请重新执行；旧密钥暂不能从 CASETRACK_FIELD_KEY 删去"
            )
        first, *others = settings.FIELD_KEYS
        self.stdout.write(f"全部数据使用密钥 {key_id(first).hex()}。")
        if others:
            ids = "、".join(key_id(key).hex() for key in others)
            self.stdout.write(f"其余密钥（{ids}）可从 CASETRACK_FIELD_KEY 删去；恢复旧备份时仍须用到，请另行保管。")
