"""Dates and times in words, in five languages, by the rules of the glossary.

Pure: everything needed is passed in, nothing is read from settings, clock or database. The ready-made lists of
Django and Babel are not used: they give other Arabic months than families with Moroccan roots read, a Turkish dot
in the time and a French colon.
"""

from datetime import timedelta

HARD = "\u00a0"

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
    "ar": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
}
WEEKDAYS = {
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
}
NEAR = {  # yesterday, today, tomorrow
    "nl": ("gisteren", "vandaag", "morgen"),
    "fr": ("hier", "aujourd’hui", "demain"),
    "en": ("yesterday", "today", "tomorrow"),
    "ar": ("أمس", "اليوم", "غداً"),
    "tr": ("dün", "bugün", "yarın"),
}
COMMA = {"ar": "، "}

# Waiting: forms in the order of the plural rule of the language; the first Arabic ones leave the figure out.
MINUTES = {
    "nl": ("{n} min.",),
    "fr": ("{n} min",),
    "en": ("{n} min",),
    "ar": ("أقلّ من دقيقة", "دقيقة واحدة", "دقيقتان", "{n} دقائق", "{n} دقيقة", "{n} دقيقة"),
    "tr": ("{n} dk.",),
}
HOURS = {
    "nl": ("{n} uur",),
    "fr": ("{n} h",),
    "en": ("{n} hour", "{n} hours"),
    "ar": ("أقلّ من ساعة", "ساعة واحدة", "ساعتان", "{n} ساعات", "{n} ساعة", "{n} ساعة"),
    "tr": ("{n} saat",),
}
DAYS = {
    "nl": ("{n} dag", "{n} dagen"),
    "fr": ("{n} jour", "{n} jours"),
    "en": ("{n} day", "{n} days"),
    "ar": ("أقلّ من يوم", "يوم واحد", "يومان", "{n} أيام", "{n} يوماً", "{n} يوم"),
    "tr": ("{n} gün",),
}


def plain(language):
    """'fr-be' is written as 'fr'; a language we do not speak is written as English."""
    short = (language or "").lower().split("-")[0]
    return short if short in MONTHS else "en"


def clock(moment, language, zone=None):
    """9:00, in French 9 h and 9 h 05. `moment` is a datetime or a time; `zone` moves an aware datetime."""
    moment = local(moment, zone)
    if plain(language) == "fr":
        minutes = f"{HARD}{moment.minute:02}" if moment.minute else ""
        return f"{moment.hour}{HARD}h{minutes}"
    return f"{moment.hour}:{moment.minute:02}"


def date_in_words(day, language, *, weekday=False):
    """3 november 2026, with the weekday where it is asked for."""
    language = plain(language)
    month = MONTHS[language].split()[day.month - 1]
    figure = "1er" if language == "fr" and day.day == 1 else str(day.day)
    words = f"{figure} {month} {day.year}"
    if not weekday:
        return words
    name = WEEKDAYS[language].split()[day.weekday()]
    return f"{words} {capital(name, language)}" if language == "tr" else f"{name} {words}"


def date_in_figures(day):
    """3/11/2026: day first in all five."""
    return f"{day.day}/{day.month}/{day.year}"


def day_in_words(day, language, today):
    """Yesterday, today, tomorrow; then the weekday while it can mean one day only; then the date."""
    language = plain(language)
    away = (day - today).days
    if -1 <= away <= 1:
        return NEAR[language][away + 1]
    if -6 <= away <= 6:
        return WEEKDAYS[language].split()[day.weekday()]
    return date_in_words(day, language)


def moment_in_words(moment, language, now, zone=None):
    """'gisteren, 20:14'. A date further away than a week keeps its time as well."""
    moment, now = local(moment, zone), local(now, zone)
    day = day_in_words(moment.date(), language, now.date())
    return f"{day}{COMMA.get(plain(language), ', ')}{clock(moment, language)}"


def waiting_in_words(waited, language):
    """How long something waits: minutes, from two hours on hours, from two days on days. Never seconds."""
    language = plain(language)
    minutes = max(0, int(waited.total_seconds() // 60)) if isinstance(waited, timedelta) else max(0, int(waited))
    if minutes < 120:
        return counted(minutes, MINUTES[language], language)
    if minutes < 2 * 24 * 60:
        return counted(minutes // 60, HOURS[language], language)
    return counted(minutes // (24 * 60), DAYS[language], language)


def counted(n, forms, language):
    return forms[min(plural(n, language), len(forms) - 1)].format(n=n)


def plural(n, language):
    """The plural rules of the glossary."""
    if language == "ar":
        if n <= 2:
            return n
        return 3 if 3 <= n % 100 <= 10 else 4 if 11 <= n % 100 <= 99 else 5
    if language in ("fr", "tr"):
        return int(n > 1)
    return int(n != 1)


def capital(words, language):
    """First letter large, with the Turkish dotted i."""
    if plain(language) == "tr" and words[:1] == "i":
        return "İ" + words[1:]
    return words[:1].upper() + words[1:]


def local(moment, zone):
    return moment.astimezone(zone) if zone is not None and getattr(moment, "tzinfo", None) is not None else moment
