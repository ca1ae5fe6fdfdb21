"""Addresses of the outreach area, in lists by audience."""

from django.urls import path

from .views import around, contact, desk, needs, notices, override, own_desk, person, push, rounds, stop, words

account = [path("stop/<str:token>/", stop.stop, name="stop")]
my = [
    path("contact/", contact.contact, name="contact"),
    path("contact/card/", contact.card, name="card"),
    path("contact/ask/", contact.ask, name="ask"),
    path("contact/ask/off/", contact.ask_no_more, name="ask_off"),
    path("contact/sent/", contact.sent, name="sent"),
    path("contact/phone/", push.push, name="push"),
    path("contact/phone/off/", push.push_off, name="push_off"),
    path("words/<id:word_id>/", words.read, name="word"),
    path("words/<id:word_id>/answer/", words.answer, name="word_answer"),
    path("urgent/<id:override_id>/", override.urgent, name="urgent"),
    path("around/", around.mine, name="around"),
    path("around/ask/", around.ask, name="around_ask"),
    path("around/choose/", around.choose, name="around_choose"),
    path("around/<id:around_id>/yes/", around.yes, name="around_yes"),
    path("around/<id:around_id>/leave/", around.leave, name="around_leave"),
    path("around/<id:leave_id>/stand-in/", around.stand_in, name="stand_in"),
    path("contacts/", person.my_moments, name="moments"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<id:notice_id>/", notices.open_one, name="notice_open"),
]

work = [
    path("outreach/", desk.desk, name="outreach"),
    path("outreach/me/", own_desk.own, name="outreach_me"),
    path("outreach/me/languages/", own_desk.languages, name="outreach_languages"),
    path("outreach/leave/<id:leave_id>/", own_desk.sooner, name="outreach_leave_sooner"),
    path("outreach/leave/<id:leave_id>/back/", own_desk.back, name="outreach_leave_back"),
    path("outreach/<id:parent_id>/limit/", around.limit, name="outreach_limit"),
    path("outreach/<id:parent_id>/", person.person, name="outreach_person"),
    path("outreach/newcomer/", needs.newcomer, name="newcomer"),
    path("outreach/<id:parent_id>/needs/", needs.needs, name="needs"),
    path("outreach/<id:parent_id>/needs/safe/", needs.safe, name="safe"),
    path("outreach/<id:parent_id>/word/", words.write, name="word_write"),
    path("outreach/words/<id:word_id>/", words.written, name="word"),
    path("outreach/<id:parent_id>/danger/", override.danger, name="danger"),
    path("outreach/danger/news/", override.news, name="override_news"),
    path("outreach/danger/<id:override_id>/", override.one_override, name="override"),
    path("outreach/danger/<id:override_id>/confirm/", override.confirm, name="override_confirm"),
    path("outreach/danger/<id:override_id>/use/", override.use, name="override_use"),
    path("outreach/rounds/", rounds.rounds, name="rounds"),
    path("outreach/rounds/start/", rounds.start, name="round_start"),
    path("outreach/rounds/<id:round_id>/", rounds.one_round, name="round"),
    path("outreach/rounds/<id:round_id>/confirm/", rounds.confirm, name="round_confirm"),
    path("outreach/rounds/<id:round_id>/hand-over/", rounds.hand_over, name="round_hand_over"),
    path("outreach/rounds/<id:round_id>/close/", rounds.close, name="round_close"),
    path("outreach/rounds/lines/<id:line_id>/", rounds.line, name="round_line"),
    path("outreach/rounds/lines/<id:line_id>/outcome/", rounds.outcome, name="round_outcome"),
    path("outreach/<id:parent_id>/around/", around.of_parent, name="outreach_around"),
    path("outreach/<id:parent_id>/card/", person.card, name="outreach_card"),
    path("outreach/<id:parent_id>/letter/", person.letter, name="outreach_letter"),
    path("outreach/moments/<id:moment_id>/", person.correct, name="outreach_moment_correct"),
    path("outreach/<id:parent_id>/moment/", person.moment, name="outreach_moment"),
]
