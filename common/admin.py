"""What every admin of ours does with text, and with what another has changed meanwhile."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models

from common.forms import Text
from common.text import fold
from common.versions import Versioned


class VersionedForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """A form of the admin that undoes nothing silently; templates/admin/change_form.html draws its version."""


class TextAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Texts that show nothing are refused; `search_fields` are folded copies, or hold nothing but ASCII."""

    form = VersionedForm
    formfield_overrides = {
        models.EmailField: {},
        models.SlugField: {},
        models.URLField: {},
        models.CharField: {"form_class": Text},
    }

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))

    def get_object(self, request: Any, object_id: str, from_field: str | None = None) -> Any:
        """What is about to be changed is locked (the view is one transaction)."""
        instance = super().get_object(request, object_id, from_field)
        if instance is None or request.method != "POST":
            return instance
        self.model._default_manager.select_for_update(no_key=True).get(pk=instance.pk)
        return super().get_object(request, object_id, from_field)
