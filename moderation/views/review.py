"""One review: claim it, read it, decide, or put it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moderation import markup, policies, queries, wording
from moderation.actions import reports, reviews
from moderation.forms import DecisionForm, TakeAwayForm
from moderation.models import Review
from moderation.vocabulary import DECIDED, Cause, Decision, NoteStart
from people import keeping
from people.guard import guarded_by
from people.keeping import local_private_path

UNREADABLE = 422


def _onwards(request: HttpRequest, decision: Decision) -> HttpResponse:
    """Says what was done, and leads to the next that waits; when nothing does, the queue says so as good news."""
    following, done = queries.next_waiting(request.actor), str(DECIDED[decision])
    onwards = pgettext("decided.next", "This is the next one.")
    messages.success(request, f"{done} {onwards}" if following else done)
    return redirect("work:review", following.pk) if following else redirect("work:reviews")


def _text_page(request: HttpRequest, review: Review, form: DecisionForm, status: int = 200) -> HttpResponse:
    described = reviews.open_text(review=review, by=request.actor)
    shown = {
        "review": review,
        "described": described,
        "marked": markup.with_marks(described.text, review.findings, review.language),
        "context": [(who, markup.as_paragraphs(text)) for who, text in described.context],
        "found": wording.findings_in_words(review),
        "told": queries.told_about(review),
        "rhythm": queries.rhythm_of(review.author_id),
        "form": form,
        "starts": NoteStart.choices if review.cause == Cause.HELD else [],
    }
    return render(request, "moderation/review.html", shown, status=status)


@guarded_by(policies.read_review, load=queries.review_for)
@require_safe
def review(request: HttpRequest, review: Review) -> HttpResponse:
    """The text for who claimed it; for all others where it comes from and who reads it."""
    now = timezone.now()
    if review.is_open and review.holder(now) == request.actor.person_id:
        return _text_page(request, review, DecisionForm(review=review, initial=keeping.typed_before(request)))
    row = queries.rows_of(request.actor, [review], now)[0]
    return render(request, "moderation/review_closed.html", {"row": row, "review": review})


@guarded_by(policies.claim_review, load=queries.review_for)
@require_POST
def claim(request: HttpRequest, review: Review) -> HttpResponse:
    reviews.claim(review=review, by=request.actor)
    return redirect("work:review", review.pk)


@guarded_by(policies.read_review, load=queries.review_for)
@require_POST
def release(request: HttpRequest, review: Review) -> HttpResponse:
    reviews.release(review=review, by=request.actor)
    return redirect("work:reviews")


@guarded_by(policies.decide_review, load=queries.review_for)
@require_POST
def decide(request: HttpRequest, review: Review) -> HttpResponse:
    """A pill brings the page back with a sentence in the box; the button decides."""
    if "start" in request.POST:
        return _with_start(request, review)
    form = DecisionForm(request.POST, review=review)
    if not form.is_valid():
        return _text_page(request, reviews.claim(review=review, by=request.actor), form, status=UNREADABLE)
    _carry_out(review, request.actor, **form.cleaned_data)
    return _onwards(request, Decision(form.cleaned_data["decision"]))


def _with_start(request: HttpRequest, review: Review) -> HttpResponse:
    words = wording.with_start(request.POST.get("words", ""), request.POST["start"], review.language)
    typed = {
        "decision": request.POST.get("decision") or Decision.GIVE_BACK,
        "reason": request.POST.get("reason", ""),
        "words": words,
    }
    held = reviews.claim(review=review, by=request.actor)  # writing takes its time: the quarter begins anew
    return _text_page(request, held, DecisionForm(initial=typed, review=held))


def _carry_out(review: Review, by, *, decision: str, words: str, reason: str = "") -> None:
    {
        Decision.PUBLISH: lambda: reviews.publish(review=review, by=by),
        Decision.GIVE_BACK: lambda: reviews.give_back(review=review, note=words, by=by),
        Decision.DECLINE: lambda: reviews.decline(review=review, reason_key=reason, words=words, by=by),
        Decision.DISMISS: lambda: reports.dismiss(review=review, by=by),
        Decision.TAKE_AWAY: lambda: reports.remove(review=review, because=words, by=by),
    }[Decision(decision)]()


@guarded_by(policies.take_away, load=queries.subject_for)
@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: HttpRequest, subject: policies.Subject) -> HttpResponse:
    """Something that stands in a group goes, with a reason that its author reads."""
    form = TakeAwayForm(request.POST or None, initial=keeping.typed_before(request))
    if request.method == "POST" and form.is_valid():
        reports.take_away(
            kind=subject.kind, subject_id=subject.id, because=form.cleaned_data["because"], by=request.actor
        )
        messages.success(request, DECIDED[Decision.TAKE_AWAY])
        return redirect(local_private_path(request.POST.get("back", "")) or "work:reviews")
    described = reports.look_before(subject=subject, by=request.actor)
    shown = {
        "form": form,
        "described": described,
        "text": markup.as_paragraphs(described.text, described.language),
        "subject": subject,
        "back": local_private_path((request.POST or request.GET).get("back", "")),
    }
    return render(request, "moderation/take_away.html", shown, status=UNREADABLE if form.is_bound else 200)
