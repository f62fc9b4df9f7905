"""`{% load people %}`."""

from django import template

from rixin.people.wording import area_in_words

register = template.Library()
register.filter("area_in_words", area_in_words)
