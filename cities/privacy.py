"""What Tomorrow.City keeps of a person."""

from typing import Any

from cities import marks
from cities.models import (
    Case,
    CaseMessage,
    CasePicture,
    CaseStep,
    Membership,
    Organisation,
    Report,
    Solution,
    SolutionUse,
    Tool,
    ToolUse,
)
from people.models import Participant


def export(participant: Participant) -> dict[str, Any]:
    """For whom they speak, what they began and said, what they reported."""
    of = {"owner": participant}
    columns = ("organisation__name", "role", "state", "words", "asked_at", "decided_at")
    reports = Report.objects.filter(by=participant)
    return {
        "organisations": list(participant.organisations.values(*columns)),
        "cases": list(Case.objects.filter(**of).values("state", "draft", "saved_at", "origin")),
        "case_messages": list(CaseMessage.objects.filter(author=participant).values("case_id", "at", "text")),
        "case_pictures": list(
            CasePicture.objects.filter(by=participant).values("case_id", "name", "caption", "credit", "at")
        ),
        "case_steps": list(CaseStep.objects.filter(by=participant).values("case_id", "at", "action")),
        "tools": list(Tool.objects.filter(**of).values("name", "text", "url", "state")),
        "solutions": list(Solution.objects.filter(**of).values("name", "text", "url", "state")),
        "tool_uses": list(ToolUse.objects.filter(by=participant).values("tool__name", "words", "at")),
        "solution_uses": list(SolutionUse.objects.filter(by=participant).values("solution__name", "words", "at")),
        "impostor_reports": list(reports.values("organisation__name", "words", "at", "state", "answer")),
    }


def forget(participant: Participant) -> None:
    """Drafts of theirs alone go, and claims with their words. What an organisation has published stays its own."""
    alone = {"owner": participant, "organisation": None, "is_public": False}
    Case.objects.filter(**alone).delete()
    Tool.objects.filter(**alone).delete()
    for model in (Case, Tool, Solution):
        model.objects.filter(owner=participant).update(owner=None)
    Case.objects.filter(consent=participant).update(consent=None)
    CaseMessage.objects.filter(author=participant).update(author=None)
    CasePicture.objects.filter(by=participant).update(by=None)
    ToolUse.objects.filter(by=participant).update(by=None)
    SolutionUse.objects.filter(by=participant).update(by=None)
    Report.objects.filter(by=participant).update(by=None, words="")
    Membership.objects.filter(participant=participant).delete()
    Organisation.objects.filter(is_public=False, memberships=None).delete()  # nobody claims them any more
    marks.changed()
