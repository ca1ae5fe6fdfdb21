"""Every component in every state, in both directions. Wired in development and tests only: it has no audience.

?theme=dark|light and ?contrast=more show the other dresses; the language of the address is the first column, the other
column is Arabic (or Dutch, when the page itself is Arabic).
"""

import re
from datetime import timedelta
from types import SimpleNamespace as Thing

from django import forms
from django.contrib.staticfiles import finders
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from . import numbers
from .context import CONTRASTS, THEMES

WORDS = {
    "nl": {
        "go": "Verder",
        "title": "Gesprek",
        "say": "Je hoeft niet alles te weten om erover te praten.",
        "name": "Anna",
        "staff": "Sofie",
        "role": "begeleider",
        "text": "Hij vraagt elke avond waar zijn broer is.",
        "mine": "Bij ons helpt een vast moment na het eten.",
        "kind": "Dat moet pijn gedaan hebben. Wil je het vertellen zonder naam?",
        "readers": "De ouders van deze groep, de begeleiders Sofie en Hanne en wie vandaag naleest.",
        "rule": "Geen namen of plaatsen. Eerst leest een begeleider het. Dan zien de anderen het.",
        "done": "Alles is gelezen.",
        "rest": "Neem even pauze. Je krijgt een teken als er iets komt.",
        "ask": "Hoe mogen we je hier noemen?",
        "hint": "Niet je echte naam.",
        "wrong": "Schrijf een naam van minstens 2 letters.",
        "often": "Vaak",
        "week": "Elke week, ook zonder reden",
        "matters": "Alleen wat belangrijk is",
        "quiet": "Nu even rust",
        "until": "Tot een dag die jij kiest",
        "phone": "Anderen gebruiken deze gsm ook",
        "pin": "Jouw pincode",
        "translation": "İyi ki varsınız.",
        "where": "Moeders · Arabisch · nieuw lid",
        "why": "Noemt een persoon en een plaats",
    },
    "ar": {
        "go": "متابعة",
        "title": "محادثة",
        "say": "لا يلزم أن نعرف كل شيء لكي نتحدّث.",
        "name": "نور",
        "staff": "صوفي",
        "role": "فريق المرافقة",
        "text": "يسألني كل مساء أين أخوه.",
        "mine": "يساعدنا أن يكون لنا موعد ثابت بعد العشاء.",
        "kind": "لا بدّ أن ذلك كان مؤلماً. هل تودّون كتابتها من دون اسم؟",
        "readers": "الآباء والأمهات في هذه المجموعة، وصوفي وهانّا من فريق المرافقة، ومن يراجع الرسائل اليوم.",
        "rule": "من دون أسماء أو أماكن. يقرؤها فريق المرافقة أولاً، ثم يراها الآخرون.",
        "done": "قُرئ كل شيء.",
        "rest": "خذوا استراحة. يصلكم تنبيه إذا جاء جديد.",
        "ask": "بأي اسم نناديكم هنا؟",
        "hint": "ليس اسمكم الحقيقي.",
        "wrong": "اكتبوا اسماً من حرفين على الأقل.",
        "often": "كثيراً",
        "week": "كل أسبوع، حتى من دون سبب",
        "matters": "للأمور المهمّة فقط",
        "quiet": "أريد الآن بعض الهدوء",
        "until": "حتى يوم تختارونه",
        "phone": "آخرون يستعملون هذا الهاتف أيضاً",
        "pin": "رقمكم السرّي",
        "translation": "Fijn dat jullie er zijn.",
        "where": "أمهات · العربية · عضو جديد",
        "why": "فيها اسم شخص ومكان",
    },
}


def form_for(words, prefix, data=None):
    class Example(forms.Form):
        name = forms.CharField(
            label=words["ask"],
            help_text=words["hint"],
            min_length=2,
            error_messages={"required": words["wrong"]},
        )
        text = forms.CharField(label=words["title"], widget=forms.Textarea(attrs={"rows": 3}), required=False)
        rhythm = forms.ChoiceField(
            label=words["often"],
            choices=[("often", words["often"]), ("matters", words["matters"])],
            widget=forms.RadioSelect,
        )
        where = forms.ChoiceField(label=words["title"], choices=[("a", words["often"]), ("b", words["quiet"])])
        shared = forms.BooleanField(label=words["phone"], required=False)

    return Example(data, prefix=prefix, initial={"rhythm": "often", "shared": True})


