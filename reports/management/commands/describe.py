"""`manage.py describe`: write the reference pages from the declarations, or check that they are current."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casetrack.kinds.describing import lifecycles_in_words
from casetrack.law.describing import law_in_words
from casetrack.stats.describing import indicators_in_words
from reports.papers.describing import papers_in_words

PAGES = {
    "law.md": law_in_words,
    "lifecycles.md": lifecycles_in_words,
    "indicators.md": indicators_in_words,
    "papers.md": papers_in_words,
}


class Command(BaseCommand):
    help = "按声明生成 docs/law.md、docs/lifecycles.md、docs/indicators.md 和 docs/papers.md；--check 只检查是否最新"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只检查，过期则报错")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "docs")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        stale = [name for name, text in PAGES.items() if not is_current(folder / name, text())]
        if options["check"] and stale:
            raise CommandError(f"{'、'.join(stale)}已过期，请运行 manage.py describe 后提交")
        for name in stale:
            (folder / name).write_text(PAGES[name](), encoding="utf-8")
        self.stdout.write(f"已更新：{'、'.join(stale)}" if stale else "均为最新")


def is_current(page: Path, text: str) -> bool:
    return page.exists() and page.read_text(encoding="utf-8") == text
