"""Texts with simple marks, typed as one types a mail: paragraphs, lists and links. A text that is HTML stays HTML.

An empty line parts paragraphs, a line that begins with "- " is one of a list, addresses become links, and
[words](address) makes a link of words. What comes out still has to be cleaned (nh3).
"""

import re
from html import escape
from html.parser import HTMLParser

import nh3

ITEM = re.compile(r"[-*•] +")
TAG = re.compile(
    r"</?(?:p|div|br|a|b|i|u|em|strong|span|ul|ol|li|h[1-6]|blockquote|pre|table|hr|img)\b[^<>]{0,999}>", re.I
)
LINK = re.compile(
    r"\[([^\[\]\n]{1,200})\]\(((?:https?://|mailto:)[^\s()<>\"]{1,1000})\)"
    r"|(https?://[^\s<>\"]{1,1000})"
    r"|([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
)
AFTER = ".,;:!?)]’”»…'"  # they end a sentence, no address
BLOCK = re.compile(r"\s*(</?(?:p|ul|li|br)\b[^<>]*>)\s*")


def to_html(text: str) -> str:
    """The text as HTML."""
    if TAG.search(text):
        return text
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "".join(html for part in parts if part.strip() for html in _blocks(part.strip().split("\n")))


def _blocks(lines: list[str]) -> list[str]:
    """What stands without an empty line between: a paragraph, a list, or lists and paragraphs in turn."""
    found: list[tuple[bool, list[str]]] = []
    for line in lines:
        mark = ITEM.match(line.strip())
        words = _inline(line.strip()[mark.end() if mark else 0 :])
        if not found or found[-1][0] != bool(mark):
            found.append((bool(mark), []))
        found[-1][1].append(words)
    return [_list(words) if is_list else f"<p>{'<br>'.join(words)}</p>" for is_list, words in found]


def _list(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _inline(line: str) -> str:
    """A line with its links."""
    made, end = "", 0
    for match in LINK.finditer(line):
        words, address, bare, email = match.groups()
        if bare:
            bare = bare.rstrip(AFTER)
        address = address or bare or f"mailto:{email}"
        made += escape(line[end : match.start()], quote=False)
        made += f'<a href="{escape(address)}">{escape(words or bare or email, quote=False)}</a>'
        end = match.start() + len(bare) if bare else match.end()
    return made + escape(line[end:], quote=False)


def editable(text: str) -> str:
    """A text that is HTML with marks instead, where these say the same; else as it is."""
    if not TAG.search(text):
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    marked = reader.marked()
    return marked if reader.simple and _alike(to_html(marked)) == _alike(text) else text


def _alike(html: str) -> str:
    """HTML cleaned, without the space that nobody sees."""
    return BLOCK.sub(r"\1", " ".join(nh3.clean(html).split()))


class _Reader(HTMLParser):
    """Reads HTML of paragraphs, lists and links; `simple` is False where there is anything else."""

    def __init__(self) -> None:
        super().__init__()
        self.simple = True
        self._made: list[str] = []
        self._link: tuple[str, int] | None = None  # its address, and where its words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A paragraph, an item, a line's end or a link begins."""
        if tag == "a":
            self._link = dict(attrs).get("href") or "", len(self._made)
        elif tag in ("p", "ul"):
            self._made.append("\n\n")
        elif tag in ("li", "br"):
            self._made.append("\n- " if tag == "li" else "\n")
        else:
            self.simple = False

    def handle_endtag(self, tag: str) -> None:
        """A paragraph, a list or a link ends."""
        if tag == "a" and self._link:
            address, begins = self._link
            words = "".join(self._made[begins:])
            is_bare = address in (words, f"mailto:{words}")
            self._made[begins:] = [words if is_bare else f"[{words}]({address})"]
            self._link = None
        elif tag in ("p", "ul"):
            self._made.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        self._made.append(re.sub(r"\s+", " ", data))

    def marked(self) -> str:
        """What was read, with marks."""
        lines = [line.strip() for line in "".join(self._made).split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
