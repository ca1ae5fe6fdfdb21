"""Tags of the shells and components: icons, fields, dates in words. All of them only show; none decides."""

from functools import cache

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Textarea
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import get_language

from people import direction, keeping
from portal import moments, numbers
from portal.context import Shell

register = template.Library()

# Those that point, lean or walk: they turn with the direction of the page. A clock, a phone or a tick does not.
MIRRORED = frozenset(["arrow", "back", "exit", "hand", "listen", "log", "next", "returned", "send", "text", "worry"])
SIZES = {"small": " icon--small", "large": " icon--large"}


# --- files ------------------------------------------------------------------------------------------


@register.simple_tag
def asset(path):
    """The address of a static file. Unlike {% static %} it never fails: the page that says 'it is us' needs it."""
    return address_of(path)


def address_of(path):
    return collected(path) if not settings.DEBUG else staticfiles_storage.url(path)


@cache
def collected(path):
    try:
        return staticfiles_storage.url(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def icon(name, size="", mirror=None):
    """An icon, always beside a word. `{% icon "exit" %}`, `{% icon "down" size="small" %}`."""
    turned = name in MIRRORED if mirror is None else mirror
    return format_html(
        '<svg class="icon{}{}" width="24" height="24" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        SIZES.get(size, ""),
        " mirror" if turned else "",
        address_of("portal/img/icons.svg"),
        name,
    )


# --- the shell --------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def shell_of(context):
    """The shell of this page, also where no request is at hand (error pages)."""
    return context.get("shell") or Shell(context.get("request"))


@register.simple_tag
def crisis_numbers():
    """The five of the bar, in the language of the page."""
    return numbers.crisis(get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def number_by_key(key):
    return numbers.by_key(key, get_language())


@register.simple_tag
def numbers_for_needs(needs):
    """Whom to call now, by what the words of someone were about."""
    return numbers.by_needs(needs, get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def numbers_for(need):
    return numbers.by_need(need, get_language())


# --- dates ------------------------------------------------------------------------------------------


@register.simple_tag
def moment(when):
    """`<time>gisteren, 20:14</time>`"""
    return timed(when, moments.moment_in_words(when, get_language(), timezone.now(), timezone.get_current_timezone()))


@register.simple_tag
def clock(when):
    """`<time>20:14</time>`, in French 20 h 14."""
    return timed(when, moments.clock(when, get_language(), timezone.get_current_timezone()))


@register.simple_tag
def day(when):
    """A near day by its name, any other as a date: 'vandaag', 'dinsdag', '3 november 2026'."""
    when = as_date(when)
    return timed(when, moments.day_in_words(when, get_language(), timezone.localdate()))


@register.simple_tag
def day_heading(when):
    """The same with a capital, for the line between two days."""
    when = as_date(when)
    words = moments.day_in_words(when, get_language(), timezone.localdate())
    return timed(when, moments.capital(words, get_language()))


@register.simple_tag
def date_words(when, weekday=False):
    """Always the whole date: '3 november 2026'."""
    when = as_date(when)
    return timed(when, moments.date_in_words(when, get_language(), weekday=weekday))


@register.simple_tag
def waiting(since):
    """How long something waits: '42 min.'"""
    return moments.waiting_in_words(timezone.now() - since, get_language())


@register.filter
def clock_words(when):
    """9:00 as plain words, to fill in a sentence: {% blocktranslate with time=held.about|clock_words %}."""
    return moments.clock(when, get_language(), timezone.get_current_timezone()) if when else ""


@register.filter
def day_words(when):
    """A day as plain words, to fill in a sentence."""
    return moments.day_in_words(as_date(when), get_language(), timezone.localdate()) if when else ""


@register.filter
def date_in_words(when):
    """A whole date as plain words, to fill in a sentence."""
    return moments.date_in_words(as_date(when), get_language()) if when else ""


def timed(when, words):
    if not hasattr(when, "isoformat"):
        return words
    exact = when if not hasattr(when, "hour") else timezone.localtime(when) if is_aware(when) else when
    stamp = exact.isoformat(timespec="minutes") if hasattr(exact, "hour") else exact.isoformat()
    return format_html('<time datetime="{}">{}</time>', stamp, words)


def as_date(when):
    if not hasattr(when, "hour"):
        return when
    return timezone.localtime(when).date() if is_aware(when) else when.date()


def is_aware(when):
    return getattr(when, "tzinfo", None) is not None and hasattr(when, "year")


# --- words ------------------------------------------------------------------------------------------


@register.filter
def first_strong(text):
    """The first sentence strong: what matters is seen at a glance. The string itself stays whole for translators."""
    escaped = str(text) if isinstance(text, SafeData) else conditional_escape(text)
    first, stop, rest = escaped.partition(". ")
    if not stop:
        return mark_safe(f"<b>{escaped}</b>")  # noqa: S308  (escaped above)
    return mark_safe(f"<b>{first}.</b> {rest}")  # noqa: S308  (escaped above)


@register.filter
def own_direction(name):
    """A name to fill in a sentence with figures after it."""
    return direction.in_own_direction(str(name or ""))


@register.filter
def direction_of(language):
    """The direction of the words of a language: for text of people, on its own element."""
    return "rtl" if str(language or "").split("-")[0] in ("ar", "fa", "he", "ur") else "ltr"


@register.filter
def language_name(code):
    """The own name of a language."""
    return dict(settings.LANGUAGES).get(code, code)


# --- forms ------------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(bound, hint=None, label=None, optional=False, tall=False, autocomplete=None, direction=None):
    """A field of a form: label above, hint below, what is wrong in words beside it; what was typed stays.

    `tall` draws choices as large cards in a grid; otherwise they stand in words beside each other.
    """
    widget = bound.field.widget
    kind = kind_of(widget)
    hint = bound.help_text if hint is None else hint
    said_by = [f"{bound.auto_id}_hint"] * bool(hint) + [f"{bound.auto_id}_wrong"] * bool(bound.errors)
    attrs = {"aria-describedby": " ".join(said_by) or None, "autocomplete": autocomplete, "dir": direction}
    if kind in ("text", "area", "select"):
        attrs["class"] = " ".join(filter(None, ["input", widget.attrs.get("class")]))
    if kind == "area" and not direction:
        attrs["dir"] = widget.attrs.get("dir", "auto")
    if bound.errors:
        attrs["aria-invalid"] = "true"
    attrs = {key: value for key, value in attrs.items() if value}
    return {
        "field": bound,
        "kind": kind,
        "label": bound.label if label is None else label,
        "hint": hint,
        "optional": optional,
        "tall": tall,
        "several": isinstance(widget, CheckboxSelectMultiple),
        "input": "" if kind == "choices" else bound.as_widget(attrs=attrs),
        "said_by": attrs.get("aria-describedby", ""),
        "for_id": bound.id_for_label or bound.auto_id,
    }


@register.simple_tag(takes_context=True)
def comes_back(context, field, page=""):
    """In a form whose words must outlive the session: which field, whose it is, and the page where it stands."""
    request = context["request"]
    mark = keeping.owner_mark(getattr(request.actor, "account_id", ""))
    fields = {"keep_what": f"{keeping.BOX}{field}", "keep_for": mark, "keep_next": page or request.path}
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())


def kind_of(widget):
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "tick"
    if isinstance(widget, Textarea):
        return "area"
    return "hidden" if widget.is_hidden else "select" if hasattr(widget, "choices") else "text"


@register.inclusion_tag("components/errors.html")
def error_summary(form):
    """On top of a form that came back: what is missing, each line leading to its field. Nothing when all is well."""
    wrong = []
    if form.is_bound:
        wrong = [(None, said) for said in form.non_field_errors()]
        for bound in form:
            wrong += [(target_of(bound), said) for said in bound.errors]
    return {"wrong": wrong}


def target_of(bound):
    """A group of choices has no control of its own name: its first one is meant."""
    return f"{bound.auto_id}_0" if kind_of(bound.field.widget) == "choices" else bound.id_for_label or bound.auto_id
