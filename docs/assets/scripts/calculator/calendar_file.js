// The dates to come of an answer, as an iCalendar file. The library is fetched when asked for.

const NOTICE = 14; // days before a date, at 9 o'clock
const DAY = 86_400_000; // ms

/**
 * Return the text of a calendar: one all-day event for each of `dates`, with an alarm.
 * `page` is the calculator's address, without any answer; `description` is a list of sentences.
 * @param {{ dates: { label: string, date: string }[], description: string[], page: string, name: string }} given
 */
export async function calendarFile({ dates, description, page, name }) {
  const { default: ICAL } = await import("../../vendor/ical.js/ical.min.js");
  ICAL.foldLength = 74; // bytes: it does not count the space that begins the rest of a line
  const now = new Date();
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("prodid", `-//${name}//Simulateurs//FR`);
  calendar.updatePropertyWithValue("version", "2.0");
  for (const { label, date } of dates) {
    const start = ICAL.Time.fromDateString(date);
    const end = start.clone();
    end.adjust(1, 0, 0, 0); // the end of an all-day event is not part of it
    const event = component(ICAL, "vevent", {
      uid: unique(),
      dtstamp: ICAL.Time.fromJSDate(now, true),
      dtstart: start,
      dtend: end,
      summary: label,
      description: description.join("\n\n"),
      url: page,
      transp: "TRANSPARENT",
    });
    // An alarm counts back from midnight: 9 o'clock is 15 hours before the next one.
    const soon = Date.parse(date) - now.getTime() < NOTICE * DAY;
    event.addSubcomponent(
      component(ICAL, "valarm", {
        action: "DISPLAY",
        description: label,
        trigger: ICAL.Duration.fromString(soon ? "-PT15H" : `-P${NOTICE - 1}DT15H`),
      }),
    );
    calendar.addSubcomponent(event);
  }
  return `${calendar}\r\n`;
}

/** @param {any} ICAL @param {string} kind @param {Record<string, any>} properties */
function component(ICAL, kind, properties) {
  const made = new ICAL.Component(kind);
  for (const [name, value] of Object.entries(properties)) made.updatePropertyWithValue(name, value);
  return made;
}

/** Return an identifier that says nothing; `randomUUID` is missing from pages without TLS. */
function unique() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join("");
}

/** @param {number} byte */
function hex(byte) {
  return byte.toString(16).padStart(2, "0");
}
