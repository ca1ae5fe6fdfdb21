from .account import Account
from .contact import ContactNeeds
from .erasure import Erasure
from .household import Household, HouseholdMember
from .keep_apart import KeepApart
from .limit import Limit
from .person import Organisation, Person
from .role import RoleGrant
from .second_factor import Authenticator, RecoveryCode, RecoverySheet
from .sign_in import KnownDevice, NewWayIn, SignIn, StaffInvitation

__all__ = [
    "Account",
    "Authenticator",
    "ContactNeeds",
    "Erasure",
    "Household",
    "HouseholdMember",
    "KeepApart",
    "KnownDevice",
    "Limit",
    "NewWayIn",
    "Organisation",
    "Person",
    "RecoveryCode",
    "RecoverySheet",
    "RoleGrant",
    "SignIn",
    "StaffInvitation",
]
