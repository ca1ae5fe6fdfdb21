"""What every shell needs: languages, direction, places, how the person likes to see it, when the page closes.

Everything is made when a template asks for it and costs no database query. Nothing here says who is signed in.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, get_language_info, pgettext

from people.actor import ANONYMOUS
from people.policy import REGISTRY

from . import numbers

THEMES = ("light", "dark")
CONTRASTS = ("more", "normal")


def shell(request):
    """The context processor."""
    return {"shell": Shell(request)}


@dataclass(frozen=True)
class Place:
    url: str
    label: str
    icon: str
    current: bool = False


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    dir: str
    url: str
    current: bool


class Shell:
    def __init__(self, request=None):
        self.request = request

    @cached_property
    def language(self):
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def direction(self):
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @cached_property
    def home(self):
        return f"/{self.language}/"

    @cached_property
    def languages(self):
        """Each language with the address of this page in it.

        A view that knows better (a page whose translation has another address, or none) puts
        `request.alternates = {"fr": "/fr/…"}`; a language missing there leads to its home page.
        """
        alternates = getattr(self.request, "alternates", None)
        found = []
        for code, name in settings.LANGUAGES:
            url = alternates.get(code, f"/{code}/") if alternates is not None else self.here_in(code)
            bidi = get_language_info(code)["bidi"]
            found.append(Language(code, name, "rtl" if bidi else "ltr", url, code == self.language))
        return found

    def here_in(self, code):
        """This address under another language. Without a request, or outside the languages: the home page."""
        path = getattr(self.request, "path", "")
        first, _, rest = path[1:].partition("/")
        if first != self.language:
            return f"/{code}/"
        query = self.request.META.get("QUERY_STRING", "") if self.request.method == "GET" else ""
        return f"/{code}/{rest}" + (f"?{query}" if query else "")

    @cached_property
    def current_language(self):
        return next((language for language in self.languages if language.current), None)

    @cached_property
    def numbers(self):
        return numbers.crisis(self.language)

    # --- how the person likes to see it -------------------------------------------------------------

    @cached_property
    def theme(self):
        return self.liked("theme", THEMES)

    @cached_property
    def contrast(self):
        return self.liked("contrast", CONTRASTS)

    def liked(self, name, known):
        """From a cookie that says nothing else, so that no query is needed; anything unknown counts as no wish."""
        wish = getattr(self.request, f"look_{name}", None) or getattr(self.request, "COOKIES", {}).get(f"kring-{name}")
        return wish if wish in known else ""

    # --- when the page closes itself ----------------------------------------------------------------

    @cached_property
    def is_watched(self):
        """Whether somebody is signed in here and not behind the lock: what the page shows is then hers alone."""
        request = self.request
        return getattr(request, "sign_in", None) is not None and not request.is_locked

    @cached_property
    def idle_seconds(self):
        """Set by the middleware that knows the phone; the strictest until it is known."""
        return getattr(self.request, "idle_seconds", None) or settings.SHARED_PHONE_IDLE_MINUTES * 60

    @cached_property
    def idle_action(self):
        """'lock' (asks the PIN) or 'end' (the session is over)."""
        return "lock" if getattr(self.request, "idle_action", None) == "lock" else "end"

    @cached_property
    def activity_url(self):
        return address("activity") or address("account:activity")

    @cached_property
    def lock_url(self):
        return address("unlock")

    # --- what cannot wait ---------------------------------------------------------------------------

    @cached_property
    def follows_danger(self):
        """Whether this page hears at once that a colleague asks for a second person."""
        return REGISTRY["outreach:override:follow"].allows(getattr(self.request, "actor", ANONYMOUS))

    # --- places -------------------------------------------------------------------------------------

    @cached_property
    def has_session(self):
        """Whether a session cookie came along: enough to offer 'My space', without a look in the database."""
        return settings.SESSION_COOKIE_NAME in getattr(self.request, "COOKIES", {})

    @cached_property
    def nav(self):
        """The places of the public shell."""
        space = (
            ("my:home", pgettext("nav.space", "My space"), "home")
            if self.has_session
            else ("account_login", pgettext("nav.signin", "Sign in"), "lock")
        )
        return self.places(
            ("guidance", pgettext("nav.read", "Read"), "read"),
            ("help", pgettext("help.finder", "Find help"), "phone"),
            space,
        )

    @cached_property
    def tabs(self):
        """The four under the thumb of a member. The team reads in a group too; its own places lead it back to work."""
        if self.desk:
            return self.desk
        return self.places(
            ("my:home", pgettext("tab.start", "Start"), "home"),
            ("my:groups", pgettext("tab.group", "Group"), "talk"),
            ("my:contact", pgettext("tab.contact", "Contact"), "rhythm-sometimes"),
            ("help", pgettext("tab.help", "Help"), "phone"),
        )

    @cached_property
    def desk(self):
        """The places of staff that open for this person, as their policies say."""
        wanted = (
            ("portal:desk:see", "work:today", pgettext("nav.today", "Today"), "home"),
            ("moderation:review:list", "work:reviews", pgettext("nav.reviews", "To read"), "read"),
            ("outreach:desk:see", "work:outreach", pgettext("nav.outreach", "Contact"), "hand"),
            ("groups:group:list", "work:groups", pgettext("nav.groups", "Groups"), "people"),
            ("people:staff:see", "work:staff", pgettext("nav.staff", "Team"), "together"),
        )
        actor = getattr(self.request, "actor", ANONYMOUS)
        return self.places(*(place for act, *place in wanted if REGISTRY[act].allows(actor)))

    @cached_property
    def foot(self):
        return self.places(
            ("about", pgettext("foot.about", "Who we are"), ""),
            ("your_data", pgettext("foot.data", "Your data"), ""),
            ("safe_phone", pgettext("foot.phone", "Safe on a shared phone"), ""),
            ("accessibility", pgettext("foot.access", "Accessibility"), ""),
            ("look", pgettext("look.title", "How it looks"), ""),
        )

    def places(self, *wanted):
        """Only those that have an address; the longest address this page lies under is the present one."""
        found = [(url, label, icon) for name, label, icon in wanted if (url := address(name))]
        path = getattr(self.request, "path", "")
        under = [url for url, _, _ in found if path == url or (url != self.home and path.startswith(url))]
        present = max(under, key=len, default=None)
        return [Place(url, label, icon, url == present) for url, label, icon in found]


def address(name):
    """The address of a place, or None while no area has given it one."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
