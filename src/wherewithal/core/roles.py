"""Who may do what: one table, read by every page and shown in the reference.

A permission is a verb on a noun. It says that a role may do the thing at all; *to whom* is decided by
``web/access.py`` (a person sees themselves, a worker the people of their teams).
"""

from enum import StrEnum


class Role(StrEnum):
    PERSON = "person"
    CARER = "carer"
    REPRESENTATIVE = "representative"
    PRACTITIONER = "practitioner"
    BROKER = "broker"
    MANAGER = "manager"
    PANEL = "panel"
    DIRECT_PAYMENT_OFFICER = "direct_payment_officer"
    FINANCE = "finance"
    COMMISSIONER = "commissioner"
    ANALYST = "analyst"
    SURVEYOR = "surveyor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    PROVIDER = "provider"
    ADVOCATE = "advocate"


R = Role
THEMSELVES = frozenset({R.PERSON, R.CARER, R.REPRESENTATIVE})
CARE = frozenset({R.PRACTITIONER, R.MANAGER})
MONEY = frozenset({R.FINANCE, R.DIRECT_PAYMENT_OFFICER})
STAFF = frozenset(Role) - THEMSELVES - {R.PROVIDER, R.ADVOCATE}
READS_PEOPLE = CARE | MONEY | {R.BROKER, R.PANEL, R.AUDITOR}
KNOWS_NEEDS = READS_PEOPLE - {R.FINANCE}

MAY: dict[str, frozenset[Role]] = {
    # the person's own pages
    "my.see": THEMSELVES,
    "my.answer": THEMSELVES,
    # people and requests
    "caseload.see": CARE | {R.BROKER, R.DIRECT_PAYMENT_OFFICER},
    "person.find": READS_PEOPLE,
    "person.see": READS_PEOPLE,
    "person.register": CARE,
    "person.change": CARE | {R.DIRECT_PAYMENT_OFFICER},
    "person.end": CARE,
    "person.history": CARE | {R.AUDITOR},
    "person.emergency": CARE | {R.DIRECT_PAYMENT_OFFICER},
    "emergency.see": frozenset({R.MANAGER, R.AUDITOR}),
    "request.decide": CARE,
    # from need to plan: who reads the answers themselves, what was found, the amounts, the plan
    "answers.see": CARE | {R.AUDITOR},
    "assessment.see": KNOWS_NEEDS,
    "offer.see": KNOWS_NEEDS - {R.PANEL},
    "budget.see": READS_PEOPLE,
    "contribution.see": CARE | MONEY | {R.AUDITOR},
    "plan.see": KNOWS_NEEDS,
    "assessment.write": CARE,
    "offer.make": CARE | {R.DIRECT_PAYMENT_OFFICER},
    "allocation.propose": CARE,
    "finance.assess": MONEY | CARE,
    "plan.write": CARE | {R.BROKER},
    "risk.write": CARE | {R.BROKER},
    "plan.submit": CARE | {R.BROKER},
    # decisions
    "decision.see": CARE | {R.PANEL, R.AUDITOR},
    "decision.decide": CARE | {R.PANEL},
    "direct_payment.decide": CARE | {R.DIRECT_PAYMENT_OFFICER},
    "agreement.see": CARE | MONEY | {R.AUDITOR},
    # money
    "money.see": MONEY | {R.AUDITOR, R.MANAGER},
    "account.see": MONEY | {R.AUDITOR, R.MANAGER, R.PRACTITIONER},
    "run.draft": MONEY,
    "run.check": MONEY,
    "run.approve": frozenset({R.FINANCE}),
    "run.send": frozenset({R.FINANCE}),
    "line.import": MONEY,
    "line.close": MONEY,
    "arrangement.change": MONEY | CARE,
    # reviews
    "review.see": KNOWS_NEEDS - {R.PANEL},
    "review.write": CARE,
    # figures
    "measure.see": frozenset({R.ANALYST, R.MANAGER, R.COMMISSIONER, R.AUDITOR}),
    "extract.make": frozenset({R.ANALYST}),
    # Client Level Data as it is sent, with NHS numbers: one role makes it; whose records are to be mended
    "submission.make": frozenset({R.ANALYST}),
    "submission.see": frozenset({R.ANALYST, R.MANAGER, R.AUDITOR}),
    "fault.see": CARE | {R.AUDITOR},
    # a file of Client Level Data that somebody brings to be checked and counted: it names everybody in it
    "file.bring": frozenset({R.ANALYST}),
    # the sector's survey
    "survey.see": frozenset({R.SURVEYOR, R.AUDITOR}),
    "survey.run": frozenset({R.SURVEYOR}),
    "survey.code": frozenset({R.SURVEYOR}),
    # its conversations with councils that are behind
    "conversation.see": frozenset({R.SURVEYOR, R.AUDITOR}),
    "conversation.hold": frozenset({R.SURVEYOR}),
    # settings
    "staff.see": frozenset({R.ADMINISTRATOR, R.AUDITOR}),
    "staff.change": frozenset({R.ADMINISTRATOR}),
    "policy.see": STAFF,
}


def may(roles: frozenset[Role], permission: str) -> bool:
    """Does any of ``roles`` carry ``permission``? An unknown permission is a programming error (KeyError)."""
    return bool(roles & MAY[permission])
