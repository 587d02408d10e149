"""Reference: what a quotation is screened for, what is told of whose words it is, what stands in its way."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core.policy import Used
from wherewithal.core.quotation import Consent, Quoted, Telling, in_the_way, tellings, told
from wherewithal.core.screening import Kept, screen
from wherewithal.policy.quotation import screened_by

WORDS = screened_by(Used(date(2026, 6, 1)))
COUNTY, BOROUGH = ("South East", "County"), ("London", "London borough")


def found(text):
    return "; ".join(f"{one.kind}: {one.words}" for one in screen(text, WORDS)) or "nothing"


def line(region, type, of_both, elsewhere):
    answered = {(region, type): of_both, ("elsewhere", type): elsewhere}
    return told(tellings(answered, [(region, type)], 5)[-1], "council", region, type)


def stands(mode, consent, text, kept):
    quoted = Quoted(
        mode=mode, consent=Consent(consent), telling=Telling.NOTHING, may_tell=(Telling.NOTHING,),
        findings=screen(text, WORDS), hands=frozenset(),
        kept=tuple(Kept(one.kind, one.words, "known to all") for one in screen(text, WORDS) if kept),
    )  # fmt: skip
    return "no" if in_the_way(quoted) else "yes"


PAGE = Page(
    slug="screening",
    title="Quotations in a report",
    says=(
        "Words of a reply are printed once a second person has signed them off. Before that they are "
        "screened for what might tell whose they are; each finding is changed away, or kept for a reason. "
        "The lists are in the policy, beside the register of councils."
    ),
    tables=(
        Table(
            title="What the screens find",
            says=(
                "Too much rather than too little. A name that begins a sentence and is on no list, and a "
                "number that is spelt out, are not found."
            ),
            given=("words",),
            then=("found",),
            rows=(
                ("People choose, and we pay.", "nothing"),
                ("We learned it from Kent County Council.", "place: Kent County Council"),
                ("Most of brighton has it.", "place: brighton"),
                ("Reading the plan helps; reading it twice does not.", "place: Reading"),
                ("As in the North West.", "region: North West"),
                ("Bluefinch Care Ltd runs it for the Council.", "firm: Bluefinch Care Ltd"),
                (
                    "Our Sunrise programme began on 3 March 2011.",
                    "programme: Sunrise programme; date: 3 March 2011",
                ),
                ("It cost £12,500 for 43 people, about 7.5%.", "number: £12,500; number: 43; number: 7.5%"),
                ("We use Careweaver for it.", "name: Careweaver"),
                ("The NHS pays half under the Care Act.", "nothing"),
            ),
            run=found,
        ),
        Table(
            title="What is told of whose words they are",
            says=(
                "The type where at least 5 of it answered, and its region where 5 of that type answered "
                "there. Never a name."
            ),
            given=("region", "type", "of both answered", "of the type elsewhere"),
            then=("at most",),
            rows=(
                (*COUNTY, 5, 0, "A county council in the South East"),
                (*COUNTY, 4, 1, "A county council"),
                (*COUNTY, 4, 0, "A council"),
                (*BOROUGH, 9, 0, "A London borough"),
                ("East of England", "Unitary authority", 6, 0, "A unitary authority in the East of England"),
                ("", "", 58, 0, "A council"),
            ),
            run=line,
        ),
        Table(
            title="Whether it may be signed off",
            says=(
                "What is anonymous must pass every screen: nobody can be asked. In a confidential survey a "
                "place, a region or an address stays only where whoever is quoted agrees; anything else "
                "stays for a reason."
            ),
            given=("promise", "consent", "words", "findings kept"),
            then=("signed off",),
            rows=(
                ("coded", "not_asked", "People choose.", False, "yes"),
                ("coded", "not_asked", "For 43 people.", False, "no"),
                ("coded", "not_asked", "For 43 people.", True, "yes"),
                ("coded", "not_asked", "As Kent does.", True, "no"),
                ("coded", "given", "As Kent does.", True, "yes"),
                ("coded", "asked", "People choose.", False, "no"),
                ("coded", "refused", "People choose.", False, "no"),
                ("anonymous", "not_asked", "People choose.", False, "yes"),
                ("anonymous", "not_asked", "For 43 people.", True, "no"),
                ("attributed", "not_asked", "As Kent does.", True, "yes"),
            ),
            run=stands,
        ),
    ),
)
