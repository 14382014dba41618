/** Whether a loopback port can be had for the service. */
import { MeasurementError } from '../base/errors.ts';
import { freePort, LOOPBACK } from '../service/port.ts';
import { type Finding, type Halt, looked, ok } from './finding.ts';

export function lookAtPort(halt: Halt): Promise<Finding> {
  return looked('port', halt, async () => {
    const port = await freePort().catch((cause: Error) => {
      throw new MeasurementError(`no port of ${LOOPBACK} can be opened: ${cause.message}`, {
        cause,
        hint: 'the loopback interface must be up (ip link set lo up), and sockets be allowed',
      });
    });
    return ok('port', `${LOOPBACK} has free ones, ${port} for example`);
  });
}
