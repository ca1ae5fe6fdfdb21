from django.db import models
from django.db.models import Q

from groups.vocabulary import ConversationKind
from people.models import Person
from vault.fields import EncryptedTextField
from vault.ids import OpaqueIdField

from .group import Group


class Conversation(models.Model):
    """A thread of messages in a group. Each group has one of kind 'announcements', in which only staff write."""

    id = OpaqueIdField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="conversations")
    kind = models.CharField(max_length=20, choices=ConversationKind, default=ConversationKind.CONVERSATION)
    subject = EncryptedTextField(blank=True)
    language = models.CharField(max_length=8, default="nl")
    opened_at = models.DateTimeField()
    opened_by_id = models.CharField(max_length=22, blank=True)
    last_sequence = models.PositiveBigIntegerField(default=0, help_text="of the message published last")
    last_published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.CharField(max_length=22, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(kind="announcements"), name="groups_one_place_for_announcements"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by_id="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by_id="")),
                name="groups_conversation_closed_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["group", "-last_published_at"], name="groups_conversations_lately")]


class Draft(models.Model):
    """What someone typed and did not send. Only its author ever sees it; kept seven days."""

    id = models.BigAutoField(primary_key=True)
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    text = EncryptedTextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "conversation"], name="groups_one_draft")]
        indexes = [models.Index(fields=["changed_at"], name="groups_drafts_by_age")]
