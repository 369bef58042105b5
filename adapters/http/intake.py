"""The door: POST /webhook/whaticket. It reads bytes and headers, calls one use case, and answers 202."""

from __future__ import annotations

import time
from typing import Annotated, Any

import msgspec
from litestar import Request, Router, post
from litestar.exceptions import ClientException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter
from litestar.status_codes import HTTP_202_ACCEPTED, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from adapters.http.client_address import ClientAddress
from adapters.http.problems import Problem
from adapters.telemetry import metrics
from adapters.telemetry.log import note
from application.intake.receive_webhook import ReceiveWebhook, Receipt, Webhook
from domain.shared.errors import SecretariaError
from domain.shared.ids import ConnectionId


class ReceiptOut(msgspec.Struct, omit_defaults=True):
    """`queued` is false when there is nothing to do, and `reason` says why."""

    queued: bool
    reason: str | None = None
