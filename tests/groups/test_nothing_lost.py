"""Nothing typed is ever lost (G21, G48): whatever refuses a text, its author finds it again, and nobody else does."""

import pytest
from django.urls import reverse

from groups.actions import conversations, decisions, drafts, membership, messages
from groups.actions import groups as group_actions
from groups.models import Draft, Membership, Message
from groups.vocabulary import TEXT_LIMIT, MessageStatus, Mode
from people import keeping
from vault.ids import new_id

from .conftest import NOON, actor

WORDS = "Mijn zoon belde gisteren voor het eerst."


def at(name, *parts):
    return reverse(name, args=parts)


def typed(person, place, text=WORDS, **more):
    """What the box sends: the words, the key, and whose they are."""
    return {
        "text": text,
        "key": new_id(),
        "keep_what": f"conversation:{place.pk}",
        "keep_for": keeping.owner_mark(person.account.pk),
        "keep_next": at("groups:conversation", place.pk),
        **more,
    }


def test_a_text_that_is_too_long_is_a_draft_from_the_first_try(world, site):
    """Without a script nothing is kept while one types: the first POST keeps it."""
    amina, place = world.joins("Amina"), world.conversation()
    text = "x" * (TEXT_LIMIT + 1)
    answer = site(amina).post(at("groups:send", place.pk), typed(amina, place, text))
    assert answer.status_code == 422
    assert Draft.objects.get(author=amina, conversation=place).text == text


def test_a_late_draft_does_not_put_sent_words_back(world, site):
    """A draft that was on its way while its text was sent arrives after it; G21."""
    amina, place = world.joins("Amina"), world.conversation()
    form = typed(amina, place)
    browser = site(amina)
    assert browser.post(at("groups:send", place.pk), form).status_code == 303
    assert browser.post(at("groups:draft", place.pk), {"text": WORDS, "key": form["key"]}).status_code == 204
    assert not Draft.objects.exists()
    drafts.save_draft(conversation=place, text="Nog iets", by=actor(amina), key=new_id(), now=NOON)
    assert Draft.objects.get().text == "Nog iets"


def test_a_conversation_that_closed_meanwhile_gives_the_text_back(world, site):
    amina, place = world.joins("Amina"), world.conversation()
    conversations.close_conversation(conversation=place, by=actor(world.sofie), now=NOON)
    browser = site(amina)
    answer = browser.post(at("groups:send", place.pk), typed(amina, place))
    assert answer.status_code == 403
    assert WORDS in answer.content.decode()
    assert Draft.objects.get(author=amina).text == WORDS
    assert not Message.objects.exists()
    page = browser.get(at("groups:conversation", place.pk)).content.decode()
    assert WORDS in page
    conversations.reopen_conversation(conversation=place, by=actor(world.sofie), now=NOON)
    assert f">{WORDS}</textarea>" in browser.get(at("groups:conversation", place.pk)).content.decode()


def test_a_draft_in_a_closed_conversation_is_seen_by_its_author_only(world, site):
    amina, els, place = world.joins("Amina"), world.joins("Els"), world.conversation()
    drafts.save_draft(conversation=place, text=WORDS, by=actor(amina), now=NOON)
    conversations.close_conversation(conversation=place, by=actor(world.sofie), now=NOON)
    for other in (els, world.sofie):
        assert WORDS not in site(other).get(at("groups:conversation", place.pk)).content.decode()


@pytest.mark.parametrize("ends", ["closed", "ended"])
def test_whoever_is_out_meanwhile_can_copy_the_text_and_learns_nothing(world, site, ends):
    """The answer is that of a conversation that never was, with one's own words on it; G2."""
    amina, place = world.joins("Amina"), world.conversation("Thuis")
    browser = site(amina)
    if ends == "closed":
        group_actions.close_group(group=world.ouders, by=actor(world.marc), now=NOON)
    else:
        membership.end_membership(membership=world.of(amina), because="Afspraak", by=actor(world.sofie), now=NOON)
    form = typed(amina, place)
    answer = browser.post(at("groups:send", place.pk), form)
    never = browser.post(at("groups:send", new_id()), form)
    assert (answer.status_code, never.status_code) == (404, 404)
    assert answer.content == never.content
    assert WORDS in answer.content.decode()
    assert "<form" not in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_key_that_was_used_gives_the_other_text_back(world, site):
    amina, place = world.joins("Amina"), world.conversation()
    browser, form = site(amina), typed(amina, place)
    browser.post(at("groups:send", place.pk), form)
    answer = browser.post(at("groups:send", place.pk), form | {"text": "Iets anders"})
    assert answer.status_code == 409
    assert "Iets anders" in answer.content.decode()
    assert Draft.objects.get().text == "Iets anders"


def test_going_on_from_a_refusal_brings_the_text_to_its_box(world, site):
    amina, place = world.joins("Amina"), world.conversation()
    form = typed(amina, place)
    keeps = {name: form[name] for name in ("keep_what", "keep_for", "keep_next")} | {"keep_text": WORDS}
    answer = site(amina).post(reverse("account_login"), keeps)
    assert (answer.status_code, answer["Location"]) == (302, form["keep_next"])
    assert Draft.objects.get(author=amina, conversation=place).text == WORDS


