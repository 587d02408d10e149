"""Every address of the application, by way of the web's stages."""

from django.urls import include, path

urlpatterns = [path("", include("wherewithal.web.urls"))]
