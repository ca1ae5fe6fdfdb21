"""Who may do what with accounts, sessions, roles, households and marks. Import the module of the subject."""

from people.vocabulary import Role

# Everybody who can be signed in.
SIGNED_IN = (
    Role.PARENT,
    Role.FACILITATOR,
    Role.MODERATOR,
    Role.EDITOR,
    Role.PARTNER,
    Role.COORDINATOR,
    Role.TECHNICAL_ADMINISTRATOR,
)
SIGNED_IN_OR_UNPROVEN = (*SIGNED_IN, Role.STAFF_WITHOUT_SECOND_FACTOR)
