"""Every way in which regions, organizations and people come in: the door of this storey, and one row at a time."""

from casetrack.organizations.mediators import MediatorRow as MediatorRow
from casetrack.organizations.mediators import load_mediators as load_mediators
from casetrack.organizations.models import Mediator, Organization, Region, Training
from casetrack.organizations.offices import OfficesRefused as OfficesRefused
from casetrack.organizations.offices import ensure_offices as ensure_offices
from casetrack.organizations.outcomes import Outcome as Outcome
from casetrack.organizations.outcomes import Record
from casetrack.organizations.outcomes import RowRejected as RowRejected
from casetrack.organizations.outcomes import RowResult as RowResult
from casetrack.organizations.regions import ensure_region as ensure_region
from casetrack.organizations.regions import ensure_regions as ensure_regions
from casetrack.organizations.regions import load_divisions as load_divisions
from casetrack.organizations.registers import OrganizationRow as OrganizationRow
from casetrack.organizations.registers import TrainingRow as TrainingRow
from casetrack.organizations.registers import load_organizations as load_organizations
from casetrack.organizations.registers import load_trainings as load_trainings


def ensure_organization(*, county: Region, row: OrganizationRow) -> tuple[Organization, Outcome]:
    return _only(load_organizations(county=county, rows=[row]))


def ensure_mediator(*, county: Region, row: MediatorRow) -> tuple[Mediator, Outcome]:
    return _only(load_mediators(county=county, rows=[row]))


def ensure_training(*, county: Region, row: TrainingRow) -> tuple[Training, Outcome]:
    return _only(load_trainings(county=county, rows=[row]))


def _only(results: list[RowResult[Record]]) -> tuple[Record, Outcome]:
    """The one record and what became of it; a rejection is raised, since nobody collects it."""
    (result,) = results
    return result.taken(), result.outcome
