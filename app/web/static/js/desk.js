// Desk pages: each part looks for its own elements and does nothing where they are missing.
import { startDialogs } from "./desk-dialogs.js";
import { startKeys } from "./desk-keys.js";
import { startLive } from "./desk-live.js";
import { startMenus } from "./desk-menus.js";
import { startProgress } from "./desk-progress.js";
import { startRows } from "./desk-rows.js";
import { startScan } from "./desk-scan.js";
import { startStation } from "./desk-station.js";

startDialogs();
startKeys();
startLive();
startMenus();
startProgress();
startRows();
startScan();
startStation();

// After a refusal the summary is announced and the first wrong field has the focus.
const wrong = document.querySelector("[aria-invalid=true]") ?? document.querySelector("[data-focus-first]");
wrong?.focus();
