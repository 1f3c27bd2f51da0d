/** What Discord itself refuses (its API reference). Characters are counted in UTF-16 units, the larger of the two ways. */
export const DISCORD_LIMITS = {
  text: 4000,
  components: 40,
  buttonsARow: 5,
  buttonLabel: 80,
  customId: 100,
  alternative: 1024,
  modalTitle: 45,
  fieldLabel: 45,
  fieldsAModal: 5,
  placeholder: 100,
  description: 100,
  textInput: 4000,
  options: 25,
  optionText: 100,
} as const;
