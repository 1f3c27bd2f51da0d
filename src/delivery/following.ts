/** Writing what follows from how a delivery ended, in the statement that records the end. */
import { contentHash } from '../core/journal.ts';
import { deliveryId } from '../core/save.ts';
import type { Sql } from '../db/database.ts';
import type { Follow } from './follow.ts';

/** Whose end it is: `key` is the same when the same end is recorded again. */
interface Ended {
  readonly key: string;
  readonly urgency: number;
}

/**
 * The CTEs `ordered` and `said`, each with a comma behind it. Expects `t` with `at`, and `settled` with a row when the end was
 * recorded: else nothing follows.
 */
export function following(sql: Sql, follows: readonly Follow[], ended: Ended) {
  const commands = follows.flatMap((follow, at) =>
    follow.do === 'command'
      ? [{ record: follow.record, key: `delivery ${ended.key} ${at}`, part: follow.part, command: follow.command }]
      : [],
  );
  const says = follows.flatMap((follow) =>
    follow.do === 'say'
      ? [
          {
            id: deliveryId(),
            record: follow.record,
            place: follow.to,
            platform: follow.to.slice(0, follow.to.indexOf('/')),
            urgency: follow.urgency ?? ended.urgency,
            content: follow.content,
            hash: contentHash(follow.content),
            update: follow.update,
          },
        ]
      : [],
  );
  return sql`
    ordered as (insert into bellman.timer (record_id, key, due_at, part, command)
      select record, key, t.at, part, command from t, jsonb_to_recordset(${JSON.stringify(commands)}::text::jsonb)
        d(record text, key text, part text, command jsonb) where exists (select from settled) on conflict do nothing),
    said as (insert into bellman.delivery (id, record_id, place, platform, urgency, content, content_hash, update_id, not_before, created_at)
      select id, record, place, platform, urgency, content, hash, "update", t.at, t.at
      from t, jsonb_to_recordset(${JSON.stringify(says)}::text::jsonb)
        d(id text, record text, place text, platform text, urgency int, content jsonb, hash text, "update" text) where exists (select from settled)),`;
}
