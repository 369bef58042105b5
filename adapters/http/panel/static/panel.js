// What HTMX does not do by itself: the light, drawers, words in the corner, the talk's scroll, pictures. All text goes
// through textContent, and nothing personal is kept in the browser.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, selector, work) => document.addEventListener(type, (event) => {
  const target = event.target instanceof Element && event.target.closest(selector);
  if (target) work(target, event);
});

// ---- light and dark ---------------------------------------------------------------------------------------------

on("click", "[data-theme-switch]", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `tema=${root.dataset.theme}; path=/painel; max-age=31536000; samesite=lax${secure}`;
  document.dispatchEvent(new Event("light"));
});

// ---- what is shown once -----------------------------------------------------------------------------------------

// Such a page answers a form; loading it again would send the form again and make a second key, so it leads on instead.
const once = document.querySelector("[data-shown-once]");
if (once) history.replaceState(null, "", once.dataset.shownOnce);

// ---- drawers and dialogs ----------------------------------------------------------------------------------------

on("click", "[data-opens]", (button) => document.getElementById(button.dataset.opens).showModal());
document.querySelector("dialog[data-opened]")?.showModal();
on("click", "[data-closes]", (button) => button.closest("dialog").close());
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();
});

// ---- rows that are added and taken away -------------------------------------------------------------------------

on("click", "[data-adds]", (button) => {
  const row = document.getElementById(button.dataset.adds).content.firstElementChild.cloneNode(true);
  button.parentElement.before(row);
  row.querySelector("input, textarea").focus();
});
on("click", "[data-removes]", (button) => {
  const row = button.closest("[data-row]");
  const form = row.closest("form");
  (row.nextElementSibling.querySelector("input, button") || form).focus();
  row.remove();
  form.dispatchEvent(new Event("change", { bubbles: true }));
});

// ---- words in the corner ----------------------------------------------------------------------------------------

const FOR_MS = 6000;

function say(text, kind = "", leads = null) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const toast = document.createElement("div");
  toast.className = `toast ${kind}`;
  toast.setAttribute("role", kind === "bad" ? "alert" : "status");
  toast.textContent = text;
  if (leads) toast.append(" ", Object.assign(document.createElement("a"), { href: leads.href, textContent: leads.texto }));
  place.append(toast);
  setTimeout(() => toast.remove(), leads ? 2 * FOR_MS : FOR_MS);
}

document.addEventListener("recado", (event) => say(event.detail.texto, event.detail.tipo, event.detail.leva));
document.addEventListener("htmx:sendError", () => say("Sem conexão com o servidor. Tente de novo em instantes.", "bad"));
document.addEventListener("htmx:responseError", (event) => {
  const heard = event.detail.xhr;
  if (!heard.getResponseHeader("HX-Trigger") && !heard.getResponseHeader("HX-Redirect")) say("Algo deu errado. Atualize a página.", "bad");
});

// ---- a page that is left ----------------------------------------------------------------------------------------

// Whatever is still asking then is cut off. That is told a moment later, to a page that stayed: one that is gone has no fault.
const LATER_MS = 1000;
const later = (tell) => tell && ((event) => setTimeout(tell, LATER_MS, event));

document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
  xhr.onabort = later(xhr.onabort);
  xhr.onerror = later(xhr.onerror);
});

// A stream that ends is opened anew by the browser, every minute; only of one that was refused HTMX has to know.
if (typeof htmx !== "undefined") htmx.createEventSource = (url) => {
  const source = new EventSource(url);
  source.addEventListener("error", (event) => {
    event.stopImmediatePropagation();
    if (source.readyState === EventSource.CLOSED) later(source.onerror)(event);
    else alive("off", "reconectando…");
  });
  return source;
};

// ---- is the page alive? -----------------------------------------------------------------------------------------

function alive(state, words) {
  for (const sign of all("[data-live]")) {
    sign.dataset.state = state;
    sign.textContent = words;
  }
}
document.addEventListener("htmx:sseOpen", () => alive("on", "ao vivo"));
document.addEventListener("htmx:sseError", () => alive("off", "reconectando…"));

