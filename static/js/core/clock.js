/** The server's time on this device: an offset learnt from what the server says, and a tick each second. */

import { signal } from "../vendor/ui.js";

const JUMP = 2000; // a device whose own clock was set anew; what was learnt before is void

/**
 * A clock that begins with the server's milliseconds `start`.
 *
 * `now()` is the server's time; `tick` a signal of it that changes once a second, at the full second;
 * `learn(ms)` takes what the server just said. A message is late, never early: the largest offset seen is the best.
 */
export function createClock(start, device = Date.now) {
  let offset = start - device();
  let timer = 0;
  const now = () => device() + offset;
  const tick = signal(now());

  function beat() {
    tick.value = now();
    timer = setTimeout(beat, 1000 - (now() % 1000) + 1);
  }

  function learn(ms) {
    const heard = ms - device();
    if (heard > offset || offset - heard > JUMP) {
      offset = heard;
      tick.value = now();
    }
  }

  beat();
  return { now, tick, learn, stop: () => clearTimeout(timer) };
}

/** Milliseconds as 4:38, 0:09 or 1:02:10; what is over is 0:00. */
export function digits(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = number => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A function that writes server milliseconds as the time of day, 10:34, in a language. */
export function timeOfDay(language) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  let format;
  try {
    format = new Intl.DateTimeFormat(language, options);
  } catch {
    format = new Intl.DateTimeFormat("en", options);
  }
  return ms => format.format(new Date(ms));
}

/** A function that writes server milliseconds as a date in a language; options as Intl.DateTimeFormat takes them. */
export function dateIn(language) {
  const place = language === "en" ? "en-GB" : language; // here English is read in Europe
  return (ms, options = { weekday: "long", day: "numeric", month: "long" }) => new Date(ms).toLocaleDateString(place, options);
}
