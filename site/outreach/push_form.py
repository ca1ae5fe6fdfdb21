"""What a browser tells when notices on a phone are switched on. A script fills it in; nobody types it."""

from django import forms

from .channels import push, web_push

LONGEST_ADDRESS = 1_000
LONGEST_KEY = 200


class PushForm(forms.Form):
    """Refuses an address that is no push service we know: the portal would ask whatever stands there."""

    endpoint = forms.CharField(max_length=LONGEST_ADDRESS, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=LONGEST_KEY, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=LONGEST_KEY, widget=forms.HiddenInput)

    def clean_endpoint(self) -> str:
        if not push.may_go_to(self.cleaned_data["endpoint"]):
            raise forms.ValidationError("unknown")
        return self.cleaned_data["endpoint"]

    def clean_p256dh(self) -> str:
        return self._readable("p256dh", web_push.public_key)

    def clean_auth(self) -> str:
        return self._readable("auth", web_push.secret)

    def _readable(self, name: str, read) -> str:
        try:
            read(self.cleaned_data[name])
        except web_push.UnusableKey:
            raise forms.ValidationError("unknown") from None
        return self.cleaned_data[name]
