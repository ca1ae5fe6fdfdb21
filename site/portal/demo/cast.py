"""Who lives in the demo town. Names, addresses and the password are the public contract (docs/contract.md)."""

from dataclasses import dataclass, field
from datetime import time

from groups.vocabulary import Mode, Programme
from outreach.models.contact_moment import How, MomentOutcome
from outreach.models.occasion import OccasionKind
from outreach.models.override import Danger
from outreach.models.safe_contact import IfSomeoneElse
from outreach.vocabulary import Channel
from people.vocabulary import Rhythm, Role

PASSWORD = "lamp-brug-rivier-42"
PIN = "482913"
AUTHENTICATOR_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Colleague:
    key: str
    name: str
    roles: tuple[Role, ...]
    organisation: str
    language: str = "nl"
    said: dict = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"{self.key}@demo.invalid"


@dataclass(frozen=True)
class Parent:
    key: str
    language: str
    groups: dict[str, str]
    rhythm: Rhythm
    by_email: bool = True
    quiet: tuple[time, time] | None = None
    sign_in_name: str | None = None
    pin: str = ""
    talks: tuple[Channel, ...] = ()
    card: dict = field(default_factory=dict)
    hard_day: tuple[int, str] | None = None  # in how many days, in the parent's own words
    asked_hours_ago: int | None = None
    contact_person: str = ""

    @property
    def email(self) -> str | None:
        return None if self.sign_in_name else f"{self.key}@demo.invalid"


@dataclass(frozen=True)
class Circle:
    key: str
    names: str
    programme: Programme
    mode: Mode
    facilitators: tuple[str, ...]


COLLEAGUES = (
    Colleague("tess", "Tess", (Role.TECHNICAL_ADMINISTRATOR,), "Stad"),
    Colleague("marc", "Marc", (Role.COORDINATOR,), "Stad"),
    Colleague("sofie", "Sofie", (Role.FACILITATOR,), "CAW", said={"gender": "woman", "themes": ["left", "died"]}),
    Colleague(
        "youssef",
        "Youssef",
        (Role.FACILITATOR, Role.MODERATOR),
        "CAW",
        said={"gender": "man", "languages": ["ar"], "themes": ["arrested", "came_back"], "hours": ["evening"]},
    ),
    Colleague("lien", "Lien", (Role.EDITOR,), "Stad"),
    Colleague("nora", "Nora", (Role.PARTNER,), "CLB"),
)

PARENTS = (
    Parent(
        "amina",
        "ar",
        {"moeders": "Nour", "ouders": "Nour"},
        Rhythm.OFTEN,
        pin=PIN,
        talks=(Channel("call"), Channel("email")),
        card={
            "phone": "+32000000000",
            "hours": "من الاثنين إلى الخميس، بعد الخامسة مساءً",
            "if_someone_else": IfSomeoneElse.HANG_UP,
            "code_word": "الشوربة جاهزة",
            "say_from": "المكتبة",
        },
        asked_hours_ago=20,
        contact_person="sofie",
    ),
    Parent("karim", "fr", {"vaders": "Idris", "ouders": "Idris"}, Rhythm.QUIET, contact_person="youssef"),
    Parent(
        "els",
        "nl",
        {"moeders": "Anna", "ouders": "Anna"},
        Rhythm.MATTERS,
        quiet=(time(21), time(8)),
        hard_day=(6, "De dag dat hij vertrok"),
        contact_person="sofie",
    ),
    Parent("fatma", "tr", {"opvoeding": "Defne"}, Rhythm.MINE, by_email=False, sign_in_name="regen-appel-trein"),
)

CIRCLES = (
    Circle("moeders", "Moeders", Programme.DEPARTED, Mode.FIRST_READ, ("sofie",)),
    Circle("vaders", "Vaders", Programme.DEPARTED, Mode.NEWCOMERS_FIRST, ("youssef",)),
    Circle("ouders", "Ouders samen", Programme.DEPARTED, Mode.FIRST_READ, ("sofie",)),
    Circle("opvoeding", "Opvoeding", Programme.PREVENTIVE, Mode.AFTER_POSTING, ("sofie",)),
)


@dataclass(frozen=True)
class Happening:
    """An occasion after which someone of the team starts a round."""

    kind: OccasionKind
    title: str
    by: str
    days_ago: int
    is_confirmed: bool


OCCASIONS = (
    Happening(OccasionKind.TRIAL, "Zitting in Brussel", "sofie", 2, True),
    Happening(OccasionKind.ANNIVERSARY, "Vijf jaar na het voorjaar", "sofie", 0, False),
)

# Who is on duty next week, in turns, and when someone of the team reads in any other: weekday 0 is Monday.
DUTY = [(0, time(9), time(12)), (2, time(13), time(17)), (3, time(9), time(12))]
HOURS = [(day, time(9), time(12)) for day in range(7)] + [(day, time(13), time(21)) for day in range(7)]


@dataclass(frozen=True)
class Contact:
    """One contact with a parent, as the contact person wrote it down."""

    days_ago: int
    who: str
    how: How
    outcome: MomentOutcome
    note: str


