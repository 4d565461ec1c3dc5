"""Python's collector of cycles stops the process while it looks at every object: that is made short and rare.

What the programs themselves are made of is looked at no more. Connections are made to leave no cycles behind
(hybrid/connections.py, hybrid/guards.py), so what comes and goes does not call the collector.
"""

import gc

YOUNG = 1_000  # objects more than before until the young ones are looked at; few, as an event's may be large
OLDER, ALL = 20, 50  # every so many-th time also those that outlived a look, and of these every so many-th time all


def settle() -> None:
    """Keep what has been loaded out of the collector's sight. To be called once, before the process serves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, ALL)
