"""/lists/: filters kept under a name: kept, opened, dropped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.cases.models import SavedList
from casetrack.cases.saved_lists import SavedListRefused, drop_list, filters_in, save_list
from web.guards import Guarded, user_of


class SavedListsView(Guarded, View):
    """Keep the filters of the list that somebody looks at; back to it."""

    def post(self, request: HttpRequest) -> HttpResponse:
        name, query = request.POST.get("name", ""), request.POST.get("query", "")
        try:
            kept = save_list(owner=user_of(request), name=name, query=query, now=timezone.now())
        except SavedListRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"已保存为“{kept.name}”")
        return redirect(f"{reverse('cases')}?{filters_in(query)}")


class SavedListView(Guarded, View):
    """The list that was kept."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        kept = get_object_or_404(SavedList.objects.visible_to(user_of(request)), pk=pk)
        return redirect(f"{reverse('cases')}?{kept.query}")


class DropListView(Guarded, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        kept = get_object_or_404(SavedList.objects.visible_to(user_of(request)), pk=pk)
        drop_list(owner=user_of(request), list_id=kept.pk)
        messages.success(request, f"已删除常用筛选“{kept.name}”")
        return redirect("cases")
