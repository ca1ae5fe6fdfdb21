"""A name on another network, a link to it, or a shortened link of which nobody sees where it leads.

Whoever knows such a name finds the family behind it, and it takes a conversation to where nobody of the team reads
along. A network that is only talked about ('he is on Telegram all night') is no name on it.
"""

import re
from collections.abc import Iterator

from moderation.screening.folding import Folded

from .email_address import ENDS
from .rule import Rule

# Hosts where whatever stands after the stroke is a person, a group or an invitation; then those that shorten links.
_LINK = re.compile(
    r"(?<![\w@\-])(?:"
    r"t ?\. ?me|telegram\.(?:me|dog)|wa\.me(?! ?/ ?\d)|(?:chat|api|call)\.whatsapp\.com|whatsapp\.com/channel"
    r"|signal\.(?:me|group)|discord\.(?:gg|com/(?:invite|users))|m\.me|fb\.(?:me|com)|ig\.me|instagr\.am|instagram\.com|facebook\.com"
    r"|messenger\.com|tiktok\.com|snapchat\.com|threads\.(?:net|com)|twitter\.com|x\.com|vk\.com|ok\.ru"
    r"|linkedin\.com/in|youtube\.com/(?:c|channel|user)|youtube\.com(?=/@)|twitch\.tv|imo\.im|join\.skype\.com|linktr\.ee"
    r"|bit\.ly|tinyurl\.com|goo\.gl|t\.co|is\.gd|v\.gd|cutt\.ly|rb\.gy|ow\.ly|tiny\.cc|t\.ly|lnkd\.in|shorturl\.at"
    r") ?/ ?[\w@#?=+%.\-]{2,200}"
)
# Networks as people write them, in the folded form. Turkish says 'my' at the end of the word.
_ARABIC = r"انستا(?:قرام|كرام|غرام|جرام)?|تيل[يى]?[جغ]رام|تل[يى]?[جغ]رام|سناب(?:شات)?|فيسبوك|تيك توك|ديسكورد"
_LATIN = (
    r"(?:instagram|insta|snapchat|telegram|tiktok|tik tok|facebook|messenger|discord|signal|skype|viber|threema"
    r"|whatsapp|ig|snap|sc|tg|fb)(?:[iu]?m)?"
)
_NETWORK = rf"(?<!\w)(?:{_LATIN}|{_ARABIC})(?!\w)"
_NAME = r"[a-z][\w.\-]{2,40}"
_NO_WORD = r"(?=[a-z\-]{1,40}(?:\d|\.\w))[a-z][\w.\-]{2,40}"  # a figure or a stop in it: nothing of a sentence
_IS = r"(?:is|[=:]|c'est|est|als|as|sous|onder|adi|olarak|هو|باسم)"
_OWN = r"(?:mijn|m'n|mn|mon|ma|my|benim|onze|notre|our)"
_FOLLOW = r"(?:volg|voeg|zoek|adde?|follow|find|suis|suivez|ajoutez?|cherchez?|beni|bizi)"
_ME = r"[ \-](?:me|mij|ons|moi|nous|us|takip)"
_STATE = (  # what is said of a network itself: 'my Facebook is hacked'
    r"(?!(?:gehackt|weg|kwijt|stuk|leeg|dicht|vol|geblokkeerd|prive|niet|nog|nu|al|altijd|van|een|het|pirate|bloque"
    r"|ferme|en|prive|plein|plus|tout|hacked|gone|full|down|not|private|blocked|still|the|my|so|always)\b)"
)
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NETWORK} ?(?:{_IS} ?)?@ ?{_NAME}",
        rf"{_NETWORK} ?(?:{_IS}) ?{_NO_WORD}",
        rf"{_NETWORK} ?[:=] ?{_NAME}(?= ?(?:$|[,;)!]|\.(?!\w)))",
        rf"(?<!\w){_OWN} {_NETWORK} ?{_IS} ?{_STATE}{_NAME}",
        rf"(?<!\w){_FOLLOW}{_ME}(?: [\w']{{1,12}}){{0,2}} {_NETWORK} ?{_IS} ?{_NAME}",
        rf"(?<![\w.])@ ?{_NAME} ?(?:op|on|in|sur|bij|via|[(/]) ?{_NETWORK}",
        rf"(?<!\w)\w{{0,3}}(?:{_ARABIC}) ?[:=]? ?{_NAME}",  # a Latin word among Arabic ones is a name
        rf"(?<![\w.@])@(?![\w\-]+\.{ENDS}){_NO_WORD}",
    )
)


def find(folded: Folded) -> Iterator[tuple[int, int]]:
    for pattern in (_LINK, *_NAMED):
        for match in pattern.finditer(folded.plain):
            yield match.start(), match.end()


RULE = Rule("profile", find)
