from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wherewithal.web"
    label = "web"
