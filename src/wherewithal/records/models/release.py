"""A wave's report as it is written, and each version that was built of it: its files, who sees them early.

What was built stays as it is. A correction is a version more.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.records.models.survey import Wave
from wherewithal.records.models.user import User
from wherewithal.records.tracking import tracked

_STAYS = {"operation": pgtrigger.Update | pgtrigger.Delete}


@tracked()
class Report(models.Model):
    """What the report of a wave will say: a definition, as ``policy/report.py`` writes it."""

    wave = models.OneToOneField(Wave, models.PROTECT, related_name="report")
    definition = models.TextField()
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="reports_changed")


@tracked()
class SecondLook(models.Model):
    """Somebody saw a figure of very few before it is printed. It holds for that count of that base alone."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="second_looks")
    figure = models.CharField(max_length=140, help_text="question:value")
    count = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="second_looks")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "figure", "count", "base", "by"], name="one_look_a_figure"
            ),
        ]


@tracked("content", "shown")
class Release(models.Model):
    """One version of a wave's report, as it was built."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="releases")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="all that it says, as core/release.py has it")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the content, the same in every file")
    shown = models.JSONField(
        default=list,
        help_text="each count of its tables: question, dimension, group, what; null where hidden",
    )
    embargo_until = models.DateTimeField(null=True)
    changed = models.TextField(blank=True, help_text="what this version corrects, in words")
    built_by = models.ForeignKey(User, models.PROTECT, related_name="releases")
    built_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "version"], name="one_release_a_version"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(changed=""), name="a_correction_says_what_it_corrects"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="what_was_released_stays", **_STAYS),
            pgtrigger.Trigger(
                name="only_a_closed_wave_is_released",
                declare=[("of", "RECORD")],
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    SELECT * INTO of FROM records_wave WHERE id = NEW.wave_id;
                    IF of.state NOT IN ('closed', 'released') THEN
                        RAISE EXCEPTION 'only_a_closed_wave_is_released';
                    END IF;
                    RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"


class ReleaseFile(models.Model):
    """A file of a release. Only ever added; its release tells who built it."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="one_file_a_name")]
        triggers = [pgtrigger.Protect(name="a_released_file_stays", **_STAYS)]

    def __str__(self) -> str:
        return self.name


@tracked()
class EarlyReader(models.Model):
    """Somebody who may open a wave's releases before the embargo ends, and why."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="early_readers")
    user = models.ForeignKey(User, models.PROTECT, related_name="early_readings")
    why = models.CharField(max_length=200)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="early_readers_named")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "user"], name="named_once_a_wave"),
            models.CheckConstraint(condition=~Q(why=""), name="an_early_reader_has_a_reason"),
        ]


class EarlyLook(models.Model):
    """Who opened what of a release before its embargo ended, and when. Only ever added."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="early_looks")
    user = models.ForeignKey(User, models.PROTECT, related_name="early_looks")
    at = models.DateTimeField()
    what = models.CharField(max_length=60, help_text="a file's name, or the page")

    class Meta:
        triggers = [pgtrigger.Protect(name="a_look_stays", **_STAYS)]
