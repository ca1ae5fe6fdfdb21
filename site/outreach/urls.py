"""Addresses of the outreach area, in lists by audience."""

from django.urls import path

from .views import contact, desk, notices, person, push

my = [
    path("contact/", contact.contact, name="contact"),
    path("contact/card/", contact.card, name="card"),
    path("contact/ask/", contact.ask, name="ask"),
    path("contact/ask/off/", contact.ask_no_more, name="ask_off"),
    path("contact/sent/", contact.sent, name="sent"),
    path("contact/phone/", push.push, name="push"),
    path("contact/phone/off/", push.push_off, name="push_off"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<id:notice_id>/", notices.open_one, name="notice_open"),
]

work = [
    path("outreach/", desk.desk, name="outreach"),
    path("outreach/<id:parent_id>/", person.person, name="outreach_person"),
]
