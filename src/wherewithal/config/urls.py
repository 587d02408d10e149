"""Every address of the application, by way of the web's stages."""

from django.urls import include, path

urlpatterns = [path("", include("wherewithal.web.urls"))]
handler400 = "wherewithal.web.home.bad_request"
handler403 = "wherewithal.web.home.not_allowed"
handler404 = "wherewithal.web.home.not_found"
handler500 = "wherewithal.web.home.server_error"
