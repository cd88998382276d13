// Lets the style sheet hide what only works with scripts.
document.documentElement.classList.add("js");
