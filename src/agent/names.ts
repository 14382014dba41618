/** Tells the agent's own functions from the service's, so that its cost stays out of every figure. */
export const isAgentFunction = (name: string) => name.startsWith('main.perfGate') || name.startsWith('main.(*perfGate');
