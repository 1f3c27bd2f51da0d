import { describe, expect, test } from 'vitest';
import { asWritten, escaped, withoutMention } from '../../../adapters/slack/mrkdwn.ts';

describe('text that goes out', () => {
  test.each([
    ['<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['@Everyone and @person', '@\u2060Everyone and @person'],
  ])('%s is escaped once', (words, out) => {
    expect(escaped(words)).toBe(out);
  });
});

describe('text that comes in', () => {
  test.each([
    ['  rfc   list ', 'rfc   list'],
    ['a &lt;b&gt; &amp;lt; c', 'a <b> &lt; c'],
    ['see <https://example.org/x?a=1&amp;b=2|example.org> now', 'see https://example.org/x?a=1&b=2 now'],
    ['audience set press <mailto:a@b.example|a@b.example>', 'audience set press a@b.example'],
    ['role grant <@U1|anna> admin in <#C1|cab>', 'role grant <@U1|anna> admin in <#C1|cab>'],
  ])('%s is read as it was written', (said, words) => {
    expect(asWritten(said)).toBe(words);
  });

  test.each([
    ['<@U0> rfc list', 'U0', 'rfc list'],
    ['hey <@U0|bellman> rfc list', 'U0', 'rfc list'],
    ['rfc list <@U0>', 'U0', 'rfc list'],
    ['<@U0>', 'U0', ''],
    ['<@U0> role grant <@U1> admin', 'U0', 'role grant <@U1> admin'],
    ['<@U7> rfc list', undefined, 'rfc list'],
  ])('%s is for the bot', (said, bot, words) => {
    expect(withoutMention(said, bot)).toBe(words);
  });
});
