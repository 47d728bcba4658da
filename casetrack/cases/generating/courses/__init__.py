"""How cases of each kind usually go: the course that a generated case takes."""

from casetrack.cases.generating.courses.diary import Course
from casetrack.cases.generating.courses.legal_aid import legal_aid
from casetrack.cases.generating.courses.litigation import litigation
from casetrack.cases.generating.courses.mediation import mediation
from casetrack.cases.generating.courses.petition import petition
from casetrack.cases.generating.courses.petition_review import petition_review
from casetrack.cases.generating.courses.reconsideration import reconsideration

COURSES: dict[str, Course] = {
    "mediation": mediation,
    "petition": petition,
    "petition_review": petition_review,
    "reconsideration": reconsideration,
    "litigation": litigation,
    "legal_aid": legal_aid,
}
