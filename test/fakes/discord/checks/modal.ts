import { type Fields, fieldsOf } from '../world/json.ts';
import { kind, selectKinds } from '../world/model.ts';
import { checkCustomId, checkOptions, checkSelect } from './components.ts';
import type { Form, Path } from './form.ts';

const TITLE = 45;
const LABEL = 45;
const PARTS = 5;
const DESCRIPTION = 100;
const PLACEHOLDER = 100;
const TEXT = 4000;
const SMALL_GROUP = 10;

const inLabel: readonly number[] = [
  kind.textInput,
  ...selectKinds,
  kind.fileUpload,
  kind.radioGroup,
  kind.checkboxGroup,
  kind.checkbox,
];

/** Checks a modal (the data of an interaction callback of type 9) against Discord's limits. */
export function checkModal(form: Form, modal: Fields): void {
  const root: Path = [];
  const seen = new Set<string>();
  form.text(modal.custom_id, [...root, 'custom_id'], 1, 100);
  form.text(modal.title, [...root, 'title'], 1, TITLE);
  const parts = form.list(modal.components, [...root, 'components'], 1, PARTS).map(fieldsOf);
  for (const [index, part] of parts.entries()) {
    const path = [...root, 'components', index];
    if (part.type === kind.actionRow) {
      const inputs = form.list(part.components, [...path, 'components'], 1, 1).map(fieldsOf);
      for (const [at, input] of inputs.entries()) {
        const here = [...path, 'components', at];
        if (input.type !== kind.textInput) wrongKind(form, here, [kind.textInput]);
        form.text(input.label, [...here, 'label'], 1, LABEL);
        checkTextInput(form, input, here, seen);
      }
    } else if (part.type === kind.label) {
      form.text(part.label, [...path, 'label'], 1, LABEL);
      form.text(part.description, [...path, 'description'], 0, DESCRIPTION);
      checkField(form, fieldsOf(part.component), [...path, 'component'], seen);
    } else if (part.type === kind.textDisplay) {
      form.text(part.content, [...path, 'content'], 1, TEXT);
    } else {
      wrongKind(form, path, [kind.actionRow, kind.textDisplay, kind.label]);
    }
  }
}

function checkField(form: Form, field: Fields, path: Path, seen: Set<string>): void {
  const type = field.type;
  if (typeof type !== 'number' || !inLabel.includes(type)) {
    wrongKind(form, path, inLabel);
  } else if (type === kind.textInput) {
    if (field.label !== undefined && field.label !== null) {
      form.wrong([...path, 'label'], 'TEXT_INPUT_LABEL_IN_LABEL', 'A text input inside a label cannot have its own label');
    }
    checkTextInput(form, field, path, seen);
  } else if (selectKinds.includes(type)) {
    checkSelect(form, field, path, 150, seen);
    if (field.disabled === true) form.wrong([...path, 'disabled'], 'MODAL_DISABLED', 'A select in a modal cannot be disabled');
    if (field.required !== false && field.min_values === 0) {
      form.wrong([...path, 'min_values'], 'MODAL_REQUIRED_MIN_VALUES', 'A required select wants at least one value');
    }
  } else {
    checkCustomId(form, field.custom_id, path, seen);
    if (type === kind.radioGroup || type === kind.checkboxGroup) checkOptions(form, field.options, path, SMALL_GROUP);
  }
}

function checkTextInput(form: Form, input: Fields, path: Path, seen: Set<string>): void {
  checkCustomId(form, input.custom_id, path, seen);
  form.whole(input.style ?? Number.NaN, [...path, 'style'], 1, 2);
  form.whole(input.min_length, [...path, 'min_length'], 0, TEXT);
  form.whole(input.max_length, [...path, 'max_length'], 1, TEXT);
  form.text(input.placeholder, [...path, 'placeholder'], 0, PLACEHOLDER);
  const most = typeof input.max_length === 'number' ? input.max_length : TEXT;
  form.text(input.value, [...path, 'value'], 0, most);
}

function wrongKind(form: Form, path: Path, allowed: readonly number[]): void {
  form.wrong([...path, 'type'], 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
}
