"""Serve the platform."""

import logging
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from hybrid import capacity, collector, readiness
from hybrid.management.commands.check_services import check_database, check_redis, one_line
from scheduler.worker import Worker

PASSIVE = socket.AI_PASSIVE


class Command(BaseCommand):
    """`manage.py serve`: Daphne with the broadcast fast path."""

    help = "Serve over HTTP and websockets on one port."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Host and port."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, prepare and serve until it is stopped. Raises CommandError for what it cannot use."""
        host, port = options["host"].strip("[]"), options["port"]
        check_port(host, port)
        check_database()
        check_redis()
        self._prepare()
        # Twisted has one reactor in a process, which takes its files: not for other commands.
        from hybrid import loop

        loop.install()
        from hybrid.asgi import application, pages
        from hybrid.server import LiveServer, endpoint

        server = LiveServer(
            application,
            pages.answer,
            endpoints=[endpoint(host, port)],
            ready_callable=lambda: self._greet(host, port),
        )
        logging.getLogger("daphne.server").setLevel(logging.WARNING)
        collector.settle()
        worker = Worker()
        worker.start()
        server.run()
        worker.stop()
        self.stdout.write("\nStopped.")

    def _prepare(self) -> None:
        """Collect static files that are missing or old; say what keeps the process from being ready."""
        self.migrated = readiness.migrations_applied()
        if not self.migrated:
            self._warn("Migrations are missing: run ./run manage migrate. Until then /readyz says 503.")
        try:
            readiness.collect_static()
        except Exception as error:
            self._warn(f"Static files could not be collected: {one_line(error)}")
        if not readiness.static_collected():
            self._warn("Static files are missing: run ./run manage collectstatic and start again. /readyz says 503.")

    def _warn(self, text: str) -> None:
        self.stderr.write(self.style.WARNING(text))

    def _greet(self, host: str, port: int) -> None:
        address = url_of(host, port)
        self.stdout.write(f"\n  {address}\n")
        if settings.DEMO and self.migrated:
            self._introduce(address)
        if self.migrated and self._waits():
            self.stdout.write("  Nobody runs it yet. An address to sign up, once: ./run manage first_organiser\n")
        self.stdout.write(f"  Room for {capacity.sockets.most} sockets, {capacity.descriptors} descriptors.")
        self.stdout.write("  Ctrl-C stops it.\n")
        self.stdout.flush()

    def _introduce(self, address: str) -> None:
        from people.models import Participant

        self.stdout.write(f"  Enter with one click at {address}/people/enter/ as:")
        for participant in Participant.objects.filter(is_demo=True).order_by("pk"):
            names = sorted({str(role.label) for role in participant.roles.all()})
            self.stdout.write(f"    {participant.name:<20} {', '.join(str(name).lower() for name in names)}")
        self.stdout.write("")
        connection.close()

    def _waits(self) -> bool:
        from people import first

        try:
            return first.is_open()
        finally:
            connection.close()


def url_of(host: str, port: int) -> str:
    """Where a browser on this machine finds it."""
    name = "localhost" if host in ("", "127.0.0.1", "0.0.0.0", "::", "::1") else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def check_port(host: str, port: int) -> None:
    """Raises CommandError when there is no such address, or somebody else listens there."""
    if not 1 <= port <= 65_535:
        raise CommandError(f"--port {port}: a port is a number from 1 to 65535.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=PASSIVE)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        raise CommandError(f"Port {port} on {host} cannot be used: {error}. Try --port 8001.") from None
