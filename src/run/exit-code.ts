/** The verdict as an exit code (README, exit codes). */

import { EXIT, type ExitCode } from '../base/errors.ts';
import type { VerdictName } from '../compare/report.ts';
import type { Config } from '../config/config.ts';

export function exitCodeOf(verdict: VerdictName, onInconclusive: Config['onInconclusive']): ExitCode {
  switch (verdict) {
    case 'pass':
      return EXIT.pass;
    case 'fail':
      return EXIT.fail;
    case 'invalid':
      return EXIT.invalid;
    case 'inconclusive':
      return onInconclusive === 'fail' ? EXIT.inconclusive : EXIT.pass;
  }
}
