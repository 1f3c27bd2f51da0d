import { randomBytes } from 'node:crypto';
import { viewProblems } from './check-view.ts';
import { type Directory, type Field, fieldNamed, fieldsOf, initial, keptState, typed, type Value } from './form.ts';
import { isObject, type JsonObject, object, objects, text, words } from './json.ts';
import { LIMITS } from './limits.ts';
import { withIds } from './messages.ts';
import { SlackError, type World } from './world.ts';

/** A dialog or home tab as it stands now. Updating makes a new one with the same id and another hash. */
export type FakeView = {
  readonly id: string;
  readonly hash: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  readonly title: string;
  readonly submitLabel: string;
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly external_id: string;
  readonly blocks: readonly JsonObject[];
  /** The view as the app gave it, with the ids that were missing. */
  readonly given: JsonObject;
  readonly root: string;
  readonly previous: string | undefined;
  /** The conversation in which it was opened. */
  readonly openedIn: string | undefined;
  /** What a person did so far, by block id and action id. */
  readonly touched: JsonObject;
  /** What the app last found wrong, by block id. */
  readonly errors: Readonly<Record<string, string>>;
};

/** All views of all people: stacks of dialogs and home tabs. */
export class Views {
  private readonly world: World;
  private readonly open = new Map<string, FakeView>();
  private readonly homes = new Map<string, FakeView>();

  constructor(world: World) {
    this.world = world;
  }

  /** The dialogs that this person has in front of them; the last is on top. */
  of(user: string): FakeView[] {
    return [...this.open.values()].filter((view) => view.user === user);
  }

  /** The home tab that was published for this person. */
  home(user: string): FakeView | undefined {
    return this.homes.get(user);
  }

  /** The open dialog or home tab with this id, as it stands now. */
  get(id: string): FakeView | undefined {
    return this.open.get(id) ?? [...this.homes.values()].find((view) => view.id === id);
  }

  /** The open view with this external id. */
  external(id: string): FakeView | undefined {
    return [...this.open.values(), ...this.homes.values()].find((view) => id !== '' && view.external_id === id);
  }

  /** Opens a dialog, or lays one upon another. */
  show(given: unknown, user: string, openedIn: string | undefined, below?: FakeView): FakeView {
    const view = this.checked(given, 'modal');
    if (this.external(text(view.external_id)) !== undefined) throw new SlackError('duplicate_external_id');
    if (below !== undefined && this.depth(below) >= LIMITS.viewStack) throw new SlackError('push_limit_reached');
    const id = this.world.id('V');
    return this.store(this.built(view, { id, user, openedIn, root: below?.root ?? id, previous: below?.id, touched: {} }));
  }

  /** Puts another content into a view. What was typed stays where the ids are the same. */
  update(current: FakeView, given: unknown, hash = ''): FakeView {
    const view = this.checked(given, current.type);
    if (hash !== '' && hash !== current.hash) throw new SlackError('hash_conflict');
    const twin = this.external(text(view.external_id));
    if (twin !== undefined && twin.id !== current.id) throw new SlackError('duplicate_external_id');
    const next = this.built(view, current);
    return this.store({ ...next, touched: keptState(fieldsOf(next.blocks), current.touched) });
  }

  /** Publishes a home tab. */
  publish(given: unknown, user: string, hash = ''): FakeView {
    const current = this.homes.get(user);
    if (current !== undefined) return this.update(current, given, hash);
    const id = this.world.id('V');
    const place = { id, user, openedIn: undefined, root: id, previous: undefined, touched: {} };
    return this.store(this.built(this.checked(given, 'home'), place));
  }

  /** Takes a dialog away, and what lies upon it; with `all`, its whole stack. */
  close(view: FakeView, all = false): void {
    for (const other of [...this.open.values()]) {
      const above = other.previous === view.id && other.id !== view.id;
      if (all ? other.root === view.root : other.id === view.id) this.open.delete(other.id);
      else if (above) this.close(other);
    }
    this.world.changed();
  }

