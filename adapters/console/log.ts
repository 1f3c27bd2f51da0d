/** Where the console tells what its people cannot mend. */
export interface ConsoleLog {
  readonly warn: (facts: object, message: string) => void;
}
