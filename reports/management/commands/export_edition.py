"""`manage.py export_edition`: an edition as one signed archive, for auditors; or the public key that checks it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casetrack.cases.signing import public_key
from casetrack.kinds.refusals import Refused
from casetrack.lib.files import FileRefused, put
from casetrack.stats.closing.archive import export
from casetrack.stats.closing.models import Edition


class Command(BaseCommand):
    help = "将已结账的一版导出为签名的归档文件；--public-key 只输出公钥"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", type=int, nargs="?", metavar="EDITION", help="版次的编号")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE.zip", help="归档文件")
        parser.add_argument("--public-key", action="store_true", help="输出公钥，交审计方另行保存")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["public_key"]:
                self.stdout.write(public_key())
                return
            if options["edition"] is None or options["output"] is None:
                raise CommandError("请填写版次的编号和归档文件，如 export_edition 12 -o 归档.zip")
            edition = Edition.objects.filter(pk=options["edition"]).first()
            if edition is None:
                raise CommandError(f"没有编号为{options['edition']}的版次，编号见 /api/v1/closings/")
            put(data=export(edition), path=options["output"])
        except (Refused, FileRefused) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{edition}已归档：{options['output']}")
