"""The sandboxed Whaticket put together: one world, its ways in, and its page."""

from __future__ import annotations

from litestar import Litestar

from ops.sandbox.control import ON_ERROR
from ops.sandbox.whaticket import control_api, panel_api, phone_page, send_api, token_api
from ops.sandbox.whaticket.media import Shelf
from ops.sandbox.whaticket.saying import Switchboard
from ops.sandbox.whaticket.webhooks import Webhooks
from ops.sandbox.whaticket.world import World


def build(world: World) -> Litestar:
    board = Switchboard(world, Webhooks(world), Shelf())
    panel, tokens = panel_api.PanelDesk(board), token_api.TokenDesk(board)
    return Litestar(
        [
            *control_api.line_routes(board),
            *control_api.people_routes(board),
            *control_api.message_routes(board),
            *control_api.record_routes(board),
            *control_api.fault_routes(board),
            *control_api.whole_routes(board),
            *send_api.routes(send_api.SendDesk(board)),
            *panel_api.session_routes(panel),
            *panel_api.ticket_routes(panel, board),
            *panel_api.list_routes(panel),
            *token_api.autoatende_routes(tokens),
            *token_api.press_ticket_routes(tokens),
            *token_api.whapiv4_routes(tokens),
            *phone_page.routes(board),
        ],
        exception_handlers=ON_ERROR,
        openapi_config=None,
        logging_config=None,
        request_max_body_size=30_000_000,
    )
