"""Parts of a page that last are made once for their values and a language, and know nothing else of the page."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from common.templatetags import drawn

PART = Template(
    "{% load i18n drawn %}{% lasting thing=thing %}"
    '<p>{% translate "Close" %} {{ thing.name }}{{ secret }}</p>{% csrf_token %}'
    '{% include "people/_mark.html" with data=thing %}{% endlasting %}'
)
LIST = Template('{% load drawn %}{% drawn_each "people/_mark.html" items %}')


def part(token=None, **thing):
    return PART.render(Context({"thing": {"name": "Hall"} | thing, "secret": "Xk7", "csrf_token": token}))


def test_it_is_made_once_for_the_same_values_and_language():
    drawn._lasting.cache_clear()
    for _ in range(3):
        assert "<p>Close Hall</p>" in part()
    assert drawn._lasting.cache_info().misses == 1
    assert "<p>Close Stage</p>" in part(name="Stage") and "<bdi>Tampere</bdi>" in part(mark="Tampere")
    with translation.override("es"):
        assert "<p>Cerrar Hall</p>" in part()
    assert "<p>Close Hall</p>" in part()


def test_a_form_in_it_has_the_token_of_who_reads():
    assert "csrfmiddlewaretoken" not in part()
    assert f'value="{"a" * 64}"' in part("a" * 64) and f'value="{"b" * 64}"' in part("b" * 64)


def test_nobody_asks_for_a_token_where_no_form_is():
    """Django sets its cookie when it is asked: a page for everybody sets none."""

    def asked():
        raise AssertionError("asked for")

    page = Template('{% load drawn %}{% lasting %}<p>Here</p>{% endlasting %}{% drawn "people/_mark.html" data %}')
    context = {"data": {"mark": "Lagos"}, "csrf_token": SimpleLazyObject(asked)}
    assert "<p>Here</p>" in page.render(Context(context))
    assert "csrfmiddlewaretoken" not in part(SimpleLazyObject(lambda: "NOTPROVIDED"))


def test_what_is_long_is_not_kept():
    drawn._lasting.cache_clear()
    assert "<p>Close HallHall" in part(name="Hall" * drawn.LONGEST)
    assert drawn._lasting.cache_info().currsize == 0


def test_what_others_may_replace_does_not_last():
    with pytest.raises(TemplateSyntaxError, match="has no blocks"):
        Template("{% load drawn %}{% lasting %}{% block words %}{% endblock %}{% endlasting %}")


def test_each_of_a_list_is_drawn_with_its_own_data():
    marks = [{"mark": "Lagos"}, drawn.Written({"mark": "<b>"}), {"mark": "Lagos"}]
    html = LIST.render(Context({"items": marks}))
    assert html.count("<bdi>Lagos</bdi>") == 2 and html.count("<bdi>&lt;b&gt;</bdi>") == 1
