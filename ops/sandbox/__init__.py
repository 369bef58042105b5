"""Whaticket, Gemini, Cal.com, a mail server and a payment provider as local services: what the outside does to us, on the record.

Five programs. Each prints one JSON line when it answers (`{"url": "http://127.0.0.1:40123"}`), takes `--port 0`,
ends on SIGTERM, and with `--until-stdin-closes` also when its parent dies. They know nothing of Secretaria.

    python -m ops.sandbox.whaticket --port 0 [--host 127.0.0.1] [--latency-ms 20] [--state FILE] [--seed 7]
        [--connection demo --profile saas-classic --token T --webhook-url U --auth hmac --secret S
         --webhook-token W --name "Clínica" --own-number 551130000000]
    python -m ops.sandbox.gemini --port 0 [--host 127.0.0.1] [--latency-ms 300] [--log 5000] [--seed 7]

    python -m ops.sandbox.mail --port 0 [--smtp-port 0] [--host 127.0.0.1]
    python -m ops.sandbox.payments --port 0 [--host 127.0.0.1]
    python -m ops.sandbox.calcom --port 0 [--host 127.0.0.1] [--latency-ms 0] [--race-ms 3] [--seed 7] [--state FILE]

From Python (`ops/sandbox/handle.py`): `async with start_whaticket(latency_ms=0) as whaticket:` and
`async with start_gemini() as gemini:` start the real process on a free port and give the typed clients
`Whaticket` and `Gemini`, whose methods are the calls below one to one. `Whaticket(url)` and `Gemini(url)` also
attach to one that runs already; `launch("whaticket", port=0)` is the plain way, without asyncio (`.url`, `.pid`, `.stop()`,
`.kill()`). Options are those of the command line: `latency_ms=20`, `state=path`.

Every control call is JSON in, JSON out (`Content-Type: application/json` is required), under `/_sandbox`. A mistake
answers 400 `{"error": "..."}`, an unknown id 404. `GET /_sandbox/health` answers 200 `{"ok": true}`.
Journals are numbered by `seq`, growing over the whole process. `?after=SEQ` gives what came later and `?wait=SECONDS`
holds the answer until there is something (so a test awaits instead of sleeping); `?limit=N`, 1000 by default.
`last` in the answer is the `seq` to go on from.


WHATICKET
=========

A **connection** is one WhatsApp line of one company, with its own token, panel user and webhook. The send and panel
APIs are served at the root (the connection is found by token or e-mail) and under `/c/{connection}` (so that
`{url}/c/{id}` is a base URL of its own, and a wrong token is refused in that connection's dialect). Prefer the latter.

    POST   /_sandbox/connections            create; all fields optional: the answer holds every one of them
    GET    /_sandbox/connections            {"connections": [...]}
    GET    /_sandbox/connections/{id}
    PATCH  /_sandbox/connections/{id}       change any field while it runs
    DELETE /_sandbox/connections/{id}

        id              "whats-1", ...
        profile         community | saas-classic | codatende | ticketz | autoatende | press-ticket | whapiv4 | envelope-b
        family          body of the webhook; by default the profile's:
                        seeds            {"message": {"conversation": ...}, "number": ...}, no id (community has none in stock)
                        baileys          raw message (saas-classic, codatende, ticketz)
                        baileys-wrapped  {"message": raw} (autoatende)
                        wwebjs           {"message", "ticket", "contact", "whatsappId", "queueId"} (press-ticket)
                        events           {"event", "data", ...} and X-Webhook-Event (whapiv4)
                        envelope         {"chamadoId", "mensagem", "acao", ...}, no message id (envelope-b)
                        whazing          flat message event
                        flow-node        AutoAtende's flow node, no message id; auth "flow" signs it as AutoAtende does
                        none             no webhook
        name, own_number, whatsapp_id (int), queue_id (int)
        token           the send token;   panel_email, panel_password   the panel's user
        webhook_url     null: nothing is posted. With auth "path" a "{secret}" in it is replaced
        auth            hmac | header | path | none | flow
        secrets         list; the first signs.   auth_header   "X-N8N-API-KEY".   webhook_token   sent as X-Webhook-Token
        echo            post fromMe echoes of what the bot and the staff send (families that show them); default by family
        latency_ms      of this connection's send API; null: the process's own
        per_minute      sends allowed per minute, 0 unlimited; default 60 for codatende, 500 for whapiv4, else 0
        session_seconds life of a panel access token (900).   out_of_hours   true: family A falls silent
        baileys         "6" | "6.7.19" | "7" | "zapitu": which extra key fields accompany a LID

What a contact does (the webhook is posted as the family does it, and its answer recorded):

    POST /_sandbox/connections/{id}/say
        {"phone": "5511999990000", "name": "Ana", "text": "Bom dia"}            the least
        kind         text (default) | audio | image | video | document | sticker | location | contact | reaction | edit
                     | revoke | poll | live_location | buttons | list | protocol | status | empty
        fragments    ["Oi", "queria marcar", "amanhã"] instead of text: one message each, `gap_ms` apart (0)
        order        [2, 0, 1] with fragments: delivered in this order, while their timestamps (1 s apart) keep the first
        times        2: the same message, same id, posted that many times in parallel
        id           own message id (default new);  target: the id a reaction, edit or revoke is about;  quoted: id
        timestamp    epoch seconds, or age_seconds: 7200 for an old replay
        wrapper      ephemeral | view_once | view_once_v2 (families A)
        lid          "123456789@lid": the chat's address is the LID; with_pn: true adds the number beside it
        group        "120363000000000000@g.us": said in a group
        from_me      true: as if our own number had sent it, whatever the family's filter
        media        {"data": base64, "mime": ..., "filename": ..., "seconds": 7}; by default a small sample. Families A get
                     an encrypted blob and its key (GET it at the `url` in the body); others a public file
        signature    valid (default) | wrong | missing | stale | future;   signature_age: seconds
        force        true: post even where the family's own gates (person on the ticket, "#", hours, group) are silent
        deliver      false: only written down, nothing posted
        wait         false: answer at once, do not await the webhook's answer
      -> {"messages": [entry...], "webhooks": [{"seq", "message_id", "status", "seconds", "body", "error", "silent"}]}
         `status` null with `error` when it could not be delivered; `silent` names the gate that kept it back.
    POST /_sandbox/connections/{id}/replay   {"message_id": ..., "times": 3, "signature": ...}   post it again as it was
    POST /_sandbox/connections/{id}/post     {"body": <json> | "raw": "...", "headers": {...}, "signature": ...}   anything

What the staff does (families that show it post it: events, wwebjs, whazing, envelope; families A show nothing):

    POST /_sandbox/connections/{id}/staff
        {"phone": ..., "action": "say", "text": "Aqui é a Carla", "via": "panel" | "phone", "user": "Carla"}
             via panel also takes the ticket, as the real panel needs; via phone does not
        {"phone": ..., "action": "take" | "release" | "close", "user": "Carla"}
      -> {"ticket": {...}, "message": entry | null, "webhooks": [...]}

The record:

    GET /_sandbox/connections/{id}/messages?contact=PHONE&direction=in|out|staff|system&after=&wait=&limit=
    GET /_sandbox/messages?...                                                  over all connections
      -> {"messages": [{"seq", "connection", "contact" (digits), "address", "direction", "kind", "text", "id",
          "at" (epoch seconds, float), "timestamp", "ticket_id", "state": "sent" | "received", "hidden", "asked", "author"}],
          "last": n}
          direction "out" is what the bot sent by API; `asked` its text before Mustache; `hidden`: not in the panel's
          history (U+200E). With wait, the call returns as soon as one message matches.
    GET /_sandbox/connections/{id}/webhooks?after=&wait=     every webhook posted or kept back, with its answer
    GET /_sandbox/connections/{id}/chats                     the latest conversations, for the phone page
    GET /_sandbox/connections/{id}/requests?after=&wait=     every call of the send and panel APIs: {"seq", "at", "method",
                                                    "path", "status" (null: hung or dropped), "fault", "text", "number"}
    GET /_sandbox/connections/{id}/tickets                   {"tickets": [...]}
    GET /_sandbox/connections/{id}/contacts                  {"contacts": [...]}
    GET /_sandbox/connections/{id}/events?contact=PHONE      the same as server-sent events (the phone page reads it)
    GET /_sandbox/stats                                      {"messages", "sends", "sends_per_second", "webhooks", ...}
    POST /_sandbox/reset                                     forget messages, tickets, contacts, faults; keep connections
    PATCH /_sandbox/settings {"latency_ms": 20}
    POST /_sandbox/connections/{id}/expire-sessions          every panel token is expired from now on (answers 403)

Faults of a connection:

    POST /_sandbox/connections/{id}/faults
        {"kind": ..., "on": "send" (default) | "panel" | "login" | "any", "count": 3 (null: until removed),
         "skip": 0, "probability": 1.0, "seconds": 5, "status": 503, "body": "..."}
        status            answer `status` (500) with `body`; nothing sent
        rate_limited      429 in the profile's words; `retry_after` adds the header
        hang              never answer; nothing sent;              slow   answer as usual after `seconds`
        lost_answer       send it, then cut the connection;        lost_hang      send it, then never answer
        drop              cut the connection before anything;      bad_json       send it, then answer garbage
        queued            200 but delivered only after `seconds`;  swallowed      200 and never delivered
        not_initialised   ERR_WAPP_NOT_INITIALIZED                 invalid_contact  ERR_WAPP_INVALID_CONTACT, by profile
        no_default        ERR_NO_DEF_WAPP_FOUND                    check_contact    ERR_WAPP_CHECK_CONTACT
        sending           ERR_SENDING_WAPP_MSG, nothing sent       unauthorized     as a wrong token or an expired session
      -> {"fault": {"id": 1, ..., "hits": 0}};   GET lists them;   DELETE .../faults removes all, .../faults/{n} one

Phone page: `/` and `/telefone/{connection}/{contact}`. `--state FILE` appends every change as a JSON line; starting
with the same file goes on from there (the last torn line of a killed process is dropped).


GEMINI
======

`POST /v1|v1beta/models/{model}:generateContent | :countTokens | :embedContent | :batchEmbedContents`, and `GET .../models`,
`GET .../models/{model}`. Any non-empty `x-goog-api-key` passes; none is 403; `bad`, or a key that begins with `bad-`, is 400
API_KEY_INVALID. A model named `missing...` is 404. A function call sent back without its `thoughtSignature` is 400.

Unless scripted, an answer is in this order: the **echo rule** (every `#[A-Za-z0-9-]{4,}` in the LAST user content, in order:
`Recebi: #a1b2 #c3d4`); JSON that fits `responseSchema` when JSON is asked for; a call of the allowed function when the mode
is ANY; else Brazilian Portuguese by simple rules from the system text (contact's name, hours, address, prices; never a booking).

    POST   /_sandbox/script    {"answers": [ANSWER, ...]}       used once each, in order, before anything else
                               {"when": "regex", "answer": ANSWER, "times": null, "model": null}
                                                                by last user text; the newest rule wins
        ANSWER: {"text": "..."} | {"parts": [...]} | {"function_call": {"name": ..., "args": {...}}}
                | {"function_calls": [...]} | {"json": {...}} whole body | {"raw": "<html>", "content_type": "text/html"}
                and any of  status, headers {}, delay (seconds), drop "before" | "middle", hang true,
                            finish_reason, usage {...} (camelCase), model_version
    GET    /_sandbox/script    what is left;   DELETE removes all
    POST   /_sandbox/faults    {"kind": ..., "model": null, "action": "generateContent" (null: any), "count": null,
                                "skip": 0, "probability": 1.0, "seconds": 5, "retry_after": 7, "retry_delay": "7s",
                                "message": "..."}
        rate_limited (429 with RetryInfo `retry_delay`, null: without; Retry-After header only with `retry_after`)
        | unavailable (503) | internal (500) | bad_gateway (HTML 502) | bad_key (400) | slow (`seconds` more) | hang | drop
        | drop_middle | bad_json | empty ({}) | blocked (promptFeedback) | safety (no parts) | max_tokens (no parts)
        | malformed_call | unknown_reason
      -> {"fault": {"id", ..., "hits"}};   GET lists;   DELETE .../faults removes all, .../faults/{n} one
    GET    /_sandbox/requests?after=&wait=&limit=
      -> {"requests": [{"seq", "at", "version", "model", "action", "api_key", "headers", "body" (as sent), "last_text",
                        "status" (null: hung or cut), "answer" (the body given), "fault"}], "last": n}
          The newest `--log` ones are kept; DELETE empties the log
    GET    /_sandbox/stats     {"calls", "in_flight", "most_in_flight", "by_status": {...}}
    PATCH  /_sandbox/settings  {"latency_ms": 300}
    POST   /_sandbox/reset     scripts, faults, log, counters


MAIL
====

Takes every letter by SMTP and sends none on. `/` is a page to read them, in Portuguese. An address of `refused.example`
is refused for good (550), one of `later.example` for now (451).

    GET  /_sandbox/messages?to=ADDRESS&after=&wait=&limit=
      -> {"messages": [{"seq", "at", "sender", "to", "subject", "text", "html"}], "last": n}
    GET  /_sandbox/health      {"ok": true, "smtp_url": "smtp://127.0.0.1:40124"}
    POST /_sandbox/reset       forget all letters


PAYMENTS
========

The API of `adapters/payments/gateway.py`: `POST /customers | /subscriptions | /charges`, any bearer token passes, the same
Idempotency-Key is answered with the same thing.

    PATCH /_sandbox/settings   {"webhook_url": ..., "secret": "whsec_...", "fail_next": [503, 422]}
    POST  /_sandbox/tell       {"type": "payment.succeeded", "charge": "cha_...", "at": null, "id": null, "times": 1}
                               posts the event, signed -> {"answers": [{"id", "status", "body"}]}
    GET   /_sandbox/things     everything made, and every event told


CAL.COM
=======

`/v2/slots`, `/v2/slots/reservations`, `/v2/bookings` and what may be done with one, `/v2/event-types`, `/v2/me`, `/v2/webhooks`,
as the contract has them: a missing or wrong `cal-api-version` is the API of 2024-04-15, an unknown field is 400, a naive `start`
is UTC, a reschedule is another booking with another uid, webhooks are awaited inside the call and never tried again.

Its race: between looking and writing lie `race_ms`. The same start, end and host is refused by a unique key (409); another
start or length that overlaps is not, nor is anything that waits for confirmation: then two people have one slot.

    POST  /_sandbox/accounts     {"name", "username", "email", "zone", "per_minute": 120 (0: no limit), "hosted": true, "key"}
    POST  /_sandbox/event-types  {"account": id, "host", "slug", "length": 30, "lengths": [], "every", "notice", "days_ahead",
                                  "confirmation", "email_required", "email_hidden", "phone_required", "managed",
                                  "reason_required", "fields": [], "hours": [{"days": [1..7], "opens", "closes"}]}
    PATCH /_sandbox/settings     {"race_ms", "latency_ms", "now" | "advance_seconds"}: the clock; meetings that begin or end
                                 meanwhile, or as time passes, are told of (MEETING_STARTED, MEETING_ENDED)
    POST  /_sandbox/do/book | reschedule | cancel | confirm   {"uid", "body"}: by the owner's own hand
    POST  /_sandbox/faults       {"kind", "on": endpoint or "any", "count", "skip", "probability", "seconds", "status"}
        status | conflict (409, bare) | rate_limited | bad_gateway (HTML) | error_inside (200 with an error) | slow | hang | drop
        | lost_answer (done, then cut) | lost_hang (done, never told) | bad_json | drop_middle
        endpoints: slots reserve let_go book list get reschedule cancel mark_absent confirm decline event_types event_type me
        hook hooks rehook unhook
    GET   /_sandbox/requests?after=&wait=   {"requests": [{"seq", "endpoint", "method", "path", "version", "account", "query",
                                            "body", "status" (null: hung or cut), "fault"}], "last"}
    GET   /_sandbox/webhooks?after=&wait=   {"webhooks": [{"seq", "hook", "trigger", "body", "signature", "status", "answer"}]}
    POST  /_sandbox/replay       {"seq", "times", "signature"}: a webhook again, as it was
    POST  /_sandbox/post         {"hook", "body" | "raw", "signature"}: anything to a webhook, signed
    GET   /_sandbox/bookings     all, as they are kept;   GET /_sandbox/stats;   POST /_sandbox/reset: keeps accounts and types
"""
