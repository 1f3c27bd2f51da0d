import { ApiError } from '../rest/errors.ts';
import { type Fields, isFields, lengthOf } from '../world/json.ts';

/** A place in a request's body: field names and list positions. */
export type Path = readonly (string | number)[];

/** Collects what is wrong with a request's body and throws it as Discord's error 50035. */
export class Form {
  private readonly errors: Fields = {};
  private failed = false;

  /** Notes an error at a place. */
  wrong(path: Path, code: string, message: string): void {
    this.failed = true;
    let here = this.errors;
    for (const step of path) {
      const next = here[String(step)];
      if (isFields(next)) {
        here = next;
      } else {
        const made: Fields = {};
        here[String(step)] = made;
        here = made;
      }
    }
    const list = Array.isArray(here._errors) ? here._errors : [];
    here._errors = [...list, { code, message }];
  }

  /** Wants text of a length; absent is allowed when the least is 0. Returns it when it is one. */
  text(value: unknown, path: Path, least: number, most: number): string | undefined {
    if (value === undefined || value === null) {
      if (least > 0) this.wrong(path, 'BASE_TYPE_REQUIRED', 'This field is required');
      return undefined;
    }
    if (typeof value !== 'string') {
      this.wrong(path, 'STRING_TYPE_CONVERT', 'Could not interpret "' + String(value) + '" as string.');
      return undefined;
    }
    const length = lengthOf(value);
    if (length < least || length > most) {
      const between = least > 0 ? `Must be between ${least} and ${most} in length.` : `Must be ${most} or fewer in length.`;
      this.wrong(path, 'BASE_TYPE_BAD_LENGTH', between);
    }
    return value;
  }

  /** Wants a whole number in a range; absent is allowed. */
  whole(value: unknown, path: Path, least: number, most: number): void {
    if (value === undefined || value === null) return;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      this.wrong(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
    } else if (value < least) {
      this.wrong(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${least}.`);
    } else if (value > most) {
      this.wrong(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`);
    }
  }

  /** Wants a list of a length; absent counts as empty. Returns it, or an empty one. */
  list(value: unknown, path: Path, least: number, most: number): unknown[] {
    if (value !== undefined && value !== null && !Array.isArray(value)) {
      this.wrong(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
      return [];
    }
    const list: unknown[] = value ?? [];
    if (list.length < least || list.length > most) {
      this.wrong(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
    }
    return list;
  }

  /** Wants an address that Discord accepts: a known scheme, and a host with a dot in it. */
  address(value: unknown, path: Path, most: number, schemes: readonly string[] = ['http:', 'https:', 'attachment:']): void {
    const text = this.text(value, path, 1, most);
    if (text === undefined) return;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !schemes.includes(url.protocol)) {
      this.wrong(path, 'URL_TYPE_INVALID_SCHEME', `Scheme must be one of ${schemes.join(', ')}.`);
    } else if (url.protocol.startsWith('http') && !url.hostname.includes('.') && !url.hostname.includes(':')) {
      this.wrong(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    }
  }

  /** Throws error 50035 when anything was wrong. */
  done(): void {
    if (this.failed) throw new ApiError(400, 50035, 'Invalid Form Body', this.errors);
  }
}
