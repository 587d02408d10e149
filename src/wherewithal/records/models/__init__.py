"""Every noun, from one place."""

from wherewithal.records.models.access import EmergencyAccess, KeptAnswer, Opening
from wherewithal.records.models.account import Account, Commitment, Transfer
from wherewithal.records.models.allocation import Allocation, FinancialAssessment
from wherewithal.records.models.arrangement import Agreement, Arrangement, Price, Suspension
from wherewithal.records.models.assessment import Assessment, Response
from wherewithal.records.models.brought_file import BroughtFile, BroughtLook, BroughtPart
from wherewithal.records.models.coding import Codebook, Coded, Judged, ReadThrough, Settled
from wherewithal.records.models.compendium import Door, Edition, Example, TakeUp, Tool
from wherewithal.records.models.conversation import AgreedAction, Conversation, Look, Talk
from wherewithal.records.models.council import Council, Team
from wherewithal.records.models.counting import CountedCase, CountedYear
from wherewithal.records.models.decision import Decision
from wherewithal.records.models.key_message import KeyMessage, StageTwoQuestion
from wherewithal.records.models.named_look import NamedLook
from wherewithal.records.models.offer import Offer
from wherewithal.records.models.payment import Contribution, Payment, PaymentLine, Run
from wherewithal.records.models.person import Caring, Household, Person, Representation
from wherewithal.records.models.plan import Plan, PlanLine, PlanOutcome, Risk
from wherewithal.records.models.quotation import Quotation, QuotedPassage
from wherewithal.records.models.release import (
    EarlyLook,
    EarlyReader,
    Release,
    ReleaseFile,
    Report,
    SecondLook,
)
from wherewithal.records.models.request import Request
from wherewithal.records.models.review import Observation, Review
from wherewithal.records.models.spending import Actual, Import, Question
from wherewithal.records.models.submission import Submission, SubmittedRow
from wherewithal.records.models.submission_fault import SubmissionCheck, SubmissionFault
from wherewithal.records.models.survey import Draft, Invitation, Reply, ReplyKey, Wave
from wherewithal.records.models.survey_file import AnswerFile
from wherewithal.records.models.survey_key import DestroyedKey
from wherewithal.records.models.survey_pack import Pack
from wherewithal.records.models.user import Membership, User

__all__ = [
    "Account", "Actual", "AgreedAction", "Agreement", "Allocation", "AnswerFile", "Arrangement",
    "Assessment", "BroughtFile", "BroughtLook", "BroughtPart", "Caring", "Codebook", "Coded", "Commitment",
    "Contribution", "Conversation", "Council", "CountedCase", "CountedYear", "Decision", "DestroyedKey",
    "Door", "Draft", "EarlyLook", "EarlyReader", "Edition", "EmergencyAccess", "Example",
    "FinancialAssessment", "Household", "Import", "Invitation", "Judged", "KeptAnswer", "KeyMessage",
    "Look", "Membership", "NamedLook", "Observation", "Offer", "Opening", "Pack", "Payment", "PaymentLine",
    "Person", "Plan", "PlanLine", "PlanOutcome", "Price", "Question", "Quotation", "QuotedPassage",
    "ReadThrough", "Release", "ReleaseFile", "Reply", "ReplyKey", "Report", "Representation", "Request",
    "Response", "Review", "Risk", "Run", "SecondLook", "Settled", "StageTwoQuestion", "Submission",
    "SubmissionCheck", "SubmissionFault", "SubmittedRow", "Suspension", "TakeUp", "Talk", "Team", "Tool",
    "Transfer", "User", "Wave",
]  # fmt: skip