CONTACTS = (
    Contact(
        23, "amina", How("visit"), MomentOutcome("spoke"), "Thee gedronken. Ze wil liever bellen dan bezoek krijgen."
    ),
    Contact(9, "amina", How("call"), MomentOutcome("spoke"), "Gebeld na 17 uur. Volgende week weer."),
    Contact(21, "els", How("met"), MomentOutcome("spoke"), "Kort gepraat na de koffie. Ze laat zelf iets weten."),
    Contact(26, "karim", How("call"), MomentOutcome("did_not_want"), "Hij wil nu rust. Dat is goed."),
)


@dataclass(frozen=True)
class Word:
    """A few words of one of the team to one parent."""

    days_ago: int
    to: str
    by: str
    text: str


WORDS = (
    Word(
        2,
        "els",
        "sofie",
        "Ik dacht aan jou, nu die dag dichterbij komt. Je hoeft niets terug te schrijven. Donderdag staat de koffie klaar.",
    ),
)


@dataclass(frozen=True)
class Alarm:
    """One of the team was afraid for a parent and asked a second person. Nobody has confirmed it, so nothing went."""

    minutes_ago: int
    about: str
    by: str
    danger: Danger
    because: str


ALARMS = (
    Alarm(
        10,
        "els",
        "sofie",
        Danger("to_self"),
        "Ze schreef daarnet dat ze niet verder kan. Haar zus vindt haar niet thuis.",
    ),
)


@dataclass(frozen=True)
class Line:
    """One message of a demo conversation: hours ago, by whom, and what the team did with it."""

    hours_ago: float
    who: str
    text: str
    decision: str = "publish"
    word: str = ""


@dataclass(frozen=True)
class Talk:
    group: str
    subject: str
    lines: tuple[Line, ...]


WELCOME = (
    "Welkom in deze groep. Je mag lezen zolang je wil voor je iets schrijft. Wij lezen mee, elke dag, en jij kiest "
    "hoeveel je van ons hoort."
)

TALKS = (
    Talk(
        "ouders",
        "Wat zeggen jullie tegen de andere kinderen?",
        (
            Line(
                44,
                "els",
                "Mijn jongste is negen. Elke avond vraagt hij waar zijn broer is. Ik zeg dan maar: ver weg. En dan stop ik "
                "hem snel in bed. Wat zeggen jullie?",
            ),
            Line(
                43.5,
                "amina",
                "قلتُ لابنتي الحقيقة بكلمات بسيطة: «لا نعرف أين هو، ونحن نشتاق إليه كثيراً». بكت، ثم نامت في حضني.",
            ),
            Line(
                27,
                "sofie",
                "Dank je dat je dat vertelt. Kinderen kunnen de waarheid vaak beter dragen dan de stilte. Je hoeft niet "
                "alles te weten om erover te praten.",
            ),
            Line(
                26.5,
                "karim",
                "Chez nous, après le souper, on allume une bougie. Celui qui veut dit quelque chose. Souvent, personne ne "
                "parle. Mais on est ensemble.",
            ),
            Line(
                5,
                "els",
                "Gisteren kwam ik een vriendin van vroeger tegen, bij de bakker in onze straat. Ze keek de andere kant op. "
                "Ik heb daarna in de auto zitten wenen.",
                "give_back",
                "Dat moet pijn gedaan hebben. Wie hier woont, weet misschien om wie het gaat. Wil je het nog eens "
                "vertellen, zonder de plaats? De rest mag blijven zoals het is.",
            ),
            Line(
                1.2,
                "amina",
                "هل أخبرتم المدرسة؟ لا أجرؤ على الحديث مع معلّمة ابني.",
                "wait",
            ),
        ),
    ),
    Talk(
        "ouders",
        "Moeilijke dagen",
        (
            Line(50, "sofie", "Een verjaardag of een feest kan zwaar zijn. Wat helpt jullie door zo’n dag?"),
            Line(
                49, "karim", "Le jour de son anniversaire, je pars marcher très tôt, seul. Après, ça va un peu mieux."
            ),
        ),
    ),
    Talk(
        "moeders",
        "Koffie op donderdag",
        (
            Line(30, "sofie", "Donderdag staat de koffie klaar. Kom zoals je bent, kleine kinderen mogen mee."),
            Line(29, "els", "Ik zal er zijn. Ik breng cake mee, maar praten beloof ik niet."),
        ),
    ),
    Talk(
        "vaders",
        "Als vader hierover praten",
        (
            Line(
                72,
                "youssef",
                "Voor veel vaders is praten niet het eerste wat ze doen. Hier hoeft het niet snel te gaan.",
            ),
            Line(
                70,
                "karim",
                "J’écris peu, je lis surtout. Savoir que d’autres pères ne dorment pas non plus, ça m’aide.",
            ),
        ),
    ),
    Talk(
        "opvoeding",
        "Rust in huis na school",
        (
            Line(25, "sofie", "Welk moment van de dag is bij jullie het moeilijkst? En wanneer loopt het wel goed?"),
            Line(24, "fatma", "Akşam yemeği zor geçiyor. Ama birlikte yürüyüşe çıktığımızda konuşabiliyoruz."),
        ),
    ),
)
