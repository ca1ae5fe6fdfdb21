"""Which fields tell something about a person. Here only who checked a text; everything else is public."""

_CHECKER = ("who says that the text is right, asked when something turns out wrong", "as long as the text")
_CHECKED = ("HomePage", "TopicPage", "GuidancePage", "InfoPage", "HelpService", "NumberCheck")

PERSONAL = {f"{model}.checked_by_id": _CHECKER for model in _CHECKED if model != "HomePage"}

_PAGE = "page_ptr"
_DATES = ["checked_on", "review_by", "kept_by"]
_FIELDS = {
    "HomePage": [_PAGE, *["lead", "doors", "under18", "expect_heading", "expect", "questions_heading", "call_heading"]],
    "TopicPage": [_PAGE, "key", "summary", *_DATES],
    "GuidancePage": [_PAGE, "key", "summary", "keep", "body", *_DATES],
    "InfoPage": [_PAGE, "key", "summary", "body", *_DATES],
    "HelpService": [
        *[
            "id",
            "translation_key",
            "locale",
            "live",
            "has_unpublished_changes",
            "first_published_at",
            "last_published_at",
        ],
        *[
            "live_revision",
            "go_live_at",
            "expire_at",
            "expired",
            "latest_revision",
            "key",
            "name",
            "explained",
            "what_for",
            "for_whom",
            "how",
        ],
        *[
            "number",
            "website",
            "needs",
            "audience",
            "while_waiting",
            "cost",
            "anonymous",
            "languages",
            "hours",
            "without_name",
        ],
        *["broad_entrance", "order", "aliases"],
        *_DATES,
    ],
    "NumberCheck": ["id", "key", *_DATES],
}
NOT_PERSONAL = {f"{model}.{name}" for model, names in _FIELDS.items() for name in names}

# By model: on what ground, and who sees it. The ground is our proposal; the controller and its officer confirm it.

GROUND_AND_ACCESS = dict.fromkeys(
    (model for model in _CHECKED if model != "HomePage"), ("employment or mandate", "editors")
)
