"""Lists in a line."""

from django import template

from common.languages import listed

register = template.Library()
register.filter(listed)
