"""Which fields here tell about a person, what for, and how long they are kept."""

KEPT = "24 months, then a sealed tombstone"

PERSONAL = {
    "AccessEntry.person_id": ("lets parents read who looked at what of theirs", KEPT),
    "AccessEntry.purpose": ("why staff looked", KEPT),
    "AccessEntry.staff_id": ("which staff member looked", KEPT),
    "AccessEntry.window": ("when staff looked, to the quarter of an hour", KEPT),
    "AuditEntry.because": ("why a person decided something, encrypted", KEPT),
    "AuditEntry.by_id": ("who did it, as an id", KEPT),
    "AuditEntry.details": ("ids and states around what happened", KEPT),
    "AuditEntry.subject_id": ("to what or whom it happened, as an id", KEPT),
}
NOT_PERSONAL = {
    "AccessEntry.id",
    "AccessEntry.shown_to_person",
    "AuditEntry.at",
    "AuditEntry.id",
    "AuditEntry.kind",
    "AuditEntry.subject",
    "Seal.digest",
    "Seal.entry_id",
    "Seal.position",
    "Seal.sealed_at",
}

# By model: on what ground, and who sees it. The ground is our proposal; the controller and its officer confirm it.

GROUND_AND_ACCESS = {
    "AccessEntry": ("legal duty to account for access", "the person looked at, as far as it tells of nobody else"),
    "AuditEntry": ("legal duty to account for decisions", "nobody on a screen; who runs the server, with the key"),
}
