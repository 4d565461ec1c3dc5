"""The chat's pages and writes."""
