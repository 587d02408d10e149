from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "wherewithal.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        from wherewithal.records import binding

        binding.register()
