const region = () => document.getElementById("toasts");

/**
 * Shows the words of `<template id="toast-NAME">`. A toast stays until it is closed, and is not
 * shown twice at a time.
 */
export function showToast(name) {
  const template = document.getElementById(`toast-${name}`);
  const place = region();
  if (!template || !place || place.querySelector(`[data-toast="${name}"]`)) return;
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.dataset.toast = name;
  place.append(toast);
}

export function dropToast(name) {
  region()?.querySelector(`[data-toast="${name}"]`)?.remove();
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-close]")?.closest("[data-closable]")?.remove();
});
