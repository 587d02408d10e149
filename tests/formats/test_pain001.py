"""A payment run as a bank reads it: valid, exact, and the same when read back."""

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from samples import SAMPLES

from wherewithal.core.bank import BankAccount, NotBankDetails, bank_account
from wherewithal.formats.pain001 import NAMESPACE, Credit, NotPain001, Order, plain, read, write

SCHEMA = SAMPLES / "finance" / "pain" / "pain.001.001.03.xsd"
PAIN = {"p": NAMESPACE}
COUNCIL = BankAccount("Exampleshire County Council", "200000", "12345678")


def credit(
    number: int = 1, pence: int = 78_400, name: str = "Pat Example", reference: str = "PB 000123"
) -> Credit:
    return Credit(f"R7-{number}", bank_account(name, "20-00-00", "0000 0001"), pence, reference)


def order(*credits: Credit) -> Order:
    return Order(
        "MSG-7", "RUN-7", datetime(2026, 5, 14, 9, 30, tzinfo=UTC), date(2026, 5, 18), COUNCIL, credits
    )


def texts(data: bytes, path: str) -> list[str]:
    return [element.text for element in etree.fromstring(data).iterfind(path, PAIN)]


orders = st.lists(st.integers(1, 10**11), min_size=1, max_size=30).map(
    lambda amounts: order(*(credit(number, pence) for number, pence in enumerate(amounts)))
)


@given(orders)
def test_what_is_written_is_read_back_to_the_penny(made):
    found = read(write(made))
    assert found.total_pence == made.total_pence
    assert found.pence_by_id == {one.end_to_end_id: one.pence for one in made.credits}
    assert (found.message_id, found.run_id, found.pay_on) == ("MSG-7", "RUN-7", date(2026, 5, 18))


def test_the_file_is_valid_by_the_schema():
    if not SCHEMA.is_file():
        pytest.skip(
            f"The ISO 20022 schema is not here: set WHEREWITHAL_SAMPLES to a folder with {SCHEMA.name}."
        )
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    for made in (order(credit()), order(credit(1, 1), credit(2, 10**11, "Zoë O’Nonesuch-Łódź", "PB+7"))):
        schema.assertValid(etree.fromstring(write(made)))


def test_the_parts_stand_where_a_uk_bank_looks_for_them():
    data = write(order(credit(1, 5), credit(2, 123_456)))
    root = etree.fromstring(data)
    run = root.find("p:CstmrCdtTrfInitn/p:PmtInf", PAIN)
    assert root.tag == f"{{{NAMESPACE}}}Document"
    assert [etree.QName(part).localname for part in run] == [
        "PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt",
        "CdtTrfTxInf", "CdtTrfTxInf",
    ]  # fmt: skip
    assert [etree.QName(part).localname for part in run[-1]] == [
        "PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"
    ]  # fmt: skip
    assert texts(data, ".//p:InstdAmt") == ["0.05", "1234.56"]
    assert texts(data, ".//p:CtrlSum") == ["1234.61", "1234.61"]
    assert texts(data, ".//p:NbOfTxs") == ["2", "2"]
    assert set(texts(data, ".//p:ClrSysId/p:Cd")) == {"GBDSC"}
    assert set(texts(data, ".//p:CdtTrfTxInf//p:MmbId")) == {"200000"}
    assert set(texts(data, ".//p:CdtrAcct//p:Id/p:Othr/p:Id")) == {"00000001"}
    assert texts(data, ".//p:CreDtTm") == ["2026-05-14T09:30:00+00:00"]


@pytest.mark.parametrize(
    "made, words",
    [
        (order(), "no payments"),
        (order(credit(1), credit(1)), "R7-1 stands twice"),
        (order(credit(pence=0)), r"above £0\.00"),
        (order(credit(pence=-5)), r"above £0\.00"),
        (order(credit(reference="PB of Example")), "holds the payee's name"),
        (order(credit(reference="PAT 2026-05")), "holds the payee's name"),
        (order(credit(reference="a reference of many letters")), "longer than 18"),
        (order(credit(reference=" ")), "Fill in what is empty"),
        (order(credit(reference="PB<7>")), "cannot take “<”"),
        (order(credit(name="李 Example")), "cannot take “李”"),
        (order(credit(number="x" * 40)), "1 to 35 letters"),
        (order(credit(number="a/b")), "1 to 35 letters"),
        (order(Credit("", credit().to, 5, "PB")), "1 to 35 letters"),
    ],
)
def test_what_a_bank_would_refuse_is_refused_first(made, words):
    with pytest.raises(NotPain001, match=words):
        write(made)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=90))
