"""What is asked about a person: details, and who looks after them."""

from typing import Any

from django import forms

from wherewithal.core.person import check_born
from wherewithal.core.policy import Used
from wherewithal.core.roles import CARE, READS_PEOPLE, Role
from wherewithal.formats import contact
from wherewithal.policy import person as policy
from wherewithal.records.models import Membership, Person, Team, User
from wherewithal.records.models.person import Format
from wherewithal.web.clock import today
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import DateField, OneOf, YesNo
from wherewithal.web.forms import by_rule

OTHER = "other"


def choose(words: Any, empty: str = "Not known yet") -> list[tuple[str, str]]:
    return [("", empty), *((word, word) for word in words)]


class DetailsForm(EditForm):
    """Everything that ``actions/person.py: Details`` holds."""

    asks = {"given_name": "Enter their given name", "family_name": "Enter their family name"}

    given_name = forms.CharField(label="Given name", max_length=60)
    family_name = forms.CharField(label="Family name", max_length=60)
    known_as = forms.CharField(label="Known as", max_length=60, required=False)
    born_on = DateField(
        label="Birth date", required=False, example="12 5 1948",
        validators=[by_rule(lambda day: check_born(day, today()))],
    )  # fmt: skip
    nhs_number = forms.CharField(
        label="NHS number", max_length=14, required=False, help_text="10 digits, such as 999 012 3454",
        validators=[by_rule(contact.nhs_number)],
    )  # fmt: skip
    sex = OneOf(Person.Sex.choices, label="Sex", initial=Person.Sex.UNKNOWN)
    ethnicity = forms.ChoiceField(label="Ethnic group", required=False)
    address = forms.CharField(
        label="Address", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    postcode = forms.CharField(
        label="Postcode", max_length=9, required=False, validators=[by_rule(contact.postcode)]
    )
    telephone = forms.CharField(
        label="Telephone", max_length=25, required=False, validators=[by_rule(contact.telephone)]
    )
    email = forms.EmailField(label="Email", required=False)
    language = forms.ChoiceField(label="Preferred language")
    other_language = forms.CharField(label="Which other language?", max_length=40, required=False)
    format = OneOf(
        Format.choices, label="How we write to them", initial=Format.STANDARD,
        help_text="We make letters in standard and in large print. The others are shown beside the name on "
        "every page, so that whoever writes has the letter made",
    )  # fmt: skip
    support_reason = forms.ChoiceField(label="Main reason for support", required=False)
    accommodation = forms.ChoiceField(label="Where they live", required=False)
    lives_with_someone = YesNo(label="Do they live with somebody?", required=False)
    funding = OneOf(
        Person.Funding.choices, label="Who pays for their support?", initial=Person.Funding.UNKNOWN
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        offered = policy.languages(Used(today()))
        super().__init__(data, initial=initial)
        for name in ("ethnicity", "support_reason", "accommodation"):
            self.fields[name].choices = choose(policy.words(name).words)  # type: ignore[attr-defined]
        languages = [*((word, word) for word in offered), (OTHER, "Another language")]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        if kept.get("language") == OTHER and not kept.get("other_language"):
            self.add_error("other_language", "Enter the language")
        return kept

    def details(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in DetailsForm.base_fields if name != "other_language"}
        if kept["language"] == OTHER:
            kept["language"] = self.cleaned_data["other_language"]
        return kept


class RegisterForm(DetailsForm):
    """A new person, in one of the teams of whoever registers them."""

    team = forms.ChoiceField(label="Team")
    my_person = forms.BooleanField(label="I am their worker", required=False)
    not_these = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user
        self.teams = {str(team.pk): team for team in teams_of(user)}
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            (pk, team.name) for pk, team in self.teams.items()
        ]
        if not user.roles & CARE:
            del self.fields["my_person"]

    def details(self) -> dict[str, Any]:
        kept = super().details()
        mine = self.cleaned_data.get("my_person")
        return kept | {
            "team": self.teams[self.cleaned_data["team"]],
            "worker": self.user if mine else None,
            "not_these": self.cleaned_data["not_these"].split(),
        }


class ChangeForm(DetailsForm):
    asks = {**DetailsForm.asks, "reason": "Say why the record changes: what happened, or who told you"}

    reason = forms.CharField(
        label="Why does the record change?", max_length=200,
        help_text="What happened, or who told you. It is kept with the change.",
    )  # fmt: skip


class AssignForm(EditForm):
    """Who looks after a person: a team, a worker, a broker."""

    team = forms.ChoiceField(label="Team")
    worker = forms.ChoiceField(label="Worker", required=False)
    broker = forms.ChoiceField(label="Broker", required=False)
    reason = forms.CharField(label="Why?", max_length=200, required=False)

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data, initial=self.looked_after(person))
        self.rows: dict[str, dict[str, Any]] = {
            "team": {str(team.pk): team for team in Team.objects.order_by("name")},
            "worker": holders(*CARE),
            "broker": holders(Role.BROKER),
        }
        for name, rows in self.rows.items():
            nobody = [] if name == "team" else [("", "Nobody yet")]
            choices = [*nobody, *((pk, str(row)) for pk, row in rows.items())]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def looked_after(person: Person) -> dict[str, Any]:
        return {"team": person.team_id, "worker": person.worker_id, "broker": person.broker_id}

    def details(self) -> dict[str, Any]:
        rows = {name: found.get(self.cleaned_data[name]) for name, found in self.rows.items()}
        return {**rows, "reason": self.cleaned_data["reason"]}


def on_record(found: Person) -> dict[str, Any]:
    """What ``DetailsForm`` shows of somebody; a language that is not offered stands in its own box."""
    kept = {name: getattr(found, name, None) for name in DetailsForm.base_fields if name != "other_language"}
    is_offered = found.language in policy.languages(Used(today()))
    spoken = {} if is_offered else {"language": OTHER, "other_language": found.language}
    return kept | {"nhs_number": found.nhs_number or ""} | spoken


def teams_of(user: User) -> list[Team]:
    """The teams in which ``user`` works with people: all of them for a role across the council."""
    held = Membership.objects.filter(user=user, ended_on=None, role__in=READS_PEOPLE)
    teams = Team.objects.order_by("name")
    return list(teams if held.filter(team=None).exists() else teams.filter(memberships__in=held).distinct())


def holders(*roles: Role) -> dict[str, Any]:
    """Active staff who hold one of ``roles`` today, by id."""
    held = Membership.objects.filter(role__in=roles, ended_on=None).values("user")
    users = User.objects.filter(pk__in=held, is_active=True).order_by("display_name")
    return {str(user.pk): user for user in users}
