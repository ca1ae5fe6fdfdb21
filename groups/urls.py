"""Addresses of groups, in lists by audience; portal.urls wraps each list once."""

from django.urls import path, register_converter

from .views import conversations, invitation, work_families, work_members
from .views import members as group_pages
from .views import my as own_pages
from .views import work as desk
from .ways_in import LinkConverter

register_converter(LinkConverter, "invitation_link")

public: list = []

account = [
    path("invitation/", invitation.code, name="invitation"),
    path("invitation/phone/", invitation.phone, name="invitation_phone"),
    path("invitation/name/", invitation.name, name="invitation_name"),
    path("invitation/card/", invitation.card, name="invitation_card"),
    path("invitation/<invitation_link:link>/", invitation.link, name="invitation_link"),
]

my = [
    path("", own_pages.home, name="home"),
    path("groups/", own_pages.groups, name="groups"),
]

members = [
    path("<id:group_id>/", group_pages.group, name="group"),
    path("<id:group_id>/rules/", group_pages.rules, name="rules"),
    path("<id:group_id>/name/", group_pages.name, name="name"),
    path("<id:group_id>/leave/", group_pages.leave, name="leave"),
    path("c/<id:conversation_id>/", conversations.conversation, name="conversation"),
    path("c/<id:conversation_id>/later/", conversations.later, name="later"),
    path("c/<id:conversation_id>/send/", conversations.send, name="send"),
    path("c/<id:conversation_id>/draft/", conversations.draft, name="draft"),
    path("m/<id:message_id>/", conversations.about, name="message"),
    path("m/<id:message_id>/back/", conversations.withdraw, name="withdraw"),
    path("m/<id:message_id>/change/", conversations.change, name="change"),
    path("m/<id:message_id>/tell/", conversations.tell, name="tell"),
    path("m/<id:message_id>/told/", conversations.told, name="told"),
]

work = [
    path("groups/", desk.groups, name="groups"),
    path("groups/make/", desk.make, name="group_make"),
    path("groups/<id:group_id>/", desk.group, name="group"),
    path("groups/<id:group_id>/setup/", desk.setup, name="group_setup"),
    path("groups/<id:group_id>/name/", desk.rename, name="group_name"),
    path("groups/<id:group_id>/close/", desk.close, name="group_close"),
    path("groups/<id:group_id>/appoint/", desk.appoint, name="group_appoint"),
    path("groups/<id:group_id>/mode/", desk.mode, name="group_mode"),
    path("groups/<id:group_id>/hours/", desk.hours, name="group_hours"),
    path("groups/<id:group_id>/announce/", desk.announce, name="group_announce"),
    path("groups/<id:group_id>/start/", desk.start, name="group_start"),
    path("groups/<id:group_id>/invite/", work_members.issue, name="invite"),
    path("conversations/<id:conversation_id>/close/", desk.close_conversation, name="conversation_close"),
    path("conversations/<id:conversation_id>/reopen/", desk.reopen_conversation, name="conversation_reopen"),
    path("accompanying/<id:facilitation_id>/withdraw/", desk.withdraw, name="group_withdraw"),
    path("members/<id:membership_id>/", work_members.member, name="member"),
    path("members/<id:membership_id>/admit/", work_members.admit, name="admit"),
    path("members/<id:membership_id>/not-now/", work_members.not_admit, name="not_admit"),
    path("members/<id:membership_id>/end/", work_members.end, name="end_membership"),
    path("members/<id:membership_id>/sign-out/", work_members.end_sessions, name="end_sessions"),
    path("members/<id:membership_id>/way-in/", work_members.new_way_in, name="new_way_in"),
    path("members/<id:membership_id>/shut/", work_members.freeze, name="freeze"),
    path("members/<id:membership_id>/open/", work_members.unfreeze, name="unfreeze"),
    path("members/<id:membership_id>/others/", work_families.apart, name="apart"),
    path("members/<id:membership_id>/others/lift/", work_families.lift, name="apart_lift"),
    path("members/<id:membership_id>/home/", work_families.household, name="household"),
    path("members/<id:membership_id>/home/out/", work_families.take_out, name="household_out"),
    path("ways-in/<id:way_id>/confirm/", work_members.confirm_way_in, name="way_in_confirm"),
    path("invitations/<id:invitation_id>/card/", work_members.card, name="card"),
    path("invitations/<id:invitation_id>/card.svg", work_members.card_picture, name="card_picture"),
    path("invitations/<id:invitation_id>/revoke/", work_members.revoke, name="revoke"),
]
