"""Names of people in short."""


def initials(name: str) -> str:
    """At most two letters that stand for a name, of its first and last word; "?" for one without letters."""
    letters = [word[0] for word in name.split() if word[0].isalnum()]
    return "".join(letters[:1] + letters[1:][-1:]).upper() or "?"[: len(name)]
