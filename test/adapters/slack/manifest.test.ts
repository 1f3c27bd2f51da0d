import { describe, expect, test } from 'vitest';
import { slackManifest } from '../../../adapters/slack/index.ts';
import { notes } from '../../contract/notes.ts';

const registry = notes({ said: [], formed: [], asked: [] });

describe('the manifest of the app', () => {
  test('names each first word of a command, with what can follow it, and /bellman', () => {
    expect(slackManifest(registry)).toMatchObject({
      features: {
        slash_commands: [
          { command: '/bellman', usage_hint: 'help', should_escape: true },
          { command: '/note', usage_hint: 'say | tell | write | pin | mine | about | fail' },
        ],
      },
    });
  });

  test('sends everything to one address over HTTP', () => {
    const url = 'https://bellman.example.org/slack/events';
    expect(slackManifest(registry)).toMatchObject({
      features: { slash_commands: [{ url }, { url }] },
      settings: {
        event_subscriptions: {
          request_url: url,
          bot_events: ['app_mention', 'message.im', 'message.channels', 'message.groups', 'reaction_added', 'pin_added'],
        },
        interactivity: { is_enabled: true, request_url: url },
        socket_mode_enabled: false,
      },
    });
  });

  test('needs no address over Socket Mode', () => {
    const manifest = slackManifest(registry, 'socket');
    expect(manifest).toMatchObject({ settings: { socket_mode_enabled: true } });
    expect(JSON.stringify(manifest)).not.toContain('url');
  });

  test('keeps to what Slack takes', () => {
    const { features, display_information: shown } = slackManifest(registry) as {
      features: { slash_commands: { description: string; usage_hint: string }[] };
      display_information: { name: string; description: string; long_description: string };
    };
    for (const { description, usage_hint: hint } of features.slash_commands) {
      expect(description.length).toBeLessThanOrEqual(100);
      expect(hint.length).toBeLessThanOrEqual(100);
    }
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description.length).toBeLessThanOrEqual(140);
    expect(shown.long_description.length).toBeGreaterThanOrEqual(174);
  });
});
