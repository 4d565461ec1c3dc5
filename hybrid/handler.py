"""Django's HTTP handler for an installation whose views are all synchronous."""

from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler


class OneThreadHandler(ASGIHandler):
    """Runs middleware and view of a request in one thread, with one change of threads instead of several.

    Django's own handler goes back to the event loop between synchronous middleware and a synchronous view.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Load it as synchronous code, whatever the server is."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: Any) -> Any:
        """The response, made in one thread."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)
