"""ISO 20022 pain.001.001.03: a payment run as a bank takes it in, one PmtInf a run, in pounds.

Accounts are written the UK way: the sort code as clearing system member of GBDSC, the account number as it
is. Text keeps to the characters that every bank takes; the reference that the payee sees never holds their
name. ``read`` gives back what was written, so that a run can be compared with its file.
"""

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree

from wherewithal.core.bank import BankAccount
from wherewithal.core.money import pounds
from wherewithal.core.refusal import Refusal

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"
LONGEST_NAME = 70
LONGEST_REFERENCE = 18  # what Bacs and Faster Payments carry to the payee's statement
MAX_BYTES = 200_000_000

_ID = re.compile(r"[A-Za-z0-9-]{1,35}")
_AMOUNT = re.compile(r"[0-9]{1,16}\.[0-9]{2}", re.ASCII)
_ALLOWED = re.compile(r"[A-Za-z0-9/?:().,'+ -]+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l",
                        "Ł": "L", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D", "ð": "d",
                        "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "&": "+", "_": "-"})  # fmt: skip


def _path(*names: str) -> str:
    return "/".join(f"{{{NAMESPACE}}}{name}" for name in names)


# part of a file -> the fields read from it, each with its path in the part
_FIELDS = {
    "GrpHdr": {name: _path(name) for name in ("MsgId", "NbOfTxs", "CtrlSum")},
    "PmtInf": {name: _path(name) for name in ("PmtInfId", "NbOfTxs", "CtrlSum", "ReqdExctnDt")},
    "CdtTrfTxInf": {"EndToEndId": _path("PmtId", "EndToEndId"), "InstdAmt": _path("Amt", "InstdAmt")},
}
_NAMED = {_path(name): name for name in _FIELDS}

# Every value that is put in is digits, an id, or text of _ALLOWED, so none can need escaping.
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{namespace}"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>{message}</MsgId><CreDtTm>{at}</CreDtTm><NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>\
<InitgPty><Nm>{name}</Nm></InitgPty></GrpHdr>
<PmtInf><PmtInfId>{run}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>\
<ReqdExctnDt>{pay_on}</ReqdExctnDt><Dbtr><Nm>{name}</Nm></Dbtr>\
<DbtrAcct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>GBP</Ccy></DbtrAcct><DbtrAgt><FinInstnId><ClrSysMmbId>\
<ClrSysId><Cd>GBDSC</Cd></ClrSysId><MmbId>{sort_code}</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
"""
_CREDIT = """<CdtTrfTxInf><PmtId><EndToEndId>%s</EndToEndId></PmtId>\
<Amt><InstdAmt Ccy="GBP">%s</InstdAmt></Amt>\
<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>GBDSC</Cd></ClrSysId><MmbId>%s</MmbId></ClrSysMmbId>\
</FinInstnId></CdtrAgt><Cdtr><Nm>%s</Nm></Cdtr><CdtrAcct><Id><Othr><Id>%s</Id></Othr></Id></CdtrAcct>\
<RmtInf><Ustrd>%s</Ustrd></RmtInf></CdtTrfTxInf>
"""
_TAIL = "</PmtInf></CstmrCdtTrfInitn></Document>\n"


class NotPain001(Refusal):
    """A run that cannot be written, or a file that is not a pain.001 whose sums agree."""


@dataclass(frozen=True)
class Credit:
    """One payment. ``end_to_end_id`` (1 to 35 characters) comes back from the bank and is unique in a run;
    ``reference`` (1 to 18) is what the payee sees.
    """

    end_to_end_id: str
    to: BankAccount
    pence: int
    reference: str


@dataclass(frozen=True)
class Order:
    """A run: ``message_id`` for the file and ``run_id`` for the run, paid on ``pay_on`` from ``debtor``."""

    message_id: str
    run_id: str
    created_at: datetime
    pay_on: date
    debtor: BankAccount
    credits: Sequence[Credit]

    @property
    def total_pence(self) -> int:
        return sum(credit.pence for credit in self.credits)


@dataclass(frozen=True)
class Written:
    """What a file says: its total, and pence by end-to-end id."""

    message_id: str
    run_id: str
    pay_on: date
    total_pence: int
    pence_by_id: Mapping[str, int]

    @property
    def count(self) -> int:
        return len(self.pence_by_id)


def write(order: Order) -> bytes:
    """The file, UTF-8. Raises NotPain001 for no payments, an amount of 0 or less, an id that is no id or
    stands twice, text that a bank does not take, or a reference with the payee's name in it.
    """
    ids = [_id(credit.end_to_end_id) for credit in order.credits]
    if not ids:
        raise NotPain001("This run has no payments, so there is no file to write.")
    if len(set(ids)) < len(ids):
        twice = next(id for id in ids if ids.count(id) > 1)
        raise NotPain001(f"Payment {twice} stands twice in this run. Each payment goes out once.")
    head = _HEAD.format(
        namespace=NAMESPACE,
        message=_id(order.message_id),
        run=_id(order.run_id),
        at=order.created_at.isoformat(timespec="seconds"),
        pay_on=order.pay_on.isoformat(),
        count=len(ids),
        total=_decimal(order.total_pence),
        name=plain(order.debtor.name, LONGEST_NAME),
        sort_code=order.debtor.sort_code,
        account=order.debtor.number,
    )
    return "".join((head, *map(_transaction, order.credits), _TAIL)).encode()


def plain(text: str, longest: int) -> str:
    """Text as banks take it: accents off, no more than ``longest`` characters.

    Raises NotPain001 naming the first character that has no plain form.
    """
    folded = text.strip()
    if not _ALLOWED.fullmatch(folded):
        letters = unicodedata.normalize("NFKD", folded.translate(_PLAIN))
        folded = "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
    if not folded:
        raise NotPain001("A payment needs the name on the account and a reference. Fill in what is empty.")
    if odd := next((letter for letter in folded if not _ALLOWED.fullmatch(letter)), ""):
        raise NotPain001(
            f"Banks cannot take “{odd}” in “{text}”. Write it in plain letters, as the bank has it."
        )
    return folded[:longest].strip()


def read(data: bytes) -> Written:
    """What the file says, its own counts and totals checked against its payments.

    Reads what ``write`` writes: one PmtInf, pounds, two decimals. Raises NotPain001 for anything else.
    """
    if len(data) > MAX_BYTES:
        raise NotPain001(f"This file is larger than {MAX_BYTES:,} bytes. A run's file is not.")
    found: dict[str, list[dict[str, str]]] = {name: [] for name in _FIELDS}
    try:
        events = etree.iterparse(io.BytesIO(data), tag=list(_NAMED), no_network=True, resolve_entities=False)
        for _, element in events:
            _keep(element, found)
    except etree.XMLSyntaxError as error:
        raise NotPain001(f"This file is not XML that can be read: {error.msg}.") from error
    if events.root.getroottree().docinfo.doctype:
        raise NotPain001("This file declares a document type, which a payment file has no need of.")
    return _agreed(found)


def _transaction(credit: Credit) -> str:
    reference = plain(credit.reference, 2 * LONGEST_REFERENCE)
    if len(reference) > LONGEST_REFERENCE:
        raise NotPain001(f"The reference “{reference}” is longer than {LONGEST_REFERENCE} characters.")
    words = [word for word in re.split(r"\W+", credit.to.name.casefold()) if len(word) > 2]
    if any(word in reference.casefold() for word in words):
        raise NotPain001(
            f"The reference of payment {credit.end_to_end_id} holds the payee's name. Use a number."
        )
    return _CREDIT % (
        credit.end_to_end_id,
        _decimal(credit.pence),
        credit.to.sort_code,
        plain(credit.to.name, LONGEST_NAME),
        credit.to.number,
        reference,
    )


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise NotPain001(f"“{text}” cannot be an id in a bank file: 1 to 35 letters, digits and hyphens.")
    return text


def _decimal(whole_pence: int) -> str:
    if whole_pence <= 0:
        raise NotPain001(
            f"A payment must be above £0.00, not {pounds(whole_pence)}. Leave it out of the run."
        )
    return f"{whole_pence // 100}.{whole_pence % 100:02d}"


def _keep(element: Any, found: dict[str, list[dict[str, str]]]) -> None:
    """The fields of one part of the file; a payment is let go at once, so that memory stays small."""
    name = _NAMED[element.tag]
    fields = {}
    for field, path in _FIELDS[name].items():
        value = element.findtext(path)
        if value is None:
            raise NotPain001(f"A {name} of this file has no {field}.")
        fields[field] = value
    if name == "CdtTrfTxInf":
        if element.find(_FIELDS[name]["InstdAmt"]).get("Ccy") != "GBP":
            raise NotPain001(f"Payment {fields['EndToEndId']} is not in pounds.")
        element.clear()
        while element.getprevious() is not None and element.getprevious().tag == element.tag:
            del element.getparent()[element.getparent().index(element) - 1]
    found[name].append(fields)


def _agreed(found: Mapping[str, Sequence[Mapping[str, str]]]) -> Written:
    groups, runs, payments = (found[name] for name in _FIELDS)
    if len(groups) != 1 or len(runs) != 1:
        raise NotPain001(
            f"This file has {len(groups)} group headers and {len(runs)} runs. Ours has one of each."
        )
    pence_by_id = {payment["EndToEndId"]: _pence(payment["InstdAmt"]) for payment in payments}
    total = sum(pence_by_id.values())
    if len(pence_by_id) < len(payments):
        raise NotPain001("This file has a payment twice.")
    for name, head in (("file", groups[0]), ("run", runs[0])):
        if (head["NbOfTxs"], _pence(head["CtrlSum"])) != (str(len(payments)), total):
            raise NotPain001(
                f"The {name} says {head['NbOfTxs']} payments of {head['CtrlSum']} in all; "
                f"there are {len(payments)} of {pounds(total)}."
            )
    try:
        pay_on = date.fromisoformat(runs[0]["ReqdExctnDt"])
    except ValueError as error:
        raise NotPain001(f"“{runs[0]['ReqdExctnDt']}” is not a day to pay on.") from error
    return Written(groups[0]["MsgId"], runs[0]["PmtInfId"], pay_on, total, pence_by_id)


def _pence(text: str) -> int:
    if not _AMOUNT.fullmatch(text):
        raise NotPain001(f"“{text[:40]}” is not an amount with two decimals.")
    return int(text.replace(".", ""))
