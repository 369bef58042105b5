"""One type per identity, so that a contact is never passed where a conversation is meant."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

TenantId = NewType("TenantId", int)
"""The company's number; its schema is tenant_<id> and its queue has the same name."""

ConnectionId = NewType("ConnectionId", str)
"""A WhatsApp connection of a company, as it stands in the webhook URL: 22 random letters and digits."""

AddressId = NewType("AddressId", int)
ContactId = NewType("ContactId", int)
ConversationId = NewType("ConversationId", int)
EnvelopeId = NewType("EnvelopeId", int)
MessageId = NewType("MessageId", int)
"""An inbound message; grows with arrival inside a company, so it also orders."""

OutgoingId = NewType("OutgoingId", int)
"""An outgoing message; grows with creation inside a company, so it also orders."""

JobId = NewType("JobId", int)
InvoiceId = NewType("InvoiceId", int)
ProfessionalId = NewType("ProfessionalId", int)
ServiceId = NewType("ServiceId", int)
AppointmentId = NewType("AppointmentId", int)
"""Ours for good; a calendar's own name for it may change with every move."""

HoldId = NewType("HoldId", int)
DayOffId = NewType("DayOffId", int)
WaitingId = NewType("WaitingId", int)
"""A place in a waiting list; grows with arrival inside a company, so it also orders."""

AlertId = NewType("AlertId", int)
ContactToTell = NewType("ContactToTell", int)
"""Somebody of the company who hears of its bills and quotas; nobody who writes on WhatsApp."""

UserId = NewType("UserId", UUID)
SessionId = NewType("SessionId", str)
"""A login that goes on; random, and no secret by itself: the tokens that name it are signed."""
