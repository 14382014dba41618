/** What a person has given to one command. */
import { UserError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { listed, plainText } from '../base/text.ts';
import { type Given, readFlags } from './flags.ts';
import { type Action, type CommandName, commands, type Spec } from './spec.ts';

type SpecOf<Name extends CommandName> = (typeof commands)[Name];

export type GivenTo<Name extends CommandName> = Given<SpecOf<Name>['flags']> & ActionOf<SpecOf<Name>>;

/** The first argument, of a command that does several things. */
type ActionOf<S> = S extends { actions: infer A } ? { readonly action: keyof A } : unknown;

/** Throws a UserError on what the command does not accept. */
export function readGiven<Name extends CommandName>(name: Name, args: readonly string[]): GivenTo<Name> {
  const { actions, flags, takes = [] }: Spec = commands[name];
  if (actions === undefined) return readFlags(args, { flags, takes }) as GivenTo<Name>;
  const [action = '', ...others] = args;
  const does = actionOf(name, actions, action);
  const own = Object.fromEntries(Object.entries(flags).filter(([flag]) => does.flags.includes(flag)));
  return { action, ...readFlags(others, { flags: own, takes: does.takes }) } as unknown as GivenTo<Name>;
}

function actionOf(name: string, actions: Readonly<Record<string, Action>>, asked: string): Action {
  if (Object.hasOwn(actions, asked)) return actions[asked] as Action;
  const names = Object.keys(actions);
  const meant = nearest(asked, names);
  throw new UserError(
    asked === '' ? `perf-gate ${name} does what?` : `perf-gate ${name} knows no "${plainText(asked)}"`,
    { hint: meant === undefined ? `it knows ${listed(names)}` : `did you mean ${meant}?` },
  );
}
