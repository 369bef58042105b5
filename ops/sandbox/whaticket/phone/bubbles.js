// What stands on the phone's screen: bubbles, ticks, day marks, notes, and the three dots of someone typing.
"use strict";

const KINDS = {
  audio: ["▶", "0:07"], image: ["◩", "Foto"], video: ["▶", "Vídeo"], document: ["≡", "Documento"],
  sticker: ["☺", "Figurinha"], location: ["⌖", "Localização"], live_location: ["⌖", "Localização em tempo real"],
  contact: ["☺", "Contato"], reaction: ["♥", "Reação"], edit: ["✎", "Mensagem editada"], revoke: ["×", "Mensagem apagada"],
  poll: ["≡", "Enquete"], buttons: ["•", "Botão"], list: ["≡", "Lista"], status: ["○", "Status"],
};
const SHORT = { audio: "Áudio" };

const kindName = (kind) => SHORT[kind] || (KINDS[kind] ? KINDS[kind][1] : kind);
const TICKS = { sent: "✓", delivered: "✓✓", read: "✓✓", failed: "!" };
const SPOKEN_TICKS = { sent: "enviada", delivered: "entregue", read: "lida", failed: "não chegou à Secretaria" };

class Talk {
  constructor(element) {
    this.element = element;
    this.clear();
  }

  clear() {
    this.element.replaceChildren();
    this.byId = new Map();
    this.waiting = new Set();
    this.lastDay = "";
    this.lastSide = "";
    this.dots = null;
  }

  get empty() {
    return this.byId.size === 0;
  }

  add(message) {
    if (this.byId.has(message.id)) return;
    const stay = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 120;
    this.mark(message.at);
    const mine = message.direction === "in";
    const side = mine ? "mine" : message.direction;
    const bubble = make("div", `bubble ${mine ? "mine" : "theirs"}`);
    bubble.dataset.side = side;
    bubble.classList.toggle("first", side + message.author !== this.lastSide);
    this.lastSide = side + message.author;
    if (message.direction === "staff") bubble.append(make("span", "author", `${message.author || "Equipe"} · equipe`));
    this.fill(bubble, message);
    const foot = make("span", "foot", hour(message.at));
    if (mine) foot.append(" ", make("span", "ticks"));
    bubble.append(foot);
    this.byId.set(message.id, bubble);
    this.put(bubble);
    if (mine) this.tick(message.id, "sent");
    else this.readAll();
    if (stay || mine) this.toEnd();
  }

  fill(bubble, message) {
    if (message.kind !== "text") {
      const [mark, name] = KINDS[message.kind] || ["•", message.kind];
      const kind = make("span", "kind", name);
      kind.dataset.kind = message.kind;
      kind.dataset.mark = mark;
      bubble.append(kind);
    }
    if (message.text) bubble.append(formatted(message.text));
    else if (message.kind === "text") bubble.append(make("span", "words quiet", "(mensagem vazia)"));
  }

  mark(seconds) {
    const name = day(seconds);
    if (name === this.lastDay) return;
    this.lastDay = name;
    this.lastSide = "";
    this.put(make("p", "day", name));
  }

  note(text) {
    this.lastSide = "";
    this.put(make("p", "note", text));
    this.toEnd();
  }

  put(element) {
    if (this.dots) this.dots.before(element);
    else this.element.append(element);
  }

  tick(id, state, why) {
    const bubble = this.byId.get(id);
    const ticks = bubble && bubble.querySelector(".ticks");
    if (!ticks || (ticks.dataset.state === "read" && state !== "failed")) return;
    ticks.dataset.state = state;
    ticks.textContent = TICKS[state];
    ticks.title = why || SPOKEN_TICKS[state];
    ticks.setAttribute("role", "img");
    ticks.setAttribute("aria-label", ticks.title);
    if (state === "delivered") this.waiting.add(id);
  }

  readAll() {
    for (const id of this.waiting) this.tick(id, "read");
    this.waiting.clear();
  }

  typing(on) {
    if (on && !this.dots) {
      this.dots = make("div", "bubble theirs dots");
      this.dots.append(make("i"), make("i"), make("i"));
      this.dots.setAttribute("aria-hidden", "true");
      this.element.append(this.dots);
      this.toEnd();
    } else if (!on && this.dots) {
      this.dots.remove();
      this.dots = null;
    }
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }
}
