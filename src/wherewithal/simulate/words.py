"""What made-up people say: short, in the first person, about no one who lives."""

from collections.abc import Mapping, Sequence
from random import Random

SAID: Mapping[str, Sequence[str]] = {
    "good_life": (
        "My garden, and the robin that comes to it. My sister on the telephone on Sundays.",
        "Music, mostly brass bands. I played the cornet for thirty years.",
        "My cat. The Thursday lunch club when I can get there.",
        "Being my own boss. I like to choose when I get up.",
        "Football on a Saturday, and my friends at the allotment.",
        "Baking. I used to make all the cakes for the fair at Much Imagined.",
    ),
    "eating_words": ("I can warm a meal but not lift the pan.", "I forget lunch unless somebody is here."),
    "washing_words": (
        "I slipped in the bath in spring and have been afraid of it since.",
        "A seat would help.",
    ),
    "toilet_words": ("The stairs are the trouble, not the toilet.", "Nights are the hardest."),
    "dressing_words": ("Buttons and socks take me half an hour.", "I wear what I can reach."),
    "safe_words": ("I have fallen twice this year.", "I left the gas on once and it frightened me."),
    "home_words": ("The letters pile up.", "I can dust. I cannot do the floors or the bins."),
    "people_words": ("My friends have stopped asking me.", "I see my brother when he can drive over."),
    "work_words": (
        "I would like to do the accounts for a charity again.",
        "I want to learn to use a computer.",
    ),
    "places_words": ("The bus stop is too far.", "I can go if somebody walks with me."),
    "mind_words": (
        "I worry at night and cannot settle.",
        "I lose the thread of things, and it makes me cross.",
    ),
    "varies_words": (
        "Two or three days a week I cannot get out of the chair.",
        "On a bad day I do not eat or answer the door.",
    ),
    "wish_1": ("To go swimming again.", "To get to the library by myself.", "To see my granddaughter more."),
    "wish_2": ("To sleep through the night.", "To keep the garden.", "A proper shower."),
    "wish_3": ("A holiday by the sea.", "To have friends round for tea.", "To sing in the choir again."),
    "risks_words": (
        "I would feel better with a rail and somebody to ring.",
        "If someone looked in at noon, I would not worry.",
        "A box for my tablets would help, and someone who knows the plan.",
    ),
    "chances": (
        "Going to the market on my own.",
        "Using the cooker. I would rather burn a pan than give it up.",
    ),
    "caring_words": (
        "I would not have it otherwise, but I have not had a day to myself since Easter.",
        "We laugh a lot. The nights are long.",
    ),
    "health_words": ("My back is bad from lifting.", "I am tired all the time."),
    "own_life_words": ("I gave up choir and I miss it.", "I would like to go back to work for two days."),
    "emergency_words": (
        "I do not know. A neighbour has a key.",
        "My sister would come, but she lives far away.",
    ),
    "changed_words": (
        "The mornings are harder than they were.",
        "My brother has moved nearer and helps more.",
    ),
    "enough_words": (
        "The hours ran out before the end of the month.",
        "The taxi costs more than we planned.",
    ),
    "next_words": ("Thank you for listening.", "Please write in large letters."),
}
ANYTHING = (
    "It depends on the day.",
    "I manage, but it takes me a long time.",
    "Please ask my family about this as well.",
    "I would like to talk about this when you come.",
)


def said(about: str, rng: Random) -> str:
    """Something to say about a question, by its id; a plain sentence for one that has no words here."""
    return rng.choice(SAID.get(about, ANYTHING))
