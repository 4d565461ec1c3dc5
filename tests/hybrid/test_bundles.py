"""Styles and scripts of a page as one file each, with all that their files hold, and from memory."""

import http.client
import re
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from common.registry import registry
from hybrid.bundles import BASE, assets_of, bundle
from tests import world
from tests.conftest import installed

PAGES = sorted({page for feature in registry.features.values() for page in feature.assets} | {""})


@pytest.mark.parametrize("page", PAGES)
def test_a_bundle_holds_the_files_of_its_page_and_no_others(page):
    files = assets_of(page)
    assert (files.styles[: len(BASE.styles)], files.scripts[: len(BASE.scripts)]) == (BASE.styles, BASE.scripts)
    for names in files:
        content = bundle(names).content.decode()
        parts = [Path(finders.find(name)).read_text() for name in names]
        places = [content.find(re.split(r"url\(", part.strip())[0][:400]) for part in parts]
        assert -1 not in places and places == sorted(places)


def test_pages_differ():
    programme, session = assets_of("sessions:programme"), assets_of("sessions:session")
    assert not any(name.startswith(("polls/", "questions/", "chat/")) for names in programme for name in names)
    assert any(name.startswith("polls/") for name in session.scripts)
    assert bundle(programme.styles).name != bundle(session.styles).name


def test_what_styles_refer_to_is_there():
    made = bundle(assets_of("").styles)
    addresses = re.findall(r'url\("([^"]+)"\)', made.content.decode())
    assert addresses and all(finders.find(urljoin(made.name, address)) for address in addresses)


def test_a_missing_file_is_told():
    with pytest.raises(FileNotFoundError, match="No static file nowhere.css"):
        bundle(["nowhere.css"])


def test_a_page_asks_for_two_files(db):
    made = world.build()
    page = Client().get(reverse("sessions:session", args=[made["session"]])).text
    head = re.sub(r"<noscript>.*?</noscript>", "", page.partition("</head>")[0], flags=re.DOTALL)
    assert len(re.findall(r'<link rel="stylesheet"', head)) == 1
    assert len(re.findall(r"<script ", head)) == 1


@pytest.fixture(scope="module", params=["demo", "collected"])
def port(request):
    changes = {"HYBRID_DEMO": "1"} if request.param == "demo" else {"HYBRID_DEMO": "0", "SECRET_KEY": "x" * 60}
    with installed(request, "embedded", **changes) as stack:
        yield stack.servers[0].port


def get(port, path, **headers):
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read(), response.headers
    finally:
        connection.close()


def test_files_come_from_memory_compressed_and_once(port):
    page = get(port, "/people/enter/")[1].decode()
    styles = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)[1]
    status, plain, headers = get(port, styles)
    assert status == 200 and b"@font-face" in plain and headers["Content-Type"].startswith("text/css")
    status, packed, headers = get(port, styles, **{"Accept-Encoding": "gzip, br"})
    assert headers["Content-Encoding"] == "br" and brotli.decompress(packed) == plain
    assert "Accept-Encoding" in headers["Vary"]
    if tag := headers["ETag"]:
        assert get(port, styles, **{"If-None-Match": tag})[:2] == (304, b"")
    assert get(port, "/static/nothing.css")[0] == 404
    status, body, headers = get(port, styles, Range="bytes=2-9")
    assert (status, body, headers["Content-Range"]) == (206, plain[2:10], f"bytes 2-9/{len(plain)}")
    assert get(port, styles, Range=f"bytes={len(plain)}-")[:2] == (416, b"")
    assert get(port, styles, Range="lines=1")[:2] == (200, plain)


def test_a_first_visit_is_light(port):
    """Five requests and 120 kB without video and fonts."""
    page = get(port, "/people/enter/", **{"Accept-Encoding": "br"})[1]
    html = get(port, "/people/enter/")[1].decode()
    asked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html)) - set(
        re.findall(r'"(/static/noscript[^"]*)"', html)
    )
    asked = {path for path in asked if not path.endswith(".woff2")}
    size = len(page) + sum(len(get(port, path, **{"Accept-Encoding": "br"})[1]) for path in asked)
    assert len(asked) + 1 <= 5 and size < 120_000
