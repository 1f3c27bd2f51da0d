/** What people can say about when an audience is told: how often, and in which hours not (M3). */
import { parseCadence, parseQuiet } from '../chat/cadence-words.ts';
import { command, theRest } from '../chat/registry.ts';
import { refuse } from '../core/refusal.ts';
import { audience, change, rights } from './audience-commands.ts';

const cadence = command({
  name: 'bellman audience cadence',
  help: 'Say how often an audience gets an update.',
  args: { audience, cadence: theRest('30m, weekdays 9:00 16:00 Europe/Berlin, on change, once') },
  right: rights,
  run: async (c, values) => {
    const wanted = parseCadence(values.cadence, c.asker.timeZone);
    return wanted === undefined
      ? c.refused(refuse('wrong-cadence', { said: values.cadence }))
      : change(c, { type: 'set-cadence', audience: values.audience, cadence: wanted });
  },
});

const quiet = command({
  name: 'bellman audience quiet',
  help: 'Say in which hours an audience is not told: what falls into them is due at their end. off ends them.',
  args: { audience, hours: theRest('22:00-07:00 Europe/Berlin, or off') },
  right: rights,
  run: async (c, values) => {
    const off = values.hours.trim().toLowerCase() === 'off';
    const hours = off ? undefined : parseQuiet(values.hours, c.asker.timeZone);
    return hours === undefined && !off
      ? c.refused(refuse('wrong-quiet', { said: values.hours }))
      : change(c, { type: 'set-quiet', audience: values.audience, quiet: hours });
  },
});

export const audienceClockCommands = [cadence, quiet];
