"""The forms of the exhibition: what people may send, with its limits."""
