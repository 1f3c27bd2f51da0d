/** What Discord offers while somebody types an option: the audiences, the organisation's own among them. */
import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataOption,
  ApplicationCommandOptionType,
  InteractionResponseType,
  type REST,
  Routes,
} from 'discord.js';
import { DISCORD_LIMITS } from './limits.ts';

export interface CompletingParts {
  readonly rest: REST;
  /** Keys of the audiences that there are. */
  readonly audiences: () => Promise<readonly string[]>;
}

/** Answers with those that fit what was typed so far. Audiences are the only options that offer anything. */
export async function complete(parts: CompletingParts, raw: APIApplicationCommandAutocompleteInteraction): Promise<void> {
  const typed = (typedIn(raw.data.options) ?? '').toLowerCase().replaceAll(/[\s_]+/gu, '-');
  // Without the database nothing is offered, and what is typed whole is taken all the same.
  const known = await parts.audiences().catch(() => []);
  const choices = known
    .filter((key) => key.includes(typed))
    .slice(0, DISCORD_LIMITS.options)
    .map((key) => ({ name: key, value: key }));
  await parts.rest.post(Routes.interactionCallback(raw.id, raw.token), {
    body: { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } },
    auth: false,
  });
}

/** The text of the option that is being typed. */
function typedIn(options: readonly APIApplicationCommandInteractionDataOption[]): string | undefined {
  for (const option of options) {
    if (option.type === ApplicationCommandOptionType.Subcommand || option.type === ApplicationCommandOptionType.SubcommandGroup) {
      const found = typedIn(option.options ?? []);
      if (found !== undefined) return found;
    } else if ('focused' in option && option.focused) return String(option.value);
  }
  return undefined;
}
