"""Every address, by stage. Each stage file lists its own ``urlpatterns``."""

from django.urls import include, path

from wherewithal.web import answers  # noqa: F401  # puts its answers on Home
from wherewithal.web.api import urls as api
from wherewithal.web.page import work

urlpatterns = [
    path("home/", work, name="work"),
    path("accounts/", include("allauth.urls")),
    path("api/", api),
    path("", include("wherewithal.web.home")),
    path("", include("wherewithal.web.demo")),
    path("", include("wherewithal.web.people")),
    path("", include("wherewithal.web.circle")),
    path("", include("wherewithal.web.requests")),
    path("", include("wherewithal.web.emergency")),
    path("", include("wherewithal.web.caseload")),
    path("", include("wherewithal.web.history")),
    path("", include("wherewithal.web.settings")),
    path("", include("wherewithal.web.teams")),
    path("", include("wherewithal.web.assessment")),
    path("", include("wherewithal.web.eligibility")),
    path("", include("wherewithal.web.offers")),
    path("", include("wherewithal.web.allocation")),
    path("", include("wherewithal.web.finance")),
    path("", include("wherewithal.web.my")),
    path("", include("wherewithal.web.my_around")),
    path("", include("wherewithal.web.my_spending")),
    path("", include("wherewithal.web.my_payments")),
    path("", include("wherewithal.web.my_explain")),
    path("", include("wherewithal.web.my_questions")),
    path("", include("wherewithal.web.money")),
    path("", include("wherewithal.web.runs")),
    path("", include("wherewithal.web.card_lines")),
    path("", include("wherewithal.web.payments")),
    path("", include("wherewithal.web.money_owed")),
    path("", include("wherewithal.web.corporate_ledger")),
    path("", include("wherewithal.web.person_money")),
    path("", include("wherewithal.web.plan")),
    path("", include("wherewithal.web.plan_sign_off")),
    path("", include("wherewithal.web.plan_lines")),
    path("", include("wherewithal.web.plan_letter")),
    path("", include("wherewithal.web.risks")),
    path("", include("wherewithal.web.direct_payment")),
    path("", include("wherewithal.web.my_plan")),
    path("", include("wherewithal.web.decisions")),
    path("", include("wherewithal.web.reviews")),
    path("", include("wherewithal.web.review_held")),
    path("", include("wherewithal.web.my_review")),
    path("", include("wherewithal.web.measures")),
    path("", include("wherewithal.web.measure_people")),
]
