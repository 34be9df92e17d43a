/** Fits the projector's picture to any window: laid out on 1920 × 1080 or a little more, then scaled. */
import { useEffect, useState } from "../../vendor/ui.js";

const WIDTH = 1920;
const HEIGHT = 1080;

function measure() {
  const scale = Math.min(window.innerWidth / WIDTH, window.innerHeight / HEIGHT) || 1;
  return { scale, width: Math.round(window.innerWidth / scale), height: Math.round(window.innerHeight / scale) };
}

/** {scale, width, height}: what does not have the shape of 16:9 gets a wider or taller picture, never bars or cuts. */
export function useFit() {
  const [fit, set] = useState(measure);
  useEffect(() => {
    const again = () => set(measure());
    window.addEventListener("resize", again);
    return () => window.removeEventListener("resize", again);
  }, []);
  return fit;
}

/** Keeps the room's machine awake while the page is seen, where the browser can. */
export function useWakeLock() {
  useEffect(() => {
    let lock = null;
    const hold = () => {
      if (document.hidden || !navigator.wakeLock) return;
      navigator.wakeLock.request("screen").then((found) => { lock = found; }, () => {});
    };
    hold();
    document.addEventListener("visibilitychange", hold);
    return () => {
      document.removeEventListener("visibilitychange", hold);
      if (lock) lock.release();
    };
  }, []);
}

/** The class of a question by its length, so that it leaves room for what stands below. */
export function sizeClass(text) {
  const length = (text || "").length;
  if (length <= 48) return "q1";
  if (length <= 84) return "q2";
  if (length <= 140) return "q3";
  return length <= 220 ? "q4" : "q5";
}
