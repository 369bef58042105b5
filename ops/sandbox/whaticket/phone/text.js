// Words and numbers as Brazilians write them; everything shown goes through textContent.
"use strict";

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

const hour = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString("pt-BR", { hour: "2-digit", minute: "2-digit" });

const day = (seconds) => {
  const date = new Date(seconds * 1000);
  const today = new Date();
  const days = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return "Hoje";
  if (days === 1) return "Ontem";
  return date.toLocaleDateString("pt-BR", { day: "numeric", month: "long", year: "numeric" });
};

const shownPhone = (digits) => {
  const parts = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(digits);
  return parts ? `+55 ${parts[1]} ${parts[2]}-${parts[3]}` : `+${digits}`;
};

const readPhone = (typed) => {
  const digits = typed.replace(/\D/g, "");
  if (/^55\d{10,11}$/.test(digits)) return digits;
  return /^\d{10,11}$/.test(digits) ? `55${digits}` : null;
};

const initials = (name) => {
  const words = name.replace(/[^\p{L}\s]/gu, "").trim().split(/\s+/).filter(Boolean);
  if (!words.length) return "#";
  return (words[0][0] + (words.length > 1 ? words[words.length - 1][0] : "")).toUpperCase();
};

const hue = (text) => [...text].reduce((sum, mark) => (sum * 31 + mark.codePointAt(0)) % 997, 7) % 6;

const avatar = (name, seed) => {
  const element = make("span", "avatar", initials(name));
  element.dataset.hue = hue(seed);
  element.setAttribute("aria-hidden", "true");
  return element;
};

// WhatsApp's own marks: *negrito*, _itálico_, ~riscado~, and links that open elsewhere.
const MARKS = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~|https?:\/\/[^\s<>"]+)/g;
const TAGS = { "*": "strong", _: "em", "~": "s" };

const formatted = (text) => {
  const whole = make("span", "words");
  for (const piece of text.split(MARKS)) {
    if (!piece) continue;
    if (/^https?:\/\//.test(piece)) {
      const link = make("a", "", piece);
      link.href = piece;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      whole.append(link);
    } else if (TAGS[piece[0]] && piece.length > 2 && piece.at(-1) === piece[0]) {
      whole.append(make(TAGS[piece[0]], "", piece.slice(1, -1)));
    } else {
      whole.append(piece);
    }
  }
  return whole;
};
