"""How every form of Relais is drawn: {{ form }} and {{ form.field.as_field_group }} need nothing more."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draw forms with our label, hint, error and field order; named by FORM_RENDERER in settings."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
