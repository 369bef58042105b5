// The phone in the browser: who writes, what they write, and what the people at the company do meanwhile.
"use strict";

const at = (id) => document.getElementById(id);
const talk = new Talk(at("talk"));
const SAMPLES = [
  { phone: "5511987654321", name: "Ana Souza" },
  { phone: "5521998765432", name: "Bruno Lima" },
  { phone: "5531976543210", name: "Célia Ramos" },
];
const CHIPS = ["Bom dia!", "Qual é o horário de vocês?", "Quanto custa a consulta?", "Quero marcar um horário", "Falar com atendente"];
const SILENCES = {
  person: "silêncio: uma pessoa está atendendo", hours: "silêncio: fora do horário", group: "silêncio: grupo",
  menu: "silêncio: menu", type: "silêncio: tipo não atendido", "no webhook": "nenhum webhook configurado",
  "from me": "silêncio: mensagem da própria empresa", status: "silêncio: status", "bot disabled": "silêncio: robô desligado",
};
const TYPING_AT_MOST = 45000;
const now = { lines: [], line: null, contact: null, chats: [], added: [], ticket: undefined, stream: null, typing: 0 };

async function ask(method, path, body) {
  const options = { method, headers: { "Content-Type": "application/json" } };
  if (body !== undefined) options.body = JSON.stringify(body);
  const response = await fetch(`/_sandbox${path}`, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || `erro ${response.status}`);
  return answer;
}

const here = (rest) => `/connections/${encodeURIComponent(now.line.id)}${rest}`;

