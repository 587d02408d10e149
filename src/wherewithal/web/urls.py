"""Every address, by stage. Each stage file lists its own ``urlpatterns``."""

from django.urls import include, path

from wherewithal.web.page import work

urlpatterns = [
    path("home/", work, name="work"),
    path("accounts/", include("allauth.urls")),
    path("", include("wherewithal.web.home")),
    path("", include("wherewithal.web.demo")),
]
