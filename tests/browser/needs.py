"""The first half of the journey, as a worker takes it: a request, both sides' answers, who qualifies."""

import re
from dataclasses import dataclass
from datetime import date

from browser.visitor import Visitor, asked


@dataclass(frozen=True)
class Newcomer:
    """Somebody made up, unknown to the council until today."""

    given: str
    family: str
    born_on: date

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        return f"{self.given}.{self.family}@example.org".lower()

    @property
    def card(self) -> str:
        return f"{self.given}-1".lower()


# What the person reads on the page -> what they answer there. 34 points together.
HELP = "I need help or a reminder some of the time, or it hurts, is not safe or takes me very long"
EVERY_DAY = "I need help every day"
ANSWERS = {
    "Who is filling this in?": "I am, on my own",
    "Do you live on your own?": "Yes",
    "What kind of home is it?": "A house or flat that is mine, or my family's",
    "How do you manage with food and drink?": HELP,
    "How do you manage with keeping clean?": EVERY_DAY,
    "How do you manage with the toilet?": "I manage on my own with things that make it easier",
    "How do you manage with clothes?": EVERY_DAY,
    "How safe are you moving about at home?": "I need someone to help or look in some of the time, "
    "or it hurts, is not safe or takes me very long",
    "How do you manage with running your home?": "I need help with some of it, "
    "or it hurts, is not safe or takes me very long",
    "How do you manage with seeing the people you like?": "I manage on my own with some planning",
    "How do you manage with work, learning or volunteering?": "I manage on my own, "
    "or I do not want to do this",
    "How do you manage with going out?": "I need someone with me for some trips, "
    "or it hurts, is not safe or takes me very long",
    "Do you look after a child?": "No",
    "How do you manage with your feelings and with making up your mind?": "I manage on my own",
    "What help do you need at night?": "None",
    "How long can you be on your own in the day?": "Half a day",
    "Does anyone help you without being paid?": "No",
    "What are you, or people close to you, worried about?": "Falling",
}
# The same for the worker, who is asked about the person.
SOME_HELP = "They need help or a reminder some of the time, or it hurts, is not safe or takes them very long"
FOUND = {
    "Do they live on their own?": "Yes",
    "What kind of home is it?": "A house or flat that is theirs, or their family's",
    "How do they manage with food and drink?": SOME_HELP,
    "How do they manage with keeping clean?": "They need help every day",
    "How do they manage with the toilet?": "They manage on their own with things that make it easier",
    "How do they manage with clothes?": "They need help every day",
    "How safe are they moving about at home?": "They need someone to help or look in some of the time, "
    "or it hurts, is not safe or takes them very long",
    "How do they manage with running their home?": "They need help with some of it, "
    "or it hurts, is not safe or takes them very long",
    "How do they manage with seeing the people they like?": "They manage on their own with some planning",
    "How do they manage with work, learning or volunteering?": "They manage on their own, "
    "or do not want to do this",
    "How do they manage with going out?": "They need someone with them for some trips, "
    "or it hurts, is not safe or takes them very long",
    "Do they look after a child?": "No",
    "How do they manage with their feelings and with making up their mind?": "They manage on their own",
    "What help do they need at night?": "None",
    "How long can they be on their own in the day?": "Half a day",
    "Does anyone help them without being paid?": "No",
    "What worries them, the people close to them, or you?": "Falling",
}
WRITTEN = {
    "My first wish": "To be up and dressed by nine",
    "Their first wish": "To be up and dressed by nine",
    "What happens, and what would make it better?": "I fell in the bathroom. A rail would help.",
}
PASSWORD = "three made-up words 71"
UNABLE = ("Keeping clean", "Getting dressed")


def find(somebody: Visitor, who: Newcomer) -> None:
    somebody.menu("People")
    somebody.write("Find a person", who.name)
    somebody.press("Find")
    somebody.follow(who.name)


def register(worker: Visitor, who: Newcomer) -> None:
    worker.menu("People")
    worker.press("Register somebody new")
    worker.write("Given name", who.given)
    worker.write("Family name", who.family)
    worker.write_day("Birth date", who.born_on)
    worker.choose("How we write to them", "Large print")
    worker.choose("Do they live with somebody?", "No")
    worker.choose("Who pays for their support?", "Council")
    worker.tick("I am their worker")
    worker.press("Go on")


def request(worker: Visitor, who: Newcomer) -> None:
    """Where registering leads to: a request is written down, and an assessment follows from it."""
    worker.write("What do they ask for?", "I cannot manage the mornings since I fell.")
    worker.choose("Who asks?", "The person")
    worker.choose("By what route did it come?", "From the community")
    worker.press("Save")
    worker.choose("What happens next?", "Assessment")
    worker.press("Decide")


def start(worker: Visitor) -> None:
    worker.choose("What is assessed?", "Their own needs")
    worker.choose("Would taking part be very hard for them?", "No")
    worker.press("Start the assessment")


def let_in(worker: Visitor, who: Newcomer) -> None:
    """The person gets a letter with which they can see their own pages."""
    worker.tab("Summary")
    worker.follow(f"Let {who.given} sign in")
    worker.write("Their email address", who.email)
    worker.press("Send the link")


def choose_password(person: Visitor, letter: str) -> None:
    """By the link in the letter."""
    person.go(re.search(r"https?://\S+", letter)[0])
    person.write("New password", PASSWORD)
    person.write("The same again", PASSWORD)
    person.press("Use this password")


def sign_in(person: Visitor, who: Newcomer) -> None:
    """From the front door to the person's own pages."""
    person.go("/")
    person.follow("My budget")
    person.write("Email address", who.email)
    person.write("Password", PASSWORD)
    person.press("Sign in")


def answer(somebody: Visitor, answers: dict[str, str]) -> None:
    """Every part that comes, one after the other, until the list of parts is back; a part may ask on."""
    while somebody.page.get_by_role("button", name="Save and continue").count():
        for question in somebody.page.locator("main form fieldset").all():
            legend = question.locator("legend").first.inner_text().strip().removesuffix(" (optional)")
            if legend in answers:
                question.get_by_label(answers[legend], exact=True).check()
        for label, words in WRITTEN.items():
            if somebody.page.get_by_label(asked(label)).count():
                somebody.write(label, words)
        somebody.press("Save and continue")


def own_view(person: Visitor, who: Newcomer) -> None:
    """The person answers alone, on their own pages."""
    person.press("Answer questions about you")
    person.follow("Before you start")
    answer(person, ANSWERS)
    person.press("Send my answers")


def worker_view(worker: Visitor) -> None:
    part = worker.page.get_by_role("row").filter(has_text="What matters to them")
    worker.click(part.get_by_role("link").last)
    answer(worker, FOUND)
    worker.press("Hand in the worker’s answers")


def explain(worker: Visitor) -> None:
    worker.follow("Explain five things")
    for box in worker.page.get_by_role("group", name="What did you explain?").get_by_role("checkbox").all():
        box.check()
    worker.press("Record that this was explained")


def agree(worker: Visitor) -> None:
    worker.follow("Decide who qualifies, and agree")
    worker.choose("Is this so?", "Yes")
    for one in worker.page.get_by_label("Able", exact=True).all():
        one.check()
    for outcome in UNABLE:
        worker.choose(outcome, "Unable")
        worker.choose(f"Why unable: {outcome.lower()}", "You cannot do this without help")
    worker.choose("Does this have a big effect on their well-being, or is it likely to?", "Yes")
    worker.choose("On what?", "Being treated with respect")
    worker.press("Decide and agree the assessment")
