// Leaving fast. Without this file the link still leads away; with it, this browser is also signed out, the page is gone
// at once, and Back does not return to it.
const link = document.querySelector("[data-leave]");

export function leave(event) {
  event.preventDefault();
  const form = new FormData();
  form.set("csrf_token", link.dataset.leave);
  navigator.sendBeacon(link.dataset.signOut, form);
  document.documentElement.hidden = true;
  document.title = "";
  window.location.replace(link.href);
}

link?.addEventListener("click", leave);
