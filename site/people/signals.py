"""The two signals that talk upward, both sent on commit. No other signal carries business."""

from django.dispatch import Signal

# person_id; scope is "everything" or a live topic such as "group:<id>"; sign_in_id narrows it to one device.
access_ended = Signal()
# person_ids: the two; sent when a mark is made, so that upper packages hide each from the other.
kept_apart = Signal()
