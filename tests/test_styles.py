"""Class names are one feature's own, no line of what a browser gets is longer than 120 columns, no side is named."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
WIDEST = 120
CHART = 8


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


def test_no_line_is_wider_than_120_columns():
    kinds = {".html", ".txt", ".css", ".js", ".svg"}
    files = [path for top in ("templates", "static") for path in (ROOT / top).rglob("*") if path.suffix in kinds]
    assert {path.suffix for path in files} == kinds
    lines = [(path, number, line) for path in files for number, line in enumerate(path.read_text().splitlines(), 1)]
    assert [f"{path.relative_to(ROOT)}:{number}" for path, number, line in lines if len(line) > WIDEST] == []


def test_text_has_the_sizes_and_weights_of_one_scale():
    """What grows with the window (clamp, the stage screen's own unit) is not meant; a chart's text is in its units."""
    styles = "\n".join(path.read_text() for path in STATIC.rglob("*.css"))
    sizes = {
        float(size) * (16 if unit == "rem" else 1)
        for size, unit in re.findall(r"(?:font-size: |font: \d{3} )([\d.]+)(rem|px)\b", styles)
    }
    weights = set(re.findall(r"(?:font-weight: (?=\d{3};)|font: )(\d{3})", styles))
    assert {12, 14, 16, 20} <= sizes <= {12, 14, 16, 20, 28, 40, 64, CHART}
    assert weights == {"400", "550", "650"}


TAG = re.compile(r"<(?:input|textarea)\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\}|\{)*>", re.DOTALL)
SHORT = re.compile(r'type="(?:email|search)"|name="(?:q|code|token)"')  # what nobody composes there


def test_no_field_cuts_what_is_pasted_without_a_word():
    """`data-limit` counts and says what is too much; `maxlength` cuts."""
    paths = sorted((ROOT / "templates").rglob("*.html"))
    tags = [(path, tag) for path in paths for tag in TAG.findall(path.read_text())]
    assert len(tags) > 200
    assert [(str(path), tag) for path, tag in tags if "maxlength" in tag and not SHORT.search(tag)] == []


SIDED = re.compile(
    r"(?:^|[\s;{])((?:margin|padding|border|inset)-(?:left|right)|left|right|float|text-align): *([\w-]+)"
)


def test_styles_name_no_side():
    """A page in Arabic runs from right to left: what is said of the start of a line holds in both."""
    styles = {path: re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL) for path in STATIC.rglob("*.css")}
    allowed = {"inline-start", "inline-end", "start", "end", "center", "inherit", "none", "justify"}
    allowed |= {"match-parent", "-webkit-match-parent"}
    found = {
        (path.name, rule[0].strip().partition("\n")[0], line)
        for path, css in styles.items()
        for rule in re.findall(r"([^{}]+)\{([^{}]*)\}", css)
        for line, value in SIDED.findall(rule[1])
        if value not in allowed and not rule[0].strip().startswith('[dir="rtl"]')
    }
    assert found == set()
