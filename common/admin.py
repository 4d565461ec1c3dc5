"""What all our admin pages share: checks of text, folded search, and safety when two people edit the same row."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models

from common.forms import Text
from common.text import fold
from common.versions import Versioned


class VersionedForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """An admin form that notices what others saved meanwhile; templates/admin/change_form.html draws its version."""


class TextAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin that refuses invisible text. Its `search_fields` are folded copies, or columns with ASCII only."""

    form = VersionedForm
    formfield_overrides = {
        models.EmailField: {},
        models.SlugField: {},
        models.URLField: {},
        models.CharField: {"form_class": Text},
    }

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        """The rows that match, and whether they may repeat. The search term is folded like the columns."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_object(self, request: Any, object_id: str, from_field: str | None = None) -> Any:
        """The row with this id, or None. For a POST it is locked first (the view is one transaction)."""
        instance = super().get_object(request, object_id, from_field)
        if instance is None or request.method != "POST":
            return instance
        self.model._default_manager.select_for_update(no_key=True).get(pk=instance.pk)
        return super().get_object(request, object_id, from_field)
