"""What a deployment should be, looked at on the spot: each thing by itself, with what to do where it is not so."""

from workers.doctoring.doors import DOORS
from workers.doctoring.findings import Check
from workers.doctoring.nodes import NODES
from workers.doctoring.people import PEOPLE
from workers.doctoring.place import PLACE
from workers.doctoring.queues import QUEUES
from workers.doctoring.record import RECORD
from workers.doctoring.replicas import REPLICAS
from workers.doctoring.server import SERVER

CHECKS: tuple[Check, ...] = (*PLACE, *SERVER, *REPLICAS, *QUEUES, *RECORD, *NODES, *PEOPLE, *DOORS)
