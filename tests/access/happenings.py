"""What may happen in a group in one afternoon, so that pages, mails and sockets have something to tell."""

from groups.actions import conversations, decisions, messages
from groups.models import Conversation, Message
from moderation.actions import reviews
from moderation.models import Review
from people.vocabulary import Role
from vault.ids import new_id

PLACE = "Wat zeggen jullie tegen de andere kinderen?"


def things_happen(town) -> str:
    """Written, held, let through, announced, taken away, taken back; gives a new word that stands there."""
    place = Conversation.objects.select_related("group").get(pk=town.world.conversations[PLACE].pk)
    parent, team = town.actor(Role.PARENT), town.actor(Role.FACILITATOR)
    for number, end in enumerate(("published", "removed", "withdrawn", "held")):
        sent = messages.post_message(conversation=place, text=f"Kanarienieuw{number}", key=new_id(), by=parent)
        if end == "held":
            continue
        review = Review.objects.get(subject_id=sent.pk, settled_at__isnull=True)
        reviews.claim(review=review, by=team)
        reviews.publish(review=review, by=team)
        if end == "removed":
            decisions.remove_message(message=sent, by=team, because="Kanariereden")
        elif end == "withdrawn":
            messages.withdraw_message(message=Message.objects.get(pk=sent.pk), by=parent)
    conversations.announce(group=place.group, text="Kanariemededeling", key=new_id(), by=team)
    return "Kanarienieuw0"
