import { LIMITS } from '../limits.ts';
import { SlackError, type Trigger } from '../world.ts';
import type { Args, Method, Stores } from './call.ts';

/** Exchanges the trigger id; Slack allows that once and for three seconds. */
function exchanged(args: Args, { world }: Stores): Trigger {
  const id = args.text('trigger_id') || args.text('interactivity_pointer');
  const trigger = world.triggers.get(id);
  if (trigger === undefined) throw new SlackError('invalid_trigger_id');
  if (trigger.used) throw new SlackError('exchanged_trigger_id');
  if (world.now() - trigger.at > LIMITS.triggerMs) throw new SlackError('expired_trigger_id');
  return trigger;
}

const open: Method = (args, stores) => {
  const trigger = exchanged(args, stores);
  const view = stores.views.show(args.json('view'), trigger.user, trigger.channel);
  trigger.used = true;
  return { view: stores.views.wire(view) };
};

const push: Method = (args, stores) => {
  const trigger = exchanged(args, stores);
  const below = trigger.view === undefined ? undefined : stores.views.get(trigger.view);
  if (below === undefined) throw new SlackError('not_found');
  const view = stores.views.show(args.json('view'), trigger.user, below.openedIn, below);
  trigger.used = true;
  return { view: stores.views.wire(view) };
};

const update: Method = (args, { views }) => {
  const current = args.has('view_id') ? views.get(args.text('view_id')) : views.external(args.text('external_id'));
  if (current === undefined) throw new SlackError('not_found');
  return { view: views.wire(views.update(current, args.json('view'), args.text('hash'))) };
};

const publish: Method = (args, { views, world }) => {
  const user = world.users.get(args.must('user_id'));
  if (user === undefined) throw new SlackError('user_not_found');
  return { view: views.wire(views.publish(args.json('view'), user.id, args.text('hash'))) };
};

/** Dialogs and home tabs. */
export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
