"""What the search takes part in. What is found, each app declares itself (`Feature.searched`)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.contract import Assets, Entry, Feature, Link, Matrix
from people.permissions import ANYONE
from search import passages, views, watching


def _link(request: Any, edition: Any) -> Entry:
    return Entry(_("Search"), reverse("search:search"), "search")


feature = Feature(
    name="search",
    urls=views.urlpatterns,
    actions={"search.view": ANYONE},
    links=[Link("header", _link), Link("footer", _link)],
    assets={
        "search:search": Assets(["search/search.css"], ["search/search.js"]),
    },
    ready=watching.connect,
    find=passages.find,
    matrix=Matrix(open_views=["search:search"]),
)
