// What the list of FRR communes says of one of them. Pure: nothing of the page.

import { day } from "../shared/dates.js";

/** The class of a commune, its first day, its order and the day of this order. @typedef {[name: string, since: string, order: string, signed: string]} Zone */

/**
 * Return what to say of a commune on a day: the sentence around its order, where the order is, and whether
 * the answer may be proposed. `before` alone tells that the commune is not in the list.
 * @param {string} commune @param {Zone | undefined} zone @param {string} asked ISO day
 * @returns {{ before: string, order?: string, address?: string, after?: string, proposed: boolean }}
 */
export function zoneWords(commune, zone, asked) {
  if (!zone) {
    const before = `${commune}\u00a0: cette commune n’est pas dans la liste des zones FRR que ce site a lue.`;
    return { before, proposed: false };
  }
  const [name, since, order, signed] = zone;
  const proposed = since <= asked;
  const when = proposed
    ? `depuis le ${day(since)}`
    : `à partir du ${day(since)} seulement, après la date demandée`;
  return {
    before: `${commune}\u00a0: cette commune est classée ${name} ${when} (`,
    order: `arrêté du ${day(signed)}`,
    address: `https://www.legifrance.gouv.fr/jorf/id/${order}`,
    after: proposed ? ")\u00a0: le justificatif reste à apporter." : ").",
    proposed,
  };
}
