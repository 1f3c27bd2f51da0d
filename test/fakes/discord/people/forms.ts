import type { Fields } from '../world/json.ts';
import { lengthOf } from '../world/json.ts';
import { type Component, kind, type SelectOption } from '../world/model.ts';
import type { World } from '../world/world.ts';
import type { FakeInteraction } from './interaction.ts';
import {
  type Given,
  nothingResolved,
  type Resolved,
  resolveChannel,
  resolvedPart,
  resolveMentionable,
  resolveRole,
  resolveUser,
} from './options.ts';

/** A field of a form as a person sees it. */
interface ModalField {
  readonly label: string;
  readonly customId: string;
  readonly required: boolean;
  /** What stands in it before the person types. */
  readonly preset: string | readonly string[] | boolean;
  readonly component: Component;
}

/** A form that the app opened for a person. */
export interface FakeModal {
  readonly interaction: FakeInteraction;
  readonly customId: string;
  readonly title: string;
  readonly fields: readonly ModalField[];
  readonly components: readonly Component[];
}

/** What a person puts into a form: by the field's label or custom id. */
export type Filled = Readonly<Record<string, Given | readonly Given[] | null>>;

/** Reads the fields of a form. */
export function fieldsOfForm(components: readonly Component[]): ModalField[] {
  return components.flatMap((part) => {
    if (part.type === kind.label && part.component) return [fieldOf(part.label ?? '', part.component)];
    return (part.components ?? []).map((input) => fieldOf(input.label ?? '', input));
  });
}

/** The `data` of a form sent in: what was given, else what stood in it. Throws where Discord would not let the person send. */
export function formData(world: World, modal: FakeModal, filled: Filled): Fields {
  for (const name of Object.keys(filled)) {
    if (!modal.fields.some((field) => isCalled(field, name))) {
      const labels = modal.fields.map((field) => field.label).join(', ');
      throw new Error(`The form "${modal.title}" has no field ${name}; there are: ${labels}`);
    }
  }
  const resolved = nothingResolved();
  const submit = (component: Component): Fields => {
    const field = modal.fields.find((each) => each.component === component) ?? fieldOf('', component);
    const name = Object.keys(filled).find((each) => isCalled(field, each));
    const given = name === undefined ? undefined : filled[name];
    const { type, id, custom_id } = component;
    return { type, id, custom_id, ...answerOf(world, field, given, resolved) };
  };
  const components = modal.components.map((part) => {
    if (part.type === kind.textDisplay) return { type: part.type, id: part.id };
    if (part.component) return { type: part.type, id: part.id, component: submit(part.component) };
    return { type: part.type, id: part.id, components: (part.components ?? []).map(submit) };
  });
  return { custom_id: modal.customId, components, ...resolvedPart(resolved) };
}

function fieldOf(label: string, component: Component): ModalField {
  const required = component.required ?? component.type !== kind.checkbox;
  return { label, customId: component.custom_id ?? '', required, preset: presetOf(component), component };
}

function presetOf(component: Component): ModalField['preset'] {
  if (component.type === kind.textInput) return component.value ?? '';
  if (component.type === kind.checkbox) return (component.default as unknown) === true;
  if (component.options) return component.options.filter((option) => option.default).map((option) => option.value);
  return (component.default_values ?? []).map((value) => value.id);
}

function isCalled(field: ModalField, name: string): boolean {
  return field.label === name || field.customId === name;
}

function answerOf(world: World, field: ModalField, given: Filled[string] | undefined, resolved: Resolved): Fields {
  const { component } = field;
  if (component.type === kind.textInput) return { value: textFor(field, given) };
  if (component.type === kind.checkbox) return { value: given === undefined ? field.preset : given === true };
  const values = valuesFor(world, field, given, resolved);
  if (component.type === kind.radioGroup) return { value: values[0] ?? null };
  return { values };
}

function textFor(field: ModalField, given: Filled[string] | undefined): string {
  const value = given === undefined ? String(field.preset) : given === null ? '' : String(given);
  const { min_length: least = 0, max_length: most = 4000 } = field.component;
  const length = lengthOf(value);
  if (field.required && value.trim() === '') return refuse(field, 'is required');
  if (length > 0 && length < least) return refuse(field, `wants ${least} characters or more`);
  if (length > most) return refuse(field, `takes ${most} characters, not ${length}`);
  return value;
}

function valuesFor(world: World, field: ModalField, given: Filled[string] | undefined, resolved: Resolved): string[] {
  const wanted = given === undefined ? field.preset : given === null ? [] : given;
  const list: readonly Given[] = Array.isArray(wanted) ? wanted : [wanted as Given];
  const values = valuesIn(world, field.component, list, resolved);
  const { min_values: least = 1, max_values: most = defaultMost(field.component) } = field.component;
  if (values.length === 0 && !field.required) return values;
  if (values.length < least || values.length > most)
    return refuse(field, `wants ${least} to ${most} choices, not ${values.length}`);
  return values;
}

function defaultMost(component: Component): number {
  return component.type === kind.checkboxGroup ? (component.options?.length ?? 1) : 1;
}

/** What a person chose in a select, as the values that Discord sends. Options may be named by label or value. */
export function valuesIn(world: World, select: Component, given: readonly Given[], resolved: Resolved): string[] {
  return given.map((each) => {
    if (select.options) return optionFor(select.options, each);
    if (select.type === kind.userSelect) return resolveUser(world, each, resolved);
    if (select.type === kind.channelSelect) return resolveChannel(world, each, resolved);
    if (select.type === kind.mentionableSelect) return resolveMentionable(world, each, resolved);
    const role = select.type === kind.roleSelect ? resolveRole(world, each, resolved) : undefined;
    if (role === undefined)
      throw new Error(`The fake Discord cannot put ${String(each)} into a component of type ${select.type}`);
    return role;
  });
}

function optionFor(options: readonly SelectOption[], given: Given): string {
  const found = options.find((option) => option.value === given || option.label === given);
  if (found) return found.value;
  throw new Error(`There is no option ${String(given)}; there are: ${options.map((option) => option.label).join(', ')}`);
}

function refuse(field: ModalField, why: string): never {
  throw new Error(`Discord would not send this form: "${field.label}" ${why}`);
}
