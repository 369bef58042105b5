"""A company's further connections, and the secrets of their webhooks."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from application.provisioning.connect_line import ConnectLine, LineOrder
from application.provisioning.order import CompanyOrder
from application.provisioning.ports import ConnectionNotFound
from application.provisioning.rotate_webhook import RotateWebhook
from domain.companies.connection import AuthMode
from domain.shared.errors import Invalid, Refused
from domain.shared.ids import ConnectionId
from tests.builders.opening import Opening
from tests.fakes.provisioning import FakeCompanies, FakeLines, FakePlaces, FakeQueues, no_plan

LINE = LineOrder("https://whaticket.example.com", api_token="a-token")
ORDER = CompanyOrder("Clínica Sorriso", LINE)


class Office:
    def __init__(self) -> None:
        self.companies, self.lines, self.numbers = FakeCompanies(), FakeLines(), count()
        self.opening = Opening(self.companies, FakePlaces(), self.lines, FakeQueues())
        self.connect = ConnectLine(
            self.companies, self.lines, lambda: ConnectionId(f"further{next(self.numbers)}"), self.new_secret, no_plan
        )
        self.rotate = RotateWebhook(self.lines, self.new_secret)

    def new_secret(self) -> str:
        return f"secret-{next(self.numbers)}"


async def test_a_further_connection_has_its_own_id_and_secrets():
    office = Office()
    opened = await office.opening(ORDER)

    line = await office.connect(
        opened.company.id, LineOrder("https://two.example.com/", "t", auth=AuthMode.PATH, with_token=True)
    )

    assert line.base_url == "https://two.example.com"
    assert line.webhook_token not in (None, *line.webhook_secrets)
    assert not set(line.webhook_secrets) & set(opened.connection.webhook_secrets)
    assert set(office.lines.kept) == {opened.connection.id, line.id}


async def test_a_company_that_is_not_active_gets_no_connection():
    office = Office()
    company = (await office.opening(ORDER)).company
    company.begin_closing()
    company.close()
    await office.companies.save(company)

    with pytest.raises(Refused):
        await office.connect(company.id, LINE)


async def test_two_secrets_are_valid_while_one_is_replaced():
    office = Office()
    line = (await office.opening(ORDER)).connection

    once = await office.rotate(line.id, overlap=timedelta(hours=1))
    twice = await office.rotate(line.id, overlap=timedelta(hours=1))

    assert once.webhook_secrets[1:] == line.webhook_secrets
    assert twice.webhook_secrets == (twice.webhook_secrets[0], once.webhook_secrets[0])
    assert len({*line.webhook_secrets, *twice.webhook_secrets}) == 3


async def test_without_an_overlap_only_the_new_secret_is_left():
    office = Office()
    line = (await office.opening(ORDER)).connection

    rotated = await office.rotate(line.id, overlap=timedelta(0))

    assert len(rotated.webhook_secrets) == 1
    assert not set(rotated.webhook_secrets) & set(line.webhook_secrets)
    assert await office.lines.get(line.id) == rotated


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=31)])
async def test_an_overlap_that_makes_no_sense_is_refused(overlap: timedelta):
    with pytest.raises(Invalid):
        await RotateWebhook(FakeLines(), lambda: "s")(ConnectionId("x"), overlap=overlap)


async def test_there_is_nothing_to_rotate_of_an_unknown_connection():
    with pytest.raises(ConnectionNotFound):
        await RotateWebhook(FakeLines(), lambda: "s")(ConnectionId("x"), overlap=timedelta(0))


@pytest.mark.parametrize(
    "wrong",
    [
        {"whaticket_url": "ftp://x"},
        {"whaticket_url": "whaticket.example.com"},
        {"whaticket_url": "https://"},
        {"whaticket_url": "https://user:pass@host"},
        {"whaticket_url": "https://host:99999"},
        {"whaticket_url": "https://ho st"},
        {"whaticket_url": "https://host\n"},
        {"api_token": None},
        {"api_token": ""},
        {"api_token": "a\r\nb"},
        {"api_token": "x" * 2001},
        {"panel_email": "a@b.c"},
        {"panel_password": "p"},
        {"sends_per_minute": -1},
        {"name": ""},
    ],
)
def test_a_line_that_cannot_work_is_refused_by_naming_the_field(wrong: dict):
    with pytest.raises(Invalid) as refusal:
        LineOrder(**{"whaticket_url": "https://w.example.com", "api_token": "t"} | wrong)

    assert refusal.value.field is not None
