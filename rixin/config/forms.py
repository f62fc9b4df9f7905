"""How every Django form is drawn: label, help, field, errors, in the markup of docs/developers/pages.md."""

from django.forms.renderers import TemplatesSetting


class PageForms(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
