"""Settings of the product under load: its own, with one room that anyone may follow."""

from hybrid.settings import *
from live import commit

INSTALLED_APPS += ["bench"]

# What is compared: 1 is a transaction for each write.
commit.TOGETHER = env.int("BENCH_TOGETHER", default=commit.TOGETHER)
if env.bool("BENCH_SEVEN", default=False):
    LANGUAGES += [("fr", "Français"), ("pt", "Português")]
