import * as z from 'zod';

/** A variable that holds JSON, such as a list of tenants: a string on the construct's side, its content on the handler's. */
export const json = <T extends z.ZodType>(content: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(content);

/** A value that CloudFormation fills in: checked only for being there. */
export const filledIn = z.string().min(1);

/** The environment of a function, read once per cold start. Throws an error with the names of what is wrong, never with values. */
export function readEnv<S extends z.ZodObject>(schema: S): z.output<S> {
  const result = schema.safeParse(process.env);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')} (${message})`);
  throw new Error(`environment: ${wrong.join(', ')}`);
}
