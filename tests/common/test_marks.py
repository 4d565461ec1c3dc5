"""Texts with simple marks: what they become, what stays HTML, and what HTML is edited as marks."""

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.marks import TAG, editable, to_html
from hybrid.demo.content import CONDUCT, HELP


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One.\n\nTwo,\nthree.", "<p>One.</p><p>Two,<br>three.</p>"),
        (
            "Bring:\n- a pen\n- paper\n\nThat is all.",
            "<p>Bring:</p><ul><li>a pen</li><li>paper</li></ul><p>That is all.</p>",
        ),
        ("5 < 7 & 8 > 3", "<p>5 &lt; 7 &amp; 8 &gt; 3</p>"),
        (
            "See https://a.example/b?c=1&d=2.",
            '<p>See <a href="https://a.example/b?c=1&amp;d=2">https://a.example/b?c=1&amp;d=2</a>.</p>',
        ),
        ("Write to help@a.example.", '<p>Write to <a href="mailto:help@a.example">help@a.example</a>.</p>'),
        ("The [rules](https://a.example/r)!", '<p>The <a href="https://a.example/r">rules</a>!</p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<p>As <b>HTML</b></p>", "<p>As <b>HTML</b></p>"),
    ],
)
def test_what_is_typed_becomes_paragraphs_lists_and_links(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>One.</p>\n<p>Two,<br>three &amp; four.</p>", "One.\n\nTwo,\nthree & four."),
        ('<p>See <a href="https://a.example">here</a>.</p>', "See [here](https://a.example)."),
        ('<p>Ask <a href="mailto:a@b.example">a@b.example</a></p>', "Ask a@b.example"),
        ("<p>Bring</p><ul><li>a pen</li>\n<li>paper</li></ul>", "Bring\n\n- a pen\n- paper"),
    ],
)
def test_html_of_paragraphs_lists_and_links_is_edited_with_marks(html, marked):
    assert editable(html) == marked and editable(marked) == marked


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Title</h3><p>One</p>",
        "<p>Very <strong>loud</strong></p>",
        "<p>- no list</p>",
        "<p>a <a href='/b'>c</a></p>",
    ],
)
def test_html_that_marks_cannot_say_stays_as_it_is(html):
    assert editable(html) == html and to_html(html) == html


@pytest.mark.parametrize("text", [HELP, CONDUCT])
def test_the_demos_texts_are_typed_with_marks(text):
    assert "<" not in text and "</p><p>" in to_html(text)


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<ul>",
        "</ul>",
        "<li>",
        "<br>",
        "<a href='https://a.example'>",
        "</a>",
        "- ",
        "\n",
        "x",
        "[",
        "](",
        ")",
        "<b>",
        "&lt;",
        " ",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_editing_never_changes_what_is_shown(text):
    seen = " ".join(nh3.clean(to_html(editable(text)), tags=set()).split())
    assert seen.replace(" ", "") == "".join(nh3.clean(to_html(text), tags=set()).split()).replace(" ", "")


@given(st.text(alphabet="<>&\"'[]()ahttps:/mlo@.- \n", max_size=80))
def test_nothing_that_is_typed_runs(text):
    html = to_html(text)
    if TAG.search(text):
        assert html == text  # cleaned by who shows it
        return
    assert set(re.findall(r"<(/?\w+)", html)) <= {"p", "/p", "br", "ul", "/ul", "li", "/li", "a", "/a"}
    assert all(address.startswith(("http", "mailto:")) for address in re.findall(r'<a href="([^"]*)">', html))
    assert html.count("<a ") == len(re.findall(r'<a href="[^"<>]*">', html))
