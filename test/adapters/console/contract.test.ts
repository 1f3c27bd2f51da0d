import { chatContract } from '../../contract/chat-contract.ts';
import type { ContractParts, ContractSetup, Player } from '../../contract/stage.ts';
import { faulty, memoryStore } from './memory-store.ts';
import { serve } from './served.ts';
import { type ConsoleStage, consoleStage } from './stage.ts';

const player = (handle: string): Player => ({ user: handle, handle, typed: `@${handle}` });

async function setup(parts: ContractParts): Promise<ContractSetup> {
  const store = memoryStore();
  const { trouble, troubled } = faulty(store);
  const [anna, bram] = [player('anna'), player('bram')];
  for (const { handle } of [anna, bram]) await store.addPerson({ handle, name: handle, title: 'Ops' });
  await store.addChannel('cab');
  const page = await serve({ ...parts, store: troubled });
  let stage: ConsoleStage | undefined;
  const { start } = page.console;
  // The browsers open the page once Bellman has started, which the suite does.
  const platform = {
    ...page.console,
    start: async (dispatch: Parameters<typeof start>[0]) => {
      await start(dispatch);
      stage = await consoleStage(page, [anna, bram], 'cab');
    },
  };
  const on = () => {
    if (!stage) throw new Error('The console has not started');
    return stage;
  };
  return {
    platform,
    anna,
    bram,
    channel: { place: 'console/channel/cab', name: 'cab' },
    group: { place: 'console/group/ops', name: 'ops', typed: '@ops' },
    stage: {
      say: (...said) => on().say(...said),
      mention: async (...said) => on().mention?.(...said),
      repeat: async () => on().repeat?.(),
      press: (...pressed) => on().press(...pressed),
      sees: (...looked) => on().sees(...looked),
      all: (...looked) => on().all(...looked),
      form: (who) => on().form(who),
      hasForm: (who) => on().hasForm(who),
      submit: (...filled) => on().submit(...filled),
    },
    trouble,
    stop: async () => {
      stage?.close();
      await page.stop();
    },
  };
}

chatContract('Console', setup, {
  shortcut: 'messages of the console have no menu',
  mark: 'people write only commands on the console',
  'private channel': 'every channel of the console is open; a private one is refused there',
  limit: 'nothing limits a page on the same machine',
  'closed direct': 'direct messages cannot be closed on the console',
  'unreadable channel': 'every channel of the console can be read',
});
