"""Whom a member of staff accompanies or, asked and agreed, stands around: the people whose needs she keeps to."""

from people.relations import related


def company_of(staff_id: str) -> set[str]:
    return related("accompanies", staff_id) | related("stands around", staff_id)
