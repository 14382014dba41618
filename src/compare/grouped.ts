/** `12 040`: the digits of a whole number in groups of three, as in the reports. */
export const grouped = (amount: number) => String(amount).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ' ');
