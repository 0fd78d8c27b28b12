// Run Lighthouse: `node lighthouse.mjs CHROMIUM CATEGORIES ADDRESS…` (categories with commas).
// Each address gives one line of JSON: its scores from 0 to 100, and what lowers them.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, categories, ...addresses] = process.argv.slice(2);
const chrome = await launch({
  chromePath: chromePath || undefined,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
});
try {
  for (const address of addresses) {
    const options = {
      port: chrome.port,
      onlyCategories: categories.split(","),
      disableFullPageScreenshot: true, // no score looks at it
      // Only the speed needs a slow network and a page that has come to rest.
      throttlingMethod: categories.includes("performance") ? "simulate" : "provided",
      logLevel: "error",
    };
    const { lhr } = await lighthouse(address, options);
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const scores = {};
    const faults = [];
    for (const category of Object.values(lhr.categories)) {
      scores[category.id] = Math.round(category.score * 100);
      for (const { id, weight } of category.auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 1) {
          faults.push(`${category.id}: ${audit.title} ${audit.displayValue ?? ""}`.trim());
        }
      }
    }
    console.log(JSON.stringify({ address, scores, faults }));
  }
} finally {
  await chrome.kill();
}
