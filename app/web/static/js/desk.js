// Desk pages: each part looks for its own elements and does nothing where they are missing.
import { startDialogs } from "./desk-dialogs.js";
import { startKeys } from "./desk-keys.js";
import { startRows } from "./desk-rows.js";
import { startScan } from "./desk-scan.js";

startDialogs();
startKeys();
startRows();
startScan();
