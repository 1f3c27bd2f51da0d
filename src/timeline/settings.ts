/** With which emoji people keep messages, on ORG-1. Pure. */
import { emojiName } from '../chat/marked.ts';
import { accept, type Decision, type Part, requireRole } from '../core/record.ts';

export interface Settings {
  readonly emoji: string;
}

export type SettingsCommand = { readonly type: 'set-emoji'; readonly emoji: string };
export type SettingsEvent = { readonly type: 'emoji-set'; readonly emoji: string };

export const SETTINGS_ROLES = ['admin', 'incident-manager', 'problem-manager'] as const;

/** Refuses `role-needed`. The emoji that is set already changes nothing. */
export const settings: Part<Settings, SettingsCommand, SettingsEvent> = {
  name: 'timeline-settings',
  initial: { emoji: 'pushpin' },
  decide(state, command, context): Decision<SettingsEvent> {
    const emoji = emojiName(command.emoji);
    return requireRole(context, ...SETTINGS_ROLES) ?? (emoji === state.emoji ? accept() : accept({ type: 'emoji-set', emoji }));
  },
  evolve: (_state, { emoji }) => ({ emoji }),
};
