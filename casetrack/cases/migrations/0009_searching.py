"""Lights of a case beside it, and the text it is found by, filled in batches for the cases that are there."""

from itertools import groupby
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from casetrack.cases.searching import names_line, search_text

BATCH = 2000
FILL_LIGHTS = """
UPDATE cases_case c SET yellow_on = l.yellow_on, red_on = l.red_on
FROM (SELECT case_id, min(yellow_on) AS yellow_on, min(red_on) AS red_on FROM cases_deadline
      WHERE ended_on IS NULL AND paused_on IS NULL AND whose = 'office' GROUP BY case_id) l
WHERE c.id = l.case_id
"""


def fill_texts(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    cases, reached = apps.get_model("cases", "Case").objects, 0
    while batch := list(cases.filter(pk__gt=reached).order_by("pk")[:BATCH]):
        names = names_of(apps, [case.pk for case in batch])
        for case in batch:
            case.search_text = search_text(
                kind=case.kind,
                names=names_line(names.get(case.pk, [])),
                number=case.number,
                values=case.values,
                private=case.private,
            )
        cases.bulk_update(batch, ["search_text"])
        reached = batch[-1].pk


def names_of(apps: Apps, cases: list[int]) -> dict[int, list[Any]]:
    rows = apps.get_model("cases", "Party").objects.filter(case__in=cases).order_by("case", "pk")
    pairs = rows.values_list("case_id", "name")
    return {key: [name for _, name in group] for key, group in groupby(pairs, lambda pair: pair[0])}


class Migration(migrations.Migration):
    atomic = False  # each batch for itself: a long table is not held locked while it is filled
    dependencies = [("cases", "0008_mark_accusations")]
    operations = [
        migrations.AddField("case", "yellow_on", models.DateField(null=True, verbose_name="最早黄灯日")),
        migrations.AddField("case", "red_on", models.DateField(null=True, verbose_name="最早红灯日")),
        migrations.AddField("case", "search_text", models.TextField(blank=True, default="", verbose_name="检索文字")),
        migrations.RunSQL(FILL_LIGHTS, migrations.RunSQL.noop),
        migrations.RunPython(fill_texts, migrations.RunPython.noop),
    ]