// ---- the talk ---------------------------------------------------------------------------------------------------

const scroll = () => document.getElementById("scroll");
const NEAR = 140;
let wasNear = true;

const isNear = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
const toEnd = () => { const box = scroll(); if (box) box.scrollTop = box.scrollHeight; };

function offerTheEnd(show) {
  for (const button of all("[data-to-end]")) button.hidden = !show;
}

document.addEventListener("htmx:sseBeforeMessage", () => { const box = scroll(); if (box) wasNear = isNear(box); });
document.addEventListener("htmx:sseMessage", () => {
  if (!scroll()) return;
  if (wasNear) toEnd();
  else offerTheEnd(true);
});
document.addEventListener("scroll", (event) => { if (event.target === scroll() && isNear(scroll())) offerTheEnd(false); }, true);
on("click", "[data-to-end]", () => { toEnd(); offerTheEnd(false); });

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 176)}px`;
}
on("input", "[data-composer] textarea", grow);
on("keydown", "[data-composer] textarea", (area, event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (area.value.trim()) area.form.requestSubmit(area.form.querySelector("button[aria-label]"));
});
document.addEventListener("htmx:afterSettle", () => {
  const area = document.querySelector("[data-composer] textarea:not([data-seen])");
  if (!area) return;
  area.dataset.seen = "";
  grow(area);
  area.focus();
  toEnd();
});

// ---- choosing some of a list ------------------------------------------------------------------------------------

function chosen(form) {
  const some = all("[data-one]", form).some((one) => one.checked);
  for (const button of all("[data-needs-choice]", form)) button.disabled = !some;
}
on("change", "[data-all]", (box) => {
  for (const one of all("[data-one]", box.form)) one.checked = box.checked;
  chosen(box.form);
});
on("change", "[data-one]", (box) => chosen(box.form));
on("click", "[data-alone]", (button) => { for (const one of all("[data-one]", button.form)) one.checked = false; });

// ---- copying ----------------------------------------------------------------------------------------------------

on("click", "[data-copies]", async (button) => {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say("Copiado.");
  } catch {
    say("Selecionado: copie com Ctrl+C.");
  }
});

// ---- pictures ---------------------------------------------------------------------------------------------------

const drawn = [];

function token(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

function draw(canvas) {
  const picture = JSON.parse(canvas.dataset.picture);
  const [quiet, line] = [token("--quiet"), token("--line")];
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const datasets = picture.series.map((one) => ({
    label: one.label, data: one.values, borderColor: token(one.color), backgroundColor: token(one.color),
    borderWidth: canvas.dataset.kind === "bar" ? 0 : 2, borderRadius: 4, maxBarThickness: 22, tension: 0, pointRadius: 0, pointHitRadius: 12,
  }));
  const axis = { stacked: picture.stacked, border: { display: false }, ticks: { color: quiet, precision: 0, maxRotation: 0, autoSkipPadding: 12 } };
  drawn.push(new Chart(canvas, {
    type: canvas.dataset.kind,
    data: { labels: picture.labels, datasets },
    options: {
      maintainAspectRatio: false, animation: still ? false : { duration: 300 }, locale: "pt-BR",
      interaction: { mode: "index", intersect: false },
      plugins: { legend: { display: datasets.length > 1, position: "bottom", labels: { color: quiet, boxWidth: 10, boxHeight: 10, usePointStyle: true, pointStyle: "circle" } } },
      scales: { x: { ...axis, grid: { display: false } }, y: { ...axis, beginAtZero: true, grid: { color: line } } },
    },
  }));
}

function drawAll() {
  if (typeof Chart === "undefined") return;
  for (const chart of drawn.splice(0)) chart.destroy();
  all("[data-picture]").forEach(draw);
}
document.addEventListener("light", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

document.addEventListener("DOMContentLoaded", () => {
  toEnd();
  for (const area of all("[data-composer] textarea")) area.dataset.seen = "";
  drawAll();
  all("[data-choosing]").forEach(chosen);
  all("#toasts > .toast").forEach((toast) => setTimeout(() => toast.remove(), FOR_MS));
});
