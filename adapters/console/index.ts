/** The console's door for `main.ts`. */
export { consolePlatform } from './platform.ts';
