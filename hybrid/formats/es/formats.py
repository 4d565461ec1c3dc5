"""Dates in Spanish where a page writes them out: it is looked up by the letters of its own format."""

globals().update(
    {
        "j F Y": r"j \d\e F \d\e Y",
        "j F Y, H:i": r"j \d\e F \d\e Y, H:i",
        "j F Y, H:i:s": r"j \d\e F \d\e Y, H:i:s",
        "l j F": r"l j \d\e F",
        "l j F, H:i": r"l j \d\e F, H:i",
    }
)
