from django.db import models
from django.db.models import Q

from groups.vocabulary import MOVES, MessageKind, MessageStatus
from people.models import Person
from people.policy import Refused
from people.vocabulary import Reason
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField

from .conversation import Conversation


class Message(models.Model):
    """Words of one person in a conversation.

    `sequence` is given when the message is published, under a lock on the conversation: readers meet messages in
    that order, a message that waited long appears where they are, and 'everything after n' has no gaps.
    """

    id = OpaqueIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="messages")
    kind = models.CharField(max_length=20, choices=MessageKind, default=MessageKind.MESSAGE)
    by_staff = models.BooleanField(default=False, help_text="written as one of the team")
    status = models.CharField(max_length=10, choices=MessageStatus)
    sequence = models.PositiveBigIntegerField(null=True)
    text = EncryptedTextField(blank=True)
    language = models.CharField(max_length=8)
    client_key = models.CharField(max_length=64, blank=True)
    text_key = models.CharField(max_length=64, help_text="keyed hash: the same key with another text is refused")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.CharField(max_length=22, blank=True, help_text="empty: the portal, by the mode of the group")
    note = EncryptedTextField(blank=True, help_text="a kind word, when it came back")
    reason_key = models.CharField(max_length=40, blank=True)
    reason = EncryptedTextField(blank=True, help_text="why it was declined or removed, in words")

    class Meta:
        constraints = [
            # Also the index of the keyset pages: nothing unpublished stands in it.
            models.UniqueConstraint(
                fields=["conversation", "sequence"], condition=Q(sequence__isnull=False), name="groups_sequence"
            ),
            models.UniqueConstraint(
                fields=["author", "client_key"], condition=~Q(client_key=""), name="groups_one_message_a_key"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["published", "removed"], sequence__isnull=False, published_at__isnull=False)
                | Q(status__in=["held", "returned", "declined"], sequence__isnull=True, published_at__isnull=True)
                | Q(status="withdrawn"),
                name="groups_shown_messages_have_a_place",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(decided_by_id=""), name="groups_decided_by_has_a_moment"
            ),
        ]
        indexes = [
            models.Index(
                fields=["author", "conversation", "written_at"],
                condition=Q(status__in=["held", "returned", "declined", "removed"]),
                name="groups_own_strip",
            ),
            models.Index(fields=["conversation"], condition=Q(status="held"), name="groups_held"),
            models.Index(
                fields=["published_at"], condition=Q(published_at__isnull=False), name="groups_published_by_age"
            ),
            models.Index(
                fields=["written_at"],
                condition=Q(status__in=["returned", "declined", "withdrawn"]),
                name="groups_unsent_by_age",
            ),
        ]

    def move(self, to: MessageStatus) -> None:
        """Sets the status if the table knows the move. A stale move is refused; the caller saves."""
        now = MessageStatus(self.status) if self.status else None
        if to == now:
            raise Refused(Reason.ALREADY_DONE)
        if to not in MOVES[now]:
            raise Refused(Reason.CHANGED_MEANWHILE)
        self.status = to
