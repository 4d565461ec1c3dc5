"""What is found: one row for each thing that anybody may find, with its words as plain tokens.

The databases index the tokens themselves (migration 0001): SQLite by FTS5 and triggers, PostgreSQL by a generated
column. So a row and its index are written together, whoever writes it.
"""

from django.db import models


class Found(models.Model):
    """A thing as the search shows it. `kind` and `thing` say which; `themes` are codes with | around each."""

    kind = models.CharField(max_length=16)
    thing = models.PositiveBigIntegerField()
    owner = models.PositiveBigIntegerField(null=True, help_text="what a passage is of")
    scope = models.CharField(max_length=64, blank=True)
    themes = models.CharField(max_length=400, blank=True)
    day = models.DateField(null=True)
    clock = models.TimeField(null=True, help_text="of its city, from which it takes place")
    language = models.CharField(max_length=2, default="en")
    title = models.CharField(max_length=300)
    title_key = models.CharField(max_length=400, help_text="its folded words, to compare")
    place = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    title_tokens = models.TextField(blank=True)
    key_tokens = models.TextField(blank=True)
    text_tokens = models.TextField(blank=True)
    concepts = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "thing"], name="one_row_per_thing")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.thing}"
