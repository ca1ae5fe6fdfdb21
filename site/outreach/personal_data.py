"""Which fields of outreach tell about a person, what for and how long; the rest does not. Together they are all."""

_NOTICE = "until 90 days after it was read"
_SENDING = "until 90 days after it was settled"

PERSONAL = {
    "Attempt.at": ("show what was sent or withheld, and when", _SENDING),
    "Attempt.reason": ("show why something was withheld", _SENDING),
    "Delivery.created_at": ("order the outbox", _SENDING),
    "Delivery.notice": ("drop what was read meanwhile", _SENDING),
    "Delivery.payload": ("send a code that the person asked for; encrypted", "until it is sent, or 15 minutes"),
    "Delivery.person": ("send to the right person", _SENDING),
    "Delivery.purpose": ("let the wish decide", _SENDING),
    "Delivery.reason": ("show why something was withheld", _SENDING),
    "Delivery.settled_at": ("keep the rhythm the person chose", _SENDING),
    "Delivery.subject": ("ask at delivery whether it is still of use", _SENDING),
    "Delivery.subject_id": ("ask at delivery whether it is still of use", _SENDING),
    "Notice.by_id": ("know who caused it", _NOTICE),
    "Notice.created_at": ("show when it happened", _NOTICE),
    "Notice.merged_count": ("merge what happens often", _NOTICE),
    "Notice.person": ("show it to the right person", _NOTICE),
    "Notice.purpose": ("say why the person gets it", _NOTICE),
    "Notice.read_at": ("show what is new", _NOTICE),
    "Notice.subject": ("lead to the thing", _NOTICE),
    "Notice.subject_id": ("lead to the thing", _NOTICE),
    "Notice.unread_key": ("merge unread notices of one thing", "until it is read"),
    "PauseMemory.person": ("return to the wish before a pause", "while the pause with a date lasts"),
    "PauseMemory.rhythm_after": ("return to the wish before a pause", "while the pause with a date lasts"),
}

NOT_PERSONAL = {
    "Attempt.delivery",
    "Attempt.id",
    "Attempt.outcome",
    "Delivery.channel",
    "Delivery.due_at",
    "Delivery.id",
    "Delivery.lease",
    "Delivery.lease_until",
    "Delivery.message_id",
    "Delivery.next_try_at",
    "Delivery.state",
    "Delivery.tries",
    "JobRun.failed_in_a_row",
    "JobRun.finished_at",
    "JobRun.lease_until",
    "JobRun.name",
    "JobRun.next_at",
    "JobRun.started_at",
    "Notice.id",
    "StaffedHours.closes",
    "StaffedHours.id",
    "StaffedHours.opens",
    "StaffedHours.team_id",
    "StaffedHours.weekday",
}

# By model: on what ground, and who sees it. The ground is our proposal; the controller and its officer confirm it.

GROUND_AND_ACCESS = {
    "Attempt": ("public task", "nobody on a screen; the administrator sees figures"),
    "Delivery": ("consent, by the contact needs; a code because it was asked for", "the person, in the own file"),
    "Notice": ("public task", "the person"),
    "PauseMemory": ("consent, by the contact needs", "nobody; the portal reads it"),
}
