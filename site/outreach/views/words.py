"""A word to one parent, with what becomes of it before and after; and the page on which she reads and answers it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.vocabulary import Look
from outreach import queries, word_queries
from outreach import word_policies as rules
from outreach.actions import words as actions
from outreach.actions.looking import look
from outreach.models import StaffWord
from outreach.models.staff_word import Answer
from outreach.override_queries import name_for, parent_for
from outreach.word_form import AnswerForm, WordForm
from people import keeping
from people.guard import guarded_by
from people.queries import name_of_staff
from vault.ids import new_id


@require_http_methods(["GET", "HEAD", "POST"])
@guarded_by(rules.write_word, load=parent_for)
def write(request: HttpRequest, parent_id: str) -> HttpResponse:
    form = WordForm(
        request.POST if request.method == "POST" else None, initial={"key": new_id(), **keeping.typed_before(request)}
    )
    if form.is_valid():
        word, _ = actions.write_word(
            person_id=parent_id, text=form.cleaned_data["text"], key=form.cleaned_data["key"], by=request.actor
        )
        if word:
            return redirect(f"{reverse('work:word', args=[word.pk])}?kept")
    look(person_ids=[parent_id], purpose=Look.WISH, by=request.actor)
    me, now = request.actor.person_id, timezone.now()
    foreseen = queries.preview([parent_id], word_queries.purpose_of_word(parent_id, me, now), me, now)
    context = {
        "form": form,
        "person_id": parent_id,
        "name": name_for(request.actor, parent_id),
        "foreseen": foreseen[0],
    }
    return render(request, "outreach/word_write.html", context, status=422 if form.is_bound else 200)


@require_safe
@guarded_by(rules.look_back, load=word_queries.word_for)
def written(request: HttpRequest, word: StaffWord) -> HttpResponse:
    """What was done with it, and whether she answered."""
    look(person_ids=[word.person_id], purpose=Look.MOMENTS, by=request.actor)
    context = {
        "word": word,
        "name": name_for(request.actor, word.person_id),
        "became": word_queries.became(word),
        "was_read": word_queries.was_read(word),
        "kept": "kept" in request.GET,
    }
    return render(request, "outreach/word_written.html", context)


@require_safe
@guarded_by(rules.read_word, load=word_queries.word_for)
def read(request: HttpRequest, word: StaffWord) -> HttpResponse:
    context = {"word": word, "by": name_of_staff(word.by_id), "answers": Answer}
    return render(request, "outreach/word.html", context)


@require_POST
@guarded_by(rules.read_word, load=word_queries.word_for)
def answer(request: HttpRequest, word: StaffWord) -> HttpResponse:
    form = AnswerForm(request.POST)
    actions.open_word(word=word, by=request.actor)
    if form.is_valid():
        actions.answer_word(word=word, answer=Answer(form.cleaned_data["answer"]), by=request.actor)
    return redirect("my:word", word.pk)