def column(language):
    """What one direction shows."""
    words = WORDS[language]
    now = timezone.now()
    messages = [
        {
            "who": words["name"],
            "at": now - timedelta(hours=3),
            "body": words["text"],
            "language": language,
            "id": f"{language}-1",
        },
        {
            "who": words["staff"],
            "team": True,
            "role": words["role"],
            "at": now - timedelta(hours=2),
            "body": words["say"],
            "language": language,
        },
        {
            "who": words["name"],
            "at": now - timedelta(hours=2),
            "body": words["translation"],
            "language": "tr" if language == "nl" else "nl",
            "translation": words["say"],
            "translated_by": words["staff"],
        },
        {"own": True, "at": now - timedelta(hours=1), "body": words["mine"], "language": language},
        {
            "own": True,
            "at": now - timedelta(minutes=20),
            "body": words["mine"],
            "language": language,
            "state": "held",
            "about": "9:00",
        },
        {
            "own": True,
            "at": now - timedelta(minutes=30),
            "body": words["mine"],
            "language": language,
            "state": "returned",
            "kind": words["kind"],
            "kind_by": words["staff"],
        },
    ]
    return Thing(
        language=language,
        dir="rtl" if language == "ar" else "ltr",
        words=words,
        form=form_for(words, f"{language}-a"),
        wrong=form_for(words, f"{language}-b", {f"{language}-b-rhythm": "often", f"{language}-b-where": "a"}),
        messages=messages,
        numbers=numbers.crisis(language),
        steps=[Thing(title=words["say"], text=words["text"]), Thing(title=words["go"], text=words["mine"])],
        where_i_am=[Thing(title="1", done=True), Thing(title=words["title"], current=True), Thing(title="3")],
        ranks=[
            Thing(key="app", icon="app", label=words["often"], on=True, place=1, is_there=True),
            Thing(key="mail", icon="mail", label=words["matters"], on=True, place=2, can_rise=True, can_turn=True),
            Thing(key="phone", icon="phone", label=words["quiet"], on=False, can_turn=True),
        ],
        facts=[Thing(word=words["title"], text=words["say"]), Thing(word=words["often"], unknown=True)],
        links=[Thing(url="#", title=words["say"]), Thing(url="#", title=words["text"])],
        lines=[
            Thing(icon="rhythm-sometimes", strong=words["often"] + ".", text=words["say"]),
            Thing(icon="lock", text=words["text"]),
        ],
        quiet=[Thing(icon="rhythm-quiet", name=words["name"], text=words["until"])],
        tabs=[
            Thing(url="#", title=words["go"], count=5, current=True),
            Thing(url="#", title=words["title"], count=None),
        ],
        filters=[Thing(url="#", label=words["go"], current=True), Thing(url="#", label=words["title"])],
        rows=[
            Thing(
                name=words["name"],
                note=words["where"],
                url="#",
                badge=Thing(label=words["role"], tone="calm", icon="check"),
            ),
            Thing(name=words["staff"], note=words["role"], act=Thing(label=words["go"], name="act", value="1")),
        ],
        items=[
            Thing(
                urgency="urgent",
                why=words["why"],
                where=words["where"],
                since=now - timedelta(minutes=4),
                claim_url="#",
            ),
            Thing(
                urgency="today",
                why=words["why"],
                where=words["where"],
                since=now - timedelta(minutes=42),
                claim_url="#",
            ),
            Thing(
                urgency="calm",
                why=words["why"],
                where=words["where"],
                since=now - timedelta(hours=3),
                taken=words["staff"],
            ),
        ],
        call=Thing(
            name=words["name"],
            where=words["where"],
            icon="rhythm-often",
            wish_strong=words["say"],
            wish="",
            last=words["rest"],
        ),
        findings=[Thing(strong=words["why"], text=words["say"])],
        duty=[Thing(icon="check", text=words["done"]), Thing(icon="people", text=words["staff"])],
        service=Thing(
            name="Tele-Onthaal",
            intro=words["say"],
            badges=[Thing(label=words["go"], tone="calm", icon="check")],
            facts=[Thing(word=words["title"], text=words["say"])],
            dial="106",
            shown="106",
            url="#",
        ),
        quoted=mark_safe(f"<p>{words['text']} <mark>{words['name']}<sup>1</sup></mark></p>"),  # noqa: S308  (own words)
        moment=now - timedelta(days=1, hours=2),
    )


def components(request):
    first = "ar" if get_language() == "ar" else "nl"
    second = "nl" if first == "ar" else "ar"
    columns = []
    for language in (first, second):
        with override(language):
            columns.append(Rendered(request, column(language)))
    request.look_theme = request.GET.get("theme") if request.GET.get("theme") in THEMES else ""
    request.look_contrast = request.GET.get("contrast") if request.GET.get("contrast") in CONTRASTS else ""
    return render(request, "portal/components_page.html", {"columns": columns, "icons": icon_names()})


class Rendered:
    """A column, drawn in its own language: the strings of the components must follow it."""

    def __init__(self, request, column):
        self.language, self.dir = column.language, column.dir
        drawn = render_to_string("portal/_components_column.html", {"column": column, "words": column.words}, request)
        # The summary of errors takes the focus; here it would scroll the page away from its top.
        self.html = mark_safe(drawn.replace(" autofocus", ""))  # noqa: S308  (a rendered template)


def icon_names():
    with open(finders.find("portal/img/icons.svg"), encoding="utf-8") as file:
        return re.findall(r'id="i-([\w-]+)"', file.read())
