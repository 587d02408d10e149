"""What was counted of the records, kept so that nobody who asks for a figure waits for the counting."""

from django.db import models


class CountedYear(models.Model):
    """Every measure of one reporting year. Counted anew as a whole, so it is no history of its own."""

    year = models.CharField(max_length=7, unique=True, help_text="1 April to 31 March, such as 2025-26")
    until = models.DateField(null=True, help_text="the last day counted, while the year runs")
    counted_at = models.DateTimeField()
    counted_from = models.CharField(max_length=64, help_text="fingerprint of what it was counted from")
    shape = models.CharField(max_length=64, help_text="fingerprint of how all of it is written down")
    figures = models.JSONField(help_text="by measure: its figures, everyone first, as analytics keeps them")
    reasons = models.JSONField(help_text="by measure: why people are in it or not, and how many")
    stands = models.JSONField(help_text="how many people all definitions count alike, as analytics keeps it")


class CountedCase(models.Model):
    """Who is behind a year's figures: one person, or one journey, by a number of this count of all years."""

    year = models.ForeignKey(CountedYear, on_delete=models.CASCADE, related_name="cases")
    number = models.PositiveIntegerField(help_text="stands for the person in this count only")
    counted = models.JSONField(help_text="by measure: how it counts them, and why, as analytics keeps it")
    facts = models.JSONField(help_text="what they were counted by, in words: the support, or the days")
