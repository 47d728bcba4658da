"""manage.py load_divisions: the nation, its provinces and prefectures."""

from typing import Any

from django.core.management.base import BaseCommand

from casetrack.organizations import operations
from casetrack.organizations.operations import Outcome


class Command(BaseCommand):
    help = "载入全国、省级和地级行政区划；可重复执行"

    def handle(self, *args: Any, **options: Any) -> None:
        counts = operations.load_divisions()
        created, changed, unchanged = (counts[each] for each in (Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED))
        self.stdout.write(f"行政区划：新增 {created}，更名 {changed}，未变 {unchanged}")
