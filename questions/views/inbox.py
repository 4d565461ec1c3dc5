"""The moderator's inbox."""

from django.http import HttpResponse
from django.shortcuts import render

from people.guard import signed_in
from people.request import Request
from questions.inbox import waiting


@signed_in("GET", "HEAD")
def inbox(request: Request) -> HttpResponse:
    """The questions that wait in all sessions that one moderates; for htmx the list alone."""
    template = "questions/_inbox.html" if request.htmx else "questions/inbox.html"
    return render(request, template, {"waiting": waiting(request.user)})
