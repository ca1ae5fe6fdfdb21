"""Which fields of reviewing tell about a person, what for and how long; the rest does not. Together they are all."""

_REVIEW = "until a year after it was settled; unsettled, no longer than what it is about"

PERSONAL = {
    "Decision.by_id": ("answer for a decision", _REVIEW),
    "Decision.words": ("the reason or kind word the author read; encrypted", _REVIEW),
    "Report.by_id": ("ask back, and count one telling once; never shown to the writer", _REVIEW),
    "Report.told_at": ("show how long it waits", _REVIEW),
    "Report.words": ("what a member told the team; encrypted", _REVIEW),
    "Review.author_id": ("nobody reviews their own words; the access log", _REVIEW),
    "Review.claimed_at": ("one reader at a time", _REVIEW),
    "Review.claimed_by_id": ("one reader at a time", _REVIEW),
    "Review.findings": ("show the reader why it waits: kinds and positions, no words", _REVIEW),
    "Review.language": ("find a reader for it", _REVIEW),
    "Review.settled_by_id": ("answer for a decision", _REVIEW),
    "Review.subject_id": ("find the thing it is about", _REVIEW),
    "Review.team_id": ("show it to the right team", _REVIEW),
    "Review.urgent": ("read danger first", _REVIEW),
}

NOT_PERSONAL = {
    "Decision.at",
    "Decision.id",
    "Decision.outcome",
    "Decision.reason_key",
    "Decision.review",
    "Report.id",
    "Report.review",
    "Review.cause",
    "Review.id",
    "Review.kind",
    "Review.opened_at",
    "Review.outcome",
    "Review.settled_at",
}

# By model: on what ground, and who sees it. The ground is our proposal; the controller and its officer confirm it.

GROUND_AND_ACCESS = {
    "Decision": ("public task", "the team; its words also the author"),
    "Report": ("public task", "the team, never whom it is about"),
    "Review": ("public task", "the team of the group, the moderator on duty"),
}
