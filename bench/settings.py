"""Settings of the product under load: its own, with one room that anyone may follow."""

from hybrid.settings import *

TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
LIVE_VIEWER = "bench.subjects.product.viewer"