def test_text_is_plain_and_short_or_refused_in_words(text):
    try:
        found = plain(text, 70)
    except NotPain001 as refusal:
        assert refusal.says
    else:
        assert 0 < len(found) <= 70
        assert set(found) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")


def test_names_keep_their_letters_without_the_accents():
    assert plain("Zoë O’Nonesuch & Søn", 70) == "Zoe O'Nonesuch + Son"
    assert plain("Straße", 70) == "Strasse"


@pytest.mark.parametrize(
    "old, new, words",
    [
        (b"<NbOfTxs>2<", b"<NbOfTxs>3<", "says 3 payments"),
        (b"<CtrlSum>784.05<", b"<CtrlSum>784.06<", "784.06"),
        (b"R7-2", b"R7-1", "a payment twice"),
        (b'Ccy="GBP"', b'Ccy="EUR"', "not in pounds"),
        (b">784.00<", b">784.0<", "two decimals"),
        (b">784.00<", b">NaN<", "two decimals"),
        (b">784.00<", b">7.84E2<", "two decimals"),
        (b"2026-05-18", b"2026-02-30", "not a day"),
        (b"001.001.03", b"001.001.09", "0 group headers"),
        (b"</PmtInf>", b"</PmtInf><PmtInf/>", "has no PmtInfId"),
        (b"EndToEndId", b"EndToEnd", "has no EndToEndId"),
        (b"</Document>", b"", "not XML"),
        (b'encoding="UTF-8"?>', b'encoding="UTF-8"?><!DOCTYPE Document>', "document type"),
    ],
)
def test_a_file_that_does_not_agree_with_itself_is_refused(old, new, words):
    data = write(order(credit(1), credit(2, 5)))
    assert old in data
    with pytest.raises(NotPain001, match=words):
        read(data.replace(old, new))


def test_an_entity_is_never_followed():
    secret = b'<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    data = write(order(credit())).replace(b"?>", b"?>" + secret, 1).replace(b"MSG-7", b"&x;")
    with pytest.raises(NotPain001):
        read(data)


def test_two_thousand_mutated_files_are_read_or_refused_in_words():
    chance = random.Random(20260518)
    good = write(order(*(credit(number, number * 7 + 1) for number in range(5))))
    refused = 0
    for _ in range(2_000):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            where = chance.randrange(len(data))
            what = chance.choice(["change", "cut", "double", "drop"])
            if what == "change":
                data[where] = chance.randrange(256)
            elif what == "cut":
                del data[where:]
            elif what == "double":
                data[where:where] = data[where : where + 40]
            else:
                del data[where : where + chance.randint(1, 20)]
            if not data:
                data = bytearray(b" ")
        try:
            found = read(bytes(data))
        except NotPain001 as refusal:
            refused += 1
            assert refusal.says
        else:
            assert found.total_pence == sum(found.pence_by_id.values())
    assert refused > 1_000


@pytest.mark.parametrize("written", ["200000", "20-00-00", " 20 00 00 "])
def test_a_sort_code_is_read_as_people_write_it(written):
    account = bank_account(" Pat Example ", written, "1234 5678")
    assert (account.name, account.sort_code, account.number) == ("Pat Example", "200000", "12345678")
    assert account.ending == "5678"


@pytest.mark.parametrize(
    "name, sort_code, number, field",
    [
        ("Pat Example", "20-00-0", "12345678", "sort_code"),
        ("Pat Example", "20-0000", "12345678", "sort_code"),
        ("Pat Example", "２０００００", "12345678", "sort_code"),
        ("Pat Example", "200000", "1234567", "number"),
        ("Pat Example", "200000", "1234567x", "number"),
        (" ", "200000", "12345678", "name"),
    ],
)
def test_details_of_another_shape_are_refused_by_field(name, sort_code, number, field):
    with pytest.raises(NotBankDetails) as refusal:
        bank_account(name, sort_code, number)
    assert refusal.value.field == field
    with pytest.raises(NotBankDetails):
        BankAccount(name, sort_code, number)
