"""Drawings of halls: what is drawn comes through, what could do anything does not."""

import io
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expo import drawings
from expo.drawings import NoDrawing, cleaned

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'


def clean(inside, head=HEAD):
    return cleaned(io.BytesIO(f"{head}{inside}</svg>".encode())).svg


def test_shapes_and_words_come_through():
    drawn = clean(
        '<g transform="translate(1 2)"><path d="M0 0L3,4z" fill="#0aF"/><text x="1">Gate &lt;1&gt;</text></g>'
    )
    assert drawn == (
        '<g transform="translate(1 2)"><path d="M0 0L3,4z" fill="#0aF"></path><text x="1">Gate &lt;1&gt;</text></g>'
    )
    moved = cleaned(io.BytesIO(HEAD.replace("0 0 40", "-5 2 40").encode() + b'<rect width="1"/></svg>'))
    assert moved.svg.startswith('<g transform="translate(5 -2)">') and (moved.width, moved.height) == (40, 20)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>*{background:url(//x)}</style>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>1</script></body></foreignObject>",
        "<use xlink:href='#a'/><image href='https://x.example/a.png'/><a href='javascript:1'><rect/></a>",
        "<animate attributeName='href' to='javascript:1'/><set attributeName='onload' to='1'/>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>1</h:script>",
    ],
)
def test_what_is_active_is_left_out_with_all_that_is_in_it(inside):
    assert clean(f"<rect width='1'/>{inside}") == '<rect width="1"></rect>'


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("onload", "alert(1)"),
        ("style", "fill:url(//x)"),
        ("fill", "url(#a)"),
        ("fill", "url(https://x.example/)"),
        ("href", "data:text/html,1"),
        ("xlink:href", "#a"),
        ("class", "button"),
        ("id", "told"),
        ("d", "M0 0 javascript:1"),
        ("width", "expression(1)"),
        ("transform", "translate(1) url(#x)"),
        ("clip-path", "url(#x)"),
    ],
)
def test_attributes_are_kept_only_in_their_form(name, value):
    assert clean(f'<rect {name}="{value}"/>') == "<rect></rect>"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg",
        b"<html/>",
        HEAD.encode() + b"</svg>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + HEAD.encode() + b"<text>&b;</text></svg>",
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + HEAD.encode() + b"<rect/></svg>",
        HEAD.encode() + b"<g>" * 400 + b"</g>" * 400 + b"</svg>",
        HEAD.encode() + b"<rect/>" * 6000 + b"</svg>",
        HEAD.encode() + b" " * 300_001,
        HEAD.replace("40 20", "4000000 20").encode() + b"<rect/></svg>",
        HEAD.replace("40 20", "nan 20").encode() + b"<rect/></svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>',
    ],
)
def test_what_is_no_drawing_is_refused_in_words(raw):
    with pytest.raises(NoDrawing):
        cleaned(io.BytesIO(raw))


def test_a_long_list_of_numbers_costs_no_time():
    assert "transform" not in clean(f'<rect transform="translate({"1" * 40_000}"/>')
    assert "x=" not in clean(f'<rect x="{"1" * 40_000}x"/>')


TAGS = st.sampled_from(
    ["g", "rect", "path", "text", "script", "style", "a", "use", "image", "foreignObject", "animate", "svg", "iframe"]
)
NAMES = st.sampled_from(["fill", "d", "x", "transform", "onload", "onclick", "href", "style", "class", "id", "points"])
VALUES = st.one_of(
    st.sampled_from(
        ["javascript:alert(1)", "url(#x)", "url(//x)", "data:text/html,x", '"><script>1</script>', "1", "red"]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30
    ),
)


@st.composite
def trees(draw, depth=0):
    element = ElementTree.Element(draw(TAGS), draw(st.dictionaries(NAMES, VALUES, max_size=3)))
    element.text = draw(VALUES)
    for child in draw(st.lists(trees(depth + 1), max_size=2)) if depth < 3 else ():
        element.append(child)
    return element


@settings(max_examples=120, deadline=None)
@given(trees())
def test_nothing_active_survives(tree):
    inside = ElementTree.tostring(tree, encoding="unicode")
    try:
        drawn = clean(inside)
    except NoDrawing:
        return
    again = ElementTree.fromstring(f"<svg>{drawn}</svg>")
    for element in list(again.iter())[1:]:
        assert element.tag in drawings.SHAPES | drawings.TEXTS
        assert set(element.attrib) <= set(drawings.FORMS)
        assert not any(
            re.search(r"url|script|data:|//|[<>]", value, re.IGNORECASE) for value in element.attrib.values()
        )
