"""The forms of editors in the CMS: who checked a text, and which addresses are free."""

from django import forms
from django.utils import timezone
from django.utils.translation import pgettext_lazy as pl
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from .vocabulary import RESERVED_SLUGS, Audience, Need


class SetsChecker:
    """Sets who checked, from whoever is saving; a date in the future was never checked."""

    def clean_checked_on(self):
        checked_on = self.cleaned_data.get("checked_on")
        if checked_on and checked_on > timezone.localdate():
            raise forms.ValidationError(pl("cms", "This date has yet to come."))
        return checked_on

    def save(self, commit=True):
        row = self.instance
        if not row.checked_on:
            row.checked_by_id = ""
        elif "checked_on" in self.changed_data or not row.checked_by_id:
            row.checked_by_id = self.for_user.person_id
        return super().save(commit)


class PublicPageForm(SetsChecker, WagtailAdminPageForm):
    """Every page of the trees."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(pl("cms", "This address belongs to the portal. Choose another word."))
        return slug


class ServiceForm(SetsChecker, WagtailAdminModelForm):
    """One help service: needs and audiences are chosen, not typed."""

    needs = forms.MultipleChoiceField(
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=pl("cms", "For which needs"),
    )
    audience = forms.MultipleChoiceField(
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=pl("cms", "For whom"),
    )


class NumberCheckForm(SetsChecker, WagtailAdminModelForm):
    """The date on which someone called the number."""
