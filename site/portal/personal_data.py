"""The tables of libraries that can tell about a person: what for, how long, on what ground, who sees it.

Those of the editors' desk hold staff only: no parent ever has a right there. The rest tells of nobody.
"""

_EDITOR = ("who of the editors did what", "as long as the text", "employment or mandate", "editors")
_UNUSED = ("nothing; the portal keeps no row in it", "never", "none", "nobody")

LIBRARIES = {
    "account.EmailAddress": _UNUSED,
    "django_otp_webauthn.WebAuthnAttestation": _UNUSED,
    "django_otp_webauthn.WebAuthnCredential": (
        "passkeys: a public key, where it is kept, since when, last used; of what make it is, nothing",
        "until it is taken away, at most as long as the account",
        "security of the processing",
        "the person",
    ),
    "django_otp_webauthn.WebAuthnUserHandle": _UNUSED,
    "sessions.Session": ("stay signed in", "until it ends, 30 days at most", "agreement to use the portal", "nobody"),
    "wagtail_localize.SegmentOverride": _EDITOR,
    "wagtail_localize.StringTranslation": _EDITOR,
    "wagtailadmin.EditingSession": _EDITOR,
    "wagtailadmin.FormState": _EDITOR,
    "wagtailcore.APIToken": _UNUSED,
    "wagtailcore.Comment": _EDITOR,
    "wagtailcore.CommentReply": _EDITOR,
    "wagtailcore.ModelLogEntry": _EDITOR,
    "wagtailcore.Page": _EDITOR,
    "wagtailcore.PageLogEntry": _EDITOR,
    "wagtailcore.PageSubscription": _EDITOR,
    "wagtailcore.Revision": _EDITOR,
    "wagtailcore.TaskState": _EDITOR,
    "wagtailcore.UploadedFile": _EDITOR,
    "wagtailcore.WorkflowState": _EDITOR,
    "wagtaildocs.Document": _EDITOR,
    "wagtailimages.Image": _EDITOR,
    "wagtailusers.UserProfile": _EDITOR,
}
PERSONAL: dict[str, tuple[str, str]] = {}
NOT_PERSONAL: set[str] = set()
GROUND_AND_ACCESS: dict[str, tuple[str, str]] = {}
