"""Fields of forms are written as Django's own templates write them, byte by byte."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from hypothesis import given, settings
from hypothesis import strategies as st

from common.widgets import INPUTS, WRITERS, QuickRenderer

LABELS = st.one_of(st.text(max_size=8), st.integers(), st.just(_("Name")), st.just(mark_safe("<b>&amp;</b>")))
VALUES = st.one_of(LABELS, st.none(), st.booleans(), st.floats(allow_nan=False), st.tuples(st.integers()))
ATTRIBUTES = st.dictionaries(st.text(st.characters(categories=["L", "P"]), max_size=6), VALUES, max_size=3)
CHOICES = st.lists(
    st.one_of(
        st.tuples(st.one_of(st.text(max_size=4), st.integers()), LABELS),
        st.tuples(st.text(min_size=1, max_size=4), st.lists(st.tuples(st.text(max_size=4), LABELS), max_size=3)),
    ),
    max_size=4,
)
PLAIN = [
    *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput, forms.HiddenInput),
    *(forms.SearchInput, forms.TelInput, forms.ColorInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput),
    *(forms.CheckboxInput, forms.FileInput, forms.Textarea),
]
CHOSEN = [forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple]


def both(widget, name, value):
    ours, django = QuickRenderer(), DjangoTemplates()
    return [widget.render(name, value, {"id": "id_x"}, renderer) for renderer in (ours, django)]


def test_the_product_uses_it_for_every_input_of_django():
    assert isinstance(get_default_renderer(), QuickRenderer)
    names = {f"django/forms/widgets/{name}.html" for name in INPUTS}
    assert names <= set(WRITERS) and {kind.template_name for kind in PLAIN} <= set(WRITERS)


@pytest.mark.parametrize("kind", PLAIN)
@settings(deadline=None, max_examples=6)
@given(name=st.text(max_size=8), value=VALUES, attributes=ATTRIBUTES)
def test_a_field_is_the_same(kind, name, value, attributes):
    ours, django = both(kind(attributes), name, value)
    assert ours == django


@pytest.mark.parametrize("kind", CHOSEN)
@settings(deadline=None, max_examples=20)
@given(name=st.text(max_size=8), value=st.one_of(VALUES, st.lists(st.text(max_size=4))), choices=CHOICES)
def test_choices_are_the_same(kind, name, value, choices):
    widget = kind()
    widget.choices = choices
    ours, django = both(widget, name, value)
    assert ours == django


@settings(deadline=None, max_examples=20)
@given(choices=CHOICES, attributes=ATTRIBUTES)
def test_each_choice_alone_is_the_same(choices, attributes):
    drawn = []
    for renderer in (QuickRenderer(), DjangoTemplates()):
        field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect(attributes))
        form = type("Form", (forms.Form,), {"x": field})(renderer=renderer)
        drawn.append([choice.tag() for choice in form["x"]])
    assert drawn[0] == drawn[1]
