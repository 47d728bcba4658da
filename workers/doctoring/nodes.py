"""The nodes whose figures this database adds up: one that is silent has those of everything above it refused."""

from collections.abc import Iterator

from django.db import transaction

from casetrack.stats.federation.models import Node
from casetrack.stats.federation.standing import NodeSilent, standing_of
from workers.doctoring.findings import Check, Finding, Visit, error


def nodes_answer(visit: Visit) -> Iterator[Finding]:
    for node in Node.objects.select_related("region").order_by("pk"):
        try:
            with transaction.atomic():  # what fails there fails alone
                standing_of(node)
        except NodeSilent as silent:
            yield error(str(silent))


NODES = (Check("nodes", "各节点应答", "查看该节点的数据库和网络；manage.py federation list", nodes_answer, "record"),)
