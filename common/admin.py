"""What every admin of ours does with text."""

from typing import Any

from django.contrib import admin
from django.db import models

from common.forms import Text
from common.text import fold


class TextAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Texts that show nothing are refused; `search_fields` are folded copies, or hold nothing but ASCII."""

    formfield_overrides = {
        models.EmailField: {},
        models.SlugField: {},
        models.URLField: {},
        models.CharField: {"form_class": Text},
    }

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, fold(search_term))
