// The agenda's hands and keys: one key to each deed, arrows between appointments, a block that can be dragged. Without all
// this the page is links and forms; the form "Mudar de horário" does what dragging does, to another professional too.
"use strict";

const FIVES = 12;
const SNAP = 3; // fives: a quarter of an hour
const NEAR_ENOUGH = 5; // pixels: less is a click

// ---- keys -------------------------------------------------------------------------------------------------------

const typing = (target) => target instanceof Element && target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog");
const blocks = () => all("[data-block]");

// Whoever dictates to the machine says letters that are no orders: they can be switched off, and they rest where they are not told.
const singleKeys = document.querySelector("[data-single-keys]");
const remembered = (ask) => { try { return ask(localStorage); } catch { return null; } }; // a browser may forbid it
if (singleKeys) singleKeys.checked = remembered((kept) => kept.getItem("atalhos")) !== "nao";
on("change", "[data-single-keys]", (box) => remembered((kept) => kept.setItem("atalhos", box.checked ? "sim" : "nao")));

function across(from, step) {
  const columns = all(".board-column").map((column) => all("[data-block]", column));
  const here = columns.findIndex((list) => list.includes(from));
  const top = from.getBoundingClientRect().top;
  for (let at = here + step; columns[at]; at += step) {
    const [nearest] = columns[at].slice().sort((one, other) =>
      Math.abs(one.getBoundingClientRect().top - top) - Math.abs(other.getBoundingClientRect().top - top));
    if (nearest) return nearest;
  }
  return from;
}

function walk(key) {
  const list = blocks();
  const here = list.indexOf(document.activeElement);
  if (here < 0) return key === "ArrowDown" && !typing(document.activeElement) && document.activeElement === document.body ? list[0] : null;
  if (key === "ArrowDown") return list[Math.min(here + 1, list.length - 1)];
  if (key === "ArrowUp") return list[Math.max(here - 1, 0)];
  return across(list[here], key === "ArrowRight" ? 1 : -1);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key.startsWith("Arrow")) {
    const next = walk(event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    return;
  }
  if (!singleKeys?.checked || !singleKeys.checkVisibility()) return;
  const [target] = all("[data-key]").filter((one) => one.dataset.key === event.key.toLowerCase());
  if (!target) return;
  event.preventDefault();
  if (target instanceof HTMLInputElement) target.focus();
  else target.click();
});

on("change", "[data-sends] input[type=date], [data-sends] select", (field) => field.form.requestSubmit());

// ---- one hour, chosen or typed ----------------------------------------------------------------------------------

on("change", ".times input", (chosen) => { const other = chosen.form.elements.outra; if (other) other.value = ""; });
on("input", "input[name=outra]", (typed) => {
  if (typed.value) for (const one of all(".times input", typed.form)) one.checked = false;
});

// ---- dragging ---------------------------------------------------------------------------------------------------

let held = null;

const five = (body) => parseFloat(getComputedStyle(body).height) / ((body.dataset.last - body.dataset.first) * FIVES);
const digits = (number) => String(number).padStart(2, "0");
const clock = (fives, minutes) => `${digits(Math.floor(fives / FIVES))}:${digits((fives % FIVES) * 5 + minutes)}`;

function bodyAt(x) {
  return all(".board-column").map((column) => [column, column.getBoundingClientRect()])
    .filter(([, box]) => box.left <= x && x < box.right)
    .map(([column]) => column.querySelector(".board-body"))[0] || held.body;
}

function isOpen(body, from, to) {
  return all(".closed", body).every((one) => {
    const [begins, ends] = [one.dataset.h * FIVES + +one.dataset.f, one.dataset.th * FIVES + +one.dataset.tf];
    return to <= begins || ends <= from;
  });
}

