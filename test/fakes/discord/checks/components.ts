import { type Fields, fieldsOf, isFields, lengthOf, textOrEmpty } from '../world/json.ts';
import { kind, selectKinds } from '../world/model.ts';
import type { Form, Path } from './form.ts';

const ROWS = 5;
const BUTTONS_IN_ROW = 5;
const COMPONENTS_IN_ALL = 40;
const TEXT_IN_ALL = 4000;
const CUSTOM_ID = 100;
const BUTTON_LABEL = 80;
const OPTIONS = 25;
const OPTION_TEXT = 100;
const PLACEHOLDER = 150;
const SECTION_TEXTS = 3;
const GALLERY_ITEMS = 10;
const BUTTON_STYLES = 6;
const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;

/** What the check has counted so far. */
interface Tally {
  readonly form: Form;
  readonly customIds: Set<string>;
  components: number;
  text: number;
}

const topOfV2: readonly number[] = [
  kind.actionRow,
  kind.section,
  kind.textDisplay,
  kind.mediaGallery,
  kind.file,
  kind.separator,
  kind.container,
];

/** Checks the components of a message against Discord's limits, for the old layout or for components v2. */
export function checkComponents(form: Form, value: unknown, v2: boolean): void {
  const path = ['components'];
  const tally: Tally = { form, customIds: new Set(), components: 0, text: 0 };
  const list = form.list(value, path, 0, v2 ? COMPONENTS_IN_ALL : ROWS);
  for (const [index, part] of list.entries()) checkPart(tally, part, [...path, index], v2 ? topOfV2 : [kind.actionRow]);
  if (tally.components > COMPONENTS_IN_ALL) {
    form.wrong(path, 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', `The maximum of ${COMPONENTS_IN_ALL} components was exceeded.`);
  }
  if (tally.text > TEXT_IN_ALL) {
    form.wrong(path, 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', `The displayable text size exceeds ${TEXT_IN_ALL} characters.`);
  }
}

function checkPart(tally: Tally, value: unknown, path: Path, allowed: readonly number[]): void {
  const { form } = tally;
  const part = fieldsOf(value);
  const type = part.type;
  if (!isFields(value) || typeof type !== 'number' || !allowed.includes(type)) {
    form.wrong([...path, 'type'], 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
    return;
  }
  tally.components += 1;
  form.whole(part.id, [...path, 'id'], 0, 2 ** 31 - 1);
  const check = checks[type] ?? checkSelectHere;
  check(tally, part, path);
}

type Check = (tally: Tally, part: Fields, path: Path) => void;

const checks: Readonly<Record<number, Check>> = {
  [kind.actionRow]: (tally, part, path) => checkRow(tally, part.components, [...path, 'components']),
  [kind.button]: (tally, part, path) => checkButton(tally, part, path),
  [kind.section]: (tally, part, path) => {
    checkInner(tally, part, path, SECTION_TEXTS, [kind.textDisplay]);
    checkPart(tally, part.accessory, [...path, 'accessory'], [kind.button, kind.thumbnail]);
  },
  [kind.textDisplay]: (tally, part, path) => {
    tally.text += lengthOf(tally.form.text(part.content, [...path, 'content'], 1, TEXT_IN_ALL) ?? '');
  },
  [kind.thumbnail]: ({ form }, part, path) => checkMedia(form, part.media, part.description, path),
  [kind.mediaGallery]: ({ form }, part, path) => {
    const items = form.list(part.items, [...path, 'items'], 1, GALLERY_ITEMS).map(fieldsOf);
    for (const [index, item] of items.entries()) checkMedia(form, item.media, item.description, [...path, 'items', index]);
  },
  [kind.file]: ({ form }, part, path) => form.address(fieldsOf(part.file).url, [...path, 'file', 'url'], 2048, ['attachment:']),
  [kind.separator]: ({ form }, part, path) => form.whole(part.spacing, [...path, 'spacing'], 1, 2),
  [kind.container]: (tally, part, path) => {
    tally.form.whole(part.accent_color, [...path, 'accent_color'], 0, 0xffffff);
    const inside = topOfV2.filter((each) => each !== kind.container);
    checkInner(tally, part, path, COMPONENTS_IN_ALL, inside);
  },
};

const checkSelectHere: Check = ({ form, customIds }, part, path) => checkSelect(form, part, path, PLACEHOLDER, customIds);

function checkInner(tally: Tally, part: Fields, path: Path, most: number, allowed: readonly number[]): void {
  const inner = tally.form.list(part.components, [...path, 'components'], 1, most);
  for (const [index, each] of inner.entries()) checkPart(tally, each, [...path, 'components', index], allowed);
}

function checkRow(tally: Tally, value: unknown, path: Path): void {
  const inside = tally.form.list(value, path, 1, BUTTONS_IN_ROW);
  const selects = inside.filter((each) => fieldsOf(each).type !== kind.button).length;
  if (selects > 0 && inside.length > 1) {
    tally.form.wrong(path, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
  for (const [index, each] of inside.entries()) checkPart(tally, each, [...path, index], [kind.button, ...selectKinds]);
}

function checkButton(tally: Tally, button: Record<string, unknown>, path: Path): void {
  const { form } = tally;
  form.whole(button.style ?? Number.NaN, [...path, 'style'], 1, BUTTON_STYLES);
  form.text(button.label, [...path, 'label'], 0, BUTTON_LABEL);
  if (button.style === PREMIUM_STYLE) return;
  if (!textOrEmpty(button.label) && !isFields(button.emoji)) {
    form.wrong(path, 'BUTTON_COMPONENT_EMPTY', 'A button must have a label or an emoji');
  }
  if (button.style === LINK_STYLE) {
    form.address(button.url, [...path, 'url'], 512, ['http:', 'https:', 'discord:']);
    if (button.custom_id !== undefined) {
      form.wrong(path, 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', 'A link button cannot have a custom id');
    }
  } else {
    checkCustomId(form, button.custom_id, path, tally.customIds);
    if (button.url !== undefined) {
      form.wrong(path, 'BUTTON_COMPONENT_INVALID_URL', 'Only a link button can have a url');
    }
  }
}

/** Checks a custom id: 1 to 100 characters, and none twice in one message or modal. */
export function checkCustomId(form: Form, value: unknown, path: Path, seen: Set<string>): void {
  const id = form.text(value, [...path, 'custom_id'], 1, CUSTOM_ID);
  if (id === undefined) return;
  if (seen.has(id)) {
    form.wrong([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  }
  seen.add(id);
}

/** Checks a select of any kind, its options and its counts. */
export function checkSelect(
  form: Form,
  select: Record<string, unknown>,
  path: Path,
  placeholder: number,
  seen: Set<string>,
): void {
  checkCustomId(form, select.custom_id, path, seen);
  form.text(select.placeholder, [...path, 'placeholder'], 0, placeholder);
  form.whole(select.min_values, [...path, 'min_values'], 0, OPTIONS);
  form.whole(select.max_values, [...path, 'max_values'], 1, OPTIONS);
  if (select.type === kind.stringSelect) checkOptions(form, select.options, path, OPTIONS);
}

/** Checks the options of a select, a radio group or a checkbox group. */
export function checkOptions(form: Form, value: unknown, path: Path, most: number): void {
  const options = form.list(value, [...path, 'options'], 1, most).map(fieldsOf);
  const values = new Set<unknown>();
  for (const [index, option] of options.entries()) {
    const here = [...path, 'options', index];
    form.text(option.label, [...here, 'label'], 1, OPTION_TEXT);
    form.text(option.value, [...here, 'value'], 1, OPTION_TEXT);
    form.text(option.description, [...here, 'description'], 0, OPTION_TEXT);
    if (values.has(option.value)) {
      form.wrong([...here, 'value'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
    }
    values.add(option.value);
  }
}

function checkMedia(form: Form, media: unknown, description: unknown, path: Path): void {
  form.address(fieldsOf(media).url, [...path, 'media', 'url'], 2048);
  form.text(description, [...path, 'description'], 0, 1024);
}
