"""The two GET forms of visitors. Nothing that is typed or chosen here is kept."""

from django import forms

from .vocabulary import QUERY_MAX, Audience, Need


class SearchForm(forms.Form):
    """Words to look for. What is too long is cut, never refused."""

    q = forms.CharField(required=False)

    def words(self) -> str:
        self.is_valid()
        return " ".join(self.cleaned_data.get("q", "").replace("\x00", " ").split())[:QUERY_MAX]


class FinderForm(forms.Form):
    """What someone looks for in the directory. Nothing is kept; what is unknown is left out, never refused."""

    need = forms.MultipleChoiceField(choices=Need.choices, required=False, widget=forms.CheckboxSelectMultiple)
    who = forms.ChoiceField(choices=Audience.choices, required=False, widget=forms.RadioSelect)
    anonymous = forms.BooleanField(required=False)

    def wish(self):
        """`(needs, audience, without a name)`, only of known values."""
        needs = [need for need in self.data.getlist("need") if need in Need.values]
        who = self.data.get("who", "")
        return needs, who if who in Audience.values else "", bool(self.data.get("anonymous"))
