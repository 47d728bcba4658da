"""Who may log: a case outside one's scope is not there, and a role that only looks is told so."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from casetrack.accounts.models import User
from casetrack.cases.models import Case
from casetrack.cases.rights import of_another_office, opens
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import Scope
from web.guards import scope_able


def writing_scope(user: User) -> Scope:
    """Where the user may write."""
    return scope_able(user, Capability.WRITE_CASES)


def case_to_write(user: User, pk: int) -> Case:
    case = Case.objects.visible_to(user).select_related("organization").filter(pk=pk).first()
    if case is None:
        raise Http404(pk)
    if not opens(writing_scope(user), case):
        raise PermissionDenied(of_another_office(case))
    return case
