/** The door of e-mail for `main.ts`. */
export { type EmailOptions, email } from './email.ts';
