"""Words of people in templates: `{{ message.text|paragraphs:message.language }}`."""

from django import template

from moderation import markup

register = template.Library()


@register.filter
def paragraphs(text, language=""):
    """Plain text of a member as safe paragraphs with links."""
    return markup.as_paragraphs(str(text or ""), language)
