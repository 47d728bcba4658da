"""TABLES: every official table there is, by name; of one that changed with time, each version from the oldest on."""

from datetime import date

from reports.tables.declaring import OfficialTable
from reports.tables.official.legal_aid import LEGAL_AID
from reports.tables.official.litigations import LITIGATIONS
from reports.tables.official.mediation_cases import MEDIATION_CASES
from reports.tables.official.mediation_teams import MEDIATION_TEAMS
from reports.tables.official.petitions import PETITIONS
from reports.tables.official.reconsiderations import RECONSIDERATIONS

TABLES: dict[str, tuple[OfficialTable, ...]] = {
    "mediation_cases": (MEDIATION_CASES,),
    "mediation_teams": (MEDIATION_TEAMS,),
    "petitions": (PETITIONS,),
    "reconsiderations": RECONSIDERATIONS,
    "litigations": (LITIGATIONS,),
    "legal_aid": (LEGAL_AID,),
}


def in_use(name: str, day: date) -> OfficialTable:
    """The version of a day; before there was any, the oldest."""
    versions = TABLES[name]
    return next((each for each in reversed(versions) if each.since <= day), versions[0])
