"""Programs that run inside a measured installation: `place.call("bench.programs.filling:follow", ...)`.

A benchmark itself does not load the product, so it names them. What they give back comes by JSON.
"""
