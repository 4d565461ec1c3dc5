"""Cards in the chat's flow: polls, questions on stage, whatever else happens in the session."""

from django.db import models

from sessions.models import Session


class Card(models.Model):
    """Where in a session's chat something stands that another app has (`Feature.moments`)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField(help_text="of the event with which it began last; the order of the chat")
    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=40, help_text="its id, as text")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "kind", "thing"], name="one_card_each")]
        indexes = [models.Index(fields=["session", "seq"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
