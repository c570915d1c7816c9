/** Sentences one after the other; what is null or empty is left out. */
export const sentences = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(' ')
