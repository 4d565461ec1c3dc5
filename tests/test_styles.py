"""All style sheets are on every page, so a feature's class names are its own."""

import re
from collections import defaultdict
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"


def classes(css: str) -> set[str]:
    """The classes that have a rule of their own: `.name { ... }`."""
    rules = re.findall(r"(?:^|[{};])\s*([^{};@]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    names = (re.fullmatch(r"\s*\.([\w-]+)\s*", one) for rule in rules for one in rule.split(","))
    return {name[1] for name in names if name}


def test_no_class_is_of_two_features():
    features = defaultdict(set)
    for path in STATIC.glob("*/*.css"):
        for name in classes(path.read_text()):
            features[name].add(path.parent.name)
    assert len(features) > 50
    assert {name: where for name, where in features.items() if len(where) > 1} == {}
