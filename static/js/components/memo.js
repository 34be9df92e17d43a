/** Draws a component again only when what it was given changed: for long lists. */

import { Component, h } from "../vendor/ui.js";

const differs = (one, other) => Object.keys(one).some(key => one[key] !== other[key]) || Object.keys(other).some(key => !(key in one));

/** The component, with its props compared one by one. */
export function memo(Inner) {
  return class extends Component {
    shouldComponentUpdate(next) {
      return differs(this.props, next);
    }

    render(props) {
      return h(Inner, props);
    }
  };
}
