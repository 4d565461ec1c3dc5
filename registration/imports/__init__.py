"""Registrations from a file: read once, mapped by the organiser, tried, then applied portion by portion."""
