import { isObject, type Json, type JsonObject, objects, text, visibleText, words } from './json.ts';
import { LIMITS } from './limits.ts';

/** Where a block may stand: some blocks and elements belong to one surface only. */
export type Surface = 'message' | 'modal' | 'home';
type Report = (pointer: string, problem: string) => void;

const SELECTS = ['static_select', 'users_select', 'conversations_select', 'channels_select', 'external_select'];
const MULTI_SELECTS = SELECTS.map((type) => `multi_${type}`);
const PICKERS = ['datepicker', 'timepicker', 'datetimepicker', 'radio_buttons', 'checkboxes'];
const IN_ACTIONS = ['button', 'overflow', 'workflow_button', ...SELECTS, ...PICKERS];
const IN_SECTION = [...IN_ACTIONS, ...MULTI_SELECTS, 'image'];
const TYPED = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input', 'file_input'];
const IN_INPUT = [...SELECTS, ...MULTI_SELECTS, ...PICKERS, ...TYPED];
const UNCHECKED_BLOCKS = ['rich_text', 'table', 'video', 'file', 'call', 'context_actions', 'card', 'carousel', 'alert'];

function checkText(value: Json | undefined, most: number, pointer: string, report: Report, plainOnly = false): void {
  if (!isObject(value)) {
    report(pointer, 'must be a text object');
    return;
  }
  if (value.type !== 'plain_text' && (plainOnly || value.type !== 'mrkdwn')) report(`${pointer}/type`, 'unsupported type');
  if (words(value).length === 0) report(`${pointer}/text`, 'must be more than 0 characters');
  if (words(value).length > most) report(`${pointer}/text`, `must be less than ${most + 1} characters`);
}

function checkLength(value: Json | undefined, most: number, pointer: string, report: Report): void {
  if (value === undefined) return;
  if (typeof value !== 'string') {
    report(pointer, 'must be a string');
    return;
  }
  if (value.length > most) report(pointer, `must be less than ${most + 1} characters`);
}

function checkCount(value: Json | undefined, most: number, pointer: string, report: Report): void {
  if (!Array.isArray(value) || value.length === 0) {
    report(pointer, 'no fewer than 1 items required');
    return;
  }
  if (value.length > most) report(pointer, `no more than ${most} items allowed`);
}

function checkOptions(element: JsonObject, most: number, pointer: string, report: Report): void {
  const groups = objects(element.option_groups);
  for (const [at, group] of groups.entries()) {
    checkText(group.label, LIMITS.optionText, `${pointer}/option_groups/${at}/label`, report, true);
    checkOptions({ options: group.options ?? [] }, most, `${pointer}/option_groups/${at}`, report);
  }
  if (groups.length > 0) return;
  checkCount(element.options, most, `${pointer}/options`, report);
  const values = new Set<string>();
  for (const [at, option] of objects(element.options).entries()) {
    const here = `${pointer}/options/${at}`;
    checkText(option.text, LIMITS.optionText, `${here}/text`, report);
    if (typeof option.value !== 'string' || option.value === '') report(`${here}/value`, 'must be more than 0 characters');
    checkLength(option.value, LIMITS.optionValue, `${here}/value`, report);
    if (option.description !== undefined) checkText(option.description, LIMITS.optionDescription, `${here}/description`, report);
    if (values.has(text(option.value))) report(`${here}/value`, 'must be unique');
    values.add(text(option.value));
  }
}

function checkInitial(element: JsonObject, pointer: string, report: Report): void {
  const known = [...objects(element.options), ...objects(element.option_groups).flatMap((group) => objects(group.options))];
  const initial = [...(isObject(element.initial_option) ? [element.initial_option] : []), ...objects(element.initial_options)];
  for (const option of known.length > 0 ? initial : [])
    if (!known.some((candidate) => candidate.value === option.value && words(candidate.text) === words(option.text)))
      report(pointer, 'initial option must be one of the options');
}

function checkConfirm(value: Json | undefined, pointer: string, report: Report): void {
  if (value === undefined) return;
  if (!isObject(value)) {
    report(pointer, 'must be an object');
    return;
  }
  checkText(value.title, LIMITS.confirmTitle, `${pointer}/title`, report, true);
  checkText(value.text, LIMITS.confirmText, `${pointer}/text`, report);
  for (const part of ['confirm', 'deny'])
    if (value[part] !== undefined) checkText(value[part], LIMITS.confirmButton, `${pointer}/${part}`, report, true);
}

function checkElement(element: JsonObject, allowed: readonly string[], pointer: string, report: Report): void {
  const type = text(element.type);
  if (!allowed.includes(type)) {
    report(`${pointer}/type`, `unsupported type: ${type}`);
    return;
  }
  checkLength(element.action_id, LIMITS.actionId, `${pointer}/action_id`, report);
  if (element.placeholder !== undefined)
    checkText(element.placeholder, LIMITS.placeholder, `${pointer}/placeholder`, report, true);
  checkConfirm(element.confirm, `${pointer}/confirm`, report);
  if (type === 'button') {
    checkText(element.text, LIMITS.buttonText, `${pointer}/text`, report, true);
    checkLength(element.value, LIMITS.buttonValue, `${pointer}/value`, report);
    checkLength(element.url, LIMITS.buttonUrl, `${pointer}/url`, report);
    checkLength(element.accessibility_label, LIMITS.accessibilityLabel, `${pointer}/accessibility_label`, report);
    const style = element.style;
    if (style !== undefined && style !== 'primary' && style !== 'danger') report(`${pointer}/style`, 'unsupported style');
  }
  if (type === 'static_select' || type === 'multi_static_select') checkOptions(element, LIMITS.selectOptions, pointer, report);
  if (type === 'radio_buttons' || type === 'checkboxes') checkOptions(element, LIMITS.choiceOptions, pointer, report);
  if (type === 'overflow') checkOptions(element, LIMITS.overflowOptions, pointer, report);
  if (type === 'image') checkImage(element, pointer, report);
  if (type === 'number_input' && typeof element.is_decimal_allowed !== 'boolean')
    report(`${pointer}/is_decimal_allowed`, 'missing required field');
  if (type === 'plain_text_input' && Number(element.max_length ?? 1) > LIMITS.plainTextInput)
    report(`${pointer}/max_length`, `must be less than ${LIMITS.plainTextInput + 1}`);
  checkInitial(element, pointer, report);
}

