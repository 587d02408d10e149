"""The council whose deployment this is, and its teams."""

from django.db import models

from wherewithal.records.tracking import tracked


@tracked()
class Council(models.Model):
    name = models.CharField(max_length=100)
    code = models.CharField(max_length=12, unique=True, help_text="as in Client Level Data: LA_Code")
    made_up = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


@tracked()
class Team(models.Model):
    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.name
