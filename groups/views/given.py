"""What was filled in, when anything was."""

from django.http import HttpRequest, QueryDict


def given(request: HttpRequest) -> QueryDict | None:
    """For forms: bound on POST, also when nothing but ticks that were left open came along."""
    return request.POST if request.method == "POST" else None
