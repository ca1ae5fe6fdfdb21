"""Addresses of signing in, of one's own account and of staff. `plain` stands outside the languages."""

from django.urls import path

from .views import (
    lock,
    looked,
    own_account,
    own_address,
    own_data,
    own_passkeys,
    passkeys,
    second_factor,
    sign_in,
    staff,
    way_out,
    ways_in,
)

plain = [path("weg/", way_out.leave, name="exit")]

account = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("login/passkey/", passkeys.sign_in, name="passkey_sign_in"),
    path("login/passkey/question/", passkeys.sign_in_question, name="passkey_sign_in_question"),
    path("logout/", sign_in.sign_out, name="account_logout"),
    path("recovery/", ways_in.recover, name="account_reset_password"),
    path("recovery/code/", ways_in.recovery_code, name="recovery_code"),
    path("recovery/password/", ways_in.recovery_password, name="recovery_password"),
    path("new-way-in/", ways_in.new_way_in, name="new_way_in"),
    path("new-way-in/read/", own_account.new_way_in_read, name="new_way_in_read"),
    path("team/<id:token>/", ways_in.staff_invitation, name="staff_invitation"),
    path("extra-code/", second_factor.show, name="second_factor"),
    path("extra-code/app/", second_factor.app, name="second_factor_app"),
    path("extra-code/picture/", second_factor.picture, name="second_factor_picture"),
    path("extra-code/paper/", second_factor.new_paper, name="second_factor_paper"),
    path("extra-code/passkey/", passkeys.show_second_factor, name="passkey_second_factor"),
    path("extra-code/passkey/question/", passkeys.second_factor_question, name="passkey_second_factor_question"),
    path("unlock/passkey/", passkeys.unlock, name="passkey_unlock"),
    path("unlock/passkey/question/", passkeys.unlock_question, name="passkey_unlock_question"),
    path("unlock/", lock.unlock, name="unlock"),
    path("activity/", lock.activity, name="activity"),
    path("password/", own_account.change_password, name="account_change_password"),
    path("email/", own_address.change_email, name="account_email"),
    path("email/code/", own_address.email_code, name="account_email_code"),
    path("pin/", own_account.pin, name="pin"),
    path("phone/", own_account.phone, name="phone"),
    path("data/", own_data.page, name="own_data"),
    path("data/file/", own_data.take_along, name="own_data_file"),
    path("data/delete/", own_data.delete, name="own_data_delete"),
    path("data/gone/", own_data.gone, name="own_data_gone"),
]

my = [
    path("looked/", looked.looked, name="looked"),
    path("passkeys/", own_passkeys.page, name="passkeys"),
    path("passkeys/add/", own_passkeys.add, name="passkey_add"),
    path("passkeys/add/question/", own_passkeys.add_question, name="passkey_add_question"),
    path("passkeys/remove/", own_passkeys.remove, name="passkey_remove"),
    path("devices/", own_account.devices, name="devices"),
    path("devices/lock/", own_account.lock_everything, name="lock_everything"),
    path("devices/<id:sign_in_id>/end/", own_account.end_device, name="end_device"),
]

work = [
    path("staff/", staff.staff_list, name="staff"),
    path("staff/invite/", staff.invite, name="staff_invite"),
    path("staff/organisations/", staff.keep_organisation, name="organisations"),
    path("staff/<id:person_id>/", staff.staff_member, name="staff_member"),
    path("staff/<id:person_id>/grant/", staff.grant_role, name="grant_role"),
    path("staff/<id:person_id>/withdraw/", staff.withdraw_role, name="withdraw_role"),
    path("staff/<id:person_id>/second-factor/", staff.reset_second_factor, name="reset_second_factor"),
    path("staff/<id:person_id>/shut/", staff.freeze, name="freeze_staff"),
    path("staff/<id:person_id>/open/", staff.unfreeze, name="unfreeze_staff"),
]
