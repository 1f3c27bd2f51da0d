/** Time zones and languages as people write them, in their canonical names; undefined for what is none. */

/** `europe/berlin` is `Europe/Berlin`. An offset is no zone: it knows no summer time. */
export function zoneOf(said: string): string | undefined {
  if (!/^[a-z]/iu.test(said.trim())) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: said.trim() }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** `DE-at` is `de-AT`. */
export function languageOf(said: string): string | undefined {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/iu.test(said.trim())) return undefined;
  try {
    return Intl.getCanonicalLocales(said.trim())[0];
  } catch {
    return undefined;
  }
}
