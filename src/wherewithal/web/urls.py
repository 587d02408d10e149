"""Every address, by stage. Each stage file lists its own ``urlpatterns``."""

from django.urls import include, path

from wherewithal.web.page import work

urlpatterns = [
    path("home/", work, name="work"),
    path("accounts/", include("allauth.urls")),
    path("", include("wherewithal.web.home")),
    path("", include("wherewithal.web.demo")),
    path("", include("wherewithal.web.people")),
    path("", include("wherewithal.web.circle")),
    path("", include("wherewithal.web.requests")),
    path("", include("wherewithal.web.emergency")),
    path("", include("wherewithal.web.caseload")),
    path("", include("wherewithal.web.history")),
    path("", include("wherewithal.web.settings")),
    path("", include("wherewithal.web.assessment")),
    path("", include("wherewithal.web.eligibility")),
    path("", include("wherewithal.web.offers")),
    path("", include("wherewithal.web.allocation")),
    path("", include("wherewithal.web.finance")),
    path("", include("wherewithal.web.my_questions")),
]
