"""A tiny server that speaks LibreTranslate's API: what it is asked for stands in `asked`."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Service:
    """Its address, what it was asked, and what it answers: each text in capitals after its language, unless told."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    answers: dict[str, str] = field(default_factory=dict)
    other: Callable[[dict[str, Any]], Any] | None = None  # another API's answer

    def answer(self, request: dict[str, Any]) -> Any:
        if self.other:
            return self.other(request)
        made = [self.answers.get(text, f"{request['target']}: {text.upper()}") for text in request["q"]]
        return {"translatedText": made}


@contextmanager
def running() -> Iterator[Service]:
    """The server, until the end of the block."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            more = {"authorization": self.headers["Authorization"]} if self.headers["Authorization"] else {}
            service.asked.append(request | {"path": self.path} | more)
            body = json.dumps(service.answer(request)).encode()
            self.send_response(service.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
