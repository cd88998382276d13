// Options stand in <meta name="htmx-config">: htmx reads them before its first look at the page.
import htmx from "htmx.org/dist/htmx.esm.js";

export { htmx };
