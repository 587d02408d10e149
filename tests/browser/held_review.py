"""Somebody whose plan is being reviewed. Run with their name in the made-up council's database.

Prints the address of the review's page as JSON.
"""

import json
import sys

import django

django.setup()

import reviewing  # noqa: E402 (Django first)
from django.urls import reverse  # noqa: E402
from making import person  # noqa: E402

if __name__ == "__main__":
    held = reviewing.held(reviewing.running(person(sys.argv[1])))
    print(json.dumps(reverse("review", args=[held.person.ref, held.pk])))
