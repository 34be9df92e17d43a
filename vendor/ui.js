// What our scripts import from static/js/vendor/ui.js: Preact, its hooks, signals and htm as one module.
import { h } from "preact";
import htm from "htm";

export const html = htm.bind(h);
export { Component, Fragment, cloneElement, createContext, createElement, createRef, h, hydrate, isValidElement, render, toChildArray } from "preact";
export {
  useCallback, useContext, useEffect, useErrorBoundary, useId, useImperativeHandle, useLayoutEffect, useMemo, useReducer, useRef, useState,
} from "preact/hooks";
export { batch, computed, effect, signal, untracked, useComputed, useSignal, useSignalEffect } from "@preact/signals";
