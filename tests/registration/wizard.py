"""The wizard of imports as an organiser's browser uses it: upload, the form as it is drawn, the steps, the result."""

from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registration.models import Import


class Form(HTMLParser):
    """The fields of a page's forms as a browser would send them; `asked` are the selects with nothing chosen."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.asked, self._select = {}, [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "input" and attrs.get("type") == "hidden":
            self.fields[attrs["name"]] = attrs["value"]
        elif tag == "select":
            self._select, self.fields[attrs["name"]] = attrs["name"], None
        elif tag == "option" and ("selected" in attrs or self.fields[self._select] is None):
            self.fields[self._select] = attrs["value"]

    def handle_endtag(self, tag):
        if tag == "select" and not self.fields[self._select] and not self._select.startswith("column-"):
            self.asked.append(self._select)


class Wizard:
    """One import of an edition; `answers` is word -> what it means."""

    def __init__(self, client, edition, data):
        self.client = client
        data = data.encode() if isinstance(data, str) else data
        address = reverse("registration:imports", args=[edition.slug])
        answer = client.post(address, {"table": SimpleUploadedFile("people.csv", data)})
        assert answer.status_code == 302, answer.text
        self.address = answer.url
        self.found = Import.objects.latest("pk")

    def page(self):
        return self.client.get(self.address).text

    def asks(self):
        """The words whose meaning the page asks for."""
        form = Form(self.page())
        return sorted(form.fields.get(f"{name}-word", "?") for name in form.asked)

    def sent(self, answers, **columns):
        """Send the form as it is drawn, with answers where it asks, or other ones."""
        form = Form(self.page())
        for name, word in form.fields.items():
            if name.endswith("-word") and word in answers:
                form.fields[name.removesuffix("-word")] = answers[word]
        form.fields |= {f"column-{name}": number for name, number in columns.items()}
        self.client.post(self.address, {name: value or "" for name, value in form.fields.items()})
        return self

    def run(self):
        """Take every step that is left; the import as it stands then."""
        self.found.refresh_from_db()
        while self.found.running:
            self.client.post(f"{self.address}portion/")
            self.found.refresh_from_db()
        return self.found

    def done(self, answers=None, **columns):
        """Everything: the import as it ended."""
        self.sent(answers or {}, **columns).run()
        self.client.post(self.address, {"apply": "1"})
        return self.run()
