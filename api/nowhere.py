"""Every address below /api/ that isn't there: also that is said as a problem."""

from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.views import APIView


class NowhereView(APIView):
    """Answers 404 to those who are logged in."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404(request.path)