function checkImage(image: JsonObject, pointer: string, report: Report): void {
  if (text(image.alt_text) === '') report(`${pointer}/alt_text`, 'missing required field: alt_text');
  checkLength(image.alt_text, LIMITS.altText, `${pointer}/alt_text`, report);
  checkLength(image.image_url, LIMITS.imageUrl, `${pointer}/image_url`, report);
  if (image.image_url === undefined && !isObject(image.slack_file)) report(pointer, 'missing required field: image_url');
}

function checkSection(block: JsonObject, pointer: string, report: Report): void {
  if (block.text === undefined && block.fields === undefined) report(pointer, 'missing required field: text');
  if (block.text !== undefined) checkText(block.text, LIMITS.sectionText, `${pointer}/text`, report);
  if (block.fields !== undefined) {
    checkCount(block.fields, LIMITS.sectionFields, `${pointer}/fields`, report);
    for (const [at, field] of objects(block.fields).entries())
      checkText(field, LIMITS.fieldText, `${pointer}/fields/${at}`, report);
  }
  if (isObject(block.accessory)) checkElement(block.accessory, IN_SECTION, `${pointer}/accessory`, report);
}

function checkActions(block: JsonObject, pointer: string, report: Report): void {
  checkCount(block.elements, LIMITS.actionsElements, `${pointer}/elements`, report);
  const ids = new Set<string>();
  for (const [at, element] of objects(block.elements).entries()) {
    checkElement(element, IN_ACTIONS, `${pointer}/elements/${at}`, report);
    const id = text(element.action_id);
    if (id !== '' && ids.has(id)) report(`${pointer}/elements/${at}/action_id`, `\`action_id\` ${id} already exists`);
    ids.add(id);
  }
}

function checkContext(block: JsonObject, pointer: string, report: Report): void {
  checkCount(block.elements, LIMITS.contextElements, `${pointer}/elements`, report);
  for (const [at, element] of objects(block.elements).entries()) {
    const here = `${pointer}/elements/${at}`;
    if (element.type === 'image') checkImage(element, here, report);
    else checkText(element, LIMITS.sectionText, here, report);
  }
}

function checkInput(block: JsonObject, pointer: string, report: Report): void {
  checkText(block.label, LIMITS.inputLabel, `${pointer}/label`, report, true);
  if (block.hint !== undefined) checkText(block.hint, LIMITS.inputHint, `${pointer}/hint`, report, true);
  if (isObject(block.element)) checkElement(block.element, IN_INPUT, `${pointer}/element`, report);
  else report(`${pointer}/element`, 'missing required field: element');
}

function checkBlock(block: JsonObject, surface: Surface, pointer: string, report: Report): void {
  const type = text(block.type);
  checkLength(block.block_id, LIMITS.blockId, `${pointer}/block_id`, report);
  if (type === 'section') checkSection(block, pointer, report);
  else if (type === 'actions') checkActions(block, pointer, report);
  else if (type === 'context') checkContext(block, pointer, report);
  else if (type === 'input') checkInput(block, pointer, report);
  else if (type === 'header') checkText(block.text, LIMITS.headerText, `${pointer}/text`, report, true);
  else if (type === 'image') {
    checkImage(block, pointer, report);
    if (block.title !== undefined) checkText(block.title, LIMITS.altText, `${pointer}/title`, report, true);
  } else if (type === 'markdown' && surface === 'message')
    checkLength(block.text, LIMITS.markdownText, `${pointer}/text`, report);
  else if (type !== 'divider' && !UNCHECKED_BLOCKS.includes(type)) report(`${pointer}/type`, `unsupported type: ${type}`);
}

/** Everything that Slack would refuse in these blocks, worded as it words it; empty when they are fine. */
export function blockProblems(blocks: Json | undefined, surface: Surface, at = '/blocks'): string[] {
  const problems: string[] = [];
  const report: Report = (pointer, problem) => problems.push(`${problem} [json-pointer:${pointer}]`);
  if (!Array.isArray(blocks)) return [`must be an array [json-pointer:${at}]`];
  const most = surface === 'message' ? LIMITS.blocksInMessage : LIMITS.blocksInView;
  if (blocks.length > most) report(at, `no more than ${most} items allowed`);
  const ids = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    if (!isObject(block)) {
      report(`${at}/${index}`, 'must be an object');
      continue;
    }
    checkBlock(block, surface, `${at}/${index}`, report);
    const id = text(block.block_id);
    if (id !== '' && ids.has(id)) report(`${at}/${index}/block_id`, `\`block_id\` ${id} already exists`);
    ids.add(id);
  }
  return problems;
}

/** Whether the text in all blocks together is more than one message holds. */
export function tooMuchText(blocks: Json): boolean {
  return visibleText(blocks).join('').length > LIMITS.allBlocksText;
}