function tell(text) {
  const toast = at("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { toast.hidden = true; }, 6000);
}

const guarded = (work) => async (...given) => {
  try {
    await work(...given);
  } catch (error) {
    tell(`Não deu certo: ${error.message}`);
  }
};

// ---- who writes --------------------------------------------------------------------------------------------------

async function loadLines() {
  now.lines = (await ask("GET", "/connections")).connections;
  const [, , wanted, contact] = location.pathname.split("/").map(decodeURIComponent);
  now.line = now.lines.find((one) => one.id === wanted) || now.lines[0] || null;
  if (!now.line) {
    at("presence").textContent = "nenhuma conexão aberta";
    at("business").textContent = "Whaticket";
    setTimeout(guarded(loadLines), 2000);
    return;
  }
  at("line").replaceChildren(...now.lines.map((one) => {
    const option = make("option", "", one.name === "Recepção" ? one.id : `${one.name} (${one.id})`);
    option.value = one.id;
    option.selected = one === now.line;
    return option;
  }));
  at("line-picker").hidden = now.lines.length < 2;
  await enterLine(contact);
}

async function enterLine(phone) {
  at("business").textContent = now.line.name;
  at("business-avatar").textContent = initials(now.line.name);
  document.title = `${now.line.name} · telefone de demonstração`;
  now.added = [];
  await loadChats();
  const known = now.chats.find((one) => one.phone === phone);
  if (!known && /^\d{10,15}$/.test(phone || "")) {
    now.added.unshift({ phone, name: shownPhone(phone) });
    showChats();
  }
  choose(known || now.added[0] || now.chats[0], { enter: Boolean(phone) });
}

async function loadChats() {
  const answer = await ask("GET", here("/chats"));
  now.chats = answer.chats;
  showChats();
}

function everyone() {
  const known = new Set(now.chats.map((one) => one.phone));
  const samples = now.chats.length > 3 ? [] : SAMPLES;
  return [...now.chats, ...[...now.added, ...samples].filter((one) => !known.has(one.phone) && known.add(one.phone))];
}

function showChats() {
  at("chats").replaceChildren(...everyone().map((one) => {
    const item = make("li");
    const button = make("button", "chat");
    button.type = "button";
    button.setAttribute("aria-current", String(Boolean(now.contact && now.contact.phone === one.phone)));
    const words = make("span", "grow");
    words.append(make("span", "name", one.name), make("span", "quiet cut", one.last || (one.kind ? kindName(one.kind) : shownPhone(one.phone))));
    button.append(avatar(one.name, one.phone), words);
    if (one.at) button.append(make("span", "when", hour(one.at)));
    button.addEventListener("click", () => choose(one, { enter: true }));
    item.append(button);
    return item;
  }));
}

function choose(contact, { enter }) {
  now.contact = contact || SAMPLES[0];
  now.ticket = undefined;
  talk.clear();
  setTyping(false);
  at("calls").replaceChildren();
  showTicket(null);
  showChats();
  showChips();
  const path = `/telefone/${encodeURIComponent(now.line.id)}/${now.contact.phone}`;
  if (enter || location.pathname !== "/") history.replaceState(null, "", path);
  if (enter) document.body.dataset.view = "talk";
  listen();
}

// ---- what happens ------------------------------------------------------------------------------------------------

function listen() {
  if (now.stream) now.stream.close();
  const stream = new EventSource(`/_sandbox${here("/events")}?contact=${now.contact.phone}`);
  now.stream = stream;
  const mine = (work) => (event) => { if (now.stream === stream) work(JSON.parse(event.data)); };
  stream.addEventListener("open", () => { showPresence(); });
  stream.addEventListener("error", () => { at("presence").textContent = "reconectando…"; });
  stream.addEventListener("message", mine((message) => {
    if (message.direction !== "in") setTyping(false);
    talk.add(message);
    showChips();
    later(loadChats);
  }));
  stream.addEventListener("webhook", mine(showCall));
  stream.addEventListener("ticket", mine(showTicket));
}

function later(work) {
  clearTimeout(later.timer);
  later.timer = setTimeout(guarded(work), 250);
}

function showCall(call) {
  const arrived = call.status >= 200 && call.status < 300;
  if (call.message_id && !call.event.endsWith("sent")) {
    if (arrived) talk.tick(call.message_id, "delivered");
    else if (!call.silent) talk.tick(call.message_id, "failed", call.error || `a Secretaria respondeu ${call.status}`);
  }
  const item = make("li", arrived ? "good" : call.silent ? "still" : "bad");
  const what = call.silent ? SILENCES[call.silent] || `silêncio: ${call.silent}`
    : call.status ? `${call.status} em ${Math.round(call.seconds * 1000)} ms` : "sem resposta";
  item.append(make("span", "when", hour(call.at)), make("span", "grow", what));
  if (call.event !== "message") item.append(make("code", "", call.event));
  item.title = call.error || call.body || "";
  at("calls").prepend(item);
  while (at("calls").children.length > 30) at("calls").lastChild.remove();
}

function setTyping(on) {
  clearTimeout(now.typing);
  talk.typing(on);
  now.isTyping = on;
  if (on) now.typing = setTimeout(() => setTyping(false), TYPING_AT_MOST);
  showPresence();
}

function showPresence() {
  const person = now.ticket && now.ticket.status === "open" && now.ticket.user;
  at("presence").textContent = now.isTyping ? "digitando…" : person ? `${person.name} está atendendo` : "online";
  at("presence").classList.toggle("lively", Boolean(now.isTyping));
}

function showTicket(ticket) {
  const before = now.ticket;
  now.ticket = ticket;
  const [state, text] = !ticket ? ["none", "Nenhuma conversa ainda"]
    : ticket.status === "closed" ? ["closed", `Atendimento nº ${ticket.id} encerrado`]
      : ticket.user ? ["person", `${ticket.user.name} está com o atendimento nº ${ticket.id}`]
        : ["assistant", `A assistente está com o atendimento nº ${ticket.id}`];
  at("holder").dataset.state = state;
  at("holder").textContent = text;
  if (before && ticket && before.id === ticket.id) {
    const [was, is] = [before.user && before.user.name, ticket.user && ticket.user.name];
    if (ticket.status === "closed" && before.status !== "closed") talk.note("Atendimento encerrado");
    else if (is && is !== was) talk.note(`${is} assumiu o atendimento`);
    else if (was && !is) talk.note("Atendimento devolvido à assistente");
  }
  if (ticket && ticket.user) setTyping(false);
  for (const button of document.querySelectorAll("[data-action]")) {
    button.disabled = !ticket
      || (button.dataset.action === "release" && !ticket.user)
      || (button.dataset.action === "close" && ticket.status === "closed");
  }
  showPresence();
}

// ---- what is said ------------------------------------------------------------------------------------------------

async function say(fields) {
  const contact = now.contact;
  const answer = await ask("POST", here("/say"), { phone: contact.phone, name: contact.name, ...fields });
  if (contact !== now.contact) return;
  const [call] = answer.webhooks;
  const answered = talk.byId.size && [...talk.element.children].at(-1)?.classList.contains("theirs");
  if (call && call.status >= 200 && call.status < 300 && !answered) setTyping(true);
}

function showChips() {
  at("chips").hidden = !talk.empty;
  if (!talk.empty || at("chips").children.length) return;
  at("chips").append(...CHIPS.map((text) => {
    const chip = make("button", "chip", text);
    chip.type = "button";
    chip.addEventListener("click", guarded(() => say({ text })));
    return chip;
  }));
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, 140)}px`;
}

function sendsOnEnter(area, form) {
  area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

at("composer").addEventListener("submit", guarded(async (event) => {
  event.preventDefault();
  const text = at("text").value.trim();
  if (!text) return;
  at("text").value = "";
  grow(at("text"));
  await say({ text });
}));

at("clip").addEventListener("click", () => {
  at("kinds").hidden = !at("kinds").hidden;
  at("clip").setAttribute("aria-expanded", String(!at("kinds").hidden));
});

document.addEventListener("click", (event) => {
  if (event.target.closest(".attach")) return;
  at("kinds").hidden = true;
  at("clip").setAttribute("aria-expanded", "false");
});

for (const button of document.querySelectorAll("[data-kind]")) {
  button.addEventListener("click", guarded(async () => {
    at("kinds").hidden = true;
    const text = at("text").value.trim();
    at("text").value = "";
    await say({ kind: button.dataset.kind, text });
  }));
}

at("staff").addEventListener("submit", guarded(async (event) => {
  event.preventDefault();
  const text = at("staff-text").value.trim();
  if (!text) return;
  const via = at("from-phone").checked ? "phone" : "panel";
  await staff("say", { text, via });
  at("staff-text").value = "";
}));

async function staff(action, more) {
  if (talk.empty) throw new Error("este contato ainda não escreveu");
  await ask("POST", here("/staff"), { phone: now.contact.phone, action, user: at("person").value, ...more });
}

for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", guarded(() => staff(button.dataset.action)));
}

// ---- the page itself ---------------------------------------------------------------------------------------------

sendsOnEnter(at("text"), at("composer"));
sendsOnEnter(at("staff-text"), at("staff"));
at("back").addEventListener("click", () => { document.body.dataset.view = "chats"; });
at("open-team").addEventListener("click", () => { document.body.dataset.view = "team"; });
at("close-team").addEventListener("click", () => { document.body.dataset.view = "talk"; });
at("line").addEventListener("change", guarded(async () => {
  now.line = now.lines.find((one) => one.id === at("line").value);
  await enterLine();
}));
at("add").addEventListener("click", () => {
  at("new-form").reset();
  at("new-problem").textContent = "";
  at("new-contact").showModal();
});
at("new-cancel").addEventListener("click", () => at("new-contact").close());
at("new-form").addEventListener("submit", (event) => {
  const phone = readPhone(at("new-phone").value);
  if (!phone) {
    event.preventDefault();
    at("new-problem").textContent = "Escreva o DDD e o número, como (11) 98765-4321.";
    return;
  }
  const contact = { phone, name: at("new-name").value.trim() || shownPhone(phone) };
  now.added.unshift(contact);
  choose(contact, { enter: true });
});
if (location.pathname.split("/").length > 3) document.body.dataset.view = "talk";
setInterval(() => { if (now.line && !document.hidden) loadChats().catch(() => {}); }, 5000);
guarded(loadLines)();
