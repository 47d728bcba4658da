"""`manage.py contract`: write docs/openapi.yaml, where vendors read the contract and see what changed; or check it."""

from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "生成接口契约 docs/openapi.yaml；--check 只检查是否最新"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只检查，过期则报错")
        parser.add_argument("--file", type=Path, default=settings.BASE_DIR / "docs" / "openapi.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if file.exists() and file.read_text(encoding="utf-8") == written():  # which was valid when it was written
            self.stdout.write("已是最新")
            return
        if options["check"]:
            raise CommandError(f"{file.name} 已过期，请运行 manage.py contract，核对差异后提交")
        file.write_text(written("--validate"), encoding="utf-8")
        self.stdout.write(f"已更新：{file.name}")


def written(*options: str) -> str:
    out = StringIO()
    call_command("spectacular", "--fail-on-warn", *options, stdout=out)
    return out.getvalue()
