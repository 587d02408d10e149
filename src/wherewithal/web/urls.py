"""Every address, by stage. Each stage file lists its own ``urlpatterns``."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("wherewithal.web.home")),
    path("", include("wherewithal.web.demo")),
]
