"""The forms of planning. Each carries the version that it was drawn from (common/versions.py)."""
