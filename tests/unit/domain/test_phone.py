"""One person has one number, whatever WhatsApp or a keyboard makes of it."""

from __future__ import annotations

from time import perf_counter

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shared.errors import Invalid
from domain.shared.phone import InvalidPhone, Phone

AREAS = [11, 12, 19, 21, 24, 27, 28, 31, 38, 41, 47, 51, 61, 69, 71, 79, 81, 89, 91, 99]

areas = st.sampled_from(AREAS)
mobiles = st.builds("{}{:08d}".format, areas, st.integers(60_000_000, 99_999_999))
"""As numbers were before the ninth digit: area code and eight digits, the first from 6 to 9."""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5531987654321", "+5531987654321"),
        ("553187654321", "+5531987654321"),
        ("+553187654321", "+5531987654321"),
        ("+55 (31) 98765-4321", "+5531987654321"),
        ("+55 31 8765-4321", "+5531987654321"),
        ("0055 31 98765 4321", "+5531987654321"),
        ("(31) 98765-4321", "+5531987654321"),
        ("31 8765-4321", "+5531987654321"),
        ("031 98765-4321", "+5531987654321"),
        ("(11) 3456-7890", "+551134567890"),
        ("551134567890", "+551134567890"),
        ("55 98765-4321", "+5555987654321"),
        ("(55) 3220-1234", "+555532201234"),
        ("+14155552671", "+14155552671"),
        ("+351 912 345 678", "+351912345678"),
        ("+34 912 345 678", "+34912345678"),
        ("595981123456", "+595981123456"),
    ],
)
def test_a_number_is_understood_as_people_and_machines_write_it(written: str, meant: str):
    assert Phone.parse(written).value == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "+",
        "oi",
        "123",
        "+55",
        "5531",
        "+5501987654321",
        "+5531587654321",
        "+551187654321000",
        "+1 199 555 2671",
        "+0123456789",
        "+1234567890123456",
        "123456789012345@lid",
        "+55\u0663\u0661987654321",
        "+5531987654321\n5",
    ],
)
def test_what_is_no_number_is_refused_without_repeating_it(written: str):
    with pytest.raises(InvalidPhone) as refusal:
        Phone.parse(written)

    assert isinstance(refusal.value, Invalid)
    assert written.strip() == "" or len(written) < 3 or written not in str(refusal.value)


@pytest.mark.parametrize(
    "value", ["+553187654321", "5531987654321", "+5531987654321 ", "+55319876543210", "+5531987654321\n", "+"]
)
def test_the_value_itself_never_guesses(value: str):
    with pytest.raises(InvalidPhone):
        Phone(value)


@given(mobiles)
def test_both_spellings_of_a_mobile_are_one_phone(number: str):
    older, newer = f"+55{number}", f"+55{number[:2]}9{number[2:]}"

    assert Phone.parse(older) == Phone.parse(newer) == Phone(newer)


@given(mobiles)
def test_the_address_for_whatsapp_leads_back_to_the_same_phone(number: str):
    phone = Phone.parse(f"+55{number}")

    assert Phone.parse("+" + phone.whatsapp) == phone


@given(areas, st.integers(20_000_000, 59_999_999))
def test_a_landline_never_gets_a_ninth_digit(area: int, local: int):
    assert Phone.parse(f"+55{area}{local}").value == f"+55{area}{local}"


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("+5511987654321", "5511987654321"),
        ("+5528987654321", "5528987654321"),
        ("+5531987654321", "553187654321"),
        ("+5531965432109", "553165432109"),
        ("+5531954321098", "5531954321098"),
        ("+5531912345678", "5531912345678"),
        ("+551134567890", "551134567890"),
        ("+14155552671", "14155552671"),
    ],
)
def test_a_typed_number_is_addressed_as_whatsapp_registered_it(phone: str, address: str):
    assert Phone(phone).whatsapp == address


@pytest.mark.parametrize("region", ["BR", "PT", "US", "AR", "PY", "GB", "DE", "JP", "AO", "MZ", "IT", "ID", "NU"])
@pytest.mark.parametrize("kind", [phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE])
def test_real_numbers_of_many_countries_can_be_held(region: str, kind: int):
    example = phonenumbers.example_number_for_type(region, kind)

    e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)

    assert Phone.parse(e164).value == e164


@given(st.text())
def test_any_text_is_a_phone_or_refused(text: str):
    try:
        phone = Phone.parse(text)
    except InvalidPhone:
        return
    assert Phone.parse(phone.value) == phone


@pytest.mark.parametrize("text", ["5" * 100_000, "(" * 100_000, "+55 " * 25_000, "0" * 100_000])
def test_a_hundred_hostile_kilobytes_are_refused_at_once(text: str):
    begin = perf_counter()
    with pytest.raises(InvalidPhone):
        Phone.parse(text)

    assert perf_counter() - begin < 1
