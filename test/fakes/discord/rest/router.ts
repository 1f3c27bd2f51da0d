import type { Fields } from '../world/json.ts';
import type { Upload } from '../world/messages.ts';
import type { World } from '../world/world.ts';

/** A request as a route sees it. */
export interface Request {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Fields;
  /** The body when it is not an object (lists of commands). */
  readonly raw: unknown;
  readonly uploads: readonly Upload[];
}

/** What a route answers: a body with 200, or nothing with 204. */
export type Answer = { readonly status?: number; readonly body?: unknown };

/** One route: `POST /channels/:channel/messages`. */
export interface Route {
  readonly pattern: string;
  /** Open routes carry their right in the path and want no token. */
  readonly open?: boolean;
  readonly run: (request: Request) => Answer | Promise<Answer>;
}

/** The parameters when a request matches a pattern, else undefined. `:name` and `*` stand for one step, a last `**` for the rest. */
export function matchRoute(pattern: string, method: string, path: string): Record<string, string> | undefined {
  const [wantedMethod, wantedPath] = pattern.includes(' ') ? pattern.split(' ', 2) : ['*', pattern];
  if (wantedMethod !== '*' && wantedMethod !== method) return undefined;
  const wanted = (wantedPath ?? '').split('/').filter(Boolean);
  const steps = path.split('/').filter(Boolean);
  const params: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    if (step === '**') return params;
    const actual = steps[index];
    if (actual === undefined) return undefined;
    if (step.startsWith(':')) params[step.slice(1)] = decodeURIComponent(actual);
    else if (step !== '*' && step !== actual) return undefined;
  }
  return wanted.length === steps.length ? params : undefined;
}
