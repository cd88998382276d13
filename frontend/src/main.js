import "./main.css";
import "./js/mark.js";
import "./js/markings/door.js"; // before all that sends anything
import "@tabler/core/dist/js/tabler.esm.js";

import "./js/requests.js";
import "./js/forms.js";
import "./js/menus.js";
import "./js/toasts.js";
import "./js/passkey.js";
import { whenPresent } from "./js/present.js";
import { enhance as enhanceChoices } from "./js/choices.js";

whenPresent("[data-unless]", enhanceChoices);

// Heavy parts come only to the pages that show them.
whenPresent("[data-chart]", async (figures) => (await import("./js/charts/chart.js")).draw(figures));
whenPresent("select[data-select]", async (boxes) => (await import("./js/select.js")).enhance(boxes));
whenPresent("[data-sign]", async (boxes) => (await import("./js/signature.js")).enhance(boxes));
whenPresent("[data-tree]", async (trees) => (await import("./js/tree.js")).enhance(trees));
whenPresent("[data-plan-month]", async (months) => (await import("./js/plan.js")).enhance(months));
whenPresent("[data-rows]", async () => (await import("./js/rows.js")).enhance());
