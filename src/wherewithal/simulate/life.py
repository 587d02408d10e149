"""A made-up person's life with the council, from the first call on, told in the order in which it happens."""

from datetime import datetime

from wherewithal.simulate import arriving, assessing, demo, living, paying, planning
from wherewithal.simulate.calendar import Life
from wherewithal.simulate.clock import after
from wherewithal.simulate.persona import Persona
from wherewithal.simulate.town import Town


def life(persona: Persona, town: Town) -> Life:
    """From the first call on. Each stage waits as long as it takes; the next one follows after a while."""

    def later(about: str, least_days: int, most_days: int) -> datetime:
        return after(town.calendar.now, persona.rng(about), least_days, most_days)

    at = yield persona.starts_at
    one = arriving.register(persona, town, at)
    cared_for = town.on_record.get(persona.number - 1) if persona.carer else None
    if cared_for is not None:
        arriving.link(one, cared_for, at)
    demo.let_in(one, at)
    request = yield from arriving.ask(one, at)
    if request is None:
        return
    at = yield later("before the assessment", 2, 20)
    found = yield from assessing.assess(one, request, at, cared_for)
    if not found.assessment.eligible:
        return
    at = yield later("before the plan", 1, 12)
    planned = yield from planning.write(one, found, at)
    if found.allocation is None:
        return
    town.calendar.add(living.reviewed(one, "plan", town.calendar.now))
    if planned.conditions is not None:
        at = yield later("before the signature", 0, 3)
        yield from paying.sign(one, planned.conditions, at)
        town.calendar.add(living.reviewed(one, "direct_payment", town.calendar.now))
    town.calendar.add(living.befalls(one, town.calendar.now))
