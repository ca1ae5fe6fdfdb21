from .conversation import Conversation, Draft
from .group import Facilitation, Group
from .membership import Invitation, Membership
from .message import Message

__all__ = ["Conversation", "Draft", "Facilitation", "Group", "Invitation", "Membership", "Message"]