  /** Fills one field in, as a person would, and returns the view as it stands then. */
  fill(view: FakeView, name: string, value: Value, directory: Directory): FakeView {
    const field = fieldNamed(fieldsOf(view.blocks), name);
    const state = typed(field.element, value, directory);
    const block = { ...object(view.touched[field.blockId]), [field.actionId]: state };
    return this.store({ ...view, touched: { ...view.touched, [field.blockId]: block } });
  }

  /** Shows the app's complaints beside the fields. */
  complain(view: FakeView, errors: Record<string, string>): FakeView {
    return this.store({ ...view, errors });
  }

  /** The state of one field: what a person did, else what it began with. */
  state(view: FakeView, field: Field): JsonObject {
    const touched = object(view.touched[field.blockId])[field.actionId];
    return isObject(touched) ? touched : initial(field.element, view.openedIn);
  }

  /** The state of all fields, as Slack sends it. */
  values(view: FakeView): JsonObject {
    const values: JsonObject = {};
    for (const field of fieldsOf(view.blocks)) {
      const type = text(field.element.type);
      if (type === 'button' || type === 'overflow' || type === 'workflow_button') continue;
      values[field.blockId] = { ...object(values[field.blockId]), [field.actionId]: this.state(view, field) };
    }
    return values;
  }

  /** The view as Slack sends it. */
  wire(view: FakeView): JsonObject {
    return {
      id: view.id,
      team_id: this.world.team.id,
      type: view.type,
      blocks: [...view.blocks],
      private_metadata: view.private_metadata,
      callback_id: view.callback_id,
      state: { values: this.values(view) },
      hash: view.hash,
      title: view.given.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
      clear_on_close: view.given.clear_on_close ?? false,
      notify_on_close: view.given.notify_on_close ?? false,
      close: view.given.close ?? null,
      submit: view.given.submit ?? null,
      previous_view_id: view.previous ?? null,
      root_view_id: view.root,
      app_id: this.world.bot.appId,
      external_id: view.external_id,
      app_installed_team_id: this.world.team.id,
      bot_id: this.world.bot.botId,
    };
  }

  private depth(view: FakeView): number {
    const below = view.previous === undefined ? undefined : this.open.get(view.previous);
    return below === undefined ? 1 : 1 + this.depth(below);
  }

  private checked(given: unknown, type: 'modal' | 'home'): JsonObject {
    const view = object(given);
    const problems = viewProblems(view, type);
    if (problems.length > 0)
      throw new SlackError('invalid_arguments', { response_metadata: { messages: problems.map((one) => `[ERROR] ${one}`) } });
    if (Buffer.byteLength(JSON.stringify(view)) > LIMITS.viewBytes) throw new SlackError('view_too_large');
    return view;
  }

  private built(view: JsonObject, place: Pick<FakeView, 'id' | 'user' | 'openedIn' | 'root' | 'previous' | 'touched'>): FakeView {
    const blocks = withIds(objects(view.blocks));
    return {
      id: place.id,
      user: place.user,
      openedIn: place.openedIn,
      root: place.root,
      previous: place.previous,
      touched: place.touched,
      hash: `${Math.floor(this.world.now() / 1000)}.${randomBytes(4).toString('hex')}`,
      type: view.type === 'home' ? 'home' : 'modal',
      title: words(view.title),
      submitLabel: words(view.submit),
      callback_id: text(view.callback_id),
      private_metadata: text(view.private_metadata),
      external_id: text(view.external_id),
      blocks,
      given: structuredClone({ ...view, blocks }),
      errors: {},
    };
  }

  private store(view: FakeView): FakeView {
    if (view.type === 'home') this.homes.set(view.user, view);
    else this.open.set(view.id, view);
    this.world.changed();
    return view;
  }
}
