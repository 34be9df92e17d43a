/** The QR code for joining, always with the address and the code as text. */
import { html } from "../vendor/ui.js";

/** "482 917": six digits in two groups, as they are read out. */
export const spaced = (code) => String(code || "").replace(/^(\d{3})(\d{3})$/, "$1 $2");

/** The address that people type, without scheme and code: "workshop.example/j". */
export function joinAddress(room) {
  const url = room.boot.join_url || "";
  return url.replace(/^https?:\/\//, "").replace(/\/\d{6}\/?$/, "").replace(/\/$/, "");
}

/** Where the picture of the current code lies; a new code gives a new picture. */
export function qrPicture(room) {
  const code = room.event && room.event.code;
  const url = room.boot.qr_url || "";
  return code ? url.replace(/\d{6}/, code) : url;
}

/** The picture; `size` in px of its box is set by CSS. */
export function Qr({ room }) {
  return html`<div class="qr"><img src=${qrPicture(room)} width="296" height="296" alt=${room.t("screen.qr_alt", { code: spaced(room.event && room.event.code) })} /></div>`;
}

/** Address and code as text. */
export function JoinText({ room }) {
  const code = room.event && room.event.code;
  return html`<p class="join"><span class="url">${joinAddress(room)}</span><span class="num">${spaced(code)}</span></p>`;
}
