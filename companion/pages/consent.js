// @ts-check
import { openShell } from "./shell.js";

await openShell("consent");
