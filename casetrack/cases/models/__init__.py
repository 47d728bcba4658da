"""Cases, the append-only events, and what is folded from them."""

from casetrack.cases.models.anchors import Anchor, AnchorBlock
from casetrack.cases.models.attachments import Attachment, KeptFile
from casetrack.cases.models.codes import QueryCode
from casetrack.cases.models.erasing import ErasedEvent, Erasure
from casetrack.cases.models.folds import Deadline, Milestone, Reminder, Unsettled
from casetrack.cases.models.imports import ImportBatch, ImportRow
from casetrack.cases.models.jobs import Job
from casetrack.cases.models.papers import PaperIssued, PaperSeries, PaperTemplate
from casetrack.cases.models.record import KIND_CHOICES, Case, CaseEvent, CaseLink, NumberSeries, Party
from casetrack.cases.models.remembered import RememberedMapping
from casetrack.cases.models.reminding import OVERDUE, Channel, DueReminder, ReminderChoice, ReminderMessage
from casetrack.cases.models.saved import SavedList

__all__ = [
    "Anchor",
    "AnchorBlock",
    "Attachment",
    "KeptFile",
    "PaperIssued",
    "PaperSeries",
    "PaperTemplate",
    "KIND_CHOICES",
    "OVERDUE",
    "Case",
    "CaseEvent",
    "CaseLink",
    "Channel",
    "Deadline",
    "DueReminder",
    "ErasedEvent",
    "Erasure",
    "ImportBatch",
    "ImportRow",
    "Job",
    "Milestone",
    "NumberSeries",
    "Party",
    "QueryCode",
    "RememberedMapping",
    "Reminder",
    "ReminderChoice",
    "ReminderMessage",
    "SavedList",
    "Unsettled",
]