def test_an_old_page_with_an_old_token_gives_the_text_back(world, site):
    """Signed in again in another tab: the token of the old one does not fit any more. Nothing is stored; G8."""
    amina, place = world.joins("Amina"), world.conversation()
    browser = site(amina)
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(at("groups:send", place.pk), typed(amina, place), headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert WORDS in page
    assert reverse("account_login") in page
    assert not Draft.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("origin", ["cross-site", "same-site", "none", ""])
def test_no_other_page_plants_words_on_ours(world, site, origin):
    amina, place = world.joins("Amina"), world.conversation()
    browser = site(amina)
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(at("groups:send", place.pk), typed(amina, place), headers={"Sec-Fetch-Site": origin})
    assert answer.status_code == 403
    assert WORDS not in answer.content.decode()


def test_the_words_of_one_account_are_not_given_to_another(world, site):
    amina, els, place = world.joins("Amina"), world.joins("Els"), world.conversation()
    conversations.close_conversation(conversation=place, by=actor(world.sofie), now=NOON)
    answer = site(els).post(at("groups:send", place.pk), typed(amina, place))
    assert answer.status_code == 403
    assert f">{WORDS}</textarea>" not in answer.content.decode()


def test_a_facilitator_whose_session_ended_finds_her_text_again(world):
    place = world.conversation()
    assert drafts.keep_lost_text(world.sofie.account, f"conversation:{place.pk}", WORDS)
    assert not drafts.keep_lost_text(world.marc.account, f"conversation:{place.pk}", WORDS)
    assert Draft.objects.get().author == world.sofie


def test_a_returned_message_that_was_taken_back_meanwhile_gives_the_new_text_back(world, site):
    amina, place = world.joins("Amina"), world.conversation()
    sent = messages.post_message(conversation=place, text="Eerst", key=new_id(), by=actor(amina), now=NOON)
    decisions.return_message(message=sent, note="Zonder naam?", by=actor(world.sofie), now=NOON)
    browser = site(amina)
    shown = browser.get(at("groups:change", sent.pk)).content.decode()
    assert 'name="keep_for"' in shown
    messages.withdraw_message(message=Message.objects.get(), by=actor(amina), now=NOON)
    answer = browser.post(at("groups:change", sent.pk), typed(amina, place))
    assert answer.status_code == 409
    assert WORDS in answer.content.decode()
    assert Message.objects.get().status == MessageStatus.WITHDRAWN


def test_what_is_told_to_the_team_at_too_great_length_comes_back(world, site):
    amina, els, place = world.joins("Amina"), world.joins("Els"), world.conversation()
    sent = messages.post_message(conversation=place, text="Eerst", key=new_id(), by=actor(els), now=NOON)
    decisions.publish_message(message=sent, by=actor(world.sofie), now=NOON)
    words = "y" * 1001
    answer = site(amina).post(at("groups:tell", sent.pk), {"words": words})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_refusal_leads_back_to_the_page_one_came_from(world, site):
    amina, place = world.joins("Amina"), world.conversation()
    browser, page = site(amina), at("groups:conversation", place.pk)
    key = new_id()
    browser.post(at("groups:send", place.pk), {"text": "Een", "key": key})
    answer = browser.post(
        at("groups:send", place.pk), {"text": "Twee", "key": key}, headers={"Referer": f"http://testserver{page}"}
    )
    assert f'href="{page}"' in answer.content.decode()
    away = browser.post(
        at("groups:send", place.pk), {"text": "Drie", "key": key}, headers={"Referer": "https://elders.example/x/"}
    )
    assert "elders" not in away.content.decode()


@pytest.mark.parametrize("mode", [Mode.AFTER_POSTING, Mode.NEWCOMERS_FIRST])
def test_what_the_page_promised_is_kept_when_the_mode_changes_meanwhile(world, site, mode):
    """‘A facilitator reads it first’ stood above the box: so it waits, and its author sees that (domain rule 2)."""
    amina, place = world.joins("Amina"), world.conversation()
    Membership.objects.filter(person=amina).update(published_count=10)
    browser, page = site(amina), at("groups:conversation", place.pk)
    shown = browser.get(page).content.decode()
    assert 'name="read_first" value="1"' in shown
    group_actions.set_mode(group=world.ouders, mode=mode, by=actor(world.sofie), now=NOON)
    assert browser.post(at("groups:send", place.pk), typed(amina, place, read_first="1")).status_code == 303
    assert Message.objects.get().status == MessageStatus.HELD
    assert WORDS in browser.get(page).content.decode()
    assert 'name="read_first"' not in browser.get(page).content.decode()
    browser.post(at("groups:send", place.pk), typed(amina, place, "Nog iets"))
    assert Message.objects.exclude(status=MessageStatus.HELD).get().text == "Nog iets"


def test_no_promise_opens_what_the_mode_holds(world, site):
    amina, place = world.joins("Amina"), world.conversation()
    for promise in ("", "0", "false", "x"):
        site(amina).post(at("groups:send", place.pk), typed(amina, place, read_first=promise))
    assert {one.status for one in Message.objects.all()} == {MessageStatus.HELD}
