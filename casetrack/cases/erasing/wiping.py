"""What stands of people in a case, taken out: the parties, the accounts, the files, the code that asks for it."""

from collections.abc import Iterable
from datetime import datetime

from casetrack.accounts.models import User
from casetrack.cases import kept_files
from casetrack.cases.models import Attachment, Case, ImportRow, KeptFile, Party, QueryCode
from casetrack.cases.parties import PERSONAL, set_details
from casetrack.cases.searching import renamed, text_of
from casetrack.lib.masking import ERASED


def wipe_party(party: Party, gone: set[str]) -> dict[str, int]:
    """One person, wherever the case names them as a party. What was erased is added to `gone`."""
    counts = {"parties": wiped([party], gone)}
    Case.objects.filter(pk=party.case_id).update(search_text=renamed(party.case))
    return counts


def wipe_case(case: Case, *, actor: User, now: datetime, gone: set[str]) -> dict[str, int]:
    """Everyone, with all that was told and handed in. The case is sealed by it."""
    parties = wiped(case.parties.order_by("pk"), gone)
    told = [name for name, value in case.private.items() if value not in ("", None)]
    gone |= {str(case.private[name]) for name in told}
    case.private = dict.fromkeys(told, ERASED)
    case.ledger_digest = ""  # a digest of the row, people and all, which whoever guesses it can try
    case.erased_at = now
    case.search_text = renamed(case)
    case.search_text = text_of(case)
    case.save(update_fields=["private", "ledger_digest", "erased_at", "search_text"])
    QueryCode.objects.filter(case=case).delete()
    ImportRow.objects.filter(case=case).exclude(reason="").update(reason=ERASED)
    return {"parties": parties, "accounts": len(told), "files": wipe_files(case, actor, now, gone)}


def wiped(parties: Iterable[Party], gone: set[str]) -> int:
    number = 0
    for party in parties:
        held = [name for name in PERSONAL if getattr(party, name)]
        gone |= {getattr(party, name) for name in held}
        set_details(party, dict.fromkeys(held, ERASED))
        Party.objects.filter(pk=party.pk).update(phone_index="", identity_index="")
        number += 1
    return number


def wipe_files(case: Case, actor: User, now: datetime, gone: set[str]) -> int:
    """The files' keys, unless another case has the same content; their rows say that there were such files."""
    attachments = list(case.attachments.order_by("pk"))
    for attachment in attachments:
        gone.add(attachment.name)
        attachment.name = ERASED
        attachment.removal_reason = ERASED
        if attachment.removed_at is None:
            attachment.removed_at, attachment.removed_by = now, actor
        attachment.save(update_fields=["name", "removal_reason", "removed_at", "removed_by"])
    files = KeptFile.objects.select_for_update().filter(pk__in={each.file_id for each in attachments})
    for kept in files.order_by("pk"):
        if not needed_elsewhere(kept, case):
            kept_files.destroy(kept)
    return len(attachments)


def needed_elsewhere(kept: KeptFile, case: Case) -> bool:
    others = Attachment.objects.filter(file=kept).exclude(case=case)
    return others.filter(case__erased_at=None).exists() or kept.templates.exists()
