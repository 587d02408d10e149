"""Every address of the application; who answers where something is amiss."""

from wherewithal.web.urls import urlpatterns

__all__ = ["urlpatterns"]
handler400 = "wherewithal.web.home.bad_request"
handler403 = "wherewithal.web.home.not_allowed"
handler404 = "wherewithal.web.home.not_found"
handler500 = "wherewithal.web.home.server_error"
