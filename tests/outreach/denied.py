"""What may stand in nothing that leaves the house: words of the matter in nl fr en ar tr, and our own inner words."""

import re

CANARIES = ("KANARIE-groep", "KANARIE-naam", "KANARIE-bericht")
DENIED = re.compile(
    "|".join(
        [
            *CANARIES,
            r"groep|ouder|moeder|vader|vertrok|terug|steun|begeleid|bericht|kind|zoon|dochter|radical|syri|justitie",
            r"groupe|parent|m[eè]re|p[eè]re|soutien|accompagn|message|enfant|fils|fille|d[eé]part",
            r"group|mother|father|support|facilitat|child|moderat|announcement|departed",
            "مجموعة|آباء|أمهات|رسالة|ابن|ابنة|دعم|مرافقة|سوريا",
            "grup|ebeveyn|anne|baba|mesaj|çocuk|destek|danışman|suriye",
            "contact-needs|sign_in|decision|new_in_space|kring_|team_task",
        ]
    ),
    re.IGNORECASE,
)
