"""The forms of the registration desk, and of guests who join in a hall."""
