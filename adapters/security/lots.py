"""What chance decides of a new company."""

from __future__ import annotations

from adapters.security.chance import new_api_key, new_connection_id, new_password, new_secret, new_user_id
from application.provisioning.order import Lot


def draw_lot() -> Lot:
    key_id, key = new_api_key()
    return Lot(
        line=new_connection_id(),
        webhook_secret=new_secret(),
        webhook_token=new_secret(),
        user=new_user_id(),
        password=new_password(),
        key_id=key_id,
        key=key,
    )
