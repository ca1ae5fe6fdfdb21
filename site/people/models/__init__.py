from .account import Account
from .contact import ContactNeeds
from .household import Household, HouseholdMember
from .keep_apart import KeepApart
from .limit import Limit
from .person import Organisation, Person
from .role import RoleGrant
from .sign_in import NewWayIn, SignIn, StaffInvitation

__all__ = [
    "Account",
    "ContactNeeds",
    "Household",
    "HouseholdMember",
    "KeepApart",
    "Limit",
    "NewWayIn",
    "Organisation",
    "Person",
    "RoleGrant",
    "SignIn",
    "StaffInvitation",
]
