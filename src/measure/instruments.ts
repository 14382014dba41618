/** Every instrument, in the order in which they are used: the exact ones first. Adding one is a file and a line here. */
import type { InstrumentName } from '../model/metrics.ts';
import { allocs } from './allocs.ts';
import { cpu } from './cpu.ts';
import { instructions } from './instructions.ts';
import type { Instrument } from './instrument.ts';
import { io } from './io.ts';

export const instruments: { readonly [Name in InstrumentName]: Instrument<Name> } = { instructions, allocs, io, cpu };
