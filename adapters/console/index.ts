/** The console's door for `main.ts`. */
export { type ConsoleParts, type ConsolePlatform, consolePlatform } from './platform.ts';
