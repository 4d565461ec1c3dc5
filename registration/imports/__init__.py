"""Imports of registrations: read the file, let the organiser map its columns, try it, apply it in portions."""
