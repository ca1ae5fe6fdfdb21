"""What kept a sending from getting through: a word for staff and logs, and a plain sentence for whoever reads of it."""

from enum import StrEnum

from django.utils.translation import pgettext_lazy as pl


class Fault(StrEnum):
    """The kinds of fault that a way names. Never a text of the other side: that may hold an address."""

    ADDRESS_REFUSED = "address_refused"
    ADDRESS_UNWRITABLE = "address_unwritable"
    MAIL_REFUSED = "mail_refused"
    SERVER_AWAY = "server_away"
    NO_NUMBER = "no_number"
    NUMBER_REFUSED = "number_refused"
    GATEWAY_AWAY = "gateway_away"
    GATEWAY_BUSY = "gateway_busy"
    NO_SUBSCRIPTION = "no_subscription"
    PUSH_REFUSED = "push_refused"
    PUSH_SERVICE_AWAY = "push_service_away"
    NO_SERVER_SET = "no_server_set"
    NO_GATEWAY_SET = "no_gateway_set"
    NO_KEY_SET = "no_key_set"
    OUR_SIGN_IN_REFUSED = "our_sign_in_refused"
    OUR_SENDER_REFUSED = "our_sender_refused"
    NO_SUCH_WAY = "no_such_way"
    OUR_FAULT = "our_fault"

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self])


ADDRESS = pl("fault.address", "This e-mail address took no mail from us. Perhaps a letter in it is wrong.")
MAIL = pl("fault.mail", "The mail service of this address did not take our mail.")
NUMBER = pl("fault.number", "This number took no text message from us.")
PHONE = pl("fault.phone", "The phone takes no notices from us any more.")
AWAY = pl("fault.away", "The service that carries it did not answer. Most often that passes by itself.")
OURS = pl("fault.ours", "The fault is with us, not with this address or this phone.")

SENTENCES = {
    Fault.ADDRESS_REFUSED: ADDRESS,
    Fault.ADDRESS_UNWRITABLE: ADDRESS,
    Fault.MAIL_REFUSED: MAIL,
    Fault.SERVER_AWAY: AWAY,
    Fault.NO_NUMBER: NUMBER,
    Fault.NUMBER_REFUSED: NUMBER,
    Fault.GATEWAY_AWAY: AWAY,
    Fault.GATEWAY_BUSY: AWAY,
    Fault.NO_SUBSCRIPTION: PHONE,
    Fault.PUSH_REFUSED: PHONE,
    Fault.PUSH_SERVICE_AWAY: AWAY,
    Fault.NO_SERVER_SET: OURS,
    Fault.NO_GATEWAY_SET: OURS,
    Fault.NO_KEY_SET: OURS,
    Fault.OUR_SIGN_IN_REFUSED: OURS,
    Fault.OUR_SENDER_REFUSED: OURS,
    Fault.NO_SUCH_WAY: OURS,
    Fault.OUR_FAULT: OURS,
}
