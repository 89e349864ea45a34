// How high the part of the page is that can be seen, in `--seen`: a phone's keyboard covers the rest. While somebody types
// in the talk and a keyboard is open, the page stands at its beginning.
(() => {
  const view = window.visualViewport;
  const KEYBOARD = 120; // px: no keyboard is lower, no bar of a browser higher
  const whole = { width: 0, height: 0 };
  const fit = () => {
    if (view.scale > 1.05) return; // somebody has zoomed in to read
    document.documentElement.style.setProperty("--seen", `${Math.round(view.height)}px`);
    if (view.width !== whole.width) Object.assign(whole, { width: view.width, height: view.height });
    whole.height = Math.max(whole.height, view.height);
    const types = document.activeElement?.closest(".together form");
    if (types && view.height < whole.height - KEYBOARD) scrollTo({ top: 0 });
  };
  view.addEventListener("resize", fit);
  fit();
})();
