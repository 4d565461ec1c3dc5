"""What keeps others out: origins of sockets, headers, settings, addresses."""

import os
import subprocess
import sys

import pytest
from django.test import RequestFactory
from websockets.exceptions import InvalidStatus

from hybrid.origin import is_ours
from people.address import client_address, exact_address
from tests import servers
from tests.live.client import Client

PORT = "{port}"
NO_PORT = "http://localhost:{port}.evil.example"  # no origin at all: a bad request
WRONG = [
    "http://evil.example",
    "https://localhost:{port}",  # another scheme
    "http://localhost",  # another port
    "http://localhost:1",
    NO_PORT,
    "http://evil.example/localhost:{port}",
    "http://127.0.0.1:{port}",  # another name of the same machine
    "null",
]


@pytest.mark.parametrize("origin", WRONG)
@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
async def test_a_socket_from_elsewhere_is_refused(stack, origin):
    port = stack.servers[0].port
    with pytest.raises(InvalidStatus) as refused:
        async with Client(port, origin=origin.format(port=port)):
            pass
    assert refused.value.response.status_code == 403
    async with Client(port, origin=f"http://localhost:{port}") as ours:
        assert ours.code is None


@pytest.mark.parametrize(
    ("origin", "host", "tls", "trusted", "ours"),
    [
        ("https://a.example", "a.example", True, [], True),
        ("http://a.example", "a.example", True, [], False),
        ("https://a.example:444", "a.example", True, [], False),
        ("", "a.example", False, [], False),
        ("http://b.example", "b.example", False, [], False),  # not one of our hosts
        ("https://x.c.example", "a.example", True, ["https://*.c.example"], True),
        ("http://x.c.example", "a.example", True, ["https://*.c.example"], False),
        ("https://xc.example", "a.example", True, ["https://*.c.example"], False),
    ],
)
def test_origins(settings, origin, host, tls, trusted, ours):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT, settings.CSRF_TRUSTED_ORIGINS = ["a.example"], tls, trusted
    assert is_ours(origin, host) == ours


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "1.1.1.1", "9.9.9.9"),  # nobody forwards for us: the header is the client's own
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "2.2.2.2"),
        (1, "", "0.0.0.0"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "::ffff:7.7.7.7", "7.7.7.7"),
        (1, "<script>", "0.0.0.0"),
        (2, "2.2.2.2", "9.9.9.9"),
    ],
)
def test_the_address_is_what_our_proxies_say(settings, proxies, forwarded, found):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", headers={"X-Forwarded-For": forwarded})
    assert exact_address(request) == found


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("::ffff:7.7.7.7", "7.7.7.7"),
        ("7.7.7.7", "7.7.7.7"),
    ],
)
def test_limits_count_by_network(address, counted):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_check_deploy_is_clean():
    env = {key: value for key, value in os.environ.items() if not key.startswith("HYBRID_")} | {
        "DJANGO_SETTINGS_MODULE": "hybrid.settings",
        "SECRET_KEY": "".join(chr(65 + number % 57) for number in range(60)),
        "BEHIND_TLS_PROXY": "1",
        "ALLOWED_HOSTS": "congress.example",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=servers.ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_headers(client):
    headers = client.get("/people/enter/").headers
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]
