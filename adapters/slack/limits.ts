/** What Slack itself refuses (Block Kit reference). */
export const SLACK_LIMITS = {
  header: 150,
  blocks: 50,
  buttonValue: 2000,
  privateMetadata: 3000,
  initialValue: 3000,
  optionLabel: 75,
  optionValue: 150,
  hint: 2000,
  placeholder: 150,
  imageUrl: 3000,
  alternative: 2000,
} as const;
