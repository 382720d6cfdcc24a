// The page is the terminal: keys go to it from the start, and again when one comes back to the page.
const focus = () => document.querySelector(".xterm-helper-textarea")?.focus();
window.addEventListener("focus", focus);
new MutationObserver((_, watching) => {
  if (document.body.classList.contains("-first-byte")) {
    watching.disconnect();
    focus();
  }
}).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["class"] });