// Steps are counted from where it was: what stands beside the quarter hours keeps its minutes.
function follow({ clientX, clientY }) {
  const body = bodyAt(clientX);
  const high = five(body);
  const first = body.dataset.first * FIVES;
  const top = (clientY - body.getBoundingClientRect().top - held.grip) / high + first;
  const steps = Math.round((top - held.start) / SNAP) * SNAP;
  const most = Math.max(body.dataset.last * FIVES - held.length, held.start);
  const at = steps ? Math.min(Math.max(held.start + steps, first), most) : held.start;
  const column = body.closest(".board-column");
  const stays = at === held.start && column.id === held.column;
  Object.assign(held, { at, under: { ...column.dataset }, stays, open: isOpen(body, at, at + held.length), seen: { clientX, clientY } });
  if (stays && !held.moves) return;
  held.moves = true;
  held.block.classList.add("dragged");
  body.append(held.mark);
  held.mark.style.top = `${(at - first) * high}px`;
  held.mark.style.height = `${held.length * high}px`;
  held.mark.textContent = clock(at, held.minutes);
}

function letGo() {
  if (!held) return;
  held.block.classList.remove("dragged");
  held.mark.remove();
  held = null;
}

// A mouse alone: a finger on a block scrolls, and the form on the card moves. What is held has a number, not a place: a block
// that comes in above it must not be moved in its stead.
on("pointerdown", ".board-body .block[data-moves]", (block, event) => {
  if (event.button !== 0 || event.pointerType !== "mouse" || matchMedia("(max-width: 52rem)").matches) return;
  const mark = document.createElement("div");
  mark.className = "drop";
  held = {
    id: block.dataset.id, block, mark, body: block.closest(".board-body"), column: block.closest(".board-column").id,
    start: block.dataset.h * FIVES + +block.dataset.f, minutes: +block.dataset.m, length: +block.dataset.length || 1,
    grip: event.clientY - block.getBoundingClientRect().top, from: [event.clientX, event.clientY], moves: false,
  };
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (!held.moves && Math.hypot(event.clientX - held.from[0], event.clientY - held.from[1]) < NEAR_ENOUGH) return;
  follow(event);
});
document.addEventListener("htmx:sseMessage", () => { if (held?.moves) follow(held.seen); });
document.addEventListener("pointerup", async () => {
  if (!held || !held.moves) return letGo();
  const { id, block, at, minutes, open, under, stays } = held;
  const still = (event) => { event.preventDefault(); event.stopPropagation(); };
  document.addEventListener("click", still, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", still, { capture: true }), 0);
  letGo();
  if (!stays) await move(id, block, under, clock(at, minutes), open);
});
document.addEventListener("pointercancel", letGo);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") letGo(); });
document.addEventListener("dragstart", (event) => { if (held) event.preventDefault(); });

// Who drops a block where one professional's day is open has seen that it is: the clients' minimum lead is not the desk's.
// A column of everybody shows when anybody attends, which says nothing of the one who does this.
async function move(id, block, { day, who }, hora, open) {
  const said = new URLSearchParams({ dia: day, com: who, hora, fora: who && open ? "sim" : "" });
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];
  block.classList.add("dragged");
  try {
    const answer = await fetch(`/painel/agenda/${id}/mover`, { method: "POST", body: said, headers: { "X-CSRF-Token": token, "HX-Request": "true" } });
    const told = JSON.parse(answer.headers.get("HX-Trigger") || "{}").recado;
    if (told) say(told.texto, told.tipo, told.leva);
    else say("Algo deu errado. Atualize a página.", "bad");
  } catch {
    say("Sem conexão com o servidor. Tente de novo em instantes.", "bad");
  } finally {
    block.classList.remove("dragged");
  }
}

// ---- the line of now --------------------------------------------------------------------------------------------

const loaded = Date.now();
let shown = 0;

setInterval(() => {
  const minutes = Math.floor((Date.now() - loaded) / 300000);
  for (const line of minutes > shown ? all("[data-now]") : []) {
    const at = line.dataset.h * FIVES + +line.dataset.f + minutes - shown;
    Object.assign(line.dataset, { h: Math.floor(at / FIVES), f: at % FIVES });
  }
  shown = Math.max(shown, minutes);
}, 30000);

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".board-scroll");
  const line = document.querySelector("[data-now]");
  if (box && line) box.scrollTop = Math.max(0, line.offsetTop - box.clientHeight / 3);
});
